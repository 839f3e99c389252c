import type {
  ContentEntry,
  ContentSection,
  PackageContentsResult,
  WorkspacePackage,
} from "../../../../server/src/protocol/packages-view.ts";

/** What stands in the view of the workspace's packages. What has a spec of its own has its URI. */
export type PackageNode =
  | { readonly kind: "package"; readonly uri: string; readonly facts: WorkspacePackage }
  | {
      readonly kind: "section";
      readonly id: string;
      readonly spec: string;
      readonly section: ContentSection["section"];
      readonly entries: readonly ContentEntry[];
    }
  | { readonly kind: "entry"; readonly spec: string; readonly entry: ContentEntry };

export function packageNodes(packages: readonly WorkspacePackage[]): PackageNode[] {
  return packages.map((facts) => ({ kind: "package", uri: facts.uri, facts }));
}

export function sectionNodes(spec: string, { sections }: PackageContentsResult): PackageNode[] {
  return sections.map(({ section, entries }) => ({
    ...{ kind: "section", id: `${spec}#${section}`, spec, section, entries },
  }));
}

export function entryNodes(spec: string, entries: readonly ContentEntry[]): PackageNode[] {
  return entries.map((entry) => ({ kind: "entry", spec, entry }));
}

/** The worst that is known of a package. */
export type Soundness = "unknown" | "sound" | "warnings" | "errors";

export function soundnessOf({ findings }: WorkspacePackage): Soundness {
  if (!findings) return "unknown";
  if (findings.errors > 0) return "errors";
  return findings.warnings > 0 ? "warnings" : "sound";
}

/** How many packages have errors: what the badge of the view says. */
export function packagesWithErrors(packages: readonly WorkspacePackage[]): number {
  return packages.filter((each) => soundnessOf(each) === "errors").length;
}

/** Whether the newest archive is of the version that the spec has now. */
export function isBuilt({ built, version }: WorkspacePackage): boolean {
  return built !== undefined && built.version === version;
}
