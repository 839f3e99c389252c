import {
  LSPErrorCodes,
  MessageType,
  type PrepareRenameResult,
  type RenameFile,
  ResponseError,
  type ServerCapabilities,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Rename, RenameEdit, RenameOptions } from "../features/rename.ts";
import { patience, typistPatience } from "../host/patience.ts";
import { someAtOnce } from "../host/some-at-once.ts";
import { inTime } from "../host/timers.ts";
import { type Message, messageText } from "../l10n/translate.ts";
import { SourceText } from "../text/source-text.ts";
import { oneLine } from "../text/visible.ts";
import { aboutDocuments } from "./about-documents.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { closedText } from "./closed-text.ts";
import { toOffset, toRange } from "./convert.ts";
import { type Asked, namedOf, uriOf } from "./moving.ts";
import type { Session } from "./session.ts";
import { showMessage } from "./show-message.ts";

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
      if (!(await inTime(world.timers, typistPatience, read)))
        return refusal({
          text: "The packages of the workspace are still being read. Rename in a moment, so that no place is left out.",
        });
      const asked = namedOf(uri, session);
      if (!asked) return null;
      const { open, document, known } = asked;
      const renamed = rename(document, toOffset(open.tree.source, position), newName, known, options());
      if (renamed.kind === "refused") return refusal(renamed.reason);
      // For the versions that they are counted in, before anything is waited for.
      const edit = toEdit(renamed, asked);
      const reason = await whyNotOnDisk(renamed.edits);
      if (reason) return refusal(reason);
      tell(renamed.warnings);
      return edit;
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
    const said = textOf(warnings);
    const { documentChanges, changeAnnotations } = client();
    if (!documentChanges) return { changes: Object.fromEntries(byUri) };
    const annotation =
      said !== "" && changeAnnotations
        ? {
            label: oneLine(translate("Rename in all places")),
            description: said,
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

  function textOf(warnings: readonly Message[]): string {
    return oneLine(warnings.map((warning) => messageText(warning, translate)).join(" "));
  }

  /** Editors show the words of an annotation only where they show changes by kind; VS Code, where there are several kinds. */
  function tell(warnings: readonly Message[]): void {
    const message = textOf(warnings);
    if (message !== "") showMessage(connection, MessageType.Warning, message);
  }

  /** Why files that nobody has open cannot be changed: they are others than those whose names are known. */
  async function whyNotOnDisk(edits: readonly RenameEdit[]): Promise<Message | undefined> {
    const byFile = new Map<string, PlaceEdit[]>();
    for (const edit of edits)
      if (edit.kind === "place") byFile.set(edit.document, [...(byFile.get(edit.document) ?? []), edit]);
    const closed = [...byFile].filter(([file]) => versionOf(uriOf(file, session)) === null);
    const stamps = await inTime(
      world.timers,
      patience,
      Promise.all(closed.map(([file]) => world.disk.stampOf(file))),
    );
    // There are hundreds, and hardly one has been written since its names were read.
    const { names } = workspace.neighbours;
    const others = closed.filter(([file], at) => {
      const known = names.stampOf(file);
      return known === undefined || known !== stamps?.[at];
    });
    const reasons: Message[] = [];
    await someAtOnce(others, 16, async ([file, places]) => {
      const read = await closedText(file, world);
      const values = { file };
      if (read.kind === "unreadable")
        reasons.push({
          text: "“{file}” cannot be changed, because it cannot be read as UTF-8. Save it as UTF-8 and rename again.",
          values,
        });
      else if (read.kind === "missing" || !haveNames(read.text, places)) {
        workspace.closedSpecs.changed([{ path: file, kind: read.kind === "read" ? "changed" : "deleted" }]);
        reasons.push({
          text: "“{file}” has changed on the disk since its names were read. Rename again in a moment.",
          values,
        });
      }
    });
    return reasons[0];
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

type PlaceEdit = Extract<RenameEdit, { kind: "place" }>;

/** Whether names still stand at their places; one that is written with references does if there are any. */
function haveNames(text: string, places: readonly PlaceEdit[]): boolean {
  const source = SourceText.of(text);
  return places.every(({ place: { start, end }, name }) => {
    const written = source.slice(toOffset(source, start), toOffset(source, end));
    return written.includes("&") || written.toLowerCase().includes(name.toLowerCase());
  });
}

const annotationId = "rename";
