import type { ElementRule } from "../rule.ts";
import { repeatedReferences } from "../shared/repeated-references.ts";

/** The table that is referred to is no part of the constraint's name. */
export const fkNameCollision: ElementRule = {
  id: "fk-name-collision",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "error",
  message:
    "“{local}” does not refer to “{table}”, because the constraint would have the name of that to “{earlier}”.",

  check: (element) =>
    repeatedReferences(element)
      .filter(({ table, earlierTable }) => table !== earlierTable)
      .map(({ reference, local, table, earlier, earlierTable }) => ({
        span: reference.span,
        arguments: { local, table, earlier: earlierTable },
        related: [{ message: "The other reference stands here.", span: earlier.span }],
      })),
};
