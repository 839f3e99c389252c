import {
  type CancellationToken,
  ErrorCodes,
  type ExecuteCommandParams,
  ExecuteCommandRequest,
  MessageType,
  ResponseError,
  type ServerCapabilities,
} from "vscode-languageserver";
import { type BaseFolderParams, setBaseFolderRequest } from "../protocol/base-folder.ts";
import { type BuildParams, buildRequest } from "../protocol/build.ts";
import { defaultDatabase } from "../protocol/databases.ts";
import { type ExportDryRunParams, exportDryRunRequest } from "../protocol/dry-run.ts";
import type { Request, RequestCancelled, RequestFailed } from "../protocol/request.ts";
import { serverCommands } from "../protocol/server-commands.ts";
import { type SqlPreviewParams, sqlPreviewRequest } from "../protocol/sql-preview.ts";
import { settle } from "./answer.ts";
import { setBaseFolderForEditor } from "./base-folder.ts";
import { type CommandTarget, folderRefusal, refusalOf } from "./command-target.ts";
import { inBackground } from "./in-background.ts";
import { requestShapes } from "./message-shapes.ts";
import { workDone } from "./progress.ts";
import type { Session } from "./session.ts";
import { showMessage } from "./show-message.ts";

export const commandCapabilities: ServerCapabilities = {
  executeCommandProvider: { commands: Object.values(serverCommands), workDoneProgress: true },
};

/** How a command has ended. */
interface Done {
  readonly kind: "done";
  /** What the reader is told, in the reader's language; absent when the text says all. */
  readonly notice?: { readonly type: MessageType; readonly message: string };
  /** The result of the command; null for none. */
  readonly text: string | null;
}

interface Command {
  readonly method: string;
  readonly target: CommandTarget;
  readonly defaults: object;
  /** @param params of the request's shape */
  run(
    params: unknown,
    session: Session,
    cancelled: AbortSignal,
  ): Promise<Done | RequestFailed | RequestCancelled>;
}

/** Does what an editor may ask for without knowing anything of us but the ids of commands. */
export function answerCommands(session: Session): void {
  const shapes = requestShapes(session.world.paths);
  // With the method of the library for this, the token would be taken out of the parameters.
  session.connection.onRequest(ExecuteCommandRequest.method, (params: ExecuteCommandParams, cancellation) =>
    execute(params, session, shapes, cancellation),
  );
}

/** Does one command; the text is its result, null for none. */
async function execute(
  { command: id, arguments: given, workDoneToken }: ExecuteCommandParams,
  session: Session,
  shapes: ReturnType<typeof requestShapes>,
  cancellation: CancellationToken,
): Promise<string | null | ResponseError> {
  const command = commands.get(id);
  if (!command) {
    const message = session.world.texts.translate("There is no command {command}.", { command: id });
    return new ResponseError(ErrorCodes.InvalidParams, message);
  }
  const params = {
    ...command.defaults,
    ...(workDoneToken === undefined ? {} : { workDoneToken }),
    ...Object(given?.[0]),
  };
  if (!shapes[command.method]!(params)) {
    const message = session.world.texts.translate("The parameters are not those of {method}.", {
      method: id,
    });
    return new ResponseError(ErrorCodes.InvalidParams, message);
  }
  const done = await settle(
    session,
    id,
    cancellation,
    async (cancelled) =>
      (await refusalOf((params as { readonly uri: string }).uri, command.target, session)) ??
      command.run(params, session, cancelled),
  );
  const { connection } = session;
  if (done.kind === "done" && done.notice) showMessage(connection, done.notice.type, done.notice.message);
  if (done.kind === "failed") showMessage(connection, MessageType.Error, sentences(done.message, done.hint));
  return done.kind === "done" ? done.text : null;
}

function command<Params extends { readonly uri: string }, Result>(
  { method }: Request<Params, Result>,
  target: CommandTarget,
  defaults: Partial<Params>,
  run: (
    params: Params,
    session: Session,
    cancelled: AbortSignal,
  ) => Promise<Done | RequestFailed | RequestCancelled>,
): Command {
  return { method, target, defaults, run: (params, ...others) => run(params as Params, ...others) };
}

const commands: ReadonlyMap<string, Command> = new Map([
  [serverCommands.build, command(buildRequest, "spec", { force: false }, build)],
  [
    serverCommands.dryRun,
    command(exportDryRunRequest, "package", { operation: "install", format: "markdown" }, dryRun),
  ],
  [serverCommands.previewSql, command(sqlPreviewRequest, "package", {}, previewSql)],
  [serverCommands.setBaseFolder, command(setBaseFolderRequest, "spec", {}, setBaseFolder)],
]);

async function build(
  params: BuildParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Done | RequestFailed | RequestCancelled> {
  const { texts, paths } = session.world;
  const { translate } = texts;
  const file = paths.basename(paths.fromUri(params.uri) ?? params.uri);
  const { buildForEditor } = await import("./build.ts");
  const outcome = await withProgress(session, params, translate("Building {file}", { file }), (seen) =>
    buildForEditor(seen, session, cancelled),
  );
  switch (outcome.kind) {
    case "built": {
      const { path, notes } = outcome;
      const message = sentences(translate("Built {path}.", { path }), ...notes);
      return { kind: "done", notice: { type: MessageType.Info, message }, text: path };
    }
    case "blocked": {
      const message = sentences(
        translate("“{file}” was not built, because of these errors:", { file }),
        ...outcome.messages,
        outcome.canForce
          ? translate("With “force” it is built all the same, as the framework would.")
          : translate("The framework would not build this package either."),
      );
      return { kind: "done", notice: { type: MessageType.Warning, message }, text: null };
    }
    default:
      return outcome;
  }
}

async function dryRun(
  params: ExportDryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Done | RequestCancelled> {
  const { summarizeForEditor } = await import("./dry-run.ts");
  const summary = await summarizeForEditor(params, session, cancelled);
  if (summary.kind === "cancelled") return summary;
  const { tone, message, text } = summary;
  const type = tone === "good" ? MessageType.Info : MessageType.Warning;
  return { kind: "done", notice: { type, message }, text };
}

async function previewSql(
  { uri, ...wanted }: SqlPreviewParams,
  session: Session,
): Promise<Done | RequestFailed | RequestCancelled> {
  const document = session.documentOf(uri);
  const { sqlPreviewForEditor, sqlPreviewOfFile } = await import("./sql-preview.ts");
  if (document) return { kind: "done", text: sqlPreviewForEditor(document, wanted, session.world).text };
  const { database = defaultDatabase } = wanted;
  const preview = await sqlPreviewOfFile(session.world.paths.fromUri(uri)!, database, session);
  return preview.kind === "text" ? { kind: "done", text: preview.text } : preview;
}

async function setBaseFolder(
  params: BaseFolderParams,
  session: Session,
): Promise<Done | RequestFailed | RequestCancelled> {
  const refusal = await folderRefusal(params.folder, session);
  if (refusal) return refusal;
  const done = setBaseFolderForEditor(params, session);
  if (done.kind !== "set") return done;
  const { setting } = done;
  const message = session.world.texts.translate(
    "The files of this spec are looked for in “{folder}” until the editor is closed. To keep it so, add this setting: {setting}",
    { folder: params.folder, setting },
  );
  return { kind: "done", notice: { type: MessageType.Info, message }, text: setting };
}

/** Shows how far something is, under the client's token or, where it wants that, under one of ours. */
async function withProgress<Params extends { readonly workDoneToken?: string | number }, Result>(
  { connection, client }: Session,
  params: Params,
  title: string,
  work: (params: Params) => Promise<Result>,
): Promise<Result> {
  let { workDoneToken: token } = params;
  if (token === undefined && client().workDoneProgress) {
    token = `sopm-${crypto.randomUUID()}`;
    await connection.sendRequest("window/workDoneProgress/create", { token });
  }
  if (token === undefined) return work(params);
  const report = (value: { readonly kind: "begin"; readonly title: string } | { readonly kind: "end" }) =>
    inBackground(connection, connection.sendProgress(workDone, token, value));
  report({ kind: "begin", title });
  try {
    return await work({ ...params, workDoneToken: token });
  } finally {
    report({ kind: "end" });
  }
}

function sentences(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}
