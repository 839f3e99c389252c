import type { PackageContents } from "../builder/package-contents.ts";
import type { Home } from "../system/home.ts";
import type { SystemState } from "../system/system-state.ts";
import type { Step } from "./plan.ts";
import { Planning } from "./planning.ts";
import { writeFiles } from "./write-file.ts";

export interface ExportPlan {
  /** One for each file of the package, in document order. */
  readonly steps: readonly Step[];
  /** The folder before and after. */
  readonly before: Home;
  readonly after: Home;
}

/**
 * Plans that all files of a package are written into a folder, by the rules of an install: what is there already is
 * moved to `.save`. Nothing is checked and nothing is registered, and a package without files is no failure.
 *
 * @param folder what is there; it is a home of its own
 * @throws PackageError when a content in the folder that is needed cannot be read
 * @source Znuny 7.1 and OTOBO 11, PackageExport
 */
export function planExport(contents: PackageContents, system: SystemState, folder: Home): ExportPlan {
  const planning = new Planning("install", contents, { ...system, home: folder }, {});
  writeFiles(planning);
  return { steps: planning.steps, before: folder, after: planning.system.home };
}
