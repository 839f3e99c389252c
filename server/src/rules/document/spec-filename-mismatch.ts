import type { PackageRule } from "../rule.ts";
import { isPlaceholder } from "../shared/root-child.ts";

/** One package, one name: tools and people look for the spec by the name of the package. */
export const specFilenameMismatch: PackageRule = {
  id: "spec-filename-mismatch",
  scope: "package",
  elements: ["Name"],
  severity: "warning",
  summary: "A spec is called like its package",
  message: "Nobody finds this spec by its package, because the file is called {file} and not {name}.sopm.",
  docs:
    "The frameworks do not care for the name of the file, the archive is called after `Name` and `Version`. Tools and " +
    "the Znuny code policy expect the spec of a package `AcmeContracts` in `AcmeContracts.sopm`. Rename the file, or " +
    "correct the `Name` if that is the wrong one.",
  bad: "<otrs_package><Name>Contracts</Name></otrs_package>",
  good: "<otrs_package><Name>AcmeContracts</Name></otrs_package>",
  source: "Znuny code policy, SOPM::Name",
  policyPlugins: ["Name"],

  *check(spec, { fileName, kind }) {
    const name = spec.last("Name");
    if (!name || !fileName?.endsWith(".sopm") || kind !== "spec") return;
    const { value, span } = name.trimmedText;
    if (value === "" || isPlaceholder(value) || fileName === `${value}.sopm`) return;
    yield { span, arguments: { name: value, file: fileName } };
  },
};
