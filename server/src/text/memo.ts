/**
 * A function that gives each object one answer, made when it is first asked for and kept as long as the object lives.
 *
 * @param make its second argument must not change the answer: it is what helps to make it, or what the key was found in
 */
export function memo<Key extends object, Value, Other = void>(
  make: (key: Key, other: Other) => Value,
): (key: Key, other: Other) => Value {
  const answers = new WeakMap<Key, Value>();
  return (key, other) => {
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as Value;
    const made = make(key, other);
    answers.set(key, made);
    return made;
  };
}
