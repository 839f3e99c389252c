import { runInNewContext } from "node:vm";

/**
 * Does synchronous work and gives its result; throws when it hangs. A test's own time limit cannot end what never
 * gives the thread back, this can. The limit is far above what any machine needs, a busy one too, and no measure of
 * speed.
 */
export function withoutHanging<T>(work: () => T): T {
  return runInNewContext("work()", { work }, { timeout: 120_000 }) as T;
}
