import { definingElements } from "../../symbols/element-names.ts";
import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

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
    // Tables are the only names that MySQL takes as they are written, and code may ask for them.
    const isTable = element.name.startsWith("Table");
    const fix = replacement(defined.span, defined.name.toLowerCase());
    return { span: defined.span, arguments: { name: defined.name }, fixes: isTable ? [] : [fix] };
  },
};
