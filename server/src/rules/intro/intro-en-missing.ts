import type { Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { introNames, introPhase } from "../shared/intro-section.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Without an English text the first of all phases is shown to whoever reads none of the others. */
export const introEnMissing: PackageRule = {
  id: "intro-en-missing",
  scope: "package",
  elements: introNames,
  severity: "warning",
  message: "Others may see a text of the wrong phase, because there is no {name} {phase} in English.",

  *check(spec) {
    for (const name of introNames) {
      const intros = rootChildren(spec, name);
      if (intros.length === 0) continue;
      for (const phase of ["pre", "post"] as const) {
        const ofPhase = intros.filter((intro) => introPhase(intro) === phase);
        if (ofPhase.length === 0 || ofPhase.some(isEnglishOrUnsaid)) continue;
        yield { span: ofPhase[0]!.startTagSpan, arguments: { name, phase } };
      }
    }
  },
};

/** A missing Lang is said by another rule. */
function isEnglishOrUnsaid(intro: Element): boolean {
  const language = intro.value("Lang");
  return language === undefined || /^en\b|^en_/i.test(language);
}
