import type { ProtocolRange } from "./place.ts";
import { notification, request } from "./request.ts";

/** Client to server: the packages of the workspace. It answers from what is known, and says when that changes. */
export const packagesRequest = request<Readonly<Record<string, never>>, PackagesResult>("sopm/packages");

/** Server to client, once it has asked: there is something else to tell of packages now. */
export const packagesChangedNotification =
  notification<Readonly<Record<string, never>>>("sopm/packagesChanged");

export interface PackagesResult {
  readonly kind: "packages";
  /** What others require comes before them. */
  readonly packages: readonly WorkspacePackage[];
}

/** A spec of the workspace. */
export interface WorkspacePackage {
  readonly uri: string;
  /** The name of the file for a spec that does not say one. */
  readonly name: string;
  /** Empty for a spec that does not say one. */
  readonly version: string;
  /** The packages of the workspace that it requires, by name. */
  readonly requires: readonly string[];
  /** Absent while nobody has looked. */
  readonly findings?: FindingCounts;
  /** The archive of this package that was built last, or that has the highest version; absent where none is known. */
  readonly built?: { readonly uri: string; readonly version: string };
}

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  /** Whatever is less than a warning. */
  readonly others: number;
}

/** Client to server: what a spec has in it; null for one that cannot be read. */
export const packageContentsRequest = request<{ readonly uri: string }, PackageContentsResult | null>(
  "sopm/packageContents",
);

export interface PackageContentsResult {
  readonly kind: "contents";
  /** Those that have anything. */
  readonly sections: readonly ContentSection[];
}

export interface ContentSection {
  readonly section: "requirements" | "files" | "database" | "code" | "texts";
  readonly entries: readonly ContentEntry[];
}

export interface ContentEntry {
  readonly name: string;
  /** May be empty. */
  readonly detail: string;
  /** The name of the element in the spec. */
  readonly range: ProtocolRange;
  /** Such as the tables of a section. */
  readonly entries: readonly ContentEntry[];
}
