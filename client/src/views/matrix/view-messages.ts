import type { MatrixResult } from "../../../../server/src/protocol/matrix.ts";
import type { MessageFromAnyView, MessageToAnyView } from "../view-messages.ts";

/** What the view of an upgrade matrix and the extension say to each other. Types only, since both sides import it. */

export type MessageToMatrix =
  /** Its summary is read aloud when it has changed. */
  | Pick<MatrixResult, "kind" | "html" | "style" | "summary">
  /** Goes to a cell of the table. */
  | { readonly kind: "choose"; readonly row: number; readonly column: number }
  /** What was executed of the text that is shown; what was told before counts no longer. */
  | { readonly kind: "measured"; readonly cells: readonly MeasuredCell[] };

export type MessageToView = MessageToMatrix | MessageToAnyView;

/** A path whose statements were executed on a database. */
export interface MeasuredCell {
  readonly row: number;
  readonly column: number;
  /** Whether all statements were done. */
  readonly isGood: boolean;
  /** In a word or two, for the cell. */
  readonly mark: string;
  /** Which path on which system, and what came of it. */
  readonly sentence: string;
}

export type MessageFromMatrix =
  /** The dry run of a path on a system. */
  | { readonly kind: "cell"; readonly row: number; readonly column: number }
  /** @param index of one of the fixes */
  | { readonly kind: "fix"; readonly index: number }
  /** Executes the statements of one path on one system; of all paths on all systems where none is named. */
  | { readonly kind: "verify"; readonly row?: number; readonly column?: number }
  /** The whole report of what was executed. @param index of one of the cells that were measured */
  | { readonly kind: "measured"; readonly index: number }
  | { readonly kind: "export" };

export type MessageFromView = MessageFromMatrix | MessageFromAnyView;

/** Texts that the script puts into the page, in the reader's language. They stand in it as data. */
export interface ViewTexts {
  readonly onDatabase: string;
  readonly report: string;
}
