import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { addUnlistedFilesCommand } from "../protocol/files.ts";
import { fileNotListed } from "../rules/files/file-not-listed.ts";
import type { Finding } from "../rules/rule.ts";
import { type Span, touches } from "../text/span.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toDiagnostic } from "./convert.ts";
import { homeOf } from "./diagnostics.ts";
import type { Session } from "./session.ts";

/** What can be done about a file list that no edit says by itself: our own extension asks which files belong to it. */
export function fileListActions(
  document: OpenDocument,
  findings: readonly Finding[],
  { start }: Span,
  session: Session,
): readonly CodeAction[] {
  const finding = findings.find(({ rule, span }) => rule === fileNotListed.id && touches(span, start));
  if (!finding || finding.variant === "one" || !session.client().ownCommands) return [];
  const title = session.world.texts.translate("Choose files to add to the list…");
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(document.tree.source, finding, homeOf(document), session)],
      command: { title, command: addUnlistedFilesCommand, arguments: [document.uri] },
    },
  ];
}
