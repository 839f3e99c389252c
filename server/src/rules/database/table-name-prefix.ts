import { releaseWith } from "../../knowledge/join-knowledge.ts";
import { isAskedFor } from "../profiles.ts";
import type { ElementRule, Report } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** All packages and the framework share one database. */
export const tableNamePrefix: ElementRule = {
  id: "table-name-prefix",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  message: {
    framework: "The table is not created, because in {release} a table “{name}” is there already.",
    generic:
      "“{name}” may collide with a table of another package, because it is a word that anybody could use.",
  },

  check(element, context) {
    const { knowledge, packageName } = context;
    const defined = definedName(element);
    if (!defined) return undefined;
    const { name, span } = defined;
    if (knowledge.table(name)) {
      const report: Report = {
        span,
        variant: "framework",
        arguments: { name, release: releaseWith(knowledge, (each) => Boolean(each.table(name))) },
      };
      return report;
    }
    const single = !name.includes("_") && !packageName?.toLowerCase().includes(name.toLowerCase());
    if (!single || !isAskedFor("table-name-prefix/generic", context)) return undefined;
    return { span, variant: "generic", severity: "hint", arguments: { name } };
  },
};
