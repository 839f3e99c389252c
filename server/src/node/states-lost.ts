import { DatabaseUnavailable } from "../host/database-server.ts";

/**
 * Why a PostgreSQL whose states are savepoints of one transaction cannot go on: a statement has ended that.
 *
 * @param code what the server answers where the savepoint around the statement is to be left
 * @returns undefined for what has other reasons
 */
export function statesLost(code: string | undefined): DatabaseUnavailable | undefined {
  if (code !== noTransaction && code !== noSavepoint) return undefined;
  return new DatabaseUnavailable({
    text: "A statement of the package ends the transaction of the run, and the database cannot go back to where an operation began. Verify one operation at a time: nothing has to be gone back to then.",
  });
}

const noTransaction = "25P01";
const noSavepoint = "3B001";
