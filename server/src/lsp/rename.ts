import {
  LSPErrorCodes,
  MessageType,
  type PrepareRenameResult,
  type RenameFile,
  ResponseError,
  type ServerCapabilities,
  ShowMessageNotification,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Rename, RenameOptions } from "../features/rename.ts";
import { inTime } from "../host/timers.ts";
import { type Message, messageText } from "../l10n/translate.ts";
import { oneLine } from "../text/visible.ts";
import { aboutDocuments } from "./about-documents.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { toOffset, toRange } from "./convert.ts";
import { inBackground } from "./in-background.ts";
import { type Asked, namedOf, uriOf } from "./moving.ts";
import type { Session } from "./session.ts";

export function renameCapabilities({ preparesRename }: ClientCapabilities): ServerCapabilities {
  return { renameProvider: preparesRename ? { prepareProvider: true } : true };
}

/** Answers what a name would be renamed to in all places. */
export function answerRename(session: Session): void {
  const { connection, world, client, workspace } = session;
  const { translate } = world.texts;
  const about = aboutDocuments((uri) => namedOf(uri, session));

  connection.onPrepareRename(
    about(async ({ open, document, known }, { position }) => {
      const { prepareRename } = await import("../features/rename.ts");
      const { source } = open.tree;
      const prepared = prepareRename(document, toOffset(source, position), known, options());
      if (prepared.kind === "refused") return refusal(prepared.reason);
      const { span, placeholder } = prepared;
      return {
        range: toRange(source, span),
        placeholder: oneLine(placeholder),
      } satisfies PrepareRenameResult;
    }),
  );

  connection.onRenameRequest(
    about(async ({ open: { uri } }, { position, newName }) => {
      const { rename } = await import("../features/rename.ts");
      const read = workspace.closedSpecs.namesRead().then(() => true);
      if (!(await inTime(world.timers, renamePatience, read)))
        return refusal({
          text: "The packages of the workspace are still being read. Rename in a moment, so that no place is left out.",
        });
      const asked = namedOf(uri, session);
      if (!asked) return null;
      const { open, document, known } = asked;
      const renamed = rename(document, toOffset(open.tree.source, position), newName, known, options());
      return renamed.kind === "refused" ? refusal(renamed.reason) : toEdit(renamed, asked);
    }),
  );

  function options(): RenameOptions {
    return {
      canEdit: (path) => workspace.folderOf(path) !== undefined,
      renamesFiles: client().renamesFiles,
    };
  }

  function refusal(reason: Message): ResponseError<undefined> {
    return new ResponseError<undefined>(LSPErrorCodes.RequestFailed, oneLine(messageText(reason, translate)));
  }

  function toEdit(
    { edits, file, warnings }: Extract<Rename, { kind: "edits" }>,
    { open }: Asked,
  ): WorkspaceEdit {
    const byUri = new Map<string, TextEdit[]>();
    for (const edit of edits) {
      const isHere = edit.kind === "here";
      const uri = isHere ? open.uri : uriOf(edit.document, session);
      const range = isHere ? toRange(open.tree.source, edit.span) : edit.place;
      byUri.set(uri, [...(byUri.get(uri) ?? []), { range, newText: edit.newText }]);
    }
    const said = warnings.map((warning) => messageText(warning, translate)).join(" ");
    const { documentChanges, changeAnnotations } = client();
    // Editors show the words of an annotation only where they show changes by kind; VS Code, where there are several kinds.
    if (said !== "") {
      const told = connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: oneLine(said),
      });
      inBackground(connection, told);
    }
    if (!documentChanges) return { changes: Object.fromEntries(byUri) };
    const annotation =
      said !== "" && changeAnnotations
        ? {
            label: oneLine(translate("Rename in all places")),
            description: oneLine(said),
            needsConfirmation: true,
          }
        : undefined;
    const changes = [...byUri].map(
      ([uri, some]): TextDocumentEdit => ({
        textDocument: { uri, version: versionOf(uri) },
        edits: annotation ? some.map((each) => ({ ...each, annotationId: annotationId })) : some,
      }),
    );
    return {
      documentChanges: [...changes, ...moves(file, open)],
      ...(annotation ? { changeAnnotations: { [annotationId]: annotation } } : {}),
    };
  }

  /** Null for what is not open, as the protocol has it. */
  function versionOf(uri: string): number | null {
    const open = session.documentOf(uri) ?? workspace.files.get(world.paths.fromUri(uri));
    return open?.version ?? null;
  }

  /** Nothing outside of the workspace is moved, and nothing to there. */
  function moves(
    file: Extract<Rename, { kind: "edits" }>["file"],
    { baseFolder }: Asked["open"],
  ): RenameFile[] {
    if (!file || baseFolder === undefined) return [];
    const [from, to] = [file.from, file.to].map((path) => world.paths.join(baseFolder, path)) as [
      string,
      string,
    ];
    if ([from, to].some((path) => workspace.folderOf(path) === undefined)) return [];
    return [{ kind: "rename", oldUri: uriOf(from, session), newUri: world.paths.toUri(to) }];
  }
}

const annotationId = "rename";

/** Milliseconds that somebody waits for names that are being read. */
const renamePatience = 1000;
