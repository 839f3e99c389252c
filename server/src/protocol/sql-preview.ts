import type { DatabaseKind } from "./databases.ts";
import type { ProtocolPosition, ProtocolRange } from "./place.ts";
import { request } from "./request.ts";

/** Client to server: the SQL of the database sections of an open spec. Null for a document that is not open. */
export const sqlPreviewRequest = request<SqlPreviewParams, SqlPreviewResult | null>("sopm/sqlPreview");

export interface SqlPreviewParams {
  readonly uri: string;
  /** Absent for "mysql". */
  readonly database?: DatabaseKind;
  /** A place in a database section whose SQL alone is wanted, in an open document; absent for that of all sections. */
  readonly section?: ProtocolPosition;
}

export interface SqlPreviewResult {
  readonly kind: "sql";
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
