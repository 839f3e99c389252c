import { listPackages } from "../engine/package-manager/package-list.ts";
import { isTrue } from "../model/package-structure.ts";
import { isAtLeast } from "../model/version.ts";
import type { SandboxParams } from "../protocol/sandbox.ts";
import type {
  PackageUpdate,
  SandboxDetailsResult,
  SandboxPackage,
  SandboxPackageDetails,
  SandboxPackagesResult,
} from "../protocol/sandbox-view.ts";
import type { OnlineList } from "../repository/online-list.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { SystemState } from "../system/system-state.ts";
import { oneLine } from "../text/visible.ts";
import { openOnce } from "./dry-run-system.ts";
import { fetchedOffers, offersFor } from "./known-offers.ts";
import { checkedPackages } from "./sandbox.ts";
import type { Session } from "./session.ts";

/** The packages that a sandbox has, in the order in which the package manager lists them. @throws PackageError */
export async function sandboxPackagesForEditor(
  { folder }: SandboxParams,
  session: Session,
): Promise<SandboxPackagesResult> {
  const { packages } = await (await openOnce(folder, session)).state();
  const { join, toUri } = session.world.paths;
  const rows = [...packages].sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()));
  return {
    kind: "packages",
    packages: rows.map(
      ({ name, version, vendor, status, digest }): SandboxPackage => ({
        ...{ name: oneLine(name), version: oneLine(version), vendor: oneLine(vendor) },
        isInstalled: status === "installed",
        uri: toUri(join(folder, "archives", `${digest}.opm`)),
      }),
    ),
  };
}

/** What files and archives tell of the installed packages of a sandbox. @throws PackageError */
export async function sandboxDetailsForEditor(
  { folder }: SandboxParams,
  session: Session,
): Promise<SandboxDetailsResult> {
  const system = await (await openOnce(folder, session)).state();
  const checked = await checkedPackages(folder, system, session);
  const hidden = await hiddenPackages(system);
  const fetched = fetchedOffers(folder, session);
  const offers = fetched ? offersFor(fetched, system, session) : new Map<string, OnlineList>();
  return {
    kind: "details",
    packages: checked.map((each): SandboxPackageDetails => {
      const update = updateOf(each, system, offers, session);
      return { ...each, isHidden: hidden.has(each.name), ...(update && { update }) };
    }),
  };
}

/** The names of packages that the screen of the package manager passes over. @source Znuny 7.1, AdminPackageManager */
async function hiddenPackages(system: SystemState): Promise<ReadonlySet<string>> {
  const listed = await listPackages(system);
  const hidden = listed.filter(({ contents }) => {
    const flag = contents.structure?.single.PackageIsVisible;
    return flag !== undefined && !isTrue(flag.content);
  });
  return new Set(hidden.map(({ name }) => oneLine(name)));
}

/** The newest of what the workspace and the fetched repositories have of a package, where it is newer than what is installed. */
function updateOf(
  { name, version }: Pick<PackageRow, "name" | "version">,
  { framework }: SystemState,
  offers: ReadonlyMap<string, OnlineList>,
  { workspace, world }: Session,
): PackageUpdate | undefined {
  let newest = version;
  let from: PackageUpdate["from"] | undefined;
  for (const { kind, document, version: offered } of workspace.neighbours.known
    .beside(undefined)
    .named(name)) {
    if (kind !== "spec" && kind !== "archive") continue;
    if (isAtLeast(newest, offered, framework)) continue;
    newest = offered;
    from = { kind: "workspace", uri: world.paths.toUri(document) };
  }
  for (const [source, { packages }] of offers) {
    const entry = packages.find((each) => each.entry.name === name)?.entry;
    if (!entry || isAtLeast(newest, entry.version, framework)) continue;
    newest = entry.version;
    from = { kind: "repository", name: source, file: entry.file };
  }
  return from && { version: oneLine(newest), from };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
