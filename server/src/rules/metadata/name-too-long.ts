import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** The name has to fit a column of the package table. */
export const nameTooLong: ElementRule = {
  id: "name-too-long",
  scope: "element",
  elements: ["Name"],
  severity: "error",
  message:
    "No system installs this package, because its Name has {length} characters and the package table takes 200.",

  check(name, _context, parentName) {
    const { value, span } = name.text;
    if (isRootName(parentName) && value.length > 200) return { span, arguments: { length: value.length } };
    return undefined;
  },
};
