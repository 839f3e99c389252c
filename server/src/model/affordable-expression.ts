/**
 * Whether a regular expression out of a package is surely tried within an instant on a short text. Some try more ways
 * than there is time for, such as `(a+)+$`, and nobody can stop one that has begun.
 *
 * The ways are counted too high rather than too low. What packages are written with stays far below the limit.
 *
 * @param length of the text, in UTF-16 code units
 */
export function isAffordable(expression: string, length: number): boolean {
  if (expression.length > longestExpression) return false;
  // What is escaped, and what stands in a class, is one character and no operator.
  const plain = expression.replace(/\\[^1-9k]/gs, "a").replace(/\[\^?\]?[^\]]*\]/g, "a");
  const counts = [...plain.matchAll(/\{(\d*),?(\d*)\}/g)].map(([, least, most]) =>
    Math.max(Number(least), Number(most), length),
  );
  const repeats = (plain.match(/[*+{]/g) ?? []).length;
  const repeatedGroups = (plain.match(/\)[*+{]/g) ?? []).length;
  const alternatives = (plain.match(/\|/g) ?? []).length;
  const optional = (plain.match(/[^(*+?}]\?/g) ?? []).length;
  const places = length + 1;
  let ways = (alternatives + 1) * 2 ** optional;
  // So many ways there are to share out the text among repeats that stand side by side.
  for (let index = 1; index <= repeats; index++) ways *= (places + index) / index;
  for (const count of counts) ways *= count;
  if (repeatedGroups > 0) ways *= (repeats + alternatives + repeatedGroups + 1) ** places;
  return ways <= mostWays;
}

const longestExpression = 2_000;
const mostWays = 2_000_000;
