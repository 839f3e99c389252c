import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** The name has to fit a column of the package table. */
export const nameTooLong: ElementRule = {
  id: "name-too-long",
  scope: "element",
  elements: ["Name"],
  severity: "error",
  summary: "A package's Name fits the package table",
  message:
    "No system installs this package, because its Name has {length} characters and the package table takes 200.",
  docs:
    "The package table keeps the name in a column of 200 characters. A longer one makes the insert fail, and with it " +
    "the installation.",
  bad: `<otrs_package><Name>Acme${"Contract".repeat(25)}s</Name></otrs_package>`,
  good: "<otrs_package><Name>AcmeContracts</Name></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, the table package_repository and RepositoryAdd",

  check(name, _context, parentName) {
    const { value, span } = name.text;
    if (isRootName(parentName) && value.length > 200) return { span, arguments: { length: value.length } };
    return undefined;
  },
};
