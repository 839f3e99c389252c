import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Of two descriptions in the reader's language the later one is shown. */
export const descriptionLangDuplicate: PackageRule = {
  id: "description-lang-duplicate",
  scope: "package",
  elements: ["Description"],
  severity: "warning",
  message: "This Description is never shown, because another one in the same language ({language}) follows.",

  *check(spec) {
    const descriptions = rootChildren(spec, "Description");
    if (descriptions.length < 2) return;
    const last = new Map(descriptions.map((description) => [description.value("Lang"), description]));
    for (const description of descriptions) {
      const language = description.value("Lang");
      const shown = language && last.get(language);
      if (!shown || shown === description) continue;
      yield {
        span: description.startTagSpan,
        arguments: { language },
        related: [{ message: "This is the one that is shown.", span: shown.startTagSpan }],
        fixes: [removal(description)],
        unnecessary: true,
      };
    }
  },
};
