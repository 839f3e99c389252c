import type { VersionPart } from "./editing.ts";
import { type RequestFailed, request } from "./request.ts";

/**
 * Client to server: tell of releases that were begun and are not finished, here or on a command line, of specs in some
 * folders or below. Untrusted workspaces hear of none.
 */
export const begunReleasesRequest = request<BegunReleasesParams, BegunReleases>("sopm/begunReleases");

export interface BegunReleasesParams {
  /** URIs. */
  readonly folders: readonly string[];
}

export type BegunReleases =
  | {
      readonly kind: "begun-releases";
      readonly releases: readonly (BegunRelease & { readonly uri: string })[];
    }
  | RequestFailed;

/** A release that stopped before or while the step was done. Texts are in the reader's language. */
export interface BegunRelease {
  readonly name: string;
  readonly version: string;
  readonly step: string;
}

/** Client to server: say what a release of a saved spec would do, do it, or take back one that is not finished. */
export const releaseRequest = request<ReleaseParams, ReleaseOutcome>("sopm/release");

export const releaseActions = ["ask", "run", "undo"] as const;

export interface ReleaseParams {
  readonly uri: string;
  /** `run` goes on with a release that was begun, whatever else is said. */
  readonly action: (typeof releaseActions)[number];
  /** Which number of the version is raised; absent for the version that the spec has. */
  readonly raise?: VersionPart;
  /** What the entry of the change log says; absent for what the commits say. */
  readonly changeLog?: string;
  readonly tag: boolean;
  readonly index: boolean;
  /** True to release although something had better be otherwise. */
  readonly force: boolean;
}

/** All texts are in the reader's language, paths absolute. */
export type ReleaseOutcome =
  | {
      /** Also what comes of `run` where something is against it: then nothing was done. */
      readonly kind: "planned";
      readonly name: string;
      readonly from: string;
      readonly version: string;
      readonly steps: readonly string[];
      /** What the new entry of the change log says; null where none is written. */
      readonly changeLog: string | null;
      readonly objections: readonly string[];
      readonly doubts: readonly string[];
    }
  | ({ readonly kind: "begun" } & BegunRelease)
  | { readonly kind: "released"; readonly name: string; readonly version: string; readonly archive: string }
  | {
      readonly kind: "taken-back";
      readonly name: string;
      readonly version: string;
      /** What stays, because somebody has changed it since. */
      readonly left: readonly string[];
    }
  | { readonly kind: "stopped"; readonly reasons: readonly string[] }
  | RequestFailed;
