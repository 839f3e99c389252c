/**
 * The candidate a misspelt word most likely means: equal but for letter case, or at most two letters away
 * (one for short words). Undefined when none is near.
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
  const shorter = Math.min(first.length, second.length);
  return shorter < 3 ? 0 : shorter < 6 ? 1 : 2;
}

/** Edit distance with transpositions, or undefined when it exceeds `limit`. Long words are not compared. */
function distanceWithin(first: string, second: string, limit: number): number | undefined {
  if (first === second) return 0;
  if (Math.abs(first.length - second.length) > limit || first.length > 64) return undefined;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= second.length; column++) {
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
      current.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return undefined;
    beforePrevious = previous;
    previous = current;
  }
  const distance = previous[second.length]!;
  return distance <= limit ? distance : undefined;
}
