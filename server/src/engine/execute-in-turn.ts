import type { ExecutedStatement, OpenDatabase } from "../host/database-server.ts";

/** Statements that a database is given before it has answered the one that is waited for. */
const ahead = 32;

/**
 * Executes statements in their order, whatever comes of them. The next ones are on their way already while the database is at
 * work, so that it waits for nobody. What nobody takes any more may have been executed as well.
 *
 * @returns what comes of each; an answer fails with DatabaseUnavailable
 */
export function* executeInTurn(
  run: Pick<OpenDatabase, "execute">,
  statements: readonly string[],
): Generator<Promise<ExecutedStatement>, void> {
  const given: Promise<ExecutedStatement>[] = [];
  for (const at of statements.keys()) {
    for (const sql of statements.slice(given.length, at + 1 + ahead)) {
      const answer = run.execute(sql);
      // Who stops at an earlier one never hears of it.
      answer.catch(() => {});
      given.push(answer);
    }
    yield given[at]!;
  }
}
