/**
 * What server and client say to each other beyond the Language Server Protocol.
 * Types and method names only, so that both sides can import it.
 */

/** Client to server, request: build the package of an open or saved spec. Reports progress and can be cancelled. */
export const buildRequest = "sopm/build";

export interface BuildParams {
  /** URI of the `.sopm` file. The server reads open documents from the editor and others from disk. */
  readonly uri: string;
  /** True to build although error findings exist, as the framework would. */
  readonly force: boolean;
  /** Absolute file system path of the folder for the archive. Absent: the setting, else beside the spec. */
  readonly outputFolder?: string;
  /** Token under which the server reports `$/progress`. */
  readonly workDoneToken?: string | number;
}

/** All paths are absolute file system paths, sizes are bytes. Texts are in the reader's language. */
export type BuildOutcome =
  | {
      readonly kind: "built";
      readonly path: string;
      readonly size: number;
      readonly files: number;
      readonly milliseconds: number;
      /** What the reader should know although the archive was written, such as a schema check that was skipped. */
      readonly notes: readonly string[];
    }
  /** Error findings stand in the way; they are in Problems. `canForce` tells whether the framework would build anyway. */
  | {
      readonly kind: "blocked";
      readonly errors: number;
      readonly messages: readonly string[];
      readonly canForce: boolean;
    }
  | { readonly kind: "failed"; readonly message: string; readonly hint: string }
  | { readonly kind: "cancelled" };

/** Client to server, request: the edit that raises the version and adds a ChangeLog entry. Null for a document that is not open. */
export const bumpVersionRequest = "sopm/bumpVersion";

export interface BumpVersionParams {
  readonly uri: string;
  readonly part: "major" | "minor" | "patch";
}

export type BumpVersionResult =
  | {
      readonly kind: "bumped";
      readonly from: string;
      readonly to: string;
      /** LSP text edits for the document, all referring to its present text. */
      readonly edits: readonly {
        readonly range: {
          readonly start: { readonly line: number; readonly character: number };
          readonly end: { readonly line: number; readonly character: number };
        };
        readonly newText: string;
      }[];
    }
  /** Why the version cannot be raised, in the reader's language. */
  | { readonly kind: "impossible"; readonly reason: string };

/** Server to client, notification: what the language status item shows for a document. */
export const statusNotification = "sopm/status";

export interface StatusParams {
  readonly uri: string;
  /** Dialect id such as "znuny-7". */
  readonly dialect: string;
  /** Where the dialect comes from. */
  readonly dialectSource: "setting" | "detected" | "default";
  readonly profile: string;
}

/** Client to server, request: the text to insert after `>` or `/` was typed; null when nothing is to be closed. A snippet, `$0` is the caret. */
export const autoCloseRequest = "sopm/autoClose";

export interface AutoCloseParams {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** Client to server, notification without parameters: the workspace has become trusted, so Java may be started. */
export const trustNotification = "sopm/trust";

/** What the client passes as `initializationOptions`. */
export interface InitializationOptions {
  /** False in a workspace that is not trusted: no program is started then. */
  readonly trusted: boolean;
  /** The editor's display language as a BCP 47 tag such as "de". */
  readonly locale: string;
}
