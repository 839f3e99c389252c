/**
 * Tells whether places in Perl code are surely come to, if the code before them does not die. To be sure a place has to
 * stand in no braces, in a statement without condition, behind nothing that may leave the code early.
 *
 * Asked for places in the order they stand there, it goes through the code only once.
 *
 * @param code without comments and texts
 */
export function surePlaces(code: string): (index: number) => boolean {
  const found = code.search(leaving);
  const lastSure = found < 0 ? code.length : found;
  let position = 0;
  let depth = 0;
  let statement = { start: 0, end: 0, isPlain: false };
  return (index) => {
    if (index > lastSure) return false;
    if (index < position) {
      position = 0;
      depth = 0;
    }
    for (; position < index; position++) {
      const character = code[position];
      if (character === "{") depth++;
      else if (character === "}") depth--;
    }
    if (depth !== 0) return false;
    if (index < statement.start || index >= statement.end) {
      const start = index === 0 ? 0 : code.lastIndexOf(";", index - 1) + 1;
      const found = code.indexOf(";", index);
      const end = found < 0 ? code.length : found;
      statement = { start, end, isPlain: !condition.test(code.slice(start, end)) };
    }
    return statement.isPlain;
  };
}

/** What ends the code, or goes elsewhere in it. What is only defined counts too, for the sake of simplicity. */
const leaving = /(?<![\w$@%&>:-])(?:return|exit|exec|goto|last|next|redo)(?!\w)/;

/** What may keep a part of a statement from running, or catches that it dies. A name of a sub is none. */
const condition =
  /(?<![\w$@%&>:-])(?:if|unless|elsif|else|while|until|for|foreach|and|or|xor|eval|try|sub|do|map|grep|sort|BEGIN|END)(?!\w)|&&|\|\||\/\/|\?/;
