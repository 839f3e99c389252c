import type { PackageContents } from "../builder/package-contents.ts";
import type { Release } from "../dialect/switches.ts";
import type { World } from "../host/world.ts";
import type { WorkOptions } from "../sandbox/perform-actions.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

/** What use cases ask of the world that look at systems and change them. */
export interface SystemWorld extends Pick<World, "clock" | "texts" | "knowledge" | "files"> {
  /** Absent where nothing is kept of test systems. */
  readonly records?: World["records"];
  /**
   * Opens the sandbox in a folder, and tells the user what became of an operation that was interrupted.
   *
   * @throws PackageError when there is none that can be read
   */
  readonly openSandbox: (folder: string) => Promise<Sandbox>;
}

/** Does work on a sandbox that may be long, and shows the user how far it is. */
export type WithProgress = <T>(work: (options: WorkOptions) => Promise<T>) => Promise<T>;

/** A package from wherever the user has it. */
export interface ReadPackage {
  readonly contents: PackageContents;
  /** Of a spec, to find places in; undefined for an archive. */
  readonly specText: string | undefined;
}

/**
 * Reads the package that somebody named, as the package manager of a release would.
 *
 * @param release undefined for the one that it is most likely made for, which a spec is looked at for and an archive is not
 * @throws PackageError when it is not there or cannot be read
 */
export type PackageReader<Read extends ReadPackage = ReadPackage> = (
  release: Release | undefined,
) => Promise<Read>;
