import type { Release } from "../../dialect/switches.ts";
import { PackageError } from "../../host/package-error.ts";
import { checkDeployment } from "../../lifecycle/deploy-check.ts";
import type { Home } from "../../system/home.ts";
import { homePath } from "../../system/home-path.ts";
import type { SystemDataContext } from "../../system/system-data.ts";
import { HomeFolderFiles } from "./home-folder.ts";
import type { SandboxFolder, StateName } from "./sandbox-folder.ts";
import { loadState } from "./state-files.ts";
import { SandboxArchives } from "./stored-archives.ts";

/**
 * Whether the files in the home are rather those of the packages in one state than in another.
 *
 * @param names of all states
 * @throws PackageError when one of the two cannot be read
 */
export function fitsBetter(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  context: SystemDataContext,
  release: Release,
  one: number,
  other: number,
): boolean {
  const real = new HomeFolderFiles(sandbox.home);
  const home: Home = {
    entry(path) {
      const plain = homePath(path);
      return plain === undefined ? undefined : real.entry(plain);
    },
    isFrameworkFile: () => undefined,
    list: () => [],
  };
  const archives = new SandboxArchives(sandbox, release);
  const [fitting, unfitting] = [one, other].map((number) => {
    const { packages } = loadState(sandbox, names, number, context).system;
    return packages.reduce((sum, { digest, status }) => {
      return status === "installed" ? sum + fitOf(archives, digest, home) : sum;
    }, 0);
  }) as [number, number];
  return fitting > unfitting;
}

/** Files that are as the package has them, less those that are not. */
function fitOf(archives: SandboxArchives, digest: string, home: Home): number {
  try {
    const contents = archives.contents(digest);
    return contents.files.length - 2 * checkDeployment(contents, home).files.length;
  } catch (error) {
    // Of a package whose archive is lost nobody knows the files.
    if (error instanceof PackageError) return 0;
    throw error;
  }
}
