import { isWidespread, reservedIn } from "../../model/reserved-words.ts";
import { definingElements } from "../../symbols/element-names.ts";
import type { ElementRule, Severity } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** SQL is put together without quotes around names. */
export const identifierReserved: ElementRule = {
  id: "identifier-reserved",
  scope: "element",
  elements: definingElements,
  severity: "error",
  summary: "Names in the database are no reserved words",
  message: {
    database: "The SQL statement fails on {databases}, because “{name}” is a reserved word there.",
    standard: "“{name}” is a reserved word of the SQL standard, so a future database may refuse it.",
  },
  docs:
    "Names are written into the SQL without quotes, so a column that is called `order` makes the statement fail with " +
    "a line in the log, and the table is missing. Choose another word or put one before it: `sort_order`, " +
    "`acme_user`. Words that only Oracle or only MySQL 8 reserves are a warning.",
  bad: '<Column Name="order" Required="true" Type="INTEGER"/>',
  good: '<Column Name="sort_order" Required="true" Type="INTEGER"/>',
  source:
    "Keyword lists of MySQL, PostgreSQL and Oracle; Znuny 7.1 and OTOBO 11, routines of the database drivers",

  check(element, { profile }) {
    const defined = definedName(element);
    const databases = defined ? reservedIn(defined.name) : [];
    if (!defined || databases.length === 0) return undefined;
    const { name, span } = defined;
    const named = databases.filter((database) => database !== "SQL");
    if (named.length === 0) {
      if (profile !== "strict") return undefined;
      return { span, variant: "standard", severity: "hint", arguments: { name } };
    }
    const everywhere = named.some(isWidespread);
    const severity: Severity = everywhere ? "error" : "warning";
    return { span, variant: "database", severity, arguments: { name, databases: named.join(", ") } };
  },
};
