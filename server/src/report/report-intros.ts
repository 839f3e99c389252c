import { adminIntro, consoleIntro, type IntroPhase } from "../lifecycle/intro.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { PackageStructure } from "../model/package-structure.ts";
import type { Span } from "../text/span.ts";

/** A text that the framework shows to the administrator. */
export interface ReportIntro {
  readonly phase: IntroPhase;
  /** Where it is shown. */
  readonly where: "admin" | "console";
  readonly title: string;
  /** On the admin screen HTML from a stranger, on the console what is printed. Empty for a box that shows nothing. */
  readonly text: string;
  readonly span: Span | undefined;
}

/**
 * The texts that are shown before and after an operation.
 *
 * @param language of the administrator, such as "de"
 */
export function reportIntros(
  structure: PackageStructure,
  operation: Operation,
  language: string,
): readonly ReportIntro[] {
  return (["pre", "post"] as const).flatMap((phase): ReportIntro[] => {
    const onScreen = adminIntro(structure, operation, phase, language);
    const onConsole = consoleIntro(structure, operation, phase);
    const intros: ReportIntro[] = [];
    if (onScreen) {
      const { title, html, tag } = onScreen;
      intros.push({ phase, where: "admin", title, text: html, span: tag?.element.span });
    }
    if (onConsole) {
      const { box, tag } = onConsole;
      intros.push({ phase, where: "console", title: "", text: box, span: tag.element.span });
    }
    return intros;
  });
}
