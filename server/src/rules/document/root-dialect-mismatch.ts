import { familyOfMajor } from "../../dialect/detect.ts";
import { type Family, rootNames } from "../../dialect/dialect.ts";
import type { PackageRule } from "../rule.ts";
import { renaming } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The builder writes the root of its own product; what the author wrote matters to readers and other tools. */
export const rootDialectMismatch: PackageRule = {
  id: "root-dialect-mismatch",
  scope: "package",
  elements: "any",
  severity: "warning",
  summary: "The root element is that of the product the package is for",
  message: "Tools take this for a package of another product, because its root is <{name}> and not <{root}>.",
  docs:
    "A package that is for OTOBO has the root `otobo_package`, one for OTRS or Znuny `otrs_package`. No framework " +
    "compares the name when it reads a package: its builder simply writes the right one, and the `Framework` check " +
    "keeps foreign packages out. But `opmbuild` leaves the root as it is, and people and tools go by it.",
  bad: '<otobo_package version="1.0"><Framework>7.1.x</Framework></otobo_package>',
  good: '<otrs_package version="1.0"><Framework>7.1.x</Framework></otrs_package>',
  source: "OTOBO 11 and Znuny 7.1, PackageParse and PackageBuild",

  *check({ root, frameworks }, { product }) {
    if (!root || !isRootName(root.name)) return;
    const family = familyOfReleases(frameworks);
    const expected = family ? rootNames[family] : product.rootName;
    if (root.name === expected) return;
    yield {
      span: root.nameSpan,
      arguments: { name: root.name, root: expected },
      fixes: [renaming(root, expected)],
    };
  },
};

/** The family that all releases named belong to; undefined when there are none, or some of both. */
function familyOfReleases(frameworks: readonly string[]): Family | undefined {
  const majors = frameworks.flatMap((text) => /^\s*(\d+)\./.exec(text)?.[1] ?? []).map(Number);
  const [family, ...others] = new Set(majors.map(familyOfMajor));
  return others.length === 0 ? family : undefined;
}
