import type { DatabaseKind } from "./databases.ts";
import type { SystemChoice } from "./dry-run.ts";
import type { Operation } from "./operations.ts";
import type { ProtocolRange } from "./place.ts";
import { request } from "./request.ts";

/** Client to server: the trials of an open spec. Null for a document that is not open. */
export const trialsRequest = request<{ readonly uri: string }, TrialsResult | null>("sopm/trials");

export interface TrialsResult {
  readonly kind: "trials";
  /** Empty for a spec that does not say one. */
  readonly name: string;
  /** Where the name stands, or the root element. */
  readonly range: ProtocolRange;
  readonly systems: readonly SystemTrials[];
  /** Perl tests in the file list, which are run on a system only. */
  readonly tests: readonly PerlTest[];
}

export interface SystemTrials {
  /** Such as "Znuny 7.1.7 with MariaDB", in the reader's language. */
  readonly title: string;
  readonly trials: readonly ListedTrial[];
}

export interface ListedTrial {
  /** Tells it from the others of the package, and stays the same while that is edited. */
  readonly id: string;
  readonly title: string;
  /** The dry run that it is. */
  readonly report: TrialReport;
}

export interface TrialReport {
  readonly operation: Operation;
  /** Absent for what a scenario names. */
  readonly system?: SystemChoice;
  readonly database?: DatabaseKind;
  /** The version that an upgrade starts at, as it was released. */
  readonly from?: string;
  readonly scenario?: string;
  /** The id of the trial, where it makes a system of its own to begin with. */
  readonly trial?: string;
}

export interface PerlTest {
  /** As the package lists it. */
  readonly location: string;
  readonly uri: string;
}

/**
 * Client to server: what comes of a trial. Null for a document that is not open, or a trial that it does not have any more.
 * It is given up when it is cancelled, and when the document changes meanwhile.
 */
export const runTrialRequest = request<RunTrialParams, TrialOutcome | null>("sopm/runTrial");

export interface RunTrialParams {
  readonly uri: string;
  readonly trial: string;
  /** False for those that follow the first one of a run: then files and versions are not looked for again. */
  readonly filesMayHaveChanged?: boolean | undefined;
}

export interface TrialOutcome {
  readonly kind: "tried";
  readonly result: "passed" | "failed" | "unknown";
  /** Of one that failed. */
  readonly failures: readonly TrialFailure[];
  /** What was not followed, or why it is not known. */
  readonly notes: readonly string[];
}

export interface TrialFailure {
  readonly message: string;
  /** In the spec; absent for what stands nowhere in it. */
  readonly range?: ProtocolRange;
  /** To be compared; absent where the message says it all. */
  readonly compared?: { readonly expected: string; readonly actual: string };
}
