import type { PackageRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { eachSetting, faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const faults = faultTexts("column-number");

/** Whether a setting is on, and whether it can be switched off, is told by 0 and 1. */
export const sysconfigAttributes: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-attributes",
  severity: "warning",
  message: {
    ...faults,
    "valid-missing": "The setting {name} is switched off, because it has no Valid.",
    "required-missing":
      "The setting {name} can be switched off, because it has no Required. Say so with 0, or write 1.",
    flag: "The setting {name} counts its {attribute} “{value}” as 1, because every number but 0 does. Write 1 or 0.",
  },

  *check(spec, context) {
    yield* reportFaults(spec, context, faults);
    yield* eachSetting(spec, context, function* ({ element, name, span }) {
      for (const attribute of ["Required", "Valid"] as const) {
        const given = element.attribute(attribute);
        if (given && given.value.trim() !== "") {
          const { value, valueSpan } = given;
          // What is no number at all cannot be stored, which is said above.
          if (!/^\s*[+-]?\d+\s*$/.test(value) || ["0", "1"].includes(value.trim())) continue;
          if (Math.abs(Number(value)) > 32_767 || Number(value) === 0) continue;
          const fixes = [replacement(valueSpan, "1")];
          yield { span: valueSpan, variant: "flag", arguments: { name, attribute, value }, fixes };
          continue;
        }
        const value = attribute === "Valid" ? "1" : "0";
        yield {
          span: given?.span ?? span,
          variant: attribute === "Valid" ? "valid-missing" : "required-missing",
          arguments: { name },
          fixes: [
            given ? replacement(given.valueSpan, value) : attributeInsertion(element, attribute, value),
          ],
        };
      }
    });
  },
};
