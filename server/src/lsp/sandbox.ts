import { applyOperation } from "../engine/apply-operation.ts";
import { checkDeployments } from "../engine/check-deployment.ts";
import { undo } from "../engine/undo.ts";
import { isThere } from "../host/named-files.ts";
import type { World } from "../host/world.ts";
import type {
  ApplyOutcome,
  ApplyParams,
  CheckedPackage,
  CreateSandboxParams,
  CreateSandboxResult,
  DeployCheckResult,
  SandboxFacts,
  SandboxParams,
  UndoOutcome,
  UndoParams,
} from "../protocol/sandbox.ts";
import { dryRunFindings } from "../report/dry-run-findings.ts";
import { verdictText } from "../report/verdict.ts";
import { hasFailedStatements } from "../report/verify-report.ts";
import { createSandbox } from "../sandbox/create-sandbox.ts";
import type { WorkOptions } from "../sandbox/perform-actions.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { diskError } from "../sandbox/sandbox-error.ts";
import type { SystemState } from "../system/system-state.ts";
import { oneLine } from "../text/visible.ts";
import {
  fittingProduct,
  openOnce,
  productNamed,
  storedSandboxes,
  workspaceSandboxes,
} from "./dry-run-system.ts";
import { failedText } from "./failed-text.ts";
import { measuredNotes } from "./measured-notes.ts";
import { editorSandboxWorld, serverNamed } from "./named-server.ts";
import { fileProgress } from "./progress.ts";
import { readEditorPackage } from "./read-package.ts";
import type { Session } from "./session.ts";
import { placeOf, sandboxFacts } from "./systems.ts";

/** Makes a sandbox without packages. @throws PackageError, Refusal */
export async function createForEditor(
  { name, framework, workspaceFolder, databaseServer: server }: CreateSandboxParams,
  session: Session,
): Promise<CreateSandboxResult> {
  const { texts, paths } = session.world;
  const folder = parentOf(workspaceFolder, session);
  if (folder === undefined) return failedText(texts, "The editor keeps no folder for sandboxes.");
  if (!isFolderName(name)) return failedText(texts, "“{name}” cannot be the name of a folder.", { name });
  if (workspaceFolder !== undefined) await hideFromGit(folder, session.world);
  const { system } = await session.settingsFor("");
  // Whoever may not use it, or has misspelt it, hears so.
  if (server !== undefined) await serverNamed(server, session);
  const sandbox = await createSandbox(
    paths.join(folder, name),
    {
      name,
      framework:
        framework.kind === "home" ? paths.resolve(framework.folder) : productNamed(framework.product),
      // What the home of a framework says about its database counts more than a setting.
      databaseKind: framework.kind === "home" ? undefined : system.database,
      server,
    },
    await editorSandboxWorld(session),
  );
  return { kind: "made", sandbox: factsOf(sandbox, session) };
}

/** Performs an operation on a sandbox. @throws PackageError */
export async function applyForEditor(
  { uri, operation, folder, force = false, assume = {}, workDoneToken }: ApplyParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<ApplyOutcome> {
  const { texts } = session.world;
  const { translate, textOf } = texts;
  const settings = await session.settingsFor(uri);
  const sandbox = await (folder === undefined ? sandboxFor(uri, session) : openOnce(folder, session));
  if (!sandbox) return failedText(texts, "The editor keeps no folder for sandboxes.");
  const done = await applyOperation(
    {
      ...{ operation, sandbox, options: { force, assume: new Map(Object.entries(assume)) } },
      read: ({ framework }) => readEditorPackage(uri, framework, settings, session),
      withProgress: (work) => work(workOptions(session, workDoneToken, cancelled)),
    },
    session.world,
  );
  if (done.kind === "file-missing") {
    return failedText(
      texts,
      "No archive can be made of the spec, because a file is missing: {path}. Nothing was changed.",
      { path: done.location ?? "?" },
    );
  }
  const { verdict, refusals, measured } = done.report;
  const facts = factsOf(sandbox, session);
  const sentence = verdictText(verdict, texts.translate);
  if (done.kind === "refused") {
    return { kind: "refused", sandbox: facts, sentence, reasons: refusals.map(textOf) };
  }
  const { contents, fallback } = done.package;
  return {
    kind: "applied",
    number: done.number,
    sandbox: facts,
    verdict: { kind: measured && hasFailedStatements(measured) ? "bad" : verdict.tone, sentence },
    notes: [
      ...dryRunFindings(done.report, fallback, contents.structure)
        .filter(({ id }) => id === "left-behind")
        .map(({ message, arguments: values }) => translate(message, values)),
      ...(measured ? measuredNotes(measured, texts) : []),
    ],
  };
}

/** Brings a sandbox back to what it was. @throws PackageError */
export async function undoForEditor(
  { folder, to, workDoneToken }: UndoParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<UndoOutcome> {
  const done = await undo({
    ...{ sandbox: await openOnce(folder, session), to },
    withProgress: (work) => work(workOptions(session, workDoneToken, cancelled)),
  });
  return done.kind === "undone"
    ? { kind: "undone", number: done.number }
    : failedText(session.world.texts, "There is nothing to undo in this sandbox.");
}

/** Compares the files of all installed packages with those that are there. @throws PackageError */
export async function deployCheckForEditor(
  { folder }: SandboxParams,
  session: Session,
): Promise<DeployCheckResult> {
  const system = await (await openOnce(folder, session)).state();
  return { kind: "checked", packages: await checkedPackages(folder, system, session) };
}

/** What the deploy check says of all installed packages. @throws PackageError */
export async function checkedPackages(
  folder: string,
  system: SystemState,
  session: Session,
): Promise<readonly CheckedPackage[]> {
  const checked = await checkDeployments(system);
  const rows = checked.kind === "checked" ? checked.packages : [];
  return rows.map(
    ({ name, version, isDeployed, files }): CheckedPackage => ({
      ...{ name: oneLine(name), version: oneLine(version), isDeployed },
      files: files.map(({ location, state }) => ({
        location: oneLine(location),
        state,
        path: state === "different" ? session.world.paths.join(folder, "home", location) : undefined,
      })),
    }),
  );
}

/** The sandbox of the product that a package is made for, which is made when it is not there. */
async function sandboxFor(uri: string, session: Session): Promise<Sandbox | undefined> {
  const { paths } = session.world;
  const storageFolder = session.storageFolder();
  if (storageFolder === undefined) return undefined;
  const settings = await session.settingsFor(uri);
  const framework = await fittingProduct(uri, settings, session);
  const name = `${framework.product} ${framework.version}`;
  const folder = paths.join(storedSandboxes(storageFolder, paths), name);
  if (await isThere(folder, session.world.named)) return openOnce(folder, session);
  return createSandbox(
    folder,
    { name, framework, databaseKind: settings.system.database },
    await editorSandboxWorld(session),
  );
}

function parentOf(workspaceFolder: string | undefined, session: Session): string | undefined {
  const { paths } = session.world;
  if (workspaceFolder === undefined) {
    const storageFolder = session.storageFolder();
    return storageFolder && storedSandboxes(storageFolder, paths);
  }
  return session.workspace.folders.includes(workspaceFolder)
    ? workspaceSandboxes(workspaceFolder, paths)
    : undefined;
}

function factsOf({ folder, description }: Sandbox, session: Session): SandboxFacts {
  return sandboxFacts(folder, description, placeOf(folder, session), session.world);
}

/** Nobody wants a system with all its files in a repository. @throws PackageError when nothing can be written there */
async function hideFromGit(folder: string, { paths, named, output, files }: World): Promise<void> {
  const path = paths.join(folder, ".gitignore");
  try {
    await output.makeFolder(folder);
    if (await isThere(path, named)) return;
    await files({ flush: false }).write([{ path, bytes: new TextEncoder().encode("*\n") }]);
  } catch (error) {
    throw diskError(error, folder);
  }
}

/** The name of one folder, on every system. */
function isFolderName(name: string): boolean {
  return name.length <= 80 && /^[^\s/\\:*?"<>|.][^/\\:*?"<>|\p{Cc}]*$/u.test(name) && !/[. ]$/.test(name);
}

function workOptions(session: Session, token: string | number | undefined, signal: AbortSignal): WorkOptions {
  const report = fileProgress(session, token);
  return { signal, onProgress: ({ done, total }) => report(done, total) };
}
