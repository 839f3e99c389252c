import { compareStrictly } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { boundsOf, frameworkText, isPlainVersion } from "../shared/framework-element.ts";

/** No version is above its highest and below its lowest. */
export const frameworkMinGtMax: ElementRule = {
  id: "framework-min-gt-max",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  message: "No framework fits this, because Minimum {minimum} is above Maximum {maximum}.",

  check(element, _context, parentName) {
    if (!frameworkText(element, parentName)) return undefined;
    const [minimum, maximum] = boundsOf(element);
    if (!minimum || !maximum || !isPlainVersion(minimum.value) || !isPlainVersion(maximum.value))
      return undefined;
    if (compareStrictly(minimum.value, maximum.value) <= 0) return undefined;
    return {
      span: minimum.valueSpan,
      arguments: { minimum: minimum.value, maximum: maximum.value },
      fixes: [
        {
          title: "Swap Minimum and Maximum",
          edits: [
            { span: minimum.valueSpan, newText: maximum.value },
            { span: maximum.valueSpan, newText: minimum.value },
          ],
        },
      ],
    };
  },
};
