import { definingElements } from "../../symbols/element-names.ts";
import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** Every database has its own idea of letter case in names without quotes. */
export const identifierUppercase: ElementRule = {
  id: "identifier-uppercase",
  scope: "element",
  elements: definingElements,
  severity: "warning",
  message: "Databases disagree about “{name}”, because each treats upper case in names in its own way.",

  check(element) {
    const defined = definedName(element);
    if (!defined || !/[A-Z]/.test(defined.name)) return undefined;
    return { span: defined.span, arguments: { name: defined.name } };
  },
};
