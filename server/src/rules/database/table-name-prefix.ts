import { releaseWith } from "../../knowledge/join-knowledge.ts";
import type { ElementRule, Report } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** All packages and the framework share one database. */
export const tableNamePrefix: ElementRule = {
  id: "table-name-prefix",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  summary: "New tables have names of their own",
  message: {
    framework: "The table is not created, because in {release} a table “{name}” is there already.",
    generic:
      "“{name}” may collide with a table of another package, because it is a word that anybody could use.",
  },
  docs:
    "The framework and all packages share one database. Creating a table that exists fails with a line in the log, " +
    "and the package then works on somebody else's table, which its uninstallation drops. Begin the names of your " +
    "tables with a word of your own.",
  bad: '<TableCreate Name="users"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>',
  good: '<TableCreate Name="acme_users"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>',
  source:
    "Schemas of OTRS 3.1 to 6.0, Znuny 6.0 to 7.3 and OTOBO 10.0 to 11.1; TableCreate of the database drivers",

  check(element, { knowledge, profile, packageName }) {
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
    if (profile !== "strict" || !single) return undefined;
    return { span, variant: "generic", severity: "hint", arguments: { name } };
  },
};
