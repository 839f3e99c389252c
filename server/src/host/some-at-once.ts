/**
 * Does something that has to be waited for with many items: with some at the same time, and with the next ones when all of
 * these are done.
 *
 * @throws what the work throws
 */
export async function someAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce) {
    await Promise.all(items.slice(start, start + atOnce).map(work));
  }
}
