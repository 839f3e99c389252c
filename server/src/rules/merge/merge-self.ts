import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";

/** An upgrade would begin with removing the package. */
export const mergeSelf: ElementRule = {
  id: "merge-self",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  message: "Upgrading removes the installed package first, because it is told to absorb itself.",

  check(merge, { packageName }) {
    const name = merge.attribute("Name");
    if (!name || packageName === undefined || name.value !== packageName) return undefined;
    return { span: name.valueSpan, fixes: [removal(merge)] };
  },
};
