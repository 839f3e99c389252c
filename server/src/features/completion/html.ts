import { codeText } from "../../model/code-text.ts";
import { openHtmlTags } from "../../rules/shared/html-faults.ts";
import type { Element } from "../../syntax/element.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import { escapeXml } from "../../text/escape.ts";
import type { FeatureDocument } from "../feature-document.ts";
import { type CompletionItem, sortKey } from "./item.ts";

/**
 * The tags of HTML that may come at an offset in a text for administrators; undefined where none is begun.
 *
 * @param section the element whose text the offset is in
 */
export function htmlItems(
  { tree, context }: FeatureDocument,
  section: Element | undefined,
  offset: number,
): readonly CompletionItem[] | undefined {
  if (!section || context.schema.element(section.name)?.content !== "html") return undefined;
  if (/plain/i.test(section.value("Format") ?? "")) return undefined;
  const html = codeText(section);
  const [typed] = /[A-Za-z]\w{0,20}$/.exec(tree.source.slice(Math.max(0, offset - 20), offset)) ?? [""];
  const span = { start: offset - typed.length, end: offset };
  const before = html.text.slice(0, html.indexAt(span.start) ?? textLengthBefore(html, span.start));
  const [, slash] = /<(\/?)$/.exec(before) ?? [];
  if (slash === undefined) return undefined;
  const open = openHtmlTags(before.slice(0, -1 - slash.length));
  const write = isInCdata(tree, offset) ? (text: string) => text : escapeXml;
  if (slash !== "") {
    const names = [...new Set([...open].reverse())];
    return names.map((name, index) => {
      const newText = write(`${name}>`);
      return { ...item(`</${name}>`, span, index), edit: { span, newText }, filterText: newText };
    });
  }
  return tagsIn(open.at(-1)).map((name, index) => ({
    ...item(name, span, index),
    edit: {
      span,
      newText: write(empty.has(name) ? `${name}/>` : `${name}${attributes[name] ?? ""}>$0</${name}>`),
    },
    isSnippet: true,
  }));
}

/** A place behind a reference such as `&lt;` has no index of its own, but what stands before it has one. */
function textLengthBefore({ text, spanOf }: ReturnType<typeof codeText>, offset: number): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spanOf(middle - 1, middle).end <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isInCdata(tree: SyntaxTree, offset: number): boolean {
  const place = tree.placeAt(offset);
  return place.kind === "content" && place.node?.node.kind === "cdata";
}

function item(label: string, span: CompletionItem["edit"]["span"], index: number): CompletionItem {
  return {
    label,
    kind: "element",
    edit: { span, newText: label },
    isSnippet: false,
    sortText: sortKey(0, index),
  };
}

/** What may come in an element first of all, then everything else. */
function tagsIn(outer: string | undefined): readonly string[] {
  const own = (outer === undefined ? undefined : inside[outer.toLowerCase()]) ?? [];
  return [...own, ...usual.filter((name) => !own.includes(name))];
}

/** Tags that are left when a framework has taken out what it does not show. */
const usual: readonly string[] = [
  ...["p", "br", "strong", "em", "ul", "ol", "li", "a", "h1", "h2", "h3", "h4", "table", "tr", "td", "th"],
  ...[
    "thead",
    "tbody",
    "hr",
    "pre",
    "code",
    "blockquote",
    "div",
    "span",
    "b",
    "i",
    "u",
    "small",
    "sub",
    "sup",
  ],
  ...["dl", "dt", "dd"],
];

const inside: Readonly<Record<string, readonly string[]>> = {
  ul: ["li"],
  ol: ["li"],
  dl: ["dt", "dd"],
  table: ["tr", "thead", "tbody"],
  thead: ["tr"],
  tbody: ["tr"],
  tr: ["td", "th"],
};

const empty: ReadonlySet<string> = new Set(["br", "hr"]);

const attributes: Readonly<Record<string, string>> = { a: ' href="$1"' };
