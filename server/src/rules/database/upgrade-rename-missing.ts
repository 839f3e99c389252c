import type { NeighbourRule } from "../rule.ts";
import { changedNames } from "../shared/changed-names.ts";
import { placeOf } from "../shared/database-names.ts";
import { renamingUpgradeFixes } from "../shared/install-fix.ts";
import { plainVersion } from "../shared/plain-version.ts";
import { releasedBefore, releasedPlace } from "../shared/released-versions.ts";

/** An upgrade runs nothing of `DatabaseInstall`, and so gives nothing another name either. */
export const upgradeRenameMissing: NeighbourRule = {
  id: "upgrade-rename-missing",
  scope: "neighbours",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: {
    table:
      "Systems with {version} keep the table “{from}” and get no table “{to}” by upgrading: {version} was released with the old name, and no DatabaseUpgrade renames it.",
    column:
      "Systems with {version} keep the column “{from}” in “{table}” and get no column “{to}” by upgrading: {version} was released with the old name, and no DatabaseUpgrade renames it.",
  },

  *check(spec, context, others) {
    if (context.kind !== "spec") return;
    const [last] = releasedBefore(spec, context, others);
    if (!last) return;
    const own = plainVersion(context.packageVersion);
    for (const changed of changedNames(spec, last, context)) {
      const { table, column, from, to, element } = changed;
      yield {
        span: placeOf(element, "Name"),
        variant: column ? "column" : "table",
        arguments: { version: last.version, table, from, to },
        related: releasedPlace(last),
        fixes: own === undefined ? [] : renamingUpgradeFixes(spec, changed, own, context.schema),
      };
    }
  },
};
