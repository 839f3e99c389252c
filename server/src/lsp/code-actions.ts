import {
  type CodeAction,
  CodeActionKind,
  type ServerCapabilities,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { LintResult } from "../engine/lint.ts";
import { type CodeAction as CoreAction, codeActions } from "../features/code-actions.ts";
import type { Span } from "../text/span.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { aboutDocuments } from "./about-documents.ts";
import { assistActionsFor, assistKind } from "./assist-actions.ts";
import { baseFolderCommand } from "./base-folder.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { toDiagnostic, toSpan } from "./convert.ts";
import { homeOf } from "./diagnostics.ts";
import { fileListActions } from "./file-list-actions.ts";
import type { Session } from "./session.ts";
import { sourceActionKinds, sourceActionsFor } from "./source-actions.ts";
import { surroundActionsFor, surroundKind } from "./surround-actions.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** As commands, which is all that some clients know, there are none. */
export function codeActionCapabilities(client: ClientCapabilities): ServerCapabilities {
  const codeActionKinds = [CodeActionKind.QuickFix, surroundKind, assistKind, ...sourceActionKinds];
  return client.codeActions ? { codeActionProvider: { codeActionKinds } } : {};
}

/** What is wrong with a document; undefined when it is changed before that is known. */
export type Found = (document: OpenDocument) => Promise<LintResult | undefined>;

/** Offers what can be done about a place, or about the whole document for whoever asks for that. */
export function answerCodeActionRequests(session: Session, found: Found): void {
  const { connection, documentOf } = session;
  const about = aboutDocuments(documentOf);
  connection.onCodeAction(
    about(
      async (document, { range, context: { only } }): Promise<CodeAction[]> => [
        ...(isAsked(CodeActionKind.QuickFix, only)
          ? await quickFixes(document, toSpan(document.tree.source, range), found, session)
          : []),
        ...(isAsked(surroundKind, only) ? await surroundActionsFor(document, range, session) : []),
        ...(isAsked(assistKind, only) ? await assistActionsFor(document, range, session) : []),
        ...(await sourceActionsFor(document, only, found, session)),
      ],
    ),
  );
}

/** Whoever names no kind asks for all that belong to a place. */
function isAsked(kind: string, only: readonly string[] | undefined): boolean {
  return only?.some((wanted) => kind.startsWith(wanted)) ?? true;
}

async function quickFixes(
  document: OpenDocument,
  span: Span,
  found: Found,
  session: Session,
): Promise<readonly CodeAction[]> {
  const { client, world } = session;
  const wrong = await found(document);
  // After a change the editor asks again.
  if (!wrong) return [];
  const actions = codeActions(document.forFeatures(), wrong.findings, span, world.texts.translate)
    .filter(({ fileName }) => fileName === undefined || client().renamesFiles)
    .map((action): CodeAction => {
      const { title, isPreferred, findings, baseFolder } = action;
      return {
        title,
        kind: CodeActionKind.QuickFix,
        isPreferred,
        diagnostics: findings.map((finding) =>
          toDiagnostic(document.tree.source, finding, homeOf(document), session),
        ),
        ...(baseFolder === undefined
          ? { edit: editOf(document, action, client()) }
          : { command: baseFolderCommand(document, baseFolder, title, session) }),
      };
    });
  return [...actions, ...fileListActions(document, wrong.findings, span, session)];
}

function editOf(
  document: OpenDocument,
  { edits, fileName }: Pick<CoreAction, "edits" | "fileName">,
  client: ClientCapabilities,
): WorkspaceEdit {
  if (fileName === undefined) return toWorkspaceEdit(document, edits, client);
  const { uri } = document;
  const newUri = uri.slice(0, uri.lastIndexOf("/") + 1) + encodeURIComponent(fileName);
  return { documentChanges: [{ kind: "rename", oldUri: uri, newUri }] };
}
