import type { DialectId } from "../../dialect/dialect.ts";
import type { OtherPackages } from "../../host/known-packages.ts";
import type { Translate } from "../../l10n/translate.ts";
import type { SymbolName } from "../../symbols/symbol.ts";
import type { TextEdit } from "../../text/edit.ts";

export type CompletionKind =
  | "package"
  | "element"
  | "end-tag"
  | "attribute"
  | "value"
  | "version"
  | "file"
  | "module"
  | "method"
  | "table"
  | "column"
  | "snippet";

/** What the tag schema, and what is known of names, is asked about when a reader wants to know more of an item. */
export interface CompletionSubject {
  readonly dialect: DialectId;
  readonly element: string;
  /** Absent when the item is the element itself, or a text in it. */
  readonly attribute?: string;
  /** Absent when the item is the name of nothing. */
  readonly name?: SymbolName;
  /** True for what belongs to HTML, of which the tag schema knows nothing. */
  readonly isHtml?: boolean;
}

/** Something that may be inserted at the caret. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One or two words behind the label, in the reader's language. */
  readonly detail?: string;
  /** What to replace and by what; the span is on one line and touches the caret. */
  readonly edit: TextEdit;
  /** True when the new text is in the snippet syntax of editors. */
  readonly isSnippet: boolean;
  /** Items are to be shown in the order of these texts. */
  readonly sortText: string;
  /** What the text from the start of the span to the caret is compared with; absent for the label. */
  readonly filterText?: string;
  /** Changes elsewhere that belong to it. */
  readonly additionalEdits?: readonly TextEdit[];
  /** Absent when there is nothing more to tell. */
  readonly subject?: CompletionSubject;
  /** True when there is something to choose from at the caret after the insertion, so the editor should ask again. */
  readonly asksAgain?: boolean;
}

export interface CompletionList {
  readonly items: readonly CompletionItem[];
  /** True when more typing may bring other items to light. */
  readonly isIncomplete: boolean;
}

/** What completion needs beside the document. */
export interface CompletionOptions {
  /** "YYYY-MM-DD hh:mm:ss", local time. */
  readonly now: string;
  readonly translate: Translate;
  /** The packages that are known beside the one that is typed in; absent where nobody knows any. */
  readonly others?: OtherPackages | undefined;
  /** What the system has that the author tries packages on, as far as it is known; absent where there is none. */
  readonly installed?: () => readonly InstalledPackage[];
  /** The character that made the editor ask by itself; absent when the author asked or typed a name. */
  readonly trigger?: string;
}

/** A text that sorts like the numbers it is made from. */
export function sortKey(group: number, index: number): string {
  return `${group}${String(index).padStart(5, "0")}`;
}

/** A package that a system has. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
}
