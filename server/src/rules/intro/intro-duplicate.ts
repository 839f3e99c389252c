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
  summary: "There is one Intro section per phase and language",
  message:
    "Only one of these texts is shown, because there are several {name} {phase} in the same language ({language}).",
  docs:
    "For each section and phase one text is shown. Of several in one language the admin screen takes the last, or the " +
    "first if it is English, and the console takes the first. Put both texts into one section.",
  bad: '<otrs_package><IntroInstall Type="post" Lang="en" Title="A">A.</IntroInstall><IntroInstall Type="post" Lang="en" Title="B">B.</IntroInstall></otrs_package>',
  good: '<otrs_package><IntroInstall Type="post" Lang="en" Title="A">A. B.</IntroInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and the console command Install",

  *check(spec) {
    for (const name of introNames) {
      const intros = rootChildren(spec, name);
      if (intros.length < 2) continue;
      const seen = new Set<string>();
      for (const intro of intros) {
        const phase = introPhase(intro);
        const language = intro.value("Lang");
        if (!phase || !language) continue;
        const key = `${phase} ${language}`;
        if (seen.has(key)) {
          yield {
            span: intro.startTagSpan,
            arguments: { name, phase, language },
            fixes: [removal(spec, intro)],
          };
        }
        seen.add(key);
      }
    }
  },
};
