import * as vscode from "vscode";
import type { PerlViewResult } from "../../../server/src/protocol/perl-views.ts";
import { escapeXml } from "../../../server/src/text/escape.ts";
import { toRange } from "../to-range.ts";

/** Our items and those of an extension for Perl that ours do not have, which come behind them. */
export function ourItemsAndTheirs(
  ours: vscode.CompletionItem[] | vscode.CompletionList | undefined,
  { items, isIncomplete }: vscode.CompletionList,
  view: PerlViewResult,
) {
  const list = Array.isArray(ours) ? { items: ours, isIncomplete: false } : ours;
  const names = new Set(list?.items.map(labelOf));
  const theirs = items.flatMap((item) => {
    const isNew = !names.has(labelOf(item)) && !isWord(item);
    const fitting = isNew ? inSection(item, view) : undefined;
    return fitting ? [fitting] : [];
  });
  return {
    ours: list?.items ?? [],
    theirs,
    isIncomplete: (list?.isIncomplete ?? false) || (isIncomplete ?? false),
  };
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === "string" ? label : label.label;
}

/** The editor's own guess that a word which is there may come again. */
function isWord({ kind, detail, documentation }: vscode.CompletionItem): boolean {
  return kind === vscode.CompletionItemKind.Text && detail === undefined && documentation === undefined;
}

/**
 * An item as it can be put into the section: escaped where that is needed, without edits outside of the code, and behind
 * our own. Undefined for one that would end the CDATA.
 */
function inSection(item: vscode.CompletionItem, view: PerlViewResult): vscode.CompletionItem | undefined {
  const { insertText = labelOf(item), additionalTextEdits = [] } = item;
  const texts = [textOf(insertText), ...additionalTextEdits.map(({ newText }) => newText)];
  if (!view.isEscaped && texts.some((text) => text.includes("]]>"))) return undefined;
  const write = (text: string) => (view.isEscaped ? escapeXml(text) : text);
  const sections = view.ranges.map(toRange);
  item.insertText =
    typeof insertText === "string" ? write(insertText) : new vscode.SnippetString(write(insertText.value));
  item.additionalTextEdits = additionalTextEdits
    .filter(({ range }) => sections.some((section) => section.contains(range)))
    .map(({ range, newText }) => vscode.TextEdit.replace(range, write(newText)));
  item.sortText = `9${item.sortText ?? labelOf(item)}`;
  return item;
}

function textOf(text: string | vscode.SnippetString): string {
  return typeof text === "string" ? text : text.value;
}
