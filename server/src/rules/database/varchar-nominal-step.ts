import { varcharSize } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Where a VARCHAR becomes another type: on MySQL, on Oracle, and on MySQL again. */
const steps = [255, 4000, 65535, 16777215];

/** One character more than fits the smaller type is mostly a slip. */
export const varcharNominalStep: ElementRule = {
  id: "varchar-nominal-step",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "hint",
  summary: "A VARCHAR is not just one character too long for a smaller type",
  message: "A VARCHAR of {size} becomes a larger type, because {step} is the last size of the smaller one.",
  docs:
    "On MySQL a `VARCHAR` above 255 becomes `TEXT`, above 65535 `MEDIUMTEXT` and above 16777215 `LONGTEXT`; on Oracle " +
    "one above 4000 becomes a `CLOB`. These cannot be unique and take no default. A size just above such a step is " +
    "mostly meant to be the step itself.",
  bad: '<Column Name="title" Required="true" Size="256" Type="VARCHAR"/>',
  good: '<Column Name="title" Required="true" Size="255" Type="VARCHAR"/>',
  source: "Znuny 7.1 and OTOBO 11, _TypeTranslation of the database drivers",
  profiles: ["strict"],

  check(element) {
    const size = varcharSize(readColumn(element));
    const step = steps.find((last) => size === last + 1);
    const attribute = element.attribute("Size");
    if (size === undefined || step === undefined || !attribute) return undefined;
    return {
      span: attribute.valueSpan,
      arguments: { size, step },
      fixes: [replacement(attribute.valueSpan, String(step))],
    };
  },
};
