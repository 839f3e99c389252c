import { Session } from "node:inspector";

/**
 * Counts what some work executes: every function call and every turn of a loop or branch, as the engine's own
 * coverage counts them. The same work gives the same count on any machine and under any load. What happens inside
 * built-in functions does not count, but the functions they are given do.
 */
export class WorkCounter {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  count(work: () => unknown): number {
    this.#taken();
    work();
    return this.#taken();
  }

  stop(): void {
    this.#session.disconnect();
  }

  /** What has been executed since it was asked last. */
  #taken(): number {
    let sum = 0;
    // The session is one of this thread, so it answers before it returns.
    this.#session.post("Profiler.takePreciseCoverage", (error, coverage) => {
      if (error) throw error;
      for (const { url, functions } of coverage.result) {
        if (url.startsWith("node:")) continue;
        for (const { ranges } of functions) for (const { count } of ranges) sum += count;
      }
    });
    return sum;
  }
}
