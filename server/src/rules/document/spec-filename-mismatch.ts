import type { PackageRule } from "../rule.ts";
import { isPlaceholder } from "../shared/root-child.ts";

/** One package, one name: tools and people look for the spec by the name of the package. */
export const specFilenameMismatch: PackageRule = {
  id: "spec-filename-mismatch",
  scope: "package",
  elements: ["Name"],
  severity: "warning",
  message:
    "The spec is not found under the name of its package, because the file is called {file} and not {name}.sopm.",
  policyPlugins: ["Name"],

  *check(spec, { fileName, kind }) {
    const name = spec.last("Name");
    if (!name || !fileName?.endsWith(".sopm") || kind !== "spec") return;
    const { value, span } = name.trimmedText;
    if (value === "" || isPlaceholder(value) || fileName === `${value}.sopm`) return;
    yield { span, arguments: { name: value, file: fileName } };
  },
};
