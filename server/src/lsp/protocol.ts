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

/** Client to server, request: the SQL of the database sections of an open spec. Null for a document that is not open. */
export const sqlPreviewRequest = "sopm/sqlPreview";

export interface SqlPreviewParams {
  readonly uri: string;
  /** Absent for "mysql". */
  readonly database?: "mysql" | "postgresql" | "oracle";
}

export interface SqlPreviewResult {
  /** SQL with comments in the reader's language, lines ended by line feeds. It never lacks a line to show. */
  readonly text: string;
  /**
   * Which part of the text comes from which part of the spec, in the order of the text. Ranges of the spec refer to
   * its present text. Ranges lie in others, such as those of columns in that of their table: the innermost counts.
   */
  readonly ranges: readonly SqlPreviewRange[];
  /** False when the spec cannot be read just now; what was shown before is then worth more than `text`. */
  readonly isReadable: boolean;
}

export interface SqlPreviewRange {
  readonly preview: ProtocolRange;
  readonly spec: ProtocolRange;
}

/** Lines and characters from 0, characters in UTF-16 code units. */
export interface ProtocolRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

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
  /** Absolute path of a folder that the editor keeps for us; the sandboxes that belong to no workspace are in it. */
  readonly storageFolder?: string;
  /** True when the client knows the commands of dry runs, so that they can be offered above the root element. */
  readonly lenses?: boolean;
}

export type OperationName = "install" | "upgrade" | "reinstall" | "uninstall";

/** Something went wrong outside the package. Both texts are in the reader's language; the hint may be empty. */
export interface RequestFailed {
  readonly kind: "failed";
  readonly message: string;
  readonly hint: string;
  /** The folder of a sandbox that a repair may make usable again; absent from all other failures. */
  readonly damaged?: string;
}

/** Client to server, request: what an operation on a package would do. Changes nothing and can be cancelled. */
export const dryRunRequest = "sopm/dryRun";

export interface DryRunParams {
  /** URI of a `.sopm` or `.opm` file. Open documents are taken from the editor, their files from disk. */
  readonly uri: string;
  readonly operation: OperationName;
  /** Absent: what the settings say, else a version of the product that the package is made for. */
  readonly system?: SystemChoice;
  /** What is installed before an upgrade; absent for what the system has. */
  readonly from?: EarlierChoice;
  readonly force?: boolean;
  /** Outcomes to take for granted, by the key of the step. */
  readonly assume?: Readonly<Record<string, "fails" | "succeeds">>;
  /** True to tell also what would be otherwise if the documentation were right. */
  readonly documented?: boolean;
  /** False when no file has changed since the last question, only the spec: then they are not looked for again. */
  readonly look?: boolean;
}

export type SystemChoice =
  /** Such as "Znuny 7.1.3". */
  | { readonly kind: "product"; readonly product: string }
  /** Absolute path of its folder. */
  | { readonly kind: "sandbox"; readonly folder: string };

export type EarlierChoice =
  /** URI of an archive or a spec on disk. */
  | { readonly kind: "file"; readonly uri: string }
  /** A spec from the past; `origin` says where from, such as "v1.0.0". */
  | { readonly kind: "text"; readonly text: string; readonly origin: string }
  | { readonly kind: "version"; readonly version: string };

export type DryRunResult =
  | {
      readonly kind: "report";
      /** Such as "Dry run: install Acme 1.0.0 on Znuny 7.1.3 with MySQL". */
      readonly heading: string;
      readonly verdict: { readonly kind: "good" | "look" | "bad"; readonly sentence: string };
      /** What stands in the view; a fragment. Places are offsets into the text that was looked at. */
      readonly html: string;
      /** The style sheet of the view. */
      readonly style: string;
      /** Steps whose outcome can be assumed, and those where it is. */
      readonly assumable: readonly AssumableStep[];
      readonly findings: readonly DryRunDiagnostic[];
      /** Of the text that was looked at; undefined for one that is not open. */
      readonly documentVersion: number | undefined;
    }
  | RequestFailed
  | { readonly kind: "cancelled" };

export interface AssumableStep {
  readonly key: string;
  /** What was assumed; undefined where the step is as the framework would have it. */
  readonly assumed: "fails" | "succeeds" | undefined;
}

/** A finding of a dry run, as an LSP diagnostic without its source. */
export interface DryRunDiagnostic {
  readonly range: ProtocolRange;
  /** 1 error, 2 warning, 3 information. */
  readonly severity: 1 | 2 | 3;
  readonly code: string;
  readonly message: string;
}

/** Client to server, request: the report of a dry run as a file to keep. */
export const exportDryRunRequest = "sopm/exportDryRun";

export const exportFormats = ["html", "markdown", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportDryRunParams extends DryRunParams {
  readonly format: ExportFormat;
}

export type ExportDryRunResult =
  | { readonly kind: "exported"; readonly text: string }
  | RequestFailed
  | { readonly kind: "cancelled" };

/** Client to server, request: the systems that a dry run can be tried on, for a reader to choose from. */
export const systemsRequest = "sopm/systems";

export interface SystemsParams {
  /** The package that a system is looked for; absent when it is for any. */
  readonly uri?: string;
}

export interface SystemsResult {
  /** Versions of products, such as "Znuny 7.1.x", the newest of each product first. */
  readonly products: readonly string[];
  readonly sandboxes: readonly SandboxFacts[];
  /** The product version that the package is made for; undefined when there is no package. */
  readonly fitting: string | undefined;
}

export interface SandboxFacts {
  /** Absolute path. */
  readonly folder: string;
  readonly name: string;
  /** Such as "Znuny 7.1.3"; undefined for one that cannot be used. */
  readonly product: string | undefined;
  /** Why it cannot be used, in the reader's language. */
  readonly problem: string | undefined;
  readonly place: "storage" | "workspace" | "settings";
}

/** Client to server, request: make a sandbox without packages. */
export const createSandboxRequest = "sopm/createSandbox";

export interface CreateSandboxParams {
  readonly name: string;
  /** A version of a product, or the absolute path of the home of a framework. */
  readonly framework:
    | { readonly kind: "product"; readonly product: string }
    | { readonly kind: "home"; readonly folder: string };
  /** Absolute path of the workspace folder to put it into; absent for the editor's storage. */
  readonly workspaceFolder?: string;
}

export type CreateSandboxResult = { readonly kind: "made"; readonly sandbox: SandboxFacts } | RequestFailed;

/** Client to server, request: perform an operation on a sandbox. Reports progress and can be cancelled. */
export const applyRequest = "sopm/applyToSandbox";

export interface ApplyParams {
  readonly uri: string;
  readonly operation: OperationName;
  /** Absolute path; absent for the sandbox of the product that the package is made for, which is made if need be. */
  readonly folder?: string;
  readonly force?: boolean;
  readonly assume?: Readonly<Record<string, "fails" | "succeeds">>;
  readonly workDoneToken?: string | number;
}

export type ApplyOutcome =
  | {
      readonly kind: "applied";
      /** Of the operation in the sandbox. */
      readonly number: number;
      readonly sandbox: SandboxFacts;
      readonly verdict: { readonly kind: "good" | "look" | "bad"; readonly sentence: string };
      /** What the reader should know although all went well, such as a table that stays. */
      readonly notes: readonly string[];
    }
  /** Nothing was changed. */
  | {
      readonly kind: "refused";
      readonly sandbox: SandboxFacts;
      readonly sentence: string;
      readonly reasons: readonly string[];
    }
  | RequestFailed
  | { readonly kind: "cancelled" };

/** Client to server, request: what was ever done to a sandbox, the newest first. */
export const sandboxOperationsRequest = "sopm/sandboxOperations";

export interface SandboxParams {
  /** Absolute path. */
  readonly folder: string;
}

export type SandboxOperationsResult =
  | { readonly kind: "operations"; readonly operations: readonly SandboxOperation[] }
  | RequestFailed;

export interface SandboxOperation {
  readonly number: number;
  /** Such as "Upgrade Acme 1.0.0 → 1.1.0". */
  readonly title: string;
  /** Local time as "YYYY-MM-DD hh:mm:ss"; empty when its file is damaged. */
  readonly date: string;
  /** True for one that the sandbox can be brought back to. */
  readonly canGoBackTo: boolean;
  /** True for the one that made the present state. */
  readonly isPresent: boolean;
}

/** Client to server, request: bring a sandbox back to what it was after an operation. */
export const undoRequest = "sopm/undoInSandbox";

export interface UndoParams extends SandboxParams {
  readonly to: number;
  readonly workDoneToken?: string | number;
}

export type UndoOutcome =
  | { readonly kind: "undone"; readonly number: number }
  | RequestFailed
  | { readonly kind: "cancelled" };

/** Client to server, request: make a damaged sandbox one that can be used. */
export const repairRequest = "sopm/repairSandbox";

export type RepairOutcome =
  | {
      readonly kind: "repaired";
      /** What was done, one sentence each. */
      readonly steps: readonly string[];
      /** Absolute path of the folder with what was set aside; undefined when nothing was. */
      readonly setAside: string | undefined;
      /** What is not as it should be all the same, one sentence each. */
      readonly left: readonly string[];
    }
  | RequestFailed;

/** Client to server, request: compare the files of installed packages with those in the sandbox. */
export const deployCheckRequest = "sopm/deployCheck";

export type DeployCheckResult =
  | { readonly kind: "checked"; readonly packages: readonly CheckedPackage[] }
  | RequestFailed;

export interface CheckedPackage {
  readonly name: string;
  readonly version: string;
  readonly isDeployed: boolean;
  readonly files: readonly CheckedFile[];
}

export interface CheckedFile {
  readonly location: string;
  /** Absolute path in the sandbox; undefined for one that is not there. */
  readonly path: string | undefined;
  /** `special`: there is a device, a pipe or a socket in its place; `blocked`: something in that of its folder. */
  readonly state: "missing" | "different" | "unreadable" | "folder" | "link" | "special" | "blocked";
}
