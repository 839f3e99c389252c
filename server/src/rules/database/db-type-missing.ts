import { ownPhase } from "../../model/database-phases.ts";
import type { ElementRule } from "../rule.ts";
import { setPhase } from "../shared/phase-fix.ts";

/** Right as long as nobody adds another section before. */
export const dbTypeMissing: ElementRule = {
  id: "db-type-missing",
  scope: "element",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseReinstall", "DatabaseUninstall"],
  severity: "hint",
  summary: "A database section says its Type",
  message: "When this section is executed depends on the sections before it, because it has no Type.",
  docs:
    "Without `Type` a database section is executed in `post`, unless a section of the same name before it says " +
    "otherwise: then it takes over that one's phase. Say the `Type`, and nobody has to look.",
  bad: '<DatabaseInstall><TableCreate Name="acme"/></DatabaseInstall>',
  good: '<DatabaseInstall Type="post"><TableCreate Name="acme"/></DatabaseInstall>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse",
  profiles: ["strict"],

  check(section, _context, parentName) {
    if (ownPhase(section) !== undefined || parentName === "PackageMerge") return undefined;
    return { span: section.nameSpan, fixes: [setPhase(section, "post")] };
  },
};
