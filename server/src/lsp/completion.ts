import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  type ServerCapabilities,
} from "vscode-languageserver";
import { withoutTabStops } from "../features/completion/snippet.ts";
import {
  type CompletionKind,
  type CompletionSubject,
  type CompletionItem as CoreItem,
  completion,
  completionTriggers,
  describeCompletion,
} from "../features/completion.ts";
import { introTextAt } from "../features/intro-text.ts";
import { typistPatience } from "../host/patience.ts";
import { inTime } from "../host/timers.ts";
import type { TextEdit as CoreEdit } from "../text/edit.ts";
import type { SourceText } from "../text/source-text.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { aboutDocuments } from "./about-documents.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { toMarkup, toOffset, toTextEdit } from "./convert.ts";
import { SandboxPackages } from "./sandbox-packages.ts";
import type { Session } from "./session.ts";
import { type AskedSettings, orSettingsFile, type SettingsParts } from "./settings-files.ts";

export const completionCapabilities: ServerCapabilities = {
  completionProvider: { triggerCharacters: [...completionTriggers], resolveProvider: true },
};

/** Offers completions, and tells more of one when the reader stops at it. */
export function answerCompletionRequests(session: Session): void {
  const { connection, world, client, documentOf, workspace } = session;
  const { texts, clock } = world;
  const { translate } = texts;
  const about = aboutDocuments(documentOf);
  const sandboxPackages = new SandboxPackages(session);

  connection.onCompletion(
    orSettingsFile(
      session,
      completeSettings,
      about(async (document, { position, context }): Promise<CompletionList | null> => {
        const trigger = context?.triggerCharacter;
        const inHtml = await introItems(document, toOffset(document.tree.source, position), trigger);
        if (inHtml) return inHtml;
        let isSandboxUnknown = false;
        const installed = () => {
          const packages = sandboxPackages.of(document);
          isSandboxUnknown = !packages;
          return packages ?? [];
        };
        const complete = () =>
          completion(document.forFeatures(), toOffset(document.tree.source, position), {
            now: clock.now(),
            translate,
            others: workspace.neighbours.known.beside(document.path),
            installed,
            ...(trigger === undefined ? {} : { trigger }),
          });
        const { tree } = document;
        let list = complete();
        if (list.isIncomplete) {
          // What is missing may be what the disk has not been asked yet. One that is late is asked on behind the answer.
          const asked = document.folder?.refresh() ?? Promise.resolve(false);
          const isMoreKnown = await inTime(world.timers, typistPatience, asked);
          // What has been typed meanwhile makes the position one in another text; the editor asks again.
          if (document.tree !== tree) return { isIncomplete: true, items: [] };
          if (isMoreKnown) list = complete();
        }
        const items = list.items.map((item) => {
          const shown = toItem(document.tree.source, item, client());
          // What is told of names depends on the document.
          return item.subject?.name ? { ...shown, data: { ...item.subject, uri: document.uri } } : shown;
        });
        return { isIncomplete: list.isIncomplete || isSandboxUnknown, items };
      }),
    ),
  );

  /** In HTML; undefined where nothing of it may come. */
  async function introItems(
    document: OpenDocument,
    offset: number,
    trigger: string | undefined,
  ): Promise<CompletionList | undefined> {
    const asked = document.forFeatures();
    const text = introTextAt(asked, offset);
    if (!text) return undefined;
    // What knows HTML is loaded for the first text that somebody writes in, and no start takes longer for it.
    const { introCompletion } = await import("../features/intro-html.ts");
    const items = introCompletion(asked, text, trigger);
    if (items.length === 0) return undefined;
    const { source } = asked.tree;
    return { isIncomplete: false, items: items.map((item) => toItem(source, item, client())) };
  }

  connection.onCompletionResolve(async (item) => {
    const subject = item.data as (CompletionSubject & { readonly uri?: string }) | undefined;
    const document = subject?.uri === undefined ? undefined : documentOf(subject.uri);
    const asked = document && {
      document: document.forFeatures(),
      known: workspace.symbolsBeside(document.path),
    };
    const markdown = subject?.isHtml
      ? (await import("../features/intro-html.ts")).describeHtml(subject.element, subject.attribute)
      : subject && describeCompletion(subject, translate, asked);
    return markdown === undefined
      ? item
      : { ...item, documentation: toMarkup(markdown, client().completionMarkdown) };
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
  module: CompletionItemKind.Module,
  method: CompletionItemKind.Method,
  table: CompletionItemKind.Struct,
  column: CompletionItemKind.Field,
  snippet: CompletionItemKind.Snippet,
};

/** In place of those that the first protocol did not have. */
const oldItemKinds: Partial<Record<CompletionKind, CompletionItemKind>> = {
  value: CompletionItemKind.Value,
  version: CompletionItemKind.Value,
  table: CompletionItemKind.Class,
};

/** The command of VS Code that opens the list again. */
const askAgain: Command = { title: "", command: "editor.action.triggerSuggest" };

function toItem(source: SourceText, item: CoreItem, client: ClientCapabilities): CompletionItem {
  const isSnippet = item.isSnippet && client.snippets;
  const label = oneLine(item.label);
  // What is typed is the text itself.
  const filterText = item.filterText ?? (label === item.label ? undefined : item.label);
  return {
    label,
    kind: (client.allCompletionKinds ? undefined : oldItemKinds[item.kind]) ?? itemKinds[item.kind],
    textEdit: toTextEdit(source, isSnippet || !item.isSnippet ? item.edit : withoutStops(item.edit)),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Texts of several lines are written as if they began at the margin.
    ...(client.adjustsIndentation ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    sortText: item.sortText,
    ...(item.detail === undefined ? {} : { detail: oneLine(item.detail) }),
    ...(filterText === undefined ? {} : { filterText }),
    ...(item.subject === undefined ? {} : { data: item.subject }),
    ...(item.asksAgain && client.ownCommands ? { command: askAgain } : {}),
    ...(item.additionalEdits
      ? { additionalTextEdits: item.additionalEdits.map((edit) => toTextEdit(source, edit)) }
      : {}),
  };
}

function withoutStops({ span, newText }: CoreEdit): CoreEdit {
  return { span, newText: withoutTabStops(newText) };
}

function completeSettings(
  { open, document, session: { world, client } }: AskedSettings,
  { position, context }: CompletionParams,
  { settingsCompletion }: SettingsParts,
): CompletionList {
  const { source } = open.tree;
  const { translate } = world.texts;
  const trigger = context?.triggerCharacter;
  const { items, isIncomplete } = settingsCompletion(document, toOffset(source, position), {
    translate,
    ...(trigger === undefined ? {} : { trigger }),
  });
  return {
    isIncomplete,
    items: items.map(({ markdown, ...item }) => ({
      ...toItem(source, item, client()),
      ...(markdown === undefined ? {} : { documentation: toMarkup(markdown, client().completionMarkdown) }),
    })),
  };
}
