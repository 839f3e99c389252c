import type { Assumptions, Verdict } from "./dry-run.ts";
import type { Operation } from "./operations.ts";
import { type RequestCancelled, type RequestFailed, request } from "./request.ts";

/** Client to server: the systems that a dry run can be tried on, for a reader to choose from. */
export const systemsRequest = request<SystemsParams, SystemsResult>("sopm/systems");

export interface SystemsParams {
  /** The package that a system is looked for; absent when it is for any. */
  readonly uri?: string;
}

export interface SystemsResult {
  readonly kind: "systems";
  /** Versions of products, such as "Znuny 7.1.x", the newest of each product first. */
  readonly products: readonly string[];
  /** What a version can be written behind, such as "Znuny". */
  readonly productNames: readonly string[];
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
  /** Such as "PostgreSQL, here" of a database on the server that settings call “here”; undefined where it has none. */
  readonly database: string | undefined;
  /** Why it cannot be used, in the reader's language. */
  readonly problem: string | undefined;
  /** Whether a repair may make one of it that can be used. */
  readonly isDamaged: boolean;
  readonly place: "storage" | "workspace" | "settings";
}

/** Client to server: make a sandbox without packages. */
export const createSandboxRequest = request<CreateSandboxParams, CreateSandboxResult>("sopm/createSandbox");

export interface CreateSandboxParams {
  readonly name: string;
  /** A version of a product, or the absolute path of the home of a framework. */
  readonly framework:
    | { readonly kind: "product"; readonly product: string }
    | { readonly kind: "home"; readonly folder: string };
  /** Absolute path of the workspace folder to put it into; absent for the editor's storage. */
  readonly workspaceFolder?: string;
  /** What the setting sopm.databases calls the server that has a database for it; absent for none. */
  readonly databaseServer?: string;
}

export type CreateSandboxResult = { readonly kind: "made"; readonly sandbox: SandboxFacts } | RequestFailed;

/** Client to server: perform an operation on a sandbox. Reports progress and can be cancelled. */
export const applyRequest = request<ApplyParams, ApplyOutcome>("sopm/applyToSandbox");

export interface ApplyParams {
  readonly uri: string;
  readonly operation: Operation;
  /** Absolute path; absent for the sandbox of the product that the package is made for, which is made if need be. */
  readonly folder?: string;
  readonly force?: boolean;
  readonly assume?: Assumptions;
  readonly workDoneToken?: string | number;
}

export type ApplyOutcome =
  | {
      readonly kind: "applied";
      /** Of the operation in the sandbox. */
      readonly number: number;
      readonly sandbox: SandboxFacts;
      readonly verdict: Verdict;
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
  | RequestCancelled;

export interface SandboxParams {
  /** Absolute path. */
  readonly folder: string;
}

/** Client to server: what was ever done to a sandbox, the newest first. */
export const sandboxOperationsRequest = request<SandboxParams, SandboxOperationsResult>(
  "sopm/sandboxOperations",
);

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

/** Client to server: bring a sandbox back to what it was after an operation. Reports progress and can be cancelled. */
export const undoRequest = request<UndoParams, UndoOutcome>("sopm/undoInSandbox");

export interface UndoParams extends SandboxParams {
  readonly to: number;
  readonly workDoneToken?: string | number;
}

export type UndoOutcome =
  | { readonly kind: "undone"; readonly number: number }
  | RequestFailed
  | RequestCancelled;

/** Client to server: make a damaged sandbox one that can be used. */
export const repairRequest = request<SandboxParams, RepairOutcome>("sopm/repairSandbox");

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

/** Client to server: take a sandbox away, with its databases on a server. */
export const dropRequest = request<SandboxParams, DropOutcome>("sopm/dropSandbox");

export type DropOutcome =
  | {
      readonly kind: "dropped";
      /** What the reader should know, in one line; undefined for nothing. */
      readonly note: string | undefined;
    }
  | RequestFailed;

/** Client to server: compare the files of installed packages with those in the sandbox. */
export const deployCheckRequest = request<SandboxParams, DeployCheckResult>("sopm/deployCheck");

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
