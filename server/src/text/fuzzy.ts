/**
 * Which letters a text has, letter case aside, as bits: one for each letter from A to Z, one for digits and one for all
 * else. A text holds the letters of another one only if it has all of its bits.
 */
export function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= bitOf(text.charCodeAt(at));
  return bits;
}

function bitOf(code: number): number {
  const letter = code | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return 1 << (letter - 0x61);
  return code >= 0x30 && code <= 0x39 ? 1 << 26 : 1 << 27;
}

/**
 * How well a text answers a question that has some of its letters in their order, as people type in a hurry: 0 is the
 * best; undefined when it does not. What is asked for at the beginning of the text, or of a word in it, comes first, then
 * shorter texts.
 *
 * @param query in lower case
 */
export function fuzzyRank(query: string, text: string): number | undefined {
  if (query === "") return 0;
  const folded = text.toLowerCase();
  if (folded === query) return 0;
  const extra = Math.min(folded.length - query.length, 999);
  if (folded.startsWith(query)) return 1_000 + extra;
  const whole = folded.indexOf(query);
  if (whole >= 0) return (/[a-z0-9]/.test(folded[whole - 1] ?? "") ? 3_000 : 2_000) + extra;
  let at = 0;
  let jumps = 0;
  for (let index = 0; index < query.length; index++) {
    const found = folded.indexOf(query[index]!, at);
    if (found < 0) return undefined;
    if (found > at) jumps++;
    at = found + 1;
  }
  return 4_000 + Math.min(jumps, 100) * 1_000 + extra;
}

/** No text is ranked higher. */
export const highestRank = 4_000 + 100 * 1_000 + 999;
