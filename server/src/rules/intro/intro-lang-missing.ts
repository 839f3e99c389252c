import type { PackageRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { introNames, introPhase, isAbsent } from "../shared/intro-section.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Texts are chosen by language. */
export const introLangMissing: PackageRule = {
  id: "intro-lang-missing",
  scope: "package",
  elements: introNames,
  severity: "warning",
  message:
    "This text is shown at most where there is none in English or in the language of the reader, because it has no Lang.",

  *check(spec) {
    for (const name of introNames) {
      const intros = rootChildren(spec, name);
      // Of several English texts only one would be shown: which language the others are in, their author knows.
      const english = new Set(intros.filter((intro) => intro.value("Lang") === "en").map(introPhase));
      for (const intro of intros) {
        if (!isAbsent(intro, "Lang")) continue;
        const phase = introPhase(intro);
        const fixes = english.has(phase)
          ? []
          : [{ ...attributeInsertion(intro, "Lang", "en"), asks: true as const }];
        english.add(phase);
        yield { span: intro.nameSpan, fixes };
      }
    }
  },
};
