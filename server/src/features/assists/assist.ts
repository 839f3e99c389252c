import type { MessageArguments } from "../../l10n/translate.ts";
import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { FeatureDocument } from "../feature-document.ts";

/** A change that an author may want at a place where nothing is wrong. */
export interface Assist {
  /** English, for the reader. */
  readonly title: string;
  readonly arguments?: MessageArguments;
  /** In the text as it is; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** A file that comes with it, by its path below the base folder. One that is there is left as it is. */
  readonly newFile?: { readonly path: string; readonly text: string };
}

/** Where somebody asks for assists. */
export interface AssistPlace extends FeatureDocument {
  /** The elements that the caret is in, the innermost first. */
  readonly around: readonly Element[];
  /** "YYYY-MM-DD hh:mm:ss", local time. */
  readonly now: string;
}

/** Offers what makes sense at a place, and nothing that changes nothing. */
export type Assistant = (place: AssistPlace) => readonly Assist[];
