import type { ElementRule } from "../rule.ts";
import { bareRemoval } from "../shared/fixes.ts";

/** Nothing to execute. */
export const dbSectionEmpty: ElementRule = {
  id: "db-section-empty",
  scope: "element",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseReinstall", "DatabaseUninstall"],
  severity: "information",
  summary: "A database section has changes in it",
  message: "Nothing is executed here, because the section is empty.",
  docs:
    "A database section holds `TableCreate`, `TableAlter`, `TableDrop` and `Insert` elements; text in it is lost. An " +
    "empty section does nothing, but its `Type` still decides about sections of the same name that follow without one.",
  bad: '<DatabaseInstall Type="post"></DatabaseInstall>',
  good: '<DatabaseInstall Type="post"><TableCreate Name="acme"/></DatabaseInstall>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse; OPM::Validate",

  check(section) {
    if (section.elements.length > 0 || section.closing === "missing" || section.closing === "unfinished")
      return undefined;
    return { span: section.nameSpan, unnecessary: true, fixes: [bareRemoval(section)] };
  },
};
