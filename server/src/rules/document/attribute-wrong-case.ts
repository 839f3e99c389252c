import type { ElementRule, Report } from "../rule.ts";
import { attributeMistakeOf } from "../shared/attribute-place.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Attribute names are compared letter by letter. */
export const attributeWrongCase: ElementRule = {
  id: "attribute-wrong-case",
  scope: "element",
  elements: "any",
  severity: "error",
  summary: "Attribute names are written in the right letter case",
  message: {
    lost: "{name} has no effect, because letter case counts: the attribute is called {meant}.",
    twice: "{name} has no effect, because letter case counts and {meant} is given as well.",
  },
  docs:
    "Names of attributes are compared letter by letter: a `Description` with `lang` is one without language to the " +
    "framework, and a `File` with `location` is no file.",
  bad: '<otrs_package><Description lang="en">Contracts.</Description></otrs_package>',
  good: '<otrs_package><Description Lang="en">Contracts.</Description></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse",
  policyPlugins: ["XSD"],

  check(element, context) {
    const reports: Report[] = [];
    for (const { name } of element.node.attributes) {
      const mistake = attributeMistakeOf(element.node, name, context);
      if (mistake?.kind !== "wrong-case") continue;
      const attribute = element.attribute(name)!;
      const { meant } = mistake;
      const isTwice = element.attribute(meant) !== undefined;
      reports.push({
        span: attribute.nameSpan,
        variant: isTwice ? "twice" : "lost",
        arguments: { name, meant },
        fixes: [
          isTwice
            ? attributeRemoval(element, attribute)
            : {
                title: "Rename to {name}",
                arguments: { name: meant },
                edits: [{ span: attribute.nameSpan, newText: meant }],
              },
        ],
      });
    }
    return reports;
  },
};
