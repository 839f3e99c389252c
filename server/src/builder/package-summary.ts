import { isTrue, type PackageStructure, type StartTag } from "../model/package-structure.ts";
import type { PackageContents } from "./package-contents.ts";

/** What lists and checks need of an archive, as plain JSON that can be kept. Absent values are null. */
export interface PackageSummary {
  readonly digest: string;
  /** False for an archive of which the framework can make nothing. */
  readonly readable: boolean;
  readonly name: string | null;
  readonly version: string | null;
  readonly vendor: string | null;
  readonly url: string | null;
  readonly license: string | null;
  readonly buildDate: string | null;
  readonly buildHost: string | null;
  readonly descriptions: readonly { readonly language: string | null; readonly text: string }[];
  readonly frameworks: readonly {
    readonly pattern: string | null;
    readonly minimum: string | null;
    readonly maximum: string | null;
  }[];
  readonly requiredPackages: readonly Requirement[];
  readonly requiredModules: readonly Requirement[];
  readonly merges: readonly { readonly name: string | null; readonly targetVersion: string | null }[];
  /** The texts of the flags: null for one that is absent, which counts as 1; who reads them differs in strictness. */
  readonly flags: {
    readonly visible: string | null;
    readonly downloadable: string | null;
    readonly removable: string | null;
  };
  /** In document order. A size of null is that of an empty file, which cannot be installed. */
  readonly files: readonly {
    readonly location: string | null;
    readonly permission: string | null;
    readonly size: number | null;
  }[];
}

export interface Requirement {
  readonly name: string | null;
  readonly version: string | null;
}

export function summaryOf({ structure, files, digest }: PackageContents): PackageSummary {
  const text = (name: keyof PackageStructure["single"]) => structure?.single[name]?.content ?? null;
  const all = (name: keyof PackageStructure["repeated"]) => structure?.repeated[name] ?? [];
  // An element without text is there, and says no.
  const flag = (name: keyof PackageStructure["single"]) =>
    structure?.single[name] ? (structure.single[name].content ?? "") : null;
  return {
    digest,
    readable: structure !== undefined,
    name: text("Name"),
    version: text("Version"),
    vendor: text("Vendor"),
    url: text("URL"),
    license: text("License"),
    buildDate: text("BuildDate"),
    buildHost: text("BuildHost"),
    descriptions: all("Description").map((tag) => ({
      language: attribute(tag, "Lang"),
      text: tag.content ?? "",
    })),
    frameworks: all("Framework").map((tag) => ({
      pattern: tag.content ?? null,
      minimum: attribute(tag, "Minimum"),
      maximum: attribute(tag, "Maximum"),
    })),
    requiredPackages: all("PackageRequired").map(requirement),
    requiredModules: all("ModuleRequired").map(requirement),
    merges: all("PackageMerge").map((tag) => ({
      name: attribute(tag, "Name"),
      targetVersion: attribute(tag, "TargetVersion"),
    })),
    flags: {
      visible: flag("PackageIsVisible"),
      downloadable: flag("PackageIsDownloadable"),
      removable: flag("PackageIsRemovable"),
    },
    files: files.map(({ location = null, permission = null, content }) => ({
      location,
      permission,
      size: content?.size ?? null,
    })),
  };
}

function requirement(tag: StartTag): Requirement {
  return { name: tag.content ?? null, version: attribute(tag, "Version") };
}

function attribute(tag: StartTag, name: string): string | null {
  return tag.attributes.get(name) ?? null;
}

/** Whether a flag such as `PackageIsRemovable` says no, as the console takes it: there, and false in Perl. */
export function saysNo(flag: string | null): boolean {
  return flag !== null && !isTrue(flag);
}
