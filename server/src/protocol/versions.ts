import { request } from "./request.ts";

/** The scheme of documents with specs of earlier versions. */
export const versionScheme = "sopm-version";

/** Client to server: the versions of the package of a spec on the disk that can be found; null for no such spec. */
export const versionsRequest = request<{ readonly uri: string }, VersionsResult | null>("sopm/versions");

export interface VersionsResult {
  readonly kind: "versions";
  /** Of the package; empty for a spec without. */
  readonly name: string;
  /** The newest first, the spec as it is on the disk at the top. */
  readonly versions: readonly ListedVersion[];
  /** What keeps versions from being found, and what looks like one and is none, one sentence each. */
  readonly notes: readonly string[];
}

export interface ListedVersion {
  /** Of the spec as it is now empty where it says none. */
  readonly version: string;
  readonly source: "spec" | "tag" | "commit" | "archive" | "repository" | "sandbox";
  /** Where it was found, in words; the other places are behind it. */
  readonly places: readonly string[];
  /** The day, as "YYYY-MM-DD" in UTC; empty where it is not known. */
  readonly date: string;
  /** What it has otherwise than the version before it, one line each; null for the first, and where one cannot be read. */
  readonly changes: readonly string[] | null;
  /** Why it cannot be read; empty where it can. */
  readonly problem: string;
}

/** Client to server: the spec of an earlier version; null where no such version is found. */
export const versionTextRequest = request<
  {
    readonly uri: string;
    /** One that an answer has told of. */
    readonly version: string;
  },
  VersionText | null
>("sopm/versionText");

export interface VersionText {
  readonly kind: "text";
  readonly text: string;
}
