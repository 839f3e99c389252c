import { english, type Message, messageText } from "../l10n/translate.ts";
import type { ServedKind, ServerKind } from "../protocol/databases.ts";

/** A database that statements are really executed in. */
export interface DatabaseServer {
  /** What statements have to be generated for. */
  readonly kind: ServedKind;
  /**
   * Makes a database for one run, which nobody else uses, and that is gone afterwards.
   *
   * @param options the signal ends the run at any time, also while a statement is executed
   * @throws DatabaseUnavailable
   */
  open(options: OpenOptions): Promise<RunDatabase>;
  /**
   * The databases of one sandbox, which stay there when the connection ends. Makes nothing yet. Absent where nothing stays.
   *
   * @param name as an earlier connection had it; undefined for a new one
   * @throws DatabaseUnavailable
   */
  keep?(name: string | undefined, options: OpenOptions): Promise<KeptDatabases>;
  /** What can be done with it, for whoever has set it up. Makes nothing. @throws DatabaseUnavailable */
  check?(options: { readonly signal?: AbortSignal }): Promise<ServerCheck>;
}

export interface OpenOptions {
  readonly signal?: AbortSignal;
  /** Bytes of a character where a release decides about them; 4 where it is absent. */
  readonly characterBytes?: number;
}

/** What a server said of itself. */
export interface ServerCheck {
  /** In the server's own words, such as “PostgreSQL 15.18”. */
  readonly version: string;
  /** Whether each run gets a user of its own, who may do nothing else. */
  readonly hasOwnUsers: boolean;
}

/** A database that one is connected with. One thing is asked of it at a time, but for statements, which may be given ahead. */
export interface OpenDatabase {
  /** What the server really is, which may be MySQL 8 where MariaDB was named. */
  readonly kind: ServedKind;
  /** In the server's own words, such as “PostgreSQL 15.18”. */
  readonly version: string;
  /**
   * Executes one statement, when those that were given before it have been executed, whatever came of them. What the server
   * refuses is an answer.
   *
   * @throws DatabaseUnavailable when the server is gone or hangs, or when the run is cancelled
   */
  execute(sql: string): Promise<ExecutedStatement>;
  /** What the server says its tables are now, by name. @throws DatabaseUnavailable */
  catalogue(): Promise<readonly CatalogueTable[]>;
  /** Ends the connection. Never throws. */
  close(): Promise<void>;
}

/** The database of one run, which is gone when it is closed. */
export interface RunDatabase extends OpenDatabase {
  /** Remembers the state. @throws DatabaseUnavailable */
  mark(): Promise<DatabaseMark>;
  /**
   * Goes back to a state, as often as one likes. States that were remembered after it are gone.
   *
   * @throws DatabaseUnavailable
   */
  restore(mark: DatabaseMark): Promise<void>;
}

/**
 * The databases of one sandbox: one for each of its states that has another database than the state before it, by the number
 * of the state. All but `close` throw DatabaseUnavailable.
 */
export interface KeptDatabases {
  /** What the server really is. */
  readonly kind: ServedKind;
  /** In the server's own words, such as “PostgreSQL 15.18”. */
  readonly version: string;
  /** What the names of all of them begin with, and the name of their user where there is one. */
  readonly name: string;
  /** Those that are there, in no order. */
  numbers(): Promise<readonly number[]>;
  /** Makes one, in place of what has its name. @param from the one that it is a copy of; absent for an empty one */
  make(number: number, from?: number): Promise<void>;
  /** Connects with one that is there. */
  open(number: number): Promise<OpenDatabase>;
  drop(numbers: readonly number[]): Promise<void>;
  /** Drops all of them, and their user. */
  dropAll(): Promise<void>;
  /** Ends the connection. */
  close(): void;
}

/** The name of one of them on the server. */
export function keptName(name: string, number: number): string {
  return `${name}_${number}`;
}

/** A state of the database of one run, for that run alone. */
export interface DatabaseMark {
  /** Counts from 0 as states are remembered. */
  readonly number: number;
}

/** Remarks that are kept of one statement. A statement of a package can have the server make any number of them. */
export const mostNotices = 100;

/** How a statement went. */
export type ExecutedStatement =
  | {
      readonly kind: "done";
      readonly milliseconds: number;
      /** What the server remarked on, each on one line; the first `mostNotices` of them. */
      readonly notices: readonly string[];
    }
  | {
      readonly kind: "failed";
      readonly milliseconds: number;
      /** SQLSTATE, or the number of the error where the server has numbers. */
      readonly code: string;
      /** The server's own text, on one line. */
      readonly message: string;
      /** The offset in the statement that the server points at; absent where it points nowhere. */
      readonly position?: number;
    };

/** A table as the server says it is. Names are as the server keeps them. */
export interface CatalogueTable {
  readonly name: string;
  /** In order. */
  readonly columns: readonly CatalogueColumn[];
  /** Columns in the order of the key; empty where there is none. */
  readonly primaryKey: readonly string[];
  /** Indexes and unique constraints but the primary key, by name. */
  readonly indexes: readonly CatalogueIndex[];
  /** By name. */
  readonly foreignKeys: readonly CatalogueForeignKey[];
  /** How many there are. */
  readonly rows: number;
}

export interface CatalogueColumn {
  readonly name: string;
  /** In the server's words, in lower case and without blanks before brackets, such as “varchar(250)” or “timestamp(0)”. */
  readonly type: string;
  readonly nullable: boolean;
  /** The value, without quotes and casts; undefined for none. A counter has none. */
  readonly default: string | undefined;
  /** Whether it counts by itself. */
  readonly counts: boolean;
}

export interface CatalogueIndex {
  readonly name: string;
  /** In the order of the index. */
  readonly columns: readonly string[];
  readonly unique: boolean;
}

export interface CatalogueForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly foreignTable: string;
  readonly foreignColumns: readonly string[];
}

/** A server that somebody has named in settings. Its password is nowhere in here. */
export interface DatabaseSettings {
  /** As the user calls it. */
  readonly name: string;
  readonly kind: ServerKind;
  /** Where it is: a host with a port, or the path of a socket. */
  readonly at: { readonly host: string; readonly port: number } | { readonly socket: string };
  readonly user: string;
  /** Whether what is said is encrypted, and whether the server has to prove that it is who it says. */
  readonly tls: TlsMode;
  /** Where the password is; undefined for none. */
  readonly secret: DatabaseSecret | undefined;
}

/** Where a server is, in one word. */
export function placeOf(at: DatabaseSettings["at"]): string {
  if ("socket" in at) return at.socket;
  return at.host.includes(":") ? `[${at.host}]:${at.port}` : `${at.host}:${at.port}`;
}

export const tlsModes = ["verified", "unverified", "off"] as const;
export type TlsMode = (typeof tlsModes)[number];

export type DatabaseSecret =
  | { readonly environment: string }
  /** An absolute path. */
  | { readonly file: string }
  /** In the secret storage of the editor. */
  | { readonly editor: true };

/** The password that an editor keeps for the database of a name; undefined for none. */
export type EditorSecrets = (name: string) => Promise<string | undefined>;

/** The databases that there are to execute statements in. */
export interface DatabaseServers {
  /** The one that runs in a process of ours; undefined where that optional part is not installed. */
  embedded(): DatabaseServer | undefined;
  /** One that was named in settings. Nothing is asked of it before it is opened. */
  named(settings: DatabaseSettings, secrets?: EditorSecrets): DatabaseServer;
}

/** A database cannot be used, or not any more: it cannot be reached, refuses the user, hangs, or the run was cancelled. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
  /** What happened, and what to do next, for the user. It never has a password in it. */
  readonly text: Message;

  constructor(text: Message, options?: ErrorOptions) {
    super(messageText(text, english), options);
    this.text = text;
  }
}
