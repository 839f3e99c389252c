import { ownPhase } from "../../model/database-phases.ts";
import type { ElementRule } from "../rule.ts";
import { setPhase } from "../shared/phase-fix.ts";

/** Right as long as nobody adds another section before. */
export const dbTypeMissing: ElementRule = {
  id: "db-type-missing",
  scope: "element",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseReinstall", "DatabaseUninstall"],
  severity: "hint",
  message: "When this section is executed depends on the sections before it, because it has no Type.",

  check(section, _context, parentName) {
    if (ownPhase(section) !== undefined || parentName === "PackageMerge") return undefined;
    return { span: section.nameSpan, fixes: [setPhase(section, "post")] };
  },
};
