import { productNames } from "../dialect/products.ts";
import { PackageError } from "../host/package-error.ts";
import type { World } from "../host/world.ts";
import { databaseTitles } from "../protocol/databases.ts";
import type { SandboxFacts, SystemsParams, SystemsResult } from "../protocol/sandbox.ts";
import { type ListedSandbox, listSandboxes } from "../sandbox/list-sandboxes.ts";
import { productVersionsToOffer } from "../system/product-version.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import { oneLine } from "../text/visible.ts";
import { fittingProduct, storedSandboxes, workspaceSandboxes } from "./dry-run-system.ts";
import { errorText, isRepairable } from "./error-text.ts";
import type { Session } from "./session.ts";

/** The systems that a dry run can be tried on. Sandboxes of a workspace that is not trusted are left alone. */
export async function systemsForEditor({ uri }: SystemsParams, session: Session): Promise<SystemsResult> {
  const { paths } = session.world;
  const storageFolder = session.storageFolder();
  const workspaceFolders = session.isTrusted() ? session.workspace.folders : [];
  const sandboxes: SandboxFacts[] = [];
  for (const folder of workspaceFolders) {
    sandboxes.push(...(await listed(workspaceSandboxes(folder, paths), "workspace", session.world)));
  }
  if (storageFolder !== undefined) {
    sandboxes.push(...(await listed(storedSandboxes(storageFolder, paths), "storage", session.world)));
  }
  return {
    kind: "systems",
    productNames,
    products: productVersionsToOffer().map(({ product, version }) => `${product} ${version}`),
    sandboxes,
    fitting: uri === undefined ? undefined : await fittingName(uri, session),
  };
}

/**
 * What is known of a sandbox for somebody who chooses one.
 *
 * @param damage why one of which it is known what it stands for cannot be used
 */
export function sandboxFacts(
  folder: string,
  description: SandboxDescription | PackageError,
  place: SandboxFacts["place"],
  { texts, paths }: World,
  damage?: PackageError,
): SandboxFacts {
  if (description instanceof PackageError) {
    const { message } = errorText(description, texts);
    return {
      folder,
      name: oneLine(paths.basename(folder)),
      product: undefined,
      database: undefined,
      problem: message,
      isDamaged: isRepairable(description),
      place,
    };
  }
  const { name, product, version, databaseKind, served } = description;
  return {
    ...{ folder, name: oneLine(name), product: oneLine(`${product} ${version}`) },
    database: served && oneLine(`${databaseTitles[databaseKind]}, ${served.server}`),
    problem: damage && errorText(damage, texts).message,
    isDamaged: damage !== undefined && isRepairable(damage),
    place,
  };
}

/** Where a sandbox is, as told to whoever chooses one. */
export function placeOf(folder: string, session: Session): SandboxFacts["place"] {
  const { paths } = session.world;
  const parent = paths.dirname(folder);
  return session.workspace.folders.some((each) => workspaceSandboxes(each, paths) === parent)
    ? "workspace"
    : "storage";
}

/** A folder that cannot be read is listed itself, with the reason. */
async function listed(folder: string, place: SandboxFacts["place"], world: World): Promise<SandboxFacts[]> {
  try {
    return (await listSandboxes(folder, world.files({ flush: true }))).map(
      ({ folder: path, description, damage }: ListedSandbox) =>
        sandboxFacts(path, description, place, world, damage),
    );
  } catch (error) {
    if (error instanceof PackageError) return [sandboxFacts(folder, error, place, world)];
    throw error;
  }
}

/** Of a package that cannot be read nobody knows what it is made for. */
async function fittingName(uri: string, session: Session): Promise<string | undefined> {
  try {
    const settings = await session.settingsFor(uri);
    const { product, version } = await fittingProduct(uri, settings, session);
    return `${product} ${version}`;
  } catch (error) {
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}
