import type { DryRunDiagnostic, Verdict } from "./dry-run.ts";
import type { Operation } from "./operations.ts";
import { notification, type RequestCancelled, type RequestFailed, request } from "./request.ts";

/**
 * Client to server: has a test system that the settings name do an operation on a package, and compares what came of it with
 * the dry run. A spec is built from its saved file before. Can be cancelled, which does not end what goes on there.
 */
export const testSystemRunRequest = request<TestSystemRunParams, TestSystemRunResult>("sopm/runOnTestSystem");

export interface TestSystemRunParams {
  /** URI of a `.sopm` or `.opm` file on this computer. */
  readonly uri: string;
  readonly operation: Operation;
  /** What the settings call it. */
  readonly system: string;
  /** Whether what is new in its log is told as well. */
  readonly readsLog: boolean;
}

export type TestSystemRunResult =
  | {
      readonly kind: "compared";
      readonly verdict: Verdict;
      /** The report, as `sopm system` prints it. */
      readonly text: string;
      /** What came otherwise, without names and values, as JSON to be given to others; absent where nothing did. */
      readonly case?: string;
      /** What came otherwise, at the elements that had promised it. */
      readonly findings: readonly DryRunDiagnostic[];
    }
  | RequestFailed
  | RequestCancelled;

/** What can be done on a test system beside operations on packages. */
export const testSystemTasks = ["rebuild-configuration", "clear-caches", "print-log"] as const;
export type TestSystemTask = (typeof testSystemTasks)[number];

/** Client to server: something that a test system does by itself. Can be cancelled in the same way. */
export const testSystemTaskRequest = request<TestSystemTaskParams, TestSystemTaskResult>(
  "sopm/testSystemTask",
);

export interface TestSystemTaskParams {
  readonly system: string;
  readonly task: TestSystemTask;
}

export type TestSystemTaskResult =
  | {
      readonly kind: "done";
      readonly succeeded: boolean;
      /** Why it failed, in the words of the system; empty for a success. */
      readonly reason: string;
    }
  | RequestFailed
  | RequestCancelled;

/** Client to server: the phases of a spec that a test system can be asked for alone. */
export const phasesRequest = request<{ readonly uri: string }, PhasesResult>("sopm/phases");

export type PhasesResult =
  | { readonly kind: "phases"; readonly phases: readonly SectionPhaseName[] }
  | RequestFailed
  | RequestCancelled;

/** Sections of one family in one phase, such as those of "CodeUpgrade" in "post". */
export interface SectionPhaseName {
  readonly section: string;
  readonly phase: string;
}

/**
 * Client to server: has a test system run the sections of one phase of a spec, as they are typed, and nothing else.
 * Can be cancelled, which does not end what goes on there.
 */
export const runPhaseRequest = request<RunPhaseParams, TestSystemTaskResult>("sopm/runPhase");

export interface RunPhaseParams extends SectionPhaseName {
  readonly uri: string;
  readonly system: string;
  /** The version that an upgrade counts from; absent for the one that the system has. */
  readonly from?: string;
}

/**
 * Client to server: links the files of a spec into the home of a test system that is here or mounted here, or removes such
 * links. Without `perform` it is only told what would be done.
 */
export const linkRequest = request<LinkParams, LinkResult>("sopm/linkPackage");

export interface LinkParams {
  readonly uri: string;
  readonly system: string;
  readonly work: "link" | "unlink";
  readonly perform: boolean;
}

export type LinkResult =
  | {
      readonly kind: "planned" | "done";
      /** What is done with each file, as `sopm system link` prints it. */
      readonly lines: readonly string[];
      /** How many links are made or removed. */
      readonly count: number;
    }
  | RequestFailed
  | RequestCancelled;

/**
 * Client to server: runs Perl tests of packages on a test system that has them installed, one after the other. What becomes of
 * each is told by a notification. Can be cancelled, which does not end what goes on there.
 */
export const unitTestsRequest = request<UnitTestsParams, UnitTestsResult>("sopm/runUnitTests");

export interface UnitTestsParams {
  readonly system: string;
  /** Tells the run from others; handed back with each of its results. */
  readonly run: string;
  /** As packages list them, such as "scripts/test/Acme.t". */
  readonly files: readonly string[];
}

export type UnitTestsResult =
  | { readonly kind: "ran" }
  /** The reader was shown the commands and did not allow them; `message` says so. */
  | { readonly kind: "refused"; readonly message: string }
  | RequestFailed
  | RequestCancelled;

/** Server to client: a test has ended. They end in the order in which they were named. */
export const unitTestNotification = notification<EndedUnitTest>("sopm/unitTestEnded");

export interface EndedUnitTest {
  readonly run: string;
  readonly file: string;
  readonly result: "passed" | "failed" | "unknown";
  /** Why it failed or is not known; empty for one that passed. */
  readonly reason: string;
}

/** Server to client: asks whether commands may be run. The answer is a {@link CommandPermission}. */
export const allowCommandsMethod = "sopm/allowCommands";

export interface AllowCommandsParams {
  readonly system: string;
  /** As they would be typed, with words in braces for what is not known yet. A program of ours that one runs is on lines below it. */
  readonly commands: readonly string[];
}

/** This time, from now on, or not at all. */
export type CommandPermission = "once" | "always" | "no";

/** Server to client: a command that is run, and what it writes, line by line. */
export const testSystemOutputNotification = notification<TestSystemOutput>("sopm/testSystemOutput");

export interface TestSystemOutput {
  readonly kind: "command" | "output" | "stage";
  readonly line: string;
}
