import type { PackageContents } from "../builder/package-contents.ts";
import type { Entrance } from "./operation.ts";

export interface PlanOptions {
  /** The package manager itself unless told otherwise. */
  readonly entrance?: Entrance | undefined;
  /** Passes over most checks. The admin screen has no such button. */
  readonly force?: boolean;
  /** Outcomes to take for granted, by the key of the step. */
  readonly assume?: ReadonlyMap<string, Assumption>;
  /** Whether odd behaviour is reproduced, or what the documentation promises. */
  readonly behaviour?: Behaviour;
  readonly environment?: Environment;
  /** What operations before this one merged in the same process; it still counts for `IfPackage`. */
  readonly merged?: MergedPackages;
  /** Packages that are worked on beside this one, so that a refusal can tell of them; none by default. */
  readonly workspace?: readonly PackageContents[];
  /**
   * True where only the system afterwards is wanted: then files are written and removed without a step for each that is,
   * and nothing is told of what is odd at the end.
   */
  readonly withoutFileSteps?: boolean;
  /** For rows that hold the present time, as "YYYY-MM-DD hh:mm:ss" in the time zone of the system. */
  readonly now?: string;
}

export type Assumption = "fails" | "succeeds";
export type Behaviour = "framework" | "documented";

/** Name and version of packages that were merged. */
export type MergedPackages = ReadonlyMap<string, string>;

/** What the process that runs the operation may do. */
export interface Environment {
  /** False when the home folder is not there. */
  readonly homeExists?: boolean;
  /** Folders below the home that cannot be written to, such as "Kernel/System". */
  readonly readOnlyFolders?: readonly string[];
  /** Permission bits that new files and folders do not get. The frameworks' own programs set 0o007. */
  readonly umask?: number;
}
