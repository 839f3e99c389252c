import type { PackageRule } from "../rule.ts";

/** Tools that are given a folder look for the spec in it. */
export const specMultiple: PackageRule = {
  id: "spec-multiple",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    two: "Tools that are given this folder cannot tell which spec is meant, because {other} lies beside this one.",
    more: "Tools that are given this folder cannot tell which spec is meant, because {other} and {count} more lie beside this one.",
  },

  *check(spec, { fileName, kind, folder }) {
    if (kind !== "spec" || fileName === undefined || !spec.root) return;
    const specs = folder.specs?.();
    // Where the files of the package are elsewhere, so are the specs that are seen.
    if (!specs?.includes(fileName) || specs.length < 2) return;
    const [other, ...more] = specs.filter((each) => each !== fileName);
    yield {
      span: spec.last("Name")?.trimmedText.span ?? spec.root.nameSpan,
      variant: more.length === 0 ? "two" : "more",
      arguments: { other: other!, count: more.length },
    };
  },
};
