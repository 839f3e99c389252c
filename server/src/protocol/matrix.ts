import type { DatabaseKind } from "./databases.ts";
import type { ProtocolRange } from "./place.ts";
import { request } from "./request.ts";

export interface MatrixParams {
  readonly uri: string;
}

export interface MatrixViewParams extends MatrixParams {
  /** False when only the text has changed since the last question: then older versions are not looked for again. */
  readonly versionsMayHaveChanged?: boolean | undefined;
}

/**
 * Client to server: whether every upgrade of an open spec or archive comes to what a fresh install does. Null for a document
 * that is not open. It is given up when it is cancelled, and when the document changes meanwhile.
 */
export const matrixRequest = request<MatrixViewParams, MatrixResult | null>("sopm/upgradeMatrix");

export interface MatrixResult {
  readonly kind: "matrix";
  /**
   * For the body of a page, in the reader's language. Buttons name what they are for: `data-row` and `data-column` of a cell,
   * `data-start` and `data-end` as offsets into the text, `data-fix`.
   */
  readonly html: string;
  readonly style: string;
  /** How many paths come to what, as a sentence. */
  readonly summary: string;
  /** One for each column of the table. */
  readonly systems: readonly MatrixSystem[];
  /** One for each row. */
  readonly paths: readonly MatrixPath[];
  readonly fixes: readonly MatrixFix[];
  /** Of the text that was looked at. */
  readonly documentVersion: number;
  /** False when the document cannot be read just now; what was shown before is then worth more. */
  readonly isReadable: boolean;
}

export interface MatrixSystem {
  /** Such as "Znuny 7.1.7". */
  readonly product: string;
  readonly database: DatabaseKind;
}

export interface MatrixPath {
  /** As the table names it, in the reader's language. */
  readonly title: string;
  /** The version that is installed first; null for a fresh install. */
  readonly start: string | null;
  /** Whether the versions between are installed one after the other. */
  readonly isStepByStep: boolean;
}

/** What brings a fresh install and an upgrade together. */
export interface MatrixFix {
  readonly title: string;
  readonly edits: readonly { readonly range: ProtocolRange; readonly newText: string }[];
}

export const matrixFormats = ["html", "markdown"] as const;
export type MatrixFormat = (typeof matrixFormats)[number];

/** Client to server: the same as the text of a file. */
export const exportMatrixRequest = request<ExportMatrixParams, ExportedMatrix | null>(
  "sopm/exportUpgradeMatrix",
);

export interface ExportMatrixParams extends MatrixParams {
  readonly format: MatrixFormat;
}

export interface ExportedMatrix {
  readonly kind: "text";
  readonly text: string;
}
