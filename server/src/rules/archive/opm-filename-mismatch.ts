import type { PackageRule } from "../rule.ts";

/** People and repositories go by the name of the file. */
export const opmFilenameMismatch: PackageRule = {
  id: "opm-filename-mismatch",
  scope: "package",
  elements: ["Name"],
  severity: "warning",
  message:
    "Whoever goes by the name of the file takes this for another package, because it is called {file} and not {name}-{version}.opm.",

  *check(spec, { fileName, kind, packageName, packageVersion }) {
    const name = spec.last("Name");
    if (kind !== "archive" || !name || !packageName || !packageVersion || fileName === undefined) return;
    if (fileName === `${packageName}-${packageVersion}.opm`) return;
    const isOfPackage = fileName.startsWith(`${packageName}-`);
    const { span } = (isOfPackage ? spec.last("Version")! : name).trimmedText;
    yield { span, arguments: { file: fileName, name: packageName, version: packageVersion } };
  },
};
