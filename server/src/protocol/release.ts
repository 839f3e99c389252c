import type { VersionPart } from "./editing.ts";
import { type RequestFailed, request } from "./request.ts";

/** Client to server: say what a release of a saved spec would do, do it, or take back one that is not finished. */
export const releaseRequest = request<ReleaseParams, ReleaseOutcome>("sopm/release");

export const releaseActions = ["look", "ask", "run", "undo"] as const;

export interface ReleaseParams {
  readonly uri: string;
  /**
   * `look` tells of a release that was begun, and prepares none. `run` goes on with a release that was begun, whatever else is
   * said.
   */
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
  /** None was begun; for `look`. */
  | { readonly kind: "none" }
  /** One was begun and stopped before or while the step was done. */
  | { readonly kind: "begun"; readonly name: string; readonly version: string; readonly step: string }
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
