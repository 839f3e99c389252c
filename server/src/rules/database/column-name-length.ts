import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** Nothing shortens names of columns. */
export const columnNameLength: ElementRule = {
  id: "column-name-length",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "warning",
  summary: "Names of columns have at most 30 characters",
  message: "Older Oracle databases refuse “{name}”, because it has {length} characters and 30 is the limit.",
  docs:
    "Names of columns reach the database as they are. Oracle before 12.2 takes at most 30 characters and refuses the " +
    "whole table otherwise; the Znuny code policy holds everybody to that limit.",
  bad: '<Column Name="last_notification_recipient_list" Required="false" Size="200" Type="VARCHAR"/>',
  good: '<Column Name="last_notification_recipients" Required="false" Size="200" Type="VARCHAR"/>',
  source: "Znuny code policy, RequiredElements; Znuny 7.1 and OTOBO 11, Oracle driver",
  policyPlugins: ["RequiredElements"],

  check(element) {
    const defined = definedName(element);
    if (!defined || defined.name.length <= 30) return undefined;
    return { span: defined.span, arguments: { name: defined.name, length: defined.name.length } };
  },
};
