import { request } from "./request.ts";

/** Client to server: asks all servers that the settings name whether they can be used. */
export const checkDatabasesRequest = request<Record<string, never>, CheckDatabasesResult>(
  "sopm/checkDatabases",
);

export interface CheckDatabasesResult {
  readonly kind: "databases";
  readonly databases: readonly {
    readonly name: string;
    readonly isUsable: boolean;
    /** What it can be used for, or why it cannot, in the reader's language. */
    readonly text: string;
  }[];
}

/** Server to client: asks for the password that the editor keeps for the database of a name; null for none. */
export const databaseSecretMethod = "sopm/databaseSecret";

/** Where an editor keeps the password of a database. */
export function secretKey(name: string): string {
  return `sopm.database.${name}`;
}
