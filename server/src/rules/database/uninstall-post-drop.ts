import { codePhase } from "../../model/section-phases.ts";
import { wordsIn } from "../../symbols/code-section.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** Code of the phase `post` is the very last that runs. */
export const uninstallPostDrop: PackageRule = {
  id: "uninstall-post-drop",
  scope: "package",
  elements: ["DatabaseUninstall"],
  severity: "hint",
  message:
    "The CodeUninstall of phase post finds “{table}” gone, because the tables are dropped before it runs.",
  profiles: ["strict"],

  check(spec) {
    const { uninstall } = databaseOf(spec);
    if (uninstall.length === 0) return [];
    const words = new Set(
      spec
        .all("CodeUninstall")
        .filter((section) => codePhase(section) === "post")
        .flatMap((section) => [...wordsIn(section)]),
    );
    return uninstall.flatMap(({ statement, element }) =>
      statement.kind === "drop" && words.has(statement.table.toLowerCase())
        ? [{ span: placeOf(element, "Name"), arguments: { table: statement.table } }]
        : [],
    );
  },
};
