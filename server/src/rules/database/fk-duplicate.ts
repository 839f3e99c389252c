import type { Element } from "../../syntax/element.ts";
import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { guardedKeysAcross } from "../shared/guarded-keys.ts";
import { repeatedReferences } from "../shared/repeated-references.ts";

/** The second of two equal keys does not come to be, because a constraint of its name exists. */
export const fkDuplicate: ElementRule = {
  id: "fk-duplicate",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "warning",
  message: {
    skipped: "The second reference from “{local}” to “{table}” is skipped, because it is there already.",
    refused:
      "Databases refuse the second reference from “{local}” to “{table}”, because it is there already.",
  },

  check: (element, { releases }) =>
    repeatedReferences(element)
      .filter(({ table, earlierTable }) => table === earlierTable)
      .flatMap(({ reference, local, table, earlier }) =>
        guardedKeysAcross(releases).map((part) => ({
          ...part,
          span: reference.span,
          arguments: { local, table },
          related: [{ message: "The first of them stands here.", span: earlier.span }],
          fixes: [removal(isAlone(reference) ? reference.parent! : reference)],
          unnecessary: true,
        })),
      ),
};

/** A key without a reference would be the next mistake. */
function isAlone({ parent }: Element): boolean {
  return parent?.elements.length === 1;
}
