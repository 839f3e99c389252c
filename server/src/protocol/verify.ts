import type { DryRunDiagnostic, EarlierChoice, SystemChoice, Verdict } from "./dry-run.ts";
import type { Operation } from "./operations.ts";
import type { ProtocolRange } from "./place.ts";
import { type RequestCancelled, type RequestFailed, request } from "./request.ts";

/**
 * Client to server: what becomes of the statements of a package on a database that runs. They are executed there, and
 * nothing is left of it. Can be cancelled.
 */
export const verifyRequest = request<VerifyParams, VerifyResult>("sopm/verify");

export interface VerifyParams {
  /** URI of a `.sopm` or `.opm` file. Open documents are taken from the editor, their files from disk. */
  readonly uri: string;
  readonly operations: readonly Operation[];
  /** What the settings call the server; absent for the embedded one. */
  readonly database?: string;
  /** Absent: what the settings say, else a version of the product that the package is made for. */
  readonly system?: SystemChoice;
  /** What is installed before an upgrade; absent for none. */
  readonly from?: EarlierChoice;
  /** Told of every statement, if wanted. */
  readonly workDoneToken?: string | number;
}

/** What stands at the element that a statement came from. */
export interface MeasuredFinding extends DryRunDiagnostic {
  /** All of the element: what was measured holds while nothing in it changes. */
  readonly element: ProtocolRange;
}

export type VerifyResult =
  | {
      readonly kind: "verified";
      readonly verdict: Verdict;
      /** What was executed on, such as "PostgreSQL 18.7". */
      readonly server: string;
      /** The report, as `sopm verify` prints it. */
      readonly text: string;
      /** The same for the body of a page, in the reader's language. Texts of packages in it are escaped. */
      readonly html: string;
      /** The style that belongs to it. */
      readonly style: string;
      /** What failed, and what SOPM foretold wrongly, at its elements. */
      readonly findings: readonly MeasuredFinding[];
    }
  /** There is no embedded database. The message, in the reader's language, says how to get it beside the server. */
  | { readonly kind: "not-installed"; readonly message: string }
  | RequestFailed
  | RequestCancelled;
