import { MessageType } from "vscode-languageserver";
import type { DialectId } from "../dialect/dialect.ts";
import { type BuildRequest, buildPackage, opinionOfBuilt } from "../engine/build-package.ts";
import { reasonsOf } from "../engine/decide-build.ts";
import type { BuildOutcome, BuildParams } from "../protocol/build.ts";
import { memo } from "../text/memo.ts";
import { inBackground } from "./in-background.ts";
import { fileProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { showMessage } from "./show-message.ts";

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
  const settings = await session.settingsFor(uri);
  const { build, lint } = settings;
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
    folder === "" ? undefined : resolve(session.workspace.folderOf(spec) ?? dirname(spec), folder);
  const report = fileProgress(session, workDoneToken);
  const request: BuildRequest = {
    spec,
    settings: lint,
    baseFolder: session.workspace.baseFolderOf(spec, settings),
    outputFolder: outputFolder ?? fromSettings(build.outputFolder),
    mode: build.mode,
    stampDate: build.stampDate || undefined,
    stampHost: build.stampHost || undefined,
    databases: settings.simulation.databases,
    upgradesSince: settings.upgradesSince,
    force,
    allowSymlinks: build.allowSymlinks,
    strictSchema: session.isTrusted() ? build.strictSchema : "off",
    untrustedFolders: session.workspace.folders,
    readsTags: session.isTrusted(),
    signal: cancelled,
    onProgress: ({ files }, total) => report(files, total),
  };
  const result = await buildPackage(request, world);
  switch (result.kind) {
    case "built":
      inBackground(connection, reportOpinion(session, request, result.dialect));
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

/** What ends the asking about a spec, by its path: an answer about an archive that was built again helps nobody. */
const opinionsIn = memo((_session: Session) => new Map<string, AbortController>());

/** Asks the second validator about a spec whose archive is there, and tells the reader if it disagrees. */
async function reportOpinion(session: Session, request: BuildRequest, dialect: DialectId): Promise<void> {
  const { spec } = request;
  const { connection, world } = session;
  const opinions = opinionsIn(session);
  const { translate, textOf } = world.texts;
  opinions.get(spec)?.abort();
  const controller = new AbortController();
  opinions.set(spec, controller);
  try {
    const { signal } = controller;
    const opinion = await opinionOfBuilt({ ...request, signal }, dialect, world);
    if (!opinion) return;
    const { kind, notes } = opinion;
    const file = world.paths.basename(spec);
    if (kind === "invalid") {
      const messages = notes.slice(0, shownReasons).map(textOf).join(" ");
      const text = "“{file}” is built, but there is another opinion of it. {messages}";
      showMessage(connection, MessageType.Warning, translate(text, { file, messages }));
    } else for (const note of notes) connection.console.warn(`${file}: ${textOf(note)}`);
  } finally {
    if (opinions.get(spec) === controller) opinions.delete(spec);
  }
}
