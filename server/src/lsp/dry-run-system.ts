import { MessageType } from "vscode-languageserver";
import type { NamedSystem } from "../configuration/scenario.ts";
import type { Settings } from "../configuration/settings.ts";
import { readForProduct, type SystemChoice } from "../engine/dry-run.ts";
import type { SystemWorld } from "../engine/system-world.ts";
import { isThere } from "../host/named-files.ts";
import type { Paths } from "../host/paths.ts";
import type { SystemChoice as ChosenSystem } from "../protocol/dry-run.ts";
import { type Recovery, recoveryMessage } from "../sandbox/recover.ts";
import { Sandbox } from "../sandbox/sandbox.ts";
import { type ProductVersion, readProductVersion, unknownProduct } from "../system/product-version.ts";
import { memo } from "../text/memo.ts";
import { editorSandboxWorld } from "./named-server.ts";
import { editorPackageReader } from "./read-package.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";
import { showMessage } from "./show-message.ts";

/** The world of use cases that look at systems and change them. */
export function systemWorld(session: Session): SystemWorld {
  return { ...session.world, openSandbox: (folder) => openOnce(folder, session) };
}

/**
 * The system that was chosen, else the one that the settings name, else a product that the package is made for.
 *
 * @throws Refusal for a product that nobody knows
 */
export async function chosenSystem(
  uri: string,
  choice: ChosenSystem | undefined,
  { system, build }: Settings,
  session: Session,
): Promise<SystemChoice> {
  if (choice?.kind === "sandbox") return choice;
  const { paths } = session.world;
  const path = paths.fromUri(uri);
  const start = session.workspace.folderOf(path) ?? session.workspace.folders[0] ?? build.baseFolder;
  const product = choice?.kind === "product" ? choice.product : undefined;
  if (product === undefined && system.sandbox !== "") {
    return { kind: "sandbox", folder: await sandboxFolderFor(system.sandbox, start, session) };
  }
  const named = product ?? system.productVersion;
  if (named !== "") return { kind: "product", product: productNamed(named) };
  return system.frameworkHome === ""
    ? { kind: "fitting" }
    : { kind: "home", folder: paths.resolve(start, system.frameworkHome) };
}

/** A system that a configuration names. @throws Refusal for a product that nobody knows */
export function namedSystem(system: NamedSystem): SystemChoice {
  return system.kind === "product" ? { kind: "product", product: productNamed(system.product) } : system;
}

/** The product version that a package is made for. @throws PackageError when it cannot be read */
export async function fittingProduct(
  uri: string,
  settings: Settings,
  session: Session,
): Promise<ProductVersion> {
  const read = editorPackageReader(uri, settings, session, false);
  return (await readForProduct(read)).product;
}

/** @throws Refusal for one that nobody knows */
export function productNamed(text: string): ProductVersion {
  const product = readProductVersion(text);
  if (!product) throw new Refusal(unknownProduct(text));
  return product;
}

/** Where the editor keeps sandboxes that belong to no workspace. */
export function storedSandboxes(storageFolder: string, { join }: Paths): string {
  return join(storageFolder, "sandboxes");
}

/** Where a workspace folder has sandboxes of its own. */
export function workspaceSandboxes(workspaceFolder: string, { join }: Paths): string {
  return join(workspaceFolder, ".sopm");
}

/**
 * Opens a sandbox, or one that is open already, and tells the user what became of an operation that was interrupted.
 *
 * @throws PackageError
 */
export async function openOnce(folder: string, session: Session): Promise<Sandbox> {
  const { connection, world } = session;
  const { toldRecoveries } = openedIn(session);
  const sandbox = await sandboxAt(folder, session);
  await sandbox.prepare();
  const { recovery } = sandbox;
  if (recovery && !toldRecoveries.has(recovery)) {
    toldRecoveries.add(recovery);
    const message = world.texts.textOf(recoveryMessage(recovery));
    showMessage(connection, MessageType.Warning, message);
  }
  return sandbox;
}

/** A sandbox that nobody has looked at yet, or one that is open already. */
export async function sandboxAt(folder: string, session: Session): Promise<Sandbox> {
  const { sandboxes } = openedIn(session);
  const { flushSandboxes } = await session.settingsFor("");
  const key = `${flushSandboxes} ${folder}`;
  const sandbox = sandboxes.get(key) ?? new Sandbox(folder, await editorSandboxWorld(session));
  sandboxes.set(key, sandbox);
  return sandbox;
}

/** A sandbox remembers what it has read, and reads again what has changed. */
const openedIn = memo((_session: Session) => ({
  /** By their folders and whether they are flushed. */
  sandboxes: new Map<string, Sandbox>(),
  toldRecoveries: new WeakSet<Recovery>(),
}));

/** A name stands for a sandbox in the editor's storage, when there is one, everything else for a folder. */
async function sandboxFolderFor(value: string, start: string, session: Session): Promise<string> {
  const { paths, named } = session.world;
  const storageFolder = session.storageFolder();
  if (storageFolder !== undefined && !/[/\\]/.test(value)) {
    const stored = paths.join(storedSandboxes(storageFolder, paths), value);
    if (await isThere(stored, named)) return stored;
  }
  return paths.resolve(start, value);
}
