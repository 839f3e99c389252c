import { selectionOf } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** The loop over these sections skips every one of them. */
export const dbUpgradePreDead: ElementRule = {
  id: "db-upgrade-pre-dead",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  message: "This section is never executed: upgrades skip everything in a DatabaseUpgrade of phase pre.",

  check(section, _context, parentName) {
    const type = section.attribute("Type");
    // In PackageMerge another rule asks for merge.
    if (!type || parentName === "PackageMerge") return undefined;
    if (selectionOf("DatabaseUpgrade", type.value) !== "never") return undefined;
    return { span: type.valueSpan, fixes: [replacement(type.valueSpan, "post")] };
  },
};
