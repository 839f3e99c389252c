import type { ElementRule, Report } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";
import { meantVersion } from "../shared/version-element.ts";

/** A required version is compared group by group, and the first group that is written otherwise decides. */
export const packageRequiredVersionFormat: ElementRule = {
  id: "package-required-version-format",
  scope: "element",
  elements: ["PackageRequired"],
  severity: "warning",
  message: {
    number: "Older versions may be enough, because the installer takes “{group}” for {number}.",
    stops: "Older versions may be enough, because the comparison of versions stops at “{group}”.",
  },

  check(element, _context, parentName) {
    const version = element.attribute("Version");
    if (!version?.value || !isRootName(parentName) || isPlaceholder(version.value)) return undefined;
    const fault = faultOf(version.value.split("."));
    if (!fault) return undefined;
    const meant = meantVersion(version.value.replace(/^\s*>?=/, ""));
    return {
      span: version.valueSpan,
      ...fault,
      fixes: meant === undefined ? [] : [replacement(version.valueSpan, meant)],
    };
  },
};

function faultOf(groups: readonly string[]): Pick<Report, "variant" | "arguments"> | undefined {
  // A group that is a pattern is told of by another rule.
  const strange = groups.find((group) => !/^\s*\d+\s*$/.test(group) && !/^\s*[x*]?\s*$/i.test(group));
  if (strange !== undefined) {
    const number = /^\s*\d+/.exec(strange)?.[0].trim() ?? "0";
    return { variant: "number", arguments: { group: strange.trim(), number } };
  }
  // “07” is another text than “7” and the same number, so that what follows is not looked at. Behind the last nothing follows.
  const group = groups.slice(0, -1).find((each) => /^\s|\s$|^0\d/.test(each));
  return group === undefined ? undefined : { variant: "stops", arguments: { group } };
}
