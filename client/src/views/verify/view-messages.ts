import type { EarlierChoice } from "../../../../server/src/protocol/dry-run.ts";
import type { Operation } from "../../../../server/src/protocol/operations.ts";
import type { MessageFromAnyView, MessageToAnyView, ViewMemory } from "../view-messages.ts";

/** What the view of executed statements and the extension say to each other. Types only, since both sides import it. */

/** What is executed, and where. */
export interface RunChoice {
  readonly operations: readonly Operation[];
  /** As the settings call it; absent for the embedded one. */
  readonly database?: string | undefined;
  /** What is installed before an upgrade; absent for none. */
  readonly from?: EarlierChoice | undefined;
}

export interface VerifyMemory extends ViewMemory {
  /** What was executed last; absent for nothing. */
  readonly choice?: RunChoice | undefined;
}

export type MessageToView =
  | {
      readonly kind: "report";
      readonly html: string;
      readonly style: string;
      /** Read aloud. */
      readonly verdict: string;
    }
  /** What the page has to keep, so that it can be executed again; undefined for nothing. */
  | { readonly kind: "choice"; readonly choice: RunChoice | undefined }
  /** A statement is being executed. */
  | { readonly kind: "progress"; readonly message: string; readonly percentage: number }
  /** Nothing was executed since the window is open. */
  | { readonly kind: "nothing" }
  | MessageToAnyView;

export type MessageFromView =
  | MessageFromAnyView
  /** Executes the same once more. */
  | { readonly kind: "again" }
  /** Asks what is to be executed, and where. */
  | { readonly kind: "choose" }
  | { readonly kind: "cancel" };
