import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** Console commands take `Name-1.2.3` apart at the version. */
export const nameEndsLikeVersion: ElementRule = {
  id: "name-ends-like-version",
  scope: "element",
  elements: ["Name"],
  severity: "warning",
  summary: "A package's Name does not end like a version",
  message: "The console does not find this package by its Name, because it takes “{ending}” for a version.",
  docs:
    "Console commands accept `Name-1.2.3` and cut the argument at its end where it looks like a version. A package " +
    "that is itself called so is looked for under the shorter name.",
  bad: "<otrs_package><Name>AcmeContracts-2.0.0</Name></otrs_package>",
  good: "<otrs_package><Name>AcmeContracts2</Name></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, _PackageContentGet of the console commands",

  check(name, _context, parentName) {
    if (!isRootName(parentName)) return undefined;
    const { value, span } = name.trimmedText;
    const ending = /-\d{1,4}\.\d{1,4}\.\d{1,4}$/.exec(value);
    if (ending) return { span, arguments: { ending: ending[0].slice(1) } };
    return undefined;
  },
};
