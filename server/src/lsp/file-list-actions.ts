import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { type FileMove, moveFiles } from "../features/moved-files.ts";
import { specOf } from "../model/package-spec.ts";
import { addUnlistedFilesCommand } from "../protocol/files.ts";
import { fileNotFound } from "../rules/files/file-not-found.ts";
import { fileNotListed } from "../rules/files/file-not-listed.ts";
import type { Finding } from "../rules/rule.ts";
import { plainPath } from "../symbols/file-list.ts";
import { type Span, touches } from "../text/span.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toDiagnostic } from "./convert.ts";
import { homeOf } from "./diagnostics.ts";
import { movesIn } from "./moved-files.ts";
import type { Session } from "./session.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/**
 * What can be done about a file list that its text alone does not say: to follow files that have moved, and to pick those
 * that belong to it, for which our own extension asks.
 */
export function fileListActions(
  document: OpenDocument,
  findings: readonly Finding[],
  { start }: Span,
  session: Session,
): readonly CodeAction[] {
  const here = findings.filter(({ file, span }) => !file && touches(span, start));
  return here.flatMap((finding) => {
    const diagnostics = [toDiagnostic(document.tree.source, finding, homeOf(document), session)];
    const common = { kind: CodeActionKind.QuickFix, diagnostics };
    if (finding.rule === fileNotFound.id)
      return followings(document, finding, session).map((action) => ({ ...common, ...action }));
    if (finding.rule !== fileNotListed.id || finding.variant === "one" || !session.client().ownCommands)
      return [];
    const title = session.world.texts.translate("Choose files to add to the list…");
    return [
      { ...common, title, command: { title, command: addUnlistedFilesCommand, arguments: [document.uri] } },
    ];
  });
}

/** To follow one file, and all that have moved. */
function followings(
  document: OpenDocument,
  { arguments: { location = "" } = {} }: Finding,
  { client, world }: Session,
): Pick<CodeAction, "title" | "edit" | "isPreferred">[] {
  const { translate } = world.texts;
  const moves = movesIn(document);
  const own = moves.find(({ from }) => from === plainPath(String(location)));
  if (own?.to === undefined) return [];
  const editFor = (some: readonly FileMove[]) =>
    toWorkspaceEdit(document, moveFiles(specOf(document.tree), some).edits, client());
  const one = {
    title: translate("Follow the file to “{path}”", { path: oneLine(own.to) }),
    edit: editFor([own]),
    isPreferred: true,
  };
  if (moves.length === 1) return [one];
  const { length: count } = moves;
  return [
    one,
    { title: translate("Follow all {count} files that have moved", { count }), edit: editFor(moves) },
  ];
}
