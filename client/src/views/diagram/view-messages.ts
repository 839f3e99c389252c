import type { DatabaseDiagramResult } from "../../../../server/src/protocol/diagram.ts";
import type { MessageFromAnyView, MessageToAnyView, ViewMemory } from "../view-messages.ts";

/** What the view of a diagram and the extension say to each other. Types only, since both sides import it. */

export type MessageToDiagram =
  | DatabaseDiagramResult
  /** A picture is to be made of points. @see MessageFromDiagram */
  | { readonly kind: "draw"; readonly svg: string };

export type MessageToView = MessageToDiagram | MessageToAnyView;

export type MessageFromDiagram =
  /** @param index of one of the versions; the last one is the text of the editor */
  | { readonly kind: "version"; readonly index: number }
  | { readonly kind: "export" }
  /** @param data PNG in Base64; undefined where it could not be made */
  | { readonly kind: "drawn"; readonly data: string | undefined };

export type MessageFromView = MessageFromDiagram | MessageFromAnyView;

/** What outlives that the page is hidden, and a reload of the window. */
export interface DiagramMemory extends ViewMemory {
  /** The version that was chosen; absent for the text of the editor. */
  readonly version?: string | undefined;
  /** Where the reader was; absent before a diagram was shown. */
  readonly view?: {
    readonly zoom: number;
    readonly isList: boolean;
    readonly left: number;
    readonly top: number;
  };
}

/** Texts that the script puts into the page, in the reader's language. They stand in it as data. */
export interface ViewTexts {
  /** Behind the last version. */
  readonly now: string;
}
