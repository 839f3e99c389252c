import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for it; the frameworks show the entry without. */
export const changelogDateMissing: ElementRule = {
  id: "changelog-date-missing",
  scope: "element",
  elements: ["ChangeLog"],
  severity: "warning",
  message: "Nobody can tell when this was done, because the ChangeLog entry has no Date.",
  policyPlugins: ["XSD"],

  check(element, { today }, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "date")) return undefined;
    // An entry with neither is an old one of mere text; one remark is enough for it.
    if (!element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    return { span: element.nameSpan, fixes: [attributeInsertion(element, "Date", today)] };
  },
};
