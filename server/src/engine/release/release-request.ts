import type { BuildMode } from "../../builder/build-mode.ts";
import type { DatabaseKind } from "../../database/engines.ts";
import type { VersionPart } from "../../features/bump-version.ts";
import type { HistoryOptions } from "../../host/commit-history.ts";
import type { LintSettings } from "../lint.ts";

export interface ReleaseRequest {
  /** Absolute path. */
  readonly spec: string;
  readonly settings: LintSettings;
  /** Absolute. */
  readonly baseFolder: string;
  /** Absolute. */
  readonly outputFolder: string;
  readonly mode: BuildMode;
  readonly stampDate: string | undefined;
  readonly stampHost: string | undefined;
  readonly allowSymlinks: boolean;
  /** The databases that the package is tried on; empty for none, and then the matrix is tried on the usual ones. */
  readonly databases: readonly DatabaseKind[];
  /** The first released version that upgrades are tried from; empty for all. */
  readonly upgradesSince: string;
  /** Folders and files with other versions, absolute. */
  readonly knownPackages: readonly string[];
  /** Which number of the version is raised, or the version that it becomes; undefined for the one that the spec has. */
  readonly raise: VersionPart | { readonly to: string } | undefined;
  /** What the entry of the change log says; undefined for what the commits since the last release say. */
  readonly changeLog: string | undefined;
  /** Whether the spec is committed and tagged. */
  readonly tag: boolean;
  /** Whether the output folder gets an index where it has none; one that is there is written anew anyway. */
  readonly index: boolean;
  readonly git: HistoryOptions;
}
