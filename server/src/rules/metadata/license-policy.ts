import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The Znuny code policy rewrites the licence of everything that is not by third parties. */
export const licensePolicy: ElementRule = {
  id: "license-policy",
  scope: "element",
  elements: ["License"],
  severity: "hint",
  profiles: ["znuny-policy", "strict"],
  where: "codePolicy",
  message: "The Znuny code policy rewrites this License, because it expects “{text}”.",
  policyPlugins: ["License"],

  check(license, _context, parentName) {
    const { value, span } = license.text;
    if (!isRootName(parentName) || value.trim() === "" || value === policyText) return undefined;
    // Another licence is for those to choose who hold the rights.
    const isMeant = /affero|\bagpl/i.test(value);
    return { span, arguments: { text: policyText }, fixes: isMeant ? [replacement(span, policyText)] : [] };
  },
};

const policyText = "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007";
