import { conditionAcross, switchAcross } from "../../dialect/switches.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { attributeRemoval, renaming } from "../shared/fixes.ts";
import { introNames } from "../shared/intro-section.ts";
import { rootChildren } from "../shared/root-child.ts";

const phasedNames = introNames.flatMap((name) => [`${name}Pre`, `${name}Post`]);

/** OTRS 2.2 had an element for each phase. */
export const introCompatForm: PackageRule = {
  id: "intro-compat-form",
  scope: "package",
  elements: phasedNames,
  severity: "warning",
  message: {
    old: "{name} is the form of OTRS 2.2, which not every newer framework reads. Write {typed} with Type {phase}.",
    dropped:
      "{product} silently leaves out {name}, because it does not know this form. Write {typed} with Type {phase}.",
    lost: "This text is never shown and the builder leaves it out, because {name} is known but never used.",
  },

  *check(spec, { releases, product: { product } }) {
    const dropped = conditionAcross({ whereNot: "phasedIntroNames" }, releases);
    const isDropped = dropped !== "off";
    const isUsual = switchAcross("phasedIntroNamesUsual", releases) !== "off";
    // Those releases know no other form.
    const isForOldest = spec.frameworks.some((text) => /^\s*2\.[0-2]\./.test(text));
    for (const typed of introNames) {
      for (const phase of ["pre", "post"] as const) {
        const name = typed + (phase === "pre" ? "Pre" : "Post");
        const isLost = typed === "IntroReinstall";
        if (isForOldest && !isLost) continue;
        for (const element of rootChildren(spec, name)) {
          yield {
            span: element.nameSpan,
            variant: isLost ? "lost" : isDropped ? "dropped" : "old",
            severity: isLost || dropped === "on" ? "error" : isUsual ? "information" : "warning",
            releases: isLost || !isDropped ? "on" : dropped,
            arguments: { name, typed, phase, product },
            fixes: [conversion(element, typed, phase)],
          };
        }
      }
    }
  },
};

function conversion(element: Element, typed: string, phase: string): Fix {
  const own = element.attribute("Type");
  const at = element.nameSpan.end;
  return {
    title: "Write {typed} with Type {phase}",
    arguments: { typed, phase },
    edits: [
      ...renaming(element, typed).edits,
      ...(own ? attributeRemoval(element, own).edits : []),
      { span: { start: at, end: at }, newText: ` Type="${phase}"` },
    ],
  };
}
