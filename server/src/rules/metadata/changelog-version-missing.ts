import type { Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { dateFixes, dateInText } from "../shared/change-log.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Validators ask for it; the frameworks show the entry without. */
export const changelogVersionMissing: PackageRule = {
  id: "changelog-version-missing",
  scope: "package",
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

  *check(spec, { packageVersion }) {
    const entries = rootChildren(spec, "ChangeLog");
    const isUnnamed = !entries.some((entry) => entry.value("Version") === packageVersion);
    for (const entry of entries) {
      if (hasAttribute(entry, "version")) continue;
      const span = entry.nameSpan;
      const date = hasAttribute(entry, "date") ? undefined : dateInText(entry);
      if (date !== undefined) {
        yield { span, variant: "dated", severity: "information", fixes: dateFixes(entry, date) };
        continue;
      }
      const version = isUnnamed && entry === entries[0] ? packageVersion : undefined;
      const fixes = version ? [attributeInsertion(entry, "Version", version)] : [];
      yield { span, variant: hasAttribute(entry, "date") ? "version" : "both", fixes };
    }
  },
};

function hasAttribute(entry: Element, lowerName: string): boolean {
  return entry.attributes.some(({ name }) => name.toLowerCase() === lowerName);
}
