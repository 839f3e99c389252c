import type { Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { introNames, introPhase } from "../shared/intro-section.ts";
import { rootChildren } from "../shared/root-child.ts";

/** One text per section, phase and language is shown. */
export const introDuplicate: PackageRule = {
  id: "intro-duplicate",
  scope: "package",
  elements: introNames,
  severity: "warning",
  message:
    "Only one of these texts is shown, because there are several {name} {phase} in the same language ({language}).",

  *check(spec) {
    for (const name of introNames) {
      const intros = rootChildren(spec, name);
      if (intros.length < 2) continue;
      const seen = new Map<string, Element>();
      for (const intro of intros) {
        const phase = introPhase(intro);
        const language = intro.value("Lang");
        if (!phase || !language) continue;
        const key = `${phase} ${language}`;
        const first = seen.get(key);
        if (first) {
          yield {
            span: intro.startTagSpan,
            arguments: { name, phase, language },
            related: [{ message: "The first of them stands here.", span: first.startTagSpan }],
            fixes: [removal(intro)],
          };
        } else seen.set(key, intro);
      }
    }
  },
};
