import { isElement } from "../../syntax/node.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** A description without language fits no reader. */
export const descriptionLangMissing: ElementRule = {
  id: "description-lang-missing",
  scope: "element",
  elements: ["Description"],
  severity: "warning",
  summary: "A Description says in which language it is",
  message: "Nobody gets this text in their language, because the Description has no Lang.",
  docs:
    "Descriptions are found by language. One without `Lang` is never the right one; it is shown only when it stands " +
    "first and nothing fits, and fills the log with warnings on the way.",
  bad: "<otrs_package><Description>Contracts.</Description></otrs_package>",
  good: '<otrs_package><Description Lang="en">Contracts.</Description></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageOnlineList and AdminPackageManager",
  policyPlugins: ["RequiredElements"],

  check(element, _context, parentName) {
    if (!isRootName(parentName)) return undefined;
    // A wrongly cased one is said by another rule, and one per child element as well.
    if (element.attributes.some(({ name }) => name.toLowerCase() === "lang")) return undefined;
    if (element.node.content.some(isElement)) return undefined;
    return { span: element.nameSpan, fixes: [attributeInsertion(element, "Lang", "en")] };
  },
};
