import { definingElements } from "../../symbols/element-names.ts";
import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

const plainName = /^[A-Za-z][A-Za-z0-9_]*$/;

/** SQL is put together without quotes around names. */
export const identifierCharacters: ElementRule = {
  id: "identifier-characters",
  scope: "element",
  elements: definingElements,
  severity: "error",
  message:
    "The SQL statement fails, because the framework does not quote names and “{name}” is no plain name.",
  policyPlugins: ["XSD"],

  check(element) {
    const defined = definedName(element);
    if (!defined || plainName.test(defined.name)) return undefined;
    const { name, span } = defined;
    const plain = name.trim().replace(/[\s.-]+/g, "_");
    return { span, arguments: { name }, fixes: plainName.test(plain) ? [replacement(span, plain)] : [] };
  },
};
