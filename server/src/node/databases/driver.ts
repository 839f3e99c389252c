import { Socket } from "node:net";
import type { CatalogueTable, DatabaseSettings, RunDatabase } from "../../host/database-server.ts";
import type { Purpose } from "./database-name.ts";
import type { UnavailableCode } from "./unavailable.ts";

/** Rows of a query, values as the server writes them; null for NULL. */
export type QueryRows = readonly (readonly (string | null)[])[];

/** Asks a server something, or says something to it. */
export type Query = (sql: string) => Promise<QueryRows>;

/** What a server answers to what it refuses. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  /** SQLSTATE or a number. */
  readonly code: string;
  /** The offset in the statement. */
  readonly position: number | undefined;

  constructor(code: string, message: string, position?: number) {
    super(onOneLine(message));
    this.code = code;
    this.position = position;
  }
}

/** What a server says, without the lines that it says it in. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** Who comes, and to which database. */
export interface Login {
  readonly at: DatabaseSettings["at"];
  readonly tls: DatabaseSettings["tls"];
  readonly user: string;
  readonly password: string;
  /** Absent for the one that a server has for those who want none. */
  readonly database?: string;
  /** Milliseconds to wait until the server says anything. */
  readonly patience: number;
}

/** A connection, set up as the frameworks set up theirs. What fails there throws ServerError, or an error of Node. */
export interface Session {
  /** How the server calls it. */
  readonly id: string;
  /** In the server's own words, such as “PostgreSQL 15.18”. */
  readonly version: string;
  /** Whether who answers is who was connected with, and nobody stands between who hands on. */
  readonly isDirect: boolean;
  readonly kind: RunDatabase["kind"];
  /** Asks or says something of our own. */
  readonly query: Query;
  /**
   * Executes a statement of a package, which is one statement, after those that were given before it.
   *
   * @returns what the server remarked on
   */
  execute(sql: string): Promise<readonly string[]>;
  /** Goes away at once. */
  end(): void;
}

/** What a user may do on a server. */
export interface Rights {
  /** Whether the server takes changes at all. */
  readonly writes: boolean;
  readonly makesDatabases: boolean;
  readonly makesUsers: boolean;
  /** Whether a statement of this user could do more than change the database of the run. */
  readonly reachesFurther: boolean;
}

/** Whether a server is of a version, or of a later one. */
export function isFrom({ version }: Session, major: number, minor = 0): boolean {
  const [first = 0, second = 0] = version.split(" ").at(-1)!.split(".").map(Number);
  return first > major || (first === major && second >= minor);
}

/** A database, or a user. */
export interface Found {
  readonly name: string;
  /** What somebody has written to it; null for nothing. */
  readonly comment: string | null;
}

/** The states of a database, each by its number. */
export interface States {
  /** Executes a statement after those that were given before it. Between these two nothing else is executed. */
  execute(sql: string): Promise<readonly string[]>;
  mark(): Promise<number>;
  restore(number: number): Promise<void>;
}

/** How one kind of server is talked to. */
export interface Driver {
  /** @param given ends the connection when it is aborted, also one that is not there yet */
  connect(login: Login, given: AbortSignal): Promise<Session>;
  /** What is needed at least, such as “PostgreSQL 11”; undefined where the server will do. */
  needs(session: Session): string | undefined;
  rightsOf(session: Session, purpose: Purpose): Promise<Rights>;
  /** What gives somebody the right to do all that is needed for a purpose and nothing else. */
  grantFor(user: string, purpose: Purpose): string;
  /** Takes a name as long as the session lasts. @returns false when another one has it */
  lock(session: Session, name: string): Promise<boolean>;
  unlock(session: Session, name: string): Promise<void>;
  /** The databases and users whose names begin with some letters, digits and underscores. */
  found(session: Session, rights: Rights, start: string): Promise<readonly Found[]>;
  /** Makes a user who may do nothing. */
  makeUser(session: Session, name: string, password: string): Promise<void>;
  /** Makes a user of whom there may be one already, with another password. */
  admitUser(session: Session, name: string, password: string): Promise<void>;
  /** @param owner who alone may do anything in it; absent for the user of the session */
  makeDatabase(session: Session, name: string, options: NewDatabase): Promise<void>;
  /** Takes away the database and the user of a name, and whoever is connected with it. */
  drop(session: Session, name: string, rights: Rights): Promise<void>;
  /** Ends another session, with what it does and with what it has been given to do next. */
  end(session: Session, other: string): Promise<void>;
  states(session: Session): States;
  catalogue(session: Session): Promise<readonly CatalogueTable[]>;
  /** What an error of the server says of the server; undefined where it is about the statement. */
  meaningOf(code: string): UnavailableCode | undefined;
}

export interface NewDatabase {
  readonly owner?: string;
  /** The database that it is a copy of, whose users are sent away where they are in the way; absent for an empty one. */
  readonly from?: string;
  readonly comment: string;
  readonly characterBytes: number;
}

/**
 * Does work one after the other, whatever comes of it.
 *
 * @returns what does some when all before it is done
 */
export function oneByOne<Given, Result>(
  work: (given: Given) => Promise<Result>,
): (given: Given) => Promise<Result> {
  let turn: Promise<unknown> = Promise.resolve();
  return (given) => {
    const result = turn.then(() => work(given));
    turn = result.catch(() => {});
    return result;
  };
}

/** A socket for which an answer that cannot be read is the end of the connection, not of the program. */
export class CarefulSocket extends Socket {
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    try {
      return super.emit(event as string, ...values);
    } catch (error) {
      if (event !== "data") throw error;
      this.destroy(error as Error);
      return true;
    }
  }
}
