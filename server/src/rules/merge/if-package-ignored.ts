import { databaseFamilies, introFamilies } from "../../model/package-spec.ts";
import { looksAtConditions } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { conditionsIn } from "../shared/conditions.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Conditions are evaluated in few places. */
export const ifPackageIgnored: ElementRule = {
  id: "if-package-ignored",
  scope: "element",
  elements: [
    ...introFamilies,
    ...databaseFamilies.filter((family) => !looksAtConditions(family)),
    "DatabaseUpgrade",
    "File",
  ],
  severity: "warning",
  message: {
    element:
      "{attribute} has no effect here: it is evaluated in code sections, DatabaseInstall and DatabaseUpgrade alone.",
    merge: "{attribute} has no effect here: it is not evaluated in database sections of phase merge.",
  },
  where: "packageMerge",

  check(element) {
    const isUpgrade = element.name === "DatabaseUpgrade";
    if (isUpgrade && element.value("Type") !== "merge") return undefined;
    const conditions = conditionsIn(element);
    if (conditions.length === 0) return undefined;
    return conditions.map(({ element: holder, attribute }) => ({
      span: attribute.span,
      variant: isUpgrade ? "merge" : "element",
      arguments: { attribute: attribute.name },
      unnecessary: true,
      fixes: [attributeRemoval(holder, attribute)],
    }));
  },
};
