import type { ElementRule } from "../rule.ts";
import { dateFixes, dateInText } from "../shared/change-log.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for it; the frameworks show the entry without. */
export const changelogDateMissing: ElementRule = {
  id: "changelog-date-missing",
  scope: "element",
  elements: ["ChangeLog"],
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    missing: "Readers do not learn when this was done, because the ChangeLog entry has no Date.",
    dated:
      "Tools do not learn when this was done, because the date stands in the text of the ChangeLog entry and not in Date.",
  },
  policyPlugins: ["XSD"],

  check(element, { today, packageVersion }, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "date")) return undefined;
    // An entry with neither is an old one of mere text; one remark is enough for it.
    if (!element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    const span = element.nameSpan;
    const date = dateInText(element);
    if (date !== undefined)
      return { span, variant: "dated", severity: "information", fixes: dateFixes(element, date) };
    // Only what is in the version at hand may be from today.
    const isCurrent = element.value("Version") === packageVersion;
    const fixes = isCurrent ? [{ ...attributeInsertion(element, "Date", today), asks: true as const }] : [];
    return { span, variant: "missing", fixes };
  },
};
