import { isWidespread, reservedIn } from "../../model/reserved-words.ts";
import { definingElements } from "../../symbols/element-names.ts";
import { isAskedFor } from "../profiles.ts";
import type { ElementRule, Severity } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** SQL is put together without quotes around names. */
export const identifierReserved: ElementRule = {
  id: "identifier-reserved",
  scope: "element",
  elements: definingElements,
  severity: "error",
  message: {
    database: "The SQL statement fails on {databases}, because “{name}” is a reserved word there.",
    standard: "“{name}” is a reserved word of the SQL standard, so a future database may refuse it.",
  },

  check(element, context) {
    const defined = definedName(element);
    const databases = defined ? reservedIn(defined.name) : [];
    if (!defined || databases.length === 0) return undefined;
    const { name, span } = defined;
    const named = databases.filter((database) => database !== "SQL");
    if (named.length === 0) {
      if (!isAskedFor("identifier-reserved/standard", context)) return undefined;
      return { span, variant: "standard", severity: "hint", arguments: { name } };
    }
    const everywhere = named.some(isWidespread);
    const severity: Severity = everywhere ? "error" : "warning";
    return { span, variant: "database", severity, arguments: { name, databases: named.join(", ") } };
  },
};
