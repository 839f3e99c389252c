import type { ProtocolPosition, ProtocolRange } from "./place.ts";
import { request } from "./request.ts";

/** The scheme of documents that show the Perl of a spec to other extensions. Our own extension fills them. */
export const perlScheme = "sopm-perl";

/**
 * Client to server: the Perl of the section at a position, or of all sections where no position is named. Null where
 * there is none, and for a document that is not open.
 */
export const perlViewRequest = request<PerlViewParams, PerlViewResult | null>("sopm/perlView");

export interface PerlViewParams {
  readonly uri: string;
  readonly position?: ProtocolPosition | undefined;
}

export interface PerlViewResult {
  readonly kind: "perl";
  /**
   * The code, with every character in the line and column that it has in the spec. Everything else is blank, and missing
   * behind the code.
   */
  readonly text: string;
  /** Which section of code of the spec it is, counted from 1; 0 for all of them. */
  readonly section: number;
  /** The code of each section that `text` shows, with what markup is in it. */
  readonly ranges: readonly ProtocolRange[];
  /** True where what is inserted at the position has to be escaped, because it is in no CDATA. */
  readonly isEscaped: boolean;
}
