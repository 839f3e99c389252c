import { type RequestCancelled, type RequestFailed, request } from "./request.ts";

/** Client to server: build the package of an open or saved spec. Reports progress and can be cancelled. */
export const buildRequest = request<BuildParams, BuildOutcome>("sopm/build");

export interface BuildParams {
  /** URI of the `.sopm` file. The server reads open documents from the editor and others from disk. */
  readonly uri: string;
  /** True to build although error findings exist, as the framework would. */
  readonly force: boolean;
  /** Absolute file system path of the folder for the archive. Absent: the setting, else beside the spec. */
  readonly outputFolder?: string;
  /** Token under which the server reports `$/progress`. */
  readonly workDoneToken?: string | number;
}

/** All paths are absolute file system paths, sizes are bytes. Texts are in the reader's language. */
export type BuildOutcome =
  | {
      readonly kind: "built";
      readonly path: string;
      readonly size: number;
      readonly files: number;
      readonly milliseconds: number;
      /** What the reader should know although the archive was written, such as a schema check that was skipped. */
      readonly notes: readonly string[];
    }
  /** Error findings stand in the way; they are in Problems. `canForce` tells whether the framework would build anyway. */
  | {
      readonly kind: "blocked";
      readonly errors: number;
      readonly messages: readonly string[];
      readonly canForce: boolean;
    }
  | RequestFailed
  | RequestCancelled;
