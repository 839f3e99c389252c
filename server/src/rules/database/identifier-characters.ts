import { definingElements } from "../../symbols/element-names.ts";
import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

const plainName = /^[A-Za-z][A-Za-z0-9_]*$/;

/** SQL is put together without quotes around names. */
export const identifierCharacters: ElementRule = {
  id: "identifier-characters",
  scope: "element",
  elements: definingElements,
  severity: "error",
  summary: "Names in the database are made of letters, digits and underscores",
  message:
    "The SQL statement fails, because the framework does not quote names and “{name}” is no plain name.",
  docs:
    "Names of tables, columns, indexes and constraints are written into the SQL as they are. A hyphen becomes a minus, " +
    "a blank ends the name, and the statement fails with a line in the log while the installation goes on. Begin with " +
    "a letter and use only `a` to `z`, digits and `_`.",
  bad: '<Column Name="customer-id" Required="true" Size="150" Type="VARCHAR"/>',
  good: '<Column Name="customer_id" Required="true" Size="150" Type="VARCHAR"/>',
  source: "Znuny 7.1 and OTOBO 11, routines of the database drivers",
  policyPlugins: ["XSD"],

  check(element) {
    const defined = definedName(element);
    if (!defined || plainName.test(defined.name)) return undefined;
    const { name, span } = defined;
    const plain = name.trim().replace(/[\s.-]+/g, "_");
    return { span, arguments: { name }, fixes: plainName.test(plain) ? [replacement(span, plain)] : [] };
  },
};
