import { isAskedFor } from "../profiles.ts";
import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** Oracle gets a shortened name above 30 characters, and the others refuse what is much longer. */
export const indexNameLength: ElementRule = {
  id: "index-name-length",
  scope: "element",
  elements: ["Index", "IndexCreate", "Unique", "UniqueCreate"],
  severity: "error",
  message: {
    long: "On Oracle the name ends in a checksum, because “{name}” has {length} characters and 30 is the limit.",
    "too-long": "Databases refuse or cut “{name}”, because it has {length} characters.",
  },

  check(element, context) {
    const defined = definedName(element);
    if (!defined || defined.name.length <= 30) return undefined;
    const { name, span } = defined;
    const tooLong = name.length > 63;
    if (!tooLong && !isAskedFor("index-name-length/long", context)) return undefined;
    const values = { name, length: name.length };
    if (tooLong) return { span, variant: "too-long", arguments: values };
    return { span, variant: "long", severity: "hint", arguments: values };
  },
};
