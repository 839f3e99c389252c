import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for it; the frameworks show the entry without. */
export const changelogVersionMissing: ElementRule = {
  id: "changelog-version-missing",
  scope: "element",
  elements: ["ChangeLog"],
  severity: "warning",
  summary: "A ChangeLog entry names its Version",
  message: {
    version: "Nobody can tell since when this is so, because the ChangeLog entry has no Version.",
    both: "Nobody can tell since when this is so, because the ChangeLog entry has neither Version nor Date.",
  },
  docs:
    "An entry of the change log belongs to a version. No framework looks at it, but `opmbuild` and the Znuny code " +
    "policy refuse entries without `Version`.",
  bad: '<otrs_package><ChangeLog Date="2024-05-02">Fixed.</ChangeLog></otrs_package>',
  good: '<otrs_package><ChangeLog Version="1.0.1" Date="2024-05-02">Fixed.</ChangeLog></otrs_package>',
  source: "OPM::Validate 1.11; the schema of the Znuny code policy",
  policyPlugins: ["XSD"],

  check(element, { packageVersion }, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    const fixes = packageVersion ? [attributeInsertion(element, "Version", packageVersion)] : [];
    const hasDate = element.attributes.some(({ name }) => name.toLowerCase() === "date");
    return { span: element.nameSpan, variant: hasDate ? "version" : "both", fixes };
  },
};
