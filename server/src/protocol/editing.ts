import type { ProtocolEdit, ProtocolPosition } from "./place.ts";
import { request } from "./request.ts";

/** Client to server: the edit that raises the version and adds a ChangeLog entry. Null for a document that is not open. */
export const bumpVersionRequest = request<BumpVersionParams, BumpVersionResult | null>("sopm/bumpVersion");

export const versionParts = ["patch", "minor", "major"] as const;
export type VersionPart = (typeof versionParts)[number];

export interface BumpVersionParams {
  readonly uri: string;
  readonly part: VersionPart;
  /** What the entry says; absent for an empty one. */
  readonly text?: string;
}

export type BumpVersionResult =
  | {
      readonly kind: "bumped";
      readonly from: string;
      readonly to: string;
      /** All refer to the present text of the document. */
      readonly edits: readonly ProtocolEdit[];
    }
  /** Why the version cannot be raised, in the reader's language. */
  | { readonly kind: "impossible"; readonly reason: string };

/**
 * Client to server: the subjects of what was committed for a package since its newest release, the oldest first, on one line
 * each. Empty where nothing is known, and in workspaces that are not trusted.
 */
export const commitSubjectsRequest = request<CommitSubjectsParams, readonly string[]>("sopm/commitSubjects");

export interface CommitSubjectsParams {
  readonly uri: string;
}

/** Client to server: the text to insert after `>` or `/` was typed; null when nothing is to be closed. A snippet, `$0` is the caret. */
export const autoCloseRequest = request<AutoCloseParams, string | null>("sopm/autoClose");

export interface AutoCloseParams {
  readonly uri: string;
  readonly position: ProtocolPosition;
}

/**
 * The command of the extension behind the lens that counts findings: it leads to one of them and shows Problems. Its
 * arguments are the URI of the document and the {@link ProtocolRange} of the finding.
 */
export const showFindingsCommand = "sopm.showFindings";
