import type { DatabaseKind } from "../protocol/databases.ts";

/** A system to try packages on, as its user has named it. */
export interface TestSystem {
  /** As the user calls it. */
  readonly name: string;
  /** What stands before each command that is run there, word by word, such as ["docker", "exec", "box"]; empty for this computer. */
  readonly command: readonly string[];
  /** The absolute path of the framework there, with `/`. */
  readonly home: string;
  readonly transfer: Transfer;
  /** Folders that both see, each by its own absolute path: for links to the files of a package. */
  readonly mounts: readonly SharedFolder[];
  /** What runs there, such as "Znuny 7.1.7"; undefined where its file `RELEASE` is asked. */
  readonly product: string | undefined;
  /** What it has its tables in; undefined for the usual one. */
  readonly database: DatabaseKind | undefined;
  /**
   * The words of a command that is run there and prints the names of tables, one on a line, with the name of a column
   * behind it where it has them; undefined for a system whose tables are not read.
   */
  readonly tables: readonly string[] | undefined;
}

/** How an archive gets there. */
export type Transfer =
  /** It lies on the same disk. */
  | { readonly kind: "none" }
  /** By a command that is run here; `{from}` and `{to}` in its words are the paths. `folder` is where it is put there. */
  | { readonly kind: "copy"; readonly words: readonly string[]; readonly folder: string }
  | ({ readonly kind: "shared" } & SharedFolder);

/** A folder that this computer and a system see, each by its own absolute path; the one there with `/`. */
export interface SharedFolder {
  readonly here: string;
  readonly there: string;
}

/** Starts programs without a shell. */
export interface Commands {
  /**
   * Runs a program until it ends or has to be ended, together with what it has started here. Never throws.
   *
   * @param words the program, by an absolute path or a name that is looked for as a shell would, and its words
   */
  run(words: readonly [string, ...string[]], options: CommandOptions): Promise<CommandOutcome>;
  /**
   * Makes a folder that nobody else may look into, and gives its absolute path. Whoever asks for it removes it.
   *
   * @throws SystemError
   */
  makeFolder(): Promise<string>;
}

export interface CommandOptions {
  /** Folders of which no program is started, nor of anything below. Absolute. */
  readonly untrustedFolders: readonly string[];
  /** Milliseconds after which it is ended. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal | undefined;
  /** Told what it writes as soon as it does. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

export type CommandOutcome =
  | {
      readonly kind: "ended";
      /** Null when something else than us has ended it. */
      readonly code: number | null;
      readonly output: string;
      readonly errors: string;
    }
  | { readonly kind: "too-slow" | "too-much-output" | "cancelled" }
  /** `untrusted`: there is one, but it lies where no program is started. */
  | { readonly kind: "not-started"; readonly reason: "missing" | "untrusted" | (string & {}) };

/** What SOPM keeps for its user on this computer, apart from all workspaces. Texts by short names. */
export interface UserRecords {
  /** Undefined for what is not kept, or cannot be read. Never throws. */
  read(name: string): Promise<string | undefined>;
  /** The names of what is kept, in no order. Never throws. */
  names(): Promise<readonly string[]>;
  /** Replaces it as a whole. @throws SystemError */
  write(name: string, text: string): Promise<void>;
  /** Keeps it no longer. @throws SystemError */
  remove(name: string): Promise<void>;
}
