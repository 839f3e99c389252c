import { codeText } from "../../model/code-text.ts";
import type { ElementRule, Fix, Report } from "../rule.ts";
import { type HtmlFault, htmlFaults } from "../shared/html-faults.ts";
import { introNames, isIntro } from "../shared/intro-section.ts";

/** The admin screen puts the text into its page as it is. */
export const introHtmlBroken: ElementRule = {
  id: "intro-html-broken",
  scope: "element",
  elements: introNames,
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    unclosed: "Browsers guess where this <{name}> ends, because nothing closes it.",
    stray: "This </{name}> closes nothing, because no <{name}> is open here.",
    reversed:
      "This </{name}> closes nothing, and neither does the next one. Most likely <{name}> is meant here.",
    void: "This </{name}> closes nothing, because <{name}> has no end tag.",
    crossed: "Browsers guess what belongs together, because this </{name}> comes while <{other}> is open.",
    unknown: "Readers do not see “{text}”, because browsers take it for a tag that they do not know.",
    unfinished: "Browsers take what comes after “{text}” for a part of the tag, because no “>” ends it.",
    comment: "Readers see nothing of what comes after this “<!--”, because nothing ends the comment.",
  },

  *check(intro, _context, parentName) {
    if (!isIntro(parentName) || /plain/i.test(intro.value("Format") ?? "")) return;
    const { text, spanOf } = codeText(intro);
    if (!text.includes("<")) return;
    // What stands behind an element of the spec is not read, and others speak of that.
    const isWhole = intro.elements.length === 0;
    let count = 0;
    for (const fault of htmlFaults(text)) {
      if (fault.kind === "unclosed" && !isWhole) continue;
      if (++count > mostFaults) return;
      yield reportOf(fault, text, spanOf);
    }
  },
};

/** Nobody reads more for one text. */
const mostFaults = 20;

function reportOf(
  { kind, name, start, end, other }: HtmlFault,
  text: string,
  spanOf: (start: number, end: number) => Report["span"],
): Report {
  const span = spanOf(start, end);
  const written = text.slice(start, end);
  return {
    span,
    variant: kind,
    arguments: {
      ...(kind === "unknown" || kind === "unfinished" ? { text: written } : { name }),
      ...(other && { other: other.name }),
    },
    ...(other && { related: [{ message: "This is open.", span: spanOf(other.start, other.end) }] }),
    fixes: fixesOf(kind, name, written, span),
  };
}

/** A stray end tag may be one whose start tag was forgotten: only the author knows. */
function fixesOf(
  kind: HtmlFault["kind"],
  name: string,
  written: string,
  span: Report["span"],
): readonly Fix[] {
  // In a text of references the tag is written otherwise.
  if (span.end - span.start !== written.length) return [];
  if (kind === "stray")
    return [
      {
        title: "Remove “{text}”",
        arguments: { text: written },
        edits: [{ span, newText: "" }],
        removes: true,
      },
    ];
  if (kind !== "void" && kind !== "reversed") return [];
  const newText = kind === "void" ? `<${name}/>` : `<${name}>`;
  return [{ title: "Write “{text}”", arguments: { text: newText }, edits: [{ span, newText }] }];
}
