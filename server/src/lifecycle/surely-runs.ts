/**
 * Whether a place in Perl code is surely come to, if the code before it does not die. To be sure it has to stand in
 * no braces, in a statement without condition, behind nothing that may leave the code early.
 *
 * @param code without comments and texts
 */
export function surelyRuns(code: string, index: number): boolean {
  const before = code.slice(0, index);
  if (leaving.test(before)) return false;
  let depth = 0;
  for (const character of before) {
    if (character === "{") depth++;
    else if (character === "}") depth--;
  }
  if (depth !== 0) return false;
  const start = before.lastIndexOf(";") + 1;
  const end = code.indexOf(";", index);
  const statement = code.slice(start, end < 0 ? code.length : end);
  return !condition.test(statement);
}

/** What ends the code, or goes elsewhere in it. What is only defined counts too, for the sake of simplicity. */
const leaving = /(?<![\w$@%&>:-])(?:return|exit|exec|goto|last|next|redo)(?!\w)/;

/** What may keep a part of a statement from running, or catches that it dies. A name of a sub is none. */
const condition =
  /(?<![\w$@%&>:-])(?:if|unless|elsif|else|while|until|for|foreach|and|or|xor|eval|try|sub|do|map|grep|sort|BEGIN|END)(?!\w)|&&|\|\||\/\/|\?/;
