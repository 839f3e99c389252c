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
  message: "Tools take this for a package of another product, because its root is <{name}> and not <{root}>.",

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
