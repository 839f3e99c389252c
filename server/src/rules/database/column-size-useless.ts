import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Only two types have a size. */
export const columnSizeUseless: ElementRule = {
  id: "column-size-useless",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "hint",
  message: "Size has no effect, because every {type} has the same size.",

  check(element) {
    const { type } = readColumn(element);
    const attribute = givenAttribute(element, "Size");
    if (!attribute || !sizeless.has(type)) return undefined;
    return {
      span: attribute.span,
      arguments: { type },
      fixes: [attributeRemoval(element, attribute)],
      unnecessary: true,
    };
  },
};

const sizeless: ReadonlySet<string> = new Set(["DATE", "SMALLINT", "INTEGER", "BIGINT", "LONGBLOB"]);
