import { codeText } from "../../model/code-text.ts";
import type { ElementRule } from "../rule.ts";
import { introNames, isIntro } from "../shared/intro-section.ts";

/** The admin screen cleans the markup before it shows it. */
export const introUnsafeHtml: ElementRule = {
  id: "intro-unsafe-html",
  scope: "element",
  elements: introNames,
  severity: "warning",
  summary: "Intro sections have no markup that is taken out",
  message: {
    element: "Nobody sees this <{name}>, because the admin screen takes it out before it shows the text.",
    script: "“{name}” does nothing, because the admin screen takes scripts out before it shows the text.",
    source:
      "Nobody sees what “{name}” loads, because the admin screen takes out everything from other servers.",
  },
  docs:
    "Before an Intro text is shown, scripts, images, embedded objects, SVG and everything that is loaded from another " +
    "server are taken out of it. The console shows it without any markup. Use headings, lists, emphasis and links.",
  bad: '<otrs_package><IntroInstall Type="post" Lang="en" Title="A"><![CDATA[<img src="logo.png"/>]]></IntroInstall></otrs_package>',
  good: '<otrs_package><IntroInstall Type="post" Lang="en" Title="A"><![CDATA[<p>Hello.</p>]]></IntroInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and HTMLUtils, Safety",

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

/** Elements that are taken out with all that is in them, and attributes for which their element is. */
const unsafe: readonly { readonly pattern: RegExp; readonly variant: string }[] = [
  { variant: "element", pattern: /<(script|img|svg|object|embed|applet|iframe)(?=[\s/>])/gi },
  { variant: "script", pattern: /<\w[^<>]*?\s(on[a-z]+)(?=\s*=)/gi },
  {
    variant: "source",
    pattern:
      /<(?!(?:script|img|svg|object|embed|applet|iframe)\b)\w[^<>]*?\s(src|background)(?=\s*=\s*["']?(?:https?:)?\/\/)/gi,
  },
];
