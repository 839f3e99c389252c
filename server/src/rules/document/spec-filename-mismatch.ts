import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { Span } from "../../text/span.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder } from "../shared/root-child.ts";

/** One package, one name: tools and people look for the spec by the name of the package. */
export const specFilenameMismatch: PackageRule = {
  id: "spec-filename-mismatch",
  scope: "package",
  elements: ["Name"],
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "The spec is not found under the name of its package, because the file is called {file} and not {name}.sopm.",
  policyPlugins: ["Name"],

  *check(spec, { fileName, kind }) {
    const name = spec.last("Name");
    if (!name || !fileName?.endsWith(".sopm") || kind !== "spec") return;
    const { value, span } = name.trimmedText;
    if (value === "" || isPlaceholder(value) || fileName === `${value}.sopm`) return;
    yield { span, arguments: { name: value, file: fileName }, fixes: fixesFor(spec, value, fileName, span) };
  },
};

/** Which of the two is right, the author knows. What makes no good name is not offered. */
function fixesFor(spec: PackageSpec, name: string, fileName: string, span: Span): readonly Fix[] {
  const other = fileName.slice(0, -".sopm".length);
  // Code asks for the setup module by the name of the package.
  const isUsed = fileList(spec).has(`var/packagesetup/${name}.pm`);
  const renamed = `${name}.sopm`;
  return [
    ...(isGoodName(name)
      ? [{ title: "Rename the file to {file}", arguments: { file: renamed }, edits: [], fileName: renamed }]
      : []),
    ...(isGoodName(other) && !isUsed ? [replacement(span, other)] : []),
  ];
}

function isGoodName(name: string): boolean {
  return /^[A-Za-z][\w-]{0,199}$/.test(name);
}
