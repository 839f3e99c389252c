import type { PackageRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { introPhase, isAbsent } from "../shared/intro-section.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Both places look under the wrong name for the text to show after the package is gone. */
export const introUninstallPost: PackageRule = {
  id: "intro-uninstall-post",
  scope: "package",
  elements: ["IntroUninstall"],
  severity: "warning",
  message: {
    given:
      "This text is never shown: the admin screen shows an empty box, because it cannot show IntroUninstall post.",
    missing:
      "This text is never shown, because a missing Type counts as post, and IntroUninstall post is never shown.",
  },

  *check(spec) {
    const intros = rootChildren(spec, "IntroUninstall");
    const shownBefore = new Set(
      intros.filter((intro) => introPhase(intro) === "pre").map((intro) => intro.value("Lang")),
    );
    for (const intro of intros) {
      if (introPhase(intro) !== "post") continue;
      const type = intro.attribute("Type");
      if (!type && !isAbsent(intro, "Type")) continue;
      // Of two texts in one language only one would be shown.
      const isFree = !shownBefore.has(intro.value("Lang"));
      const fix = type ? replacement(type.valueSpan, "pre") : attributeInsertion(intro, "Type", "pre");
      yield {
        span: type?.valueSpan ?? intro.nameSpan,
        variant: type ? "given" : "missing",
        fixes: isFree ? [fix] : [],
      };
    }
  },
};
