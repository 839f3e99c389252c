import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type Connection,
  InsertTextFormat,
  InsertTextMode,
  type ServerCapabilities,
} from "vscode-languageserver";
import {
  type CompletionKind,
  type CompletionSubject,
  type CompletionItem as CoreItem,
  completion,
  completionTriggers,
  describeCompletion,
} from "../features/completion.ts";
import { now } from "../host/node/clock.ts";
import { translate } from "../host/node/language.ts";
import { oneLine } from "../text/visible.ts";
import { aboutDocuments } from "./about-documents.ts";
import { toOffset, toTextEdit } from "./convert.ts";
import type { OpenDocument } from "./open-documents.ts";

export const completionCapabilities: ServerCapabilities = {
  completionProvider: { triggerCharacters: [...completionTriggers], resolveProvider: true },
};

/** Offers completions, and tells more of one when the reader stops at it. */
export function answerCompletionRequests(
  connection: Connection,
  documentOf: (uri: string) => OpenDocument | undefined,
): void {
  const about = aboutDocuments(documentOf);

  connection.onCompletion(
    about(async (document, { position, context }): Promise<CompletionList | null> => {
      const trigger = context?.triggerCharacter;
      const complete = () =>
        completion(document.forFeatures(), toOffset(document.tree.source, position), {
          now: now(),
          translate,
          ...(trigger === undefined ? {} : { trigger }),
        });
      const { tree } = document;
      let list = complete();
      if (list.isIncomplete) {
        // What is missing may be what the disk has not been asked yet.
        const isMoreKnown = await document.folder?.refresh();
        // What has been typed meanwhile makes the position one in another text; the editor asks again.
        if (document.tree !== tree) return { isIncomplete: true, items: [] };
        if (isMoreKnown) list = complete();
      }
      return { isIncomplete: list.isIncomplete, items: list.items.map((item) => toItem(document, item)) };
    }),
  );

  connection.onCompletionResolve((item) => {
    const subject = item.data as CompletionSubject | undefined;
    const markdown = subject && describeCompletion(subject, translate);
    return markdown === undefined ? item : { ...item, documentation: { kind: "markdown", value: markdown } };
  });
}

const itemKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  package: CompletionItemKind.Module,
  element: CompletionItemKind.Property,
  "end-tag": CompletionItemKind.Property,
  attribute: CompletionItemKind.Field,
  value: CompletionItemKind.EnumMember,
  version: CompletionItemKind.Constant,
  file: CompletionItemKind.File,
  table: CompletionItemKind.Struct,
  column: CompletionItemKind.Field,
  snippet: CompletionItemKind.Snippet,
};

/** The editor's own command that opens the list again. */
const askAgain: Command = { title: "", command: "editor.action.triggerSuggest" };

function toItem(document: OpenDocument, item: CoreItem): CompletionItem {
  const { source } = document.tree;
  const label = oneLine(item.label);
  // What is typed is the text itself.
  const filterText = item.filterText ?? (label === item.label ? undefined : item.label);
  return {
    label,
    kind: itemKinds[item.kind],
    textEdit: toTextEdit(source, item.edit),
    insertTextFormat: item.isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Texts of several lines are written as if they began at the margin.
    insertTextMode: InsertTextMode.adjustIndentation,
    sortText: item.sortText,
    ...(item.detail === undefined ? {} : { detail: oneLine(item.detail) }),
    ...(filterText === undefined ? {} : { filterText }),
    ...(item.subject === undefined ? {} : { data: item.subject }),
    ...(item.asksAgain ? { command: askAgain } : {}),
    ...(item.additionalEdits
      ? { additionalTextEdits: item.additionalEdits.map((edit) => toTextEdit(source, edit)) }
      : {}),
  };
}
