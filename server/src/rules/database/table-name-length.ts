import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** The SQL generator itself writes an error to the log at this length. */
export const tableNameLength: ElementRule = {
  id: "table-name-length",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "warning",
  summary: "Names of tables have at most 30 characters",
  message:
    "The framework logs an error about “{name}”, because it has {length} characters and 30 is the limit.",
  docs:
    "Oracle took names of at most 30 characters for a long time, so the SQL generator complains about a longer name " +
    "of a table in the log and then creates the table all the same. Names that are made from it, such as those of " +
    "sequences and primary keys, are cut and end in two characters of a checksum.",
  bad: '<TableCreate Name="acme_contract_attachment_download"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></TableCreate>',
  good: '<TableCreate Name="acme_contract_attachment_dl"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></TableCreate>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate of the database drivers",
  policyPlugins: ["RequiredElements"],

  check(element) {
    const defined = definedName(element);
    if (!defined || defined.name.length <= 30) return undefined;
    return { span: defined.span, arguments: { name: defined.name, length: defined.name.length } };
  },
};
