import type { Release } from "../dialect/switches.ts";
import { PackageError } from "../host/package-error.ts";
import { checkDeployment } from "../lifecycle/deploy-check.ts";
import type { StoredArchives } from "../system/package-table.ts";
import type { SystemDataContext } from "../system/system-data.ts";
import { SystemFacts, whenKnown } from "../system/system-facts.ts";
import { FolderHome } from "./checkout-home.ts";
import type { SandboxFolder, StateName } from "./sandbox-folder.ts";
import { loadState } from "./state-files.ts";
import { SandboxArchives } from "./stored-archives.ts";

/**
 * Whether the files in the home are rather those of the packages in one state than in another.
 *
 * @param names of all states
 * @throws PackageError when one of the two cannot be read
 */
export async function fitsBetter(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  context: SystemDataContext,
  release: Release,
  one: number,
  other: number,
): Promise<boolean> {
  const facts = new SystemFacts();
  const home = facts.home(new FolderHome(sandbox.home, sandbox.files, undefined));
  const archives = facts.archives(new SandboxArchives(sandbox, release));
  const fitIn = async (number: number) => {
    let fit = 0;
    for (const { digest, status } of (await loadState(sandbox, names, number, context)).system.packages) {
      if (status === "installed")
        fit += await whenKnown(facts, () => fitOf(archives, digest, { home, facts }));
    }
    return fit;
  };
  return (await fitIn(one)) > (await fitIn(other));
}

/** Files that are as the package has them, less those that are not. */
function fitOf(
  archives: StoredArchives,
  digest: string,
  system: Parameters<typeof checkDeployment>[1],
): number {
  try {
    const contents = archives.contents(digest);
    return contents.files.length - 2 * checkDeployment(contents, system).files.length;
  } catch (error) {
    // Of a package whose archive is lost nobody knows the files.
    if (error instanceof PackageError) return 0;
    throw error;
  }
}
