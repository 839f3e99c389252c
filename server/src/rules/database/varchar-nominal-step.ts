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
  message: "A VARCHAR of {size} becomes a larger type, because {step} is the last size of the smaller one.",

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
