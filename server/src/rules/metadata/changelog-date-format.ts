import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** Dates that sort, that exist, and that have passed. */
export const changelogDateFormat: ElementRule = {
  id: "changelog-date-format",
  scope: "element",
  elements: ["ChangeLog"],
  isOfAnyFramework: true,
  severity: "information",
  message: {
    format:
      "Tools cannot sort by this Date, because it does not read like 2024-05-02 or 2024-05-02 10:00:00.",
    impossible: "Tools cannot use this Date, because there is no such day or time.",
    future: "Readers will wonder about this Date, because it has not come yet.",
  },

  check(element, { today }, parentName) {
    const date = element.attribute("Date");
    if (!isRootName(parentName) || !date?.hasValue || isPlaceholder(date.value)) return undefined;
    const { value, valueSpan: span } = date;
    const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?(?: ?(?:[+-]\d\d:?\d\d|Z|UTC))?$/.exec(
      value,
    );
    if (!match) {
      const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value);
      const iso = german && `${german[3]}-${german[2]!.padStart(2, "0")}-${german[1]!.padStart(2, "0")}`;
      return { span, variant: "format", fixes: iso ? [replacement(span, iso)] : [] };
    } else if (!isDay(match[1]!) || Number(match[2] ?? 0) > 23 || Number(match[3] ?? 0) > 59) {
      return { span, variant: "impossible" };
    } else if (match[1]! > today) {
      return { span, variant: "future", fixes: [replacement(span, today)] };
    }
    return undefined;
  },
};

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
