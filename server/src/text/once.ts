/** What this makes is made when it is first asked for, and kept; when making it throws, the next who asks tries again. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
