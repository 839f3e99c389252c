import { closest } from "../../text/similar.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("value-type", "item-type");

/** A value of a type that the framework does not know is none. */
export const sysconfigValueType: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-value-type",
  severity: "error",
  message,

  check: (spec, context) =>
    reportFaults(spec, context, message, ({ span, values }, { text }) => {
      const type = String(values.type);
      const meant = closest(type, context.knowledge.valueTypes() ?? []) ?? usualTypes[type];
      const isThere = text.slice(span.start, span.end) === type;
      return meant === undefined || !isThere ? [] : [replacement(span, meant)];
    }),
};

/** What the types of OTRS 5, and names that are customary elsewhere, are called now. */
const usualTypes: Readonly<Record<string, string>> = {
  Boolean: "Checkbox",
  Integer: "String",
  Number: "String",
  Option: "Select",
  Text: "String",
  TextArea: "Textarea",
};
