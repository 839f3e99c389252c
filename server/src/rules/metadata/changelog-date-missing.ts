import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for it; the frameworks show the entry without. */
export const changelogDateMissing: ElementRule = {
  id: "changelog-date-missing",
  scope: "element",
  elements: ["ChangeLog"],
  severity: "warning",
  summary: "A ChangeLog entry has a Date",
  message: "Nobody can tell when this was done, because the ChangeLog entry has no Date.",
  docs:
    "An entry of the change log has a date, customarily `YYYY-MM-DD hh:mm:ss`. No framework looks at it, but `opmbuild` " +
    "and the Znuny code policy refuse entries without `Date`.",
  bad: '<otrs_package><ChangeLog Version="1.0.1">Fixed.</ChangeLog></otrs_package>',
  good: '<otrs_package><ChangeLog Version="1.0.1" Date="2024-05-02">Fixed.</ChangeLog></otrs_package>',
  source: "OPM::Validate 1.11; the schema of the Znuny code policy",
  policyPlugins: ["XSD"],

  check(element, { today }, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "date")) return undefined;
    // An entry with neither is an old one of mere text; one remark is enough for it.
    if (!element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    return { span: element.nameSpan, fixes: [attributeInsertion(element, "Date", today)] };
  },
};
