import type { ElementRule } from "../rule.ts";
import { dateFixes, dateInText } from "../shared/change-log.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for it; the frameworks show the entry without. */
export const changelogVersionMissing: ElementRule = {
  id: "changelog-version-missing",
  scope: "element",
  elements: ["ChangeLog"],
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    version:
      "Readers do not learn since which version this is so, because the ChangeLog entry has no Version.",
    both: "Readers do not learn since when this is so, because the ChangeLog entry has neither Version nor Date.",
    dated:
      "Tools do not learn since when this is so, because the ChangeLog entry says it in its text and has neither Version nor Date.",
  },
  policyPlugins: ["XSD"],

  check(element, { packageVersion }, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    const span = element.nameSpan;
    const hasDate = element.attributes.some(({ name }) => name.toLowerCase() === "date");
    const date = hasDate ? undefined : dateInText(element);
    if (date !== undefined)
      return { span, variant: "dated", severity: "information", fixes: dateFixes(element, date) };
    const fixes = packageVersion ? [attributeInsertion(element, "Version", packageVersion)] : [];
    return { span, variant: hasDate ? "version" : "both", fixes };
  },
};
