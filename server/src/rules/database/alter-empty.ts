import type { ElementRule } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";
import { removal } from "../shared/fixes.ts";

/** Nothing to do is no mistake to the framework. */
export const alterEmpty: ElementRule = {
  id: "alter-empty",
  scope: "element",
  elements: ["TableAlter"],
  severity: "information",
  message: "Nothing happens to the table, because the TableAlter holds no change.",

  check(element) {
    if (element.elements.length > 0 || !lacks(element, "NameOld") || !lacks(element, "NameNew"))
      return undefined;
    // Without any name another rule speaks.
    if (lacks(element, "Name")) return undefined;
    return { span: element.nameSpan, fixes: [removal(element)], unnecessary: true };
  },
};
