import type { ProtocolEdit } from "./place.ts";
import { notification, request } from "./request.ts";

/** Client to server: what is told of files where they are shown. It answers from what is known, and says when that changes. */
export const fileBadgesRequest = request<Readonly<Record<string, never>>, readonly FileBadge[]>(
  "sopm/fileBadges",
);

/** Server to client, once it has asked: badges are other ones now. */
export const fileBadgesChangedNotification =
  notification<Readonly<Record<string, never>>>("sopm/fileBadgesChanged");

export interface FileBadge {
  readonly uri: string;
  /** `unlisted`: a file that is not listed; `incomplete`: a spec that lists files which are missing. */
  readonly kind: "unlisted" | "incomplete";
  /** In the reader's language. */
  readonly tooltip: string;
}

/** Client to server: the edits that list files, or take them out. They are not made. */
export const changeFileListRequest = request<ChangeFileListParams, ChangeFileListResult>(
  "sopm/changeFileList",
);

export interface ChangeFileListParams {
  /** Files and folders. */
  readonly uris: readonly string[];
  readonly change: "add" | "remove";
  /** The specs that are meant; absent for all that have the files below their base folders. */
  readonly specs?: readonly string[] | undefined;
}

export type ChangeFileListResult =
  /** Several packages may be meant; each is a URI. */
  | { readonly kind: "choose"; readonly specs: readonly string[] }
  /** Why there is nothing to change, in the reader's language. */
  | { readonly kind: "nothing"; readonly reason: string }
  | {
      readonly kind: "edits";
      readonly documents: readonly {
        readonly uri: string;
        /** That of the open document; null for one that is not open. */
        readonly version: number | null;
        readonly edits: readonly ProtocolEdit[];
      }[];
    };

/** Client to server: the files of a package that are not listed, as paths and URIs; empty for a spec that is not open. */
export const unlistedFilesRequest = request<
  { readonly uri: string },
  readonly { readonly path: string; readonly uri: string }[]
>("sopm/unlistedFiles");

/** The command of the extension that lists files of a package which somebody picks. Its argument is the URI of the spec. */
export const addUnlistedFilesCommand = "sopm.addUnlistedFiles";
