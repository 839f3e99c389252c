import { databaseOf } from "../../symbols/package-database.ts";
import { repeatedCreations } from "../../symbols/repeated-creations.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { lowerGate } from "../shared/gates.ts";

/** Databases refuse a second table of a name. */
export const tableExists: PackageRule = {
  id: "table-exists",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: {
    upgrade:
      "This {element} fails in upgrades from below {version}, because they have created a table “{table}” before.",
    install: "This {element} fails, because the installation has created a table “{table}” before.",
  },

  *check(spec) {
    const database = databaseOf(spec);
    for (const variant of ["install", "upgrade"] as const) {
      for (const { statement, element, table, column, earlier } of repeatedCreations(database[variant])) {
        if (column !== undefined) continue;
        const version = lowerGate(statement.element, earlier.element);
        yield {
          span: placeOf(element, element.name === "TableAlter" ? "NameNew" : "Name"),
          variant,
          arguments: { element: element.name, table, ...(variant === "upgrade" && { version }) },
          related: [
            {
              message: "The table is created here first.",
              span: placeOf(earlier.element, earlier.element.name === "TableAlter" ? "NameNew" : "Name"),
            },
          ],
        };
      }
    }
  },
};
