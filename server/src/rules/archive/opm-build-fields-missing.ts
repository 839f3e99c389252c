import type { PackageRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** The builder notes when and where it has built an archive. */
export const opmBuildFieldsMissing: PackageRule = {
  id: "opm-build-fields-missing",
  scope: "package",
  elements: "any",
  severity: "information",
  message: "Two builds of this version cannot be told apart, because the archive has no {fields}.",

  *check(spec, { kind }) {
    const { root } = spec;
    if (kind !== "archive" || !root || !isRootName(root.name)) return;
    const missing = ["BuildDate", "BuildHost"].filter((name) => !spec.textOf(name)?.value.trim());
    if (missing.length === 0) return;
    yield { span: root.nameSpan, arguments: { fields: missing.join(", ") } };
  },
};
