import { MessageType, ProgressType, ShowMessageNotification } from "vscode-languageserver";
import type { DialectId } from "../dialect/dialect.ts";
import { reasonsOf } from "../engine/build.ts";
import { PackageError } from "../host/package-error.ts";
import { buildPackage, schemaOpinion } from "../node/build-package.ts";
import { writeInWorker } from "../node/build-worker.ts";
import type { BuildOutcome, BuildParams } from "../protocol/build.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Most people read no more of a list in a message. */
const shownReasons = 5;

/** Builds the package of a spec for the editor. Reports progress under the request's token. */
export async function buildForEditor(
  { uri, force, outputFolder, workDoneToken }: BuildParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<BuildOutcome> {
  const { connection, world } = session;
  const { translate, textOf } = world.texts;
  const { build, lint } = await session.settingsFor(uri);
  const trusted = session.isTrusted();
  const { dirname, resolve, fromUri } = world.paths;
  const spec = fromUri(uri);
  if (spec === undefined) {
    return {
      kind: "failed",
      message: translate("“{uri}” is no file on this machine, and an archive is built from files.", { uri }),
      hint: translate("Save the spec into the folder of its package first."),
    };
  }
  const fromSettings = (folder: string) =>
    folder === "" ? undefined : resolve(session.workspaceFolderOf(spec) ?? dirname(spec), folder);
  const baseFolder = fromSettings(build.baseFolder);
  const untrustedFolders = [
    ...session.workspaceFolders(),
    dirname(spec),
    ...(baseFolder ? [baseFolder] : []),
  ];
  const result = await buildPackage({
    spec,
    settings: lint,
    baseFolder,
    outputFolder: outputFolder ?? fromSettings(build.outputFolder),
    mode: build.mode,
    stampDate: build.stampDate || undefined,
    stampHost: build.stampHost || undefined,
    force,
    allowSymlinks: build.allowSymlinks,
    demandsSchema: trusted && build.strictSchema === "on",
    untrustedFolders,
    signal: cancelled,
    onProgress: ({ files }, total) => {
      if (workDoneToken === undefined) return;
      const message = translate("{files} of {total} files", { files, total });
      const percentage = total === 0 ? 100 : Math.round((files / total) * 100);
      const report = { kind: "report", message, percentage } as const;
      inBackground(connection, connection.sendProgress(workDone, workDoneToken, report));
    },
    write: writeInWorker,
  });
  switch (result.kind) {
    case "built":
      if (trusted && build.strictSchema === "auto") {
        inBackground(connection, reportOpinion(session, spec, result.dialect, untrustedFolders));
      }
      return {
        kind: "built",
        path: result.path,
        size: result.size,
        files: result.files,
        milliseconds: result.milliseconds,
        notes: result.notes.map(textOf),
      };
    case "blocked":
      return {
        kind: "blocked",
        errors: result.errors.length + result.refusals.length,
        messages: reasonsOf(result).slice(0, shownReasons).map(textOf),
        canForce: result.canForce,
      };
    case "failed":
      return {
        kind: "failed",
        message: result.messages.slice(0, shownReasons).map(textOf).join(" "),
        hint: textOf(result.hint),
      };
    case "cancelled":
      return result;
  }
}

/** Those who are being asked about a spec; an answer about an archive that has been built again helps nobody. */
const asked = new Map<string, AbortController>();

/** Asks the second validator about a spec whose archive is there, and tells the reader if it disagrees. */
async function reportOpinion(
  { connection, world }: Session,
  spec: string,
  dialect: DialectId,
  untrustedFolders: readonly string[],
): Promise<void> {
  const { translate, textOf } = world.texts;
  asked.get(spec)?.abort();
  const controller = new AbortController();
  asked.set(spec, controller);
  try {
    const { signal } = controller;
    const { kind, notes } = await schemaOpinion(spec, dialect, { untrustedFolders, signal });
    const file = world.paths.basename(spec);
    if (kind === "invalid") {
      const messages = notes.slice(0, shownReasons).map(textOf).join(" ");
      const text = "“{file}” is built, but there is another opinion of it. {messages}";
      const message = translate(text, { file, messages });
      await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    } else if (kind !== "not-asked") {
      for (const note of notes) connection.console.warn(`${file}: ${textOf(note)}`);
    }
  } catch (error) {
    // Somebody has built it again.
    if (!(error instanceof PackageError)) throw error;
  } finally {
    if (asked.get(spec) === controller) asked.delete(spec);
  }
}

/** What is reported while something is done. */
export const workDone = new ProgressType<
  | { readonly kind: "begin"; readonly title: string }
  | { readonly kind: "report"; readonly message: string; readonly percentage: number }
  | { readonly kind: "end" }
>();
