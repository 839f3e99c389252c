import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";

/** Nothing to execute. */
export const dbSectionEmpty: ElementRule = {
  id: "db-section-empty",
  scope: "element",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseReinstall", "DatabaseUninstall"],
  severity: "information",
  message: "Nothing is executed here, because the section is empty.",

  check(section) {
    if (section.elements.length > 0 || section.closing === "missing" || section.closing === "unfinished")
      return undefined;
    return { span: section.nameSpan, unnecessary: true, fixes: [removal(section)] };
  },
};
