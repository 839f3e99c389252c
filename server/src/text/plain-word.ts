/**
 * Whether a word is the same for every shell that it might pass on its way, as ssh has one at the other end: nothing in it
 * is taken apart or stands for something else, and it is not taken for an option.
 */
export function isPlainWord(word: string): boolean {
  return /^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,=#-]*$/.test(word);
}
