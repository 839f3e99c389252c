import { existsSync } from "node:fs";
import { MessageType, ShowMessageNotification } from "vscode-languageserver";
import { defaultDialect } from "../dialect/detect.ts";
import { defaultSystem, productFor } from "../engine/default-system.ts";
import type { Paths } from "../host/paths.ts";
import type { SystemChoice } from "../protocol/dry-run.ts";
import { FolderHome, readCheckout, readCheckoutList } from "../sandbox/checkout-home.ts";
import { type Recovery, recoveryMessage } from "../sandbox/recover.ts";
import { Sandbox } from "../sandbox/sandbox.ts";
import { sandboxWorld } from "../sandbox/sandbox-world.ts";
import { type ProductVersion, readProductVersion } from "../system/product-version.ts";
import { SystemFacts } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import { inBackground } from "./in-background.ts";
import { type EditorPackage, readEditorPackage } from "./read-package.ts";
import type { Session } from "./session.ts";
import type { Settings } from "./settings.ts";
import { UnknownProduct } from "./unknown-product.ts";

/** The system that a dry run is tried on. */
export interface DryRunSystem {
  readonly system: SystemState;
  /** True when nobody named a sandbox. */
  readonly isStandIn: boolean;
  /** The package as it was read to find out what it is made for; undefined when that was not needed. */
  readonly read?: EditorPackage;
}

/**
 * The system that was chosen, else the one that the settings name, else a product that the package is made for.
 *
 * @throws PackageError when a sandbox or a framework is not there or cannot be read
 * @throws UnknownProduct
 */
export async function systemForEditor(
  uri: string,
  choice: SystemChoice | undefined,
  settings: Settings,
  session: Session,
  look: boolean,
): Promise<DryRunSystem> {
  const { knowledge, paths } = session.world;
  const { knowledgeFor } = knowledge;
  const sandbox = choice?.kind === "sandbox" ? choice.folder : undefined;
  const product = choice?.kind === "product" ? choice.product : undefined;
  if (sandbox !== undefined) return inSandbox(sandbox, session);
  const { system, build } = settings;
  const path = session.world.paths.fromUri(uri);
  const start = session.workspaceFolderOf(path) ?? session.workspaceFolders()[0] ?? build.baseFolder;
  if (product === undefined && system.sandbox !== "") {
    return inSandbox(sandboxFolderFor(system.sandbox, start, session), session);
  }
  const named = product ?? system.productVersion;
  if (named === "" && system.frameworkHome !== "") {
    const home = paths.resolve(start, system.frameworkHome);
    const disk = session.world.files({ flush: true });
    const { framework, databaseKind = system.database } = await readCheckout(home, disk);
    const delivered = defaultSystem(framework, databaseKind, knowledgeFor);
    const facts = new SystemFacts();
    const files = facts.home(new FolderHome(home, disk, await readCheckoutList(home, disk)));
    return { system: { ...delivered, facts, home: files }, isStandIn: true };
  }
  if (named !== "") {
    return { system: defaultSystem(productNamed(named), system.database, knowledgeFor), isStandIn: true };
  }
  const { product: wanted, read } = await readForProduct(uri, settings, session, look);
  return { system: defaultSystem(wanted, system.database, knowledgeFor), isStandIn: true, read };
}

/** The product version that a package is made for. @throws PackageError when it cannot be read */
export async function fittingProduct(
  uri: string,
  settings: Settings,
  session: Session,
): Promise<ProductVersion> {
  return (await readForProduct(uri, settings, session, false)).product;
}

/** The package tells which product it is for, however it is read. */
async function readForProduct(uri: string, settings: Settings, session: Session, look: boolean) {
  const dialect = session.documentOf(uri)?.forFeatures().context.dialect ?? defaultDialect;
  const read = await readEditorPackage(uri, dialect, settings, session, look);
  return { product: productFor(read.contents), read };
}

/** @throws UnknownProduct */
export function productNamed(text: string): ProductVersion {
  const product = readProductVersion(text);
  if (!product) throw new UnknownProduct(text);
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
  const { sandboxes, toldRecoveries } = openedIn(session);
  const sandbox = sandboxes.get(folder) ?? new Sandbox(folder, sandboxWorld(world, true));
  await sandbox.prepare();
  sandboxes.set(folder, sandbox);
  const { recovery } = sandbox;
  if (recovery && !toldRecoveries.has(recovery)) {
    toldRecoveries.add(recovery);
    const message = world.texts.textOf(recoveryMessage(recovery));
    const shown = { type: MessageType.Warning, message } as const;
    inBackground(connection, connection.sendNotification(ShowMessageNotification.type, shown));
  }
  return sandbox;
}

/** A sandbox remembers what it has read, and reads again what has changed. */
const openedIn = memo((_session: Session) => ({
  sandboxes: new Map<string, Sandbox>(),
  toldRecoveries: new WeakSet<Recovery>(),
}));

async function inSandbox(folder: string, session: Session): Promise<DryRunSystem> {
  return { system: await (await openOnce(folder, session)).state(), isStandIn: false };
}

/** A name stands for a sandbox in the editor's storage, when there is one, everything else for a folder. */
function sandboxFolderFor(value: string, start: string, session: Session): string {
  const { paths } = session.world;
  const storageFolder = session.storageFolder();
  if (storageFolder !== undefined && !/[/\\]/.test(value)) {
    const stored = paths.join(storedSandboxes(storageFolder, paths), value);
    if (existsSync(stored)) return stored;
  }
  return paths.resolve(start, value);
}
