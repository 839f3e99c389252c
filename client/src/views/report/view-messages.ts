import type { DatabaseKind } from "../../../../server/src/protocol/databases.ts";
import type {
  AssumableStep,
  Assumptions,
  EarlierChoice,
  SystemChoice,
} from "../../../../server/src/protocol/dry-run.ts";
import type { Operation } from "../../../../server/src/protocol/operations.ts";
import type { MessageFromAnyView, MessageToAnyView } from "../view-messages.ts";

/** What the view of a report and the extension say to each other. Types only, since both sides import it. */

/** What a report is about and how it was asked for; the view keeps it over a reload of the window. */
export interface ReportState {
  /** Of the spec or the archive, as the editor writes it. */
  readonly uri: string;
  readonly operation: Operation;
  /** The dry run of the configuration that it is; absent for an operation alone. */
  readonly scenario?: string | undefined;
  /** The trial that it is, which makes a system of its own; absent for others. */
  readonly trial?: { readonly id: string; readonly title: string } | undefined;
  readonly from?: EarlierChoice | undefined;
  /** Whatever system is chosen in the editor; absent for that one. */
  readonly system?: SystemChoice | undefined;
  /** Absent for what the settings say. */
  readonly database?: DatabaseKind | undefined;
  readonly force: boolean;
  readonly documented: boolean;
  /** Whether required packages of the workspace are installed first. */
  readonly workspacePackages: boolean;
  readonly assume: Assumptions;
}

/** What the reader switches on and off. */
export type ReportOption = "force" | "documented" | "workspacePackages";

export type MessageToView =
  | {
      readonly kind: "report";
      readonly html: string;
      readonly style: string;
      readonly assumable: readonly AssumableStep[];
      /** Read aloud when it has changed. */
      readonly verdict: string;
    }
  /** What is asked for from now on, for the page to keep. */
  | { readonly kind: "state"; readonly state: ReportState }
  | MessageToAnyView;

export type MessageFromView =
  | MessageFromAnyView
  | { readonly kind: "assume"; readonly key: string; readonly outcome: "fails" | "succeeds" | undefined }
  | { readonly kind: "set"; readonly option: ReportOption; readonly value: boolean }
  | { readonly kind: "export" }
  | { readonly kind: "apply" };

/** Texts that the script puts into the page, in the reader's language. They stand in it as data. */
export interface ViewTexts {
  readonly whatIfFails: string;
  readonly whatIfSucceeds: string;
  readonly takeBack: string;
}
