import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for it; the frameworks show the entry without. */
export const changelogVersionMissing: ElementRule = {
  id: "changelog-version-missing",
  scope: "element",
  elements: ["ChangeLog"],
  severity: "warning",
  message: {
    version: "Nobody can tell since when this is so, because the ChangeLog entry has no Version.",
    both: "Nobody can tell since when this is so, because the ChangeLog entry has neither Version nor Date.",
  },
  policyPlugins: ["XSD"],

  check(element, { packageVersion }, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    const fixes = packageVersion ? [attributeInsertion(element, "Version", packageVersion)] : [];
    const hasDate = element.attributes.some(({ name }) => name.toLowerCase() === "date");
    return { span: element.nameSpan, variant: hasDate ? "version" : "both", fixes };
  },
};
