import { varcharSize } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Above 4000 characters Oracle gets another type, and above 9999 PostgreSQL no limit. */
export const varcharBecomesClob: ElementRule = {
  id: "varchar-becomes-clob",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "information",
  summary: "A VARCHAR above 4000 is a CLOB on Oracle",
  message: {
    clob: "On Oracle the column cannot be compared or sorted, because a VARCHAR of {size} becomes a CLOB.",
    unbounded:
      "The databases disagree about the limit, because a VARCHAR of {size} becomes a CLOB on Oracle and has no length on PostgreSQL.",
  },
  docs:
    "The framework makes a `CLOB` of every `VARCHAR` above 4000 on Oracle, and leaves out the length from 10000 on " +
    "PostgreSQL. A `LONGBLOB` says the same more plainly where a text may be of any length.",
  bad: '<Column Name="note" Required="false" Size="5000" Type="VARCHAR"/>',
  good: '<Column Name="note" Required="false" Type="LONGBLOB"/>',
  source: "Znuny 7.1 and OTOBO 11, _TypeTranslation of the Oracle and PostgreSQL drivers",
  profiles: ["strict"],

  check(element) {
    const size = varcharSize(readColumn(element)) ?? 0;
    const attribute = element.attribute("Size");
    // Of one more than fits a smaller type another rule speaks.
    if (size <= 4001 || size === 65_536 || size === 16_777_216 || !attribute) return undefined;
    const span = attribute.valueSpan;
    const variant = size < 10_000 ? "clob" : "unbounded";
    return { span, variant, arguments: { size }, fixes: [replacement(span, "4000")] };
  },
};
