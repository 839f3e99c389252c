import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { repeatedReferences } from "../shared/repeated-references.ts";

/** The second of two equal keys is skipped, because a constraint of its name exists. */
export const fkDuplicate: ElementRule = {
  id: "fk-duplicate",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "warning",
  message: "The second reference from “{local}” to “{table}” is skipped, because it is there already.",

  check: (element) =>
    repeatedReferences(element)
      .filter(({ table, earlierTable }) => table === earlierTable)
      .map(({ reference, local, table }) => ({
        span: reference.span,
        arguments: { local, table },
        fixes: [removal(reference)],
        unnecessary: true,
      })),
};
