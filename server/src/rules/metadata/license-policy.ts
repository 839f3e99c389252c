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
  summary: "The License is the one of the Znuny code policy",
  message: "The Znuny code policy rewrites this License, because it expects “{text}”.",
  docs:
    "The Znuny code policy knows one licence text and puts it in place of any other, except in third-party products. " +
    "A package under other terms is fine for every framework: switch this rule off, or write " +
    "`<!-- nofilter(TidyAll::Plugin::Znuny::SOPM::License) -->` into the spec.",
  bad: "<otrs_package><License>MIT License</License></otrs_package>",
  good: "<otrs_package><License>GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007</License></otrs_package>",
  source: "Znuny code policy, SOPM::License",
  policyPlugins: ["License"],

  check(license, _context, parentName) {
    const { value, span } = license.text;
    if (!isRootName(parentName) || value.trim() === "" || value === policyText) return undefined;
    return { span, arguments: { text: policyText }, fixes: [replacement(span, policyText)] };
  },
};

const policyText = "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007";
