/**
 * Whether what is printed has colours. `FORCE_COLOR` decides where it is set: "0" and "false" for none, all else for some,
 * also where nobody looks. Then `NO_COLOR`, and then whether a terminal is there that shows any. Empty ones say nothing.
 */
export function wantsColors(
  { FORCE_COLOR: force, NO_COLOR: none, TERM: terminal }: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (force) return force !== "0" && force !== "false";
  return !none && isTerminal && terminal !== "dumb";
}
