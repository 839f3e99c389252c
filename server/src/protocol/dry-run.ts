import type { DatabaseKind } from "./databases.ts";
import type { Operation } from "./operations.ts";
import type { ProtocolRange } from "./place.ts";
import { type RequestCancelled, type RequestFailed, request } from "./request.ts";

/** Client to server: what an operation on a package would do. Changes nothing and can be cancelled. */
export const dryRunRequest = request<DryRunParams, DryRunResult>("sopm/dryRun");

export interface DryRunParams {
  /** URI of a `.sopm` or `.opm` file. Open documents are taken from the editor, their files from disk. */
  readonly uri: string;
  readonly operation: Operation;
  /**
   * A dry run of the configuration, by its name. Its operation and the system that it names are taken in place of those
   * here; what is left out here is as it says.
   */
  readonly scenario?: string;
  /**
   * A trial of the package, by its id: what it tries, on the system as it has made it. `system`, `from` and `database` are
   * those of the trial then.
   */
  readonly trial?: string;
  /** Absent: what the settings say, else a version of the product that the package is made for. */
  readonly system?: SystemChoice;
  /** What is installed before an upgrade; absent for what the system has. */
  readonly from?: EarlierChoice;
  /** Of a system as it is delivered; absent for what the settings say. */
  readonly database?: DatabaseKind;
  readonly force?: boolean;
  readonly assume?: Assumptions;
  /** True to install first what is required and in the workspace. */
  readonly workspacePackages?: boolean;
  /** True to tell also what would be otherwise if the documentation were right. */
  readonly documented?: boolean;
  /** False when no file has changed since the last question, only the spec: then they are not looked for again. */
  readonly filesMayHaveChanged?: boolean;
}

/** Outcomes to take for granted, by the key of the step. */
export type Assumptions = Readonly<Record<string, "fails" | "succeeds">>;

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
  | { readonly kind: "version"; readonly version: string }
  /** One that was found of a package, as it was released, and then upgraded to all that are behind it, if wanted. */
  | {
      readonly kind: "found";
      /** URI of the package. */
      readonly of: string;
      readonly version: string;
      readonly isStepByStep: boolean;
    };

export type DryRunResult =
  | {
      readonly kind: "report";
      /** What was tried. */
      readonly operation: Operation;
      /** Such as "Acme 1.0.0"; empty for one that says neither. */
      readonly package: string;
      /** Such as "Dry run: install Acme 1.0.0 on Znuny 7.1.3 with MySQL". */
      readonly heading: string;
      readonly verdict: Verdict;
      /** What stands in the view; a fragment. Places are offsets into the text that was looked at. */
      readonly html: string;
      /** The style sheet of the view. */
      readonly style: string;
      /** Steps whose outcome can be assumed, and those where it is. */
      readonly assumable: readonly AssumableStep[];
      readonly findings: readonly DryRunDiagnostic[];
      /** Of the text that was looked at; undefined for one that is not open. */
      readonly documentVersion: number | undefined;
      /** The version that an upgrade starts at; absent for other operations, and where nothing was installed. */
      readonly upgradedFrom?: string;
    }
  | RequestFailed
  | RequestCancelled;

export interface Verdict {
  readonly kind: "good" | "look" | "bad";
  readonly sentence: string;
}

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

/** Client to server: the report of a dry run as a file to keep. */
export const exportDryRunRequest = request<ExportDryRunParams, ExportDryRunResult>("sopm/exportDryRun");

export const exportFormats = ["html", "markdown", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportDryRunParams extends DryRunParams {
  readonly format: ExportFormat;
}

export type ExportDryRunResult =
  | { readonly kind: "exported"; readonly text: string }
  | RequestFailed
  | RequestCancelled;
