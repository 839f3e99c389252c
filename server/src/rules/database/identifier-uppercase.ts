import { definingElements } from "../../symbols/element-names.ts";
import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** Every database has its own idea of letter case in names without quotes. */
export const identifierUppercase: ElementRule = {
  id: "identifier-uppercase",
  scope: "element",
  elements: definingElements,
  severity: "warning",
  summary: "Names in the database are written in lower case",
  message: "Databases disagree about “{name}”, because each treats upper case in names in its own way.",
  docs:
    "Oracle turns names into upper case and PostgreSQL into lower case; MySQL on Linux tells `Acme` and `acme` apart " +
    "in names of tables, and elsewhere it does not. Code that works on one system fails on the next. In lower case " +
    "all of them agree.",
  bad: '<TableCreate Name="AcmeContract"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></TableCreate>',
  good: '<TableCreate Name="acme_contract"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></TableCreate>',
  source: "MySQL, PostgreSQL and Oracle manuals on names without quotes",

  check(element) {
    const defined = definedName(element);
    if (!defined || !/[A-Z]/.test(defined.name)) return undefined;
    return { span: defined.span, arguments: { name: defined.name } };
  },
};
