import { codeText } from "../../model/code-text.ts";
import type { ElementRule } from "../rule.ts";
import { removedElements } from "../shared/intro-markup.ts";
import { introNames, isIntro } from "../shared/intro-section.ts";

/** The admin screen cleans the markup before it shows it. */
export const introUnsafeHtml: ElementRule = {
  id: "intro-unsafe-html",
  scope: "element",
  elements: introNames,
  severity: "warning",
  message: {
    element: "This <{name}> is not shown, because the admin screen takes it out before it shows the text.",
    script: "“{name}” does nothing, because the admin screen takes scripts out before it shows the text.",
    source:
      "What “{name}” loads is not shown, because the admin screen takes out everything from other servers.",
  },

  *check(intro, _context, parentName) {
    if (!isIntro(parentName) || /plain/i.test(intro.value("Format") ?? "")) return;
    const { text, spanOf } = codeText(intro);
    if (!text.includes("<")) return;
    for (const { pattern, variant } of unsafe) {
      for (const match of text.matchAll(pattern)) {
        const name = match[1]!;
        const start = match.index + match[0].indexOf(name, 1);
        yield { span: spanOf(start, start + name.length), variant, arguments: { name } };
      }
    }
  },
};

const removed = removedElements.join("|");

/** Elements that are taken out with all that is in them, and attributes for which their element is. */
const unsafe: readonly { readonly pattern: RegExp; readonly variant: string }[] = [
  { variant: "element", pattern: new RegExp(`<(${removed})(?=[\\s/>])`, "gi") },
  { variant: "script", pattern: /<\w[^<>]*?\s(on[a-z]+)(?=\s*=)/gi },
  {
    variant: "source",
    pattern: new RegExp(
      `<(?!(?:${removed})\\b)\\w[^<>]*?\\s(src|background)(?=\\s*=\\s*["']?(?:https?:)?//)`,
      "gi",
    ),
  },
];
