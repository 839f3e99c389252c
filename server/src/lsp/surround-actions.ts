import type { CodeAction, Range } from "vscode-languageserver";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toSpan } from "./convert.ts";
import type { Session } from "./session.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

export const surroundKind = "refactor.rewrite.surround";

/** A command of VS Code; it puts its argument in place of what is selected. */
const insertSnippet = "editor.action.insertSnippet";

/** What can be put around a selection. */
export async function surroundActionsFor(
  document: OpenDocument,
  range: Range,
  { world, client }: Session,
): Promise<readonly CodeAction[]> {
  const { tree } = document;
  const span = toSpan(tree.source, range);
  if (document.kind !== "spec" || span.start === span.end) return [];
  // Few surround anything, and no server starts later for it.
  const { selectedIn, surroundings } = await import("../features/surround.ts");
  if (document.tree !== tree) return [];
  const { translate } = world.texts;
  const { schema } = document.forFeatures().context;
  const actions = surroundings(tree, span, schema).map(
    (each): CodeAction => ({
      title: translate(each.title, each.arguments),
      kind: surroundKind,
      edit: toWorkspaceEdit(document, each.edits, client()),
    }),
  );
  const selected = selectedIn(tree, span, schema);
  if (!selected || selected.isText || !client().ownCommands) return actions;
  const title = translate("Surround with a tag …");
  const snippet = "<${1:name}>$TM_SELECTED_TEXT</$1>";
  return [
    ...actions,
    { title, kind: surroundKind, command: { title, command: insertSnippet, arguments: [{ snippet }] } },
  ];
}
