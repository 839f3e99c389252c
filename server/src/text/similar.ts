/**
 * The candidate a misspelt word most likely means: equal but for letter case, or at most two letters away
 * (one for short words). What names have in common at the front up to `_`, `:`, `/` or `.` does not count: it makes no
 * names of one package alike. Undefined when none is near.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  const folded = word.toLowerCase();
  for (const candidate of candidates) {
    const distance = distanceWithin(folded, candidate.toLowerCase(), allowedDistance(word, candidate));
    if (distance !== undefined && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Tells whether one of two words is likely a slip of the other. */
export function isSimilar(first: string, second: string): boolean {
  const distance = distanceWithin(first.toLowerCase(), second.toLowerCase(), allowedDistance(first, second));
  return distance !== undefined;
}

function allowedDistance(first: string, second: string): number {
  const shorter = Math.min(first.length, second.length) - sharedParts(first, second);
  return shorter < 3 ? 0 : shorter < 6 ? 1 : 2;
}

/** How many characters the parts have that both names begin with. */
function sharedParts(first: string, second: string): number {
  let end = 0;
  for (let at = 0; at < first.length && first[at] === second[at]; at++) {
    if ("_:/.".includes(first[at]!)) end = at + 1;
  }
  return end;
}

/** Edit distance with transpositions, or undefined when it exceeds `limit`. Long words are not compared. */
function distanceWithin(first: string, second: string, limit: number): number | undefined {
  if (first === second) return 0;
  if (Math.abs(first.length - second.length) > limit || first.length > 64) return undefined;
  const tooFar = limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let row = 1; row <= first.length; row++) {
    const current = new Array<number>(second.length + 1).fill(tooFar);
    current[0] = row;
    let smallest = row;
    // Cells farther from the diagonal are too far anyway.
    const lastColumn = Math.min(second.length, row + limit);
    for (let column = Math.max(1, row - limit); column <= lastColumn; column++) {
      const same = first[row - 1] === second[column - 1];
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        first[row - 1] === second[column - 2] &&
        first[row - 2] === second[column - 1]
      ) {
        cost = Math.min(cost, beforePrevious[column - 2]! + 1);
      }
      current[column] = cost;
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return undefined;
    beforePrevious = previous;
    previous = current;
  }
  const distance = previous[second.length]!;
  return distance <= limit ? distance : undefined;
}
