import { selectionOf } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** The loop over these sections skips every one of them. */
export const dbUpgradePreDead: ElementRule = {
  id: "db-upgrade-pre-dead",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  summary: "A DatabaseUpgrade runs in phase post",
  message: "This section is never executed: upgrades skip everything in a DatabaseUpgrade of phase pre.",
  docs:
    "While upgrading, the frameworks go through the `DatabaseUpgrade` sections of phase `pre` with a flag that nothing " +
    "ever sets, so that every element is skipped, without a word in the log. It is so from OTRS 5 to Znuny 7 and OTOBO " +
    "11. Use `post`; it runs after the files are written and before the `CodeUpgrade` of phase `post`.",
  bad: '<DatabaseUpgrade Type="pre"><TableDrop Name="acme_old" Version="1.1.0"/></DatabaseUpgrade>',
  good: '<DatabaseUpgrade Type="post"><TableDrop Name="acme_old" Version="1.1.0"/></DatabaseUpgrade>',
  source: "OTRS 5, Znuny 7.1 and OTOBO 11, PackageUpgrade",

  check(section, _context, parentName) {
    const type = section.attribute("Type");
    // In PackageMerge another rule asks for merge.
    if (!type || parentName === "PackageMerge") return undefined;
    if (selectionOf("DatabaseUpgrade", type.value) !== "never") return undefined;
    return { span: type.valueSpan, fixes: [replacement(type.valueSpan, "post")] };
  },
};
