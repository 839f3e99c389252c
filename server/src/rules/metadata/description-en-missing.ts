import type { PackageRule } from "../rule.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Whoever reads none of the languages given gets the first description, in whatever language it is. */
export const descriptionEnMissing: PackageRule = {
  id: "description-en-missing",
  scope: "package",
  elements: ["Description"],
  severity: "warning",
  message: {
    missing:
      "Whoever reads none of the other languages gets the first Description, because there is none in English.",
    empty: "Whoever reads English gets an empty text, because this Description says nothing.",
  },
  policyPlugins: ["RequiredElements"],

  *check(spec) {
    const descriptions = rootChildren(spec, "Description");
    const first = descriptions[0];
    if (!first) return;
    // A missing or wrongly cased Lang is said by rules of their own.
    if (descriptions.some(({ attributes }) => !attributes.some(({ name }) => name === "Lang"))) return;
    const english = descriptions.filter((element) => /^en\b|^en_/i.test(element.value("Lang") ?? ""));
    const empty = english[0];
    if (!empty) {
      const at = first.start;
      yield {
        span: first.startTagSpan,
        variant: "missing",
        fixes: [
          {
            title: "Insert <{name}>",
            arguments: { name: "Description" },
            edits: [
              {
                span: { start: at, end: at },
                newText: '<Description Lang="en">What the package does.</Description>\n    ',
              },
            ],
            asks: true,
          },
        ],
      };
    } else if (
      english.every((element) => element.text.value.trim() === "" && element.elements.length === 0)
    ) {
      yield { span: empty.startTagSpan, variant: "empty" };
    }
  },
};
