import { closest } from "../../text/similar.ts";

/** More names than a table of a database has; comparing with all of them each time would take too long. */
const limit = 500;

/** The name that a misspelt one most likely means, see {@link closest}; undefined among too many. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const few = [...candidates].slice(0, limit + 1);
  return few.length > limit ? undefined : closest(name, few);
}
