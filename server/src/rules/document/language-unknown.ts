import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { replacement } from "../shared/fixes.ts";
import { introNames } from "../shared/intro-section.ts";
import { nearest } from "../shared/nearest.ts";
import { rootChildren } from "../shared/root-child.ts";

/** A text is chosen by the name of the reader's language as the frameworks write it, such as `pt_BR`. */
export const languageUnknown: PackageRule = {
  id: "language-unknown",
  scope: "package",
  elements: ["Description", ...introNames],
  severity: "warning",
  message:
    "No reader is shown this text as one in their language, because {release} has no language “{language}”.",

  *check(spec, context) {
    const { knowledge } = context;
    if (!knowledge.release || knowledge.isFrameworkFile(fileOf("en")) === undefined) return;
    for (const name of this.elements) {
      for (const element of rootChildren(spec, name)) {
        const attribute = element.attribute("Lang");
        const language = attribute?.value ?? "";
        if (!attribute || language === "" || knowledge.isFrameworkFile(fileOf(language)) !== false) continue;
        // A package may bring a language of its own.
        if (
          fileList(spec)
            .matching(languageFiles)
            .some(({ path }) => path.startsWith(`${folder}${language}`))
        )
          continue;
        yield report(attribute.valueSpan, language, context);
      }
    }
  },
};

const folder = "Kernel/Language/";
const languageFiles = /^Kernel\/Language\/[^/]+\.pm$/;

function fileOf(language: string): string {
  return `${folder}${language}.pm`;
}

function report(span: Report["span"], language: string, { knowledge }: RuleContext): Report {
  const languages = knowledge
    .fileNames()
    ?.filter((path) => languageFiles.test(path))
    .map((path) => path.slice(folder.length, -".pm".length));
  const meant =
    languages?.find((each) => each.toLowerCase() === language.replace("-", "_").toLowerCase()) ??
    (languages && nearest(language, languages));
  return {
    span,
    arguments: { language, release: knowledge.release! },
    fixes: meant ? [replacement(span, meant)] : [],
  };
}
