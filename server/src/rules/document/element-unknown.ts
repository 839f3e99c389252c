import type { Element } from "../../syntax/element.ts";
import type { SyntaxNode } from "../../syntax/node.ts";
import type { ElementRule, Fix, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { misplacementOf } from "../shared/element-place.ts";
import { removal, renaming } from "../shared/fixes.ts";
import { releasesNamed } from "../shared/releases-named.ts";

/** The builder writes what it knows and drops the rest without a word. */
export const elementUnknown: ElementRule = {
  id: "element-unknown",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "warning",
  message: {
    unknown: "The framework silently leaves out <{name}>, because it knows no such element.",
    misspelt: "The framework silently leaves out <{name}>, because it is called <{meant}>.",
    "other-dialect":
      "{product} silently leaves out <{name}>, because only {first} and later releases know it.",
    "other-releases": "The framework silently leaves out <{name}>, because it does not know the element yet.",
    file: "The framework takes <{name}> for a file, because it stands in a Filelist. Files are called <File>.",
    "in-text":
      "Everything from <{name}> on is lost, because the text of <{outer}> ends at its first child element.",
  },
  policyPlugins: ["XSD"],

  check(element, context, parentName) {
    const inside =
      element.node.content.height > 0
        ? [...markupInText(element, context), ...strangersInFileList(element, context)]
        : nothing;
    // Where start tag and end tag differ, that is said at the end tag; a name that is being typed is not judged yet.
    const isJudged = element.closing !== "mismatched" && element.closing !== "unfinished";
    const misplacement = isJudged ? misplacementOf(element.name, parentName, context) : undefined;
    if (!misplacement) return inside;
    const { name, nameSpan: span } = element;
    switch (misplacement.kind) {
      case "misspelt": {
        const { meant } = misplacement;
        const fixes = [renaming(element, meant)];
        // As good as missing, and most elements are there for a reason.
        const severity = "error";
        return { span, variant: "misspelt", severity, arguments: { name, meant }, fixes };
      }
      case "unknown":
        return { span, variant: "unknown", arguments: { name }, fixes: [removal(element)] };
      case "other-dialect": {
        const values = { name, first: misplacement.first, product: releasesNamed(context) };
        return [{ span, variant: "other-dialect", arguments: values, fixes: [removal(element)] }, ...inside];
      }
      case "other-releases": {
        const releases = misplacement.unknownTo;
        const severity = "information";
        return [{ span, variant: "other-releases", severity, arguments: { name }, releases }, ...inside];
      }
      default:
        return inside;
    }
  },
};

const nothing: readonly Report[] = [];

/** The first element in a text. Metadata in there counts all the same, which another rule says. */
function markupInText(element: Element, { schema }: RuleContext): readonly Report[] {
  const content = schema.element(element.name)?.content;
  if (content !== "text" && content !== "html" && content !== "perl") return nothing;
  // Where the end tag is missing, what follows only seems to stand inside.
  if (element.closing === "missing") return nothing;
  const child = element.elements[0]!;
  if (schema.element(child.name)?.parents.includes("root")) return nothing;
  return [
    {
      span: child.nameSpan,
      variant: "in-text",
      severity: "error",
      arguments: { name: child.name, outer: element.name },
      fixes: content === "html" ? wrapInCData(element) : [],
    },
  ];
}

function strangersInFileList(list: Element, { schema }: RuleContext): readonly Report[] {
  if (list.name !== "Filelist" || list.closing === "missing") return nothing;
  if (!list.node.content.some(isNoFile)) return nothing;
  return list.elements
    .filter(({ name }) => name.toLowerCase() !== "file" && !schema.element(name)?.parents.includes("root"))
    .map((element) => ({
      span: element.nameSpan,
      variant: "file",
      arguments: { name: element.name },
      fixes: [element.attribute("Location") ? renaming(element, "File") : removal(element)],
    }));
}

function isNoFile(node: SyntaxNode): boolean {
  return node.kind === "element" && node.name !== "File";
}

function isCdata({ kind }: SyntaxNode): boolean {
  return kind === "cdata";
}

function wrapInCData(element: Element): readonly Fix[] {
  if (element.closing !== "end-tag") return [];
  for (const { node } of element.descendants()) {
    if (node.content.some(isCdata)) return [];
  }
  const { start, end } = element.contentSpan;
  return [
    {
      title: "Put the text into CDATA",
      edits: [
        { span: { start, end: start }, newText: "<![CDATA[" },
        { span: { start: end, end }, newText: "]]>" },
      ],
    },
  ];
}
