import {
  getDefaultHTMLDataProvider,
  getLanguageService,
  type HTMLDocument,
  type CompletionItem as HtmlItem,
  type Range,
} from "vscode-html-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Translate } from "../l10n/translate.ts";
import { openHtmlTags } from "../rules/shared/html-faults.ts";
import { isRemovedElement, isScriptAttribute } from "../rules/shared/intro-markup.ts";
import { escapeXml } from "../text/escape.ts";
import type { Span } from "../text/span.ts";
import { type CompletionItem, sortKey } from "./completion/item.ts";
import type { FeatureDocument } from "./feature-document.ts";
import type { Hover } from "./hover.ts";
import type { IntroText } from "./intro-text.ts";
import { paragraphs } from "./markdown.ts";

/** What may come at a place in a text for administrators, without what the admin screen takes out of it. */
export function introCompletion(
  { context }: FeatureDocument,
  text: IntroText,
  trigger: string | undefined,
): readonly CompletionItem[] {
  const { html, index, isEscaped } = text;
  const { document, tree } = read(html);
  const found = service.doComplete(document, document.positionAt(index), tree).items;
  if (found.length === 0) return [];
  const tagStart = /<(\/?)([A-Za-z][\w-]*)?$/.exec(html.slice(Math.max(0, index - longestName), index));
  const write = isEscaped ? escapeXml : (each: string) => each;
  const { dialect } = context;

  if (tagStart) {
    const before = html.slice(0, index - tagStart[0].length);
    const open = openHtmlTags(before);
    const start = index - tagStart[0].length + 1;
    const bracket = text.spanOf(start - 1, start);
    // Outside of CDATA a bracket as it is typed would begin an element of the spec.
    const isMarkup = isEscaped && bracket.end - bracket.start === 1;
    const written = (span: Span, newText: string, filter: string) =>
      isMarkup
        ? {
            edit: { span: { start: bracket.start, end: span.end }, newText: write(`<${newText}`) },
            filterText: `<${filter}`,
          }
        : { edit: { span, newText: write(newText) }, filterText: filter };
    const ends = [...new Set([...open].reverse())].map((name, order): CompletionItem => {
      const rest = /^[\w-]*>?/.exec(html.slice(index))![0].length;
      return {
        label: `</${name}>`,
        kind: "end-tag",
        ...written(text.spanOf(start, index + rest), `/${name}>`, `/${name}`),
        isSnippet: false,
        sortText: sortKey(1, order),
      };
    });
    return tagStart[1] === "/" ? ends : [...tags(open.at(-1), written), ...ends];
  }
  const element = tree.findNodeAt(index).tag ?? "";
  return found.flatMap((item, order) => {
    const kind = kindOf(item);
    if (!kind || (kind === "attribute" && isScriptAttribute(item.label))) return [];
    // It comes by itself when the tag before it is typed.
    if (kind === "end-tag" && trigger !== undefined) return [];
    // Outside of CDATA a spec does not know the entities of HTML.
    if (item.label.startsWith("&") && isEscaped) return [];
    return [
      {
        label: item.label,
        kind,
        edit: { span: spanOf(item), newText: write(newTextOf(item)) },
        isSnippet: item.insertTextFormat === snippetFormat,
        sortText: sortKey(0, order),
        ...(item.filterText === undefined ? {} : { filterText: item.filterText }),
        ...(kind === "attribute"
          ? {
              subject: { dialect, element, attribute: item.label, isHtml: true },
              asksAgain: item.command !== undefined,
            }
          : {}),
      },
    ];
  });

  function tags(
    outer: string | undefined,
    written: (span: Span, newText: string, filter: string) => Pick<CompletionItem, "edit" | "filterText">,
  ): readonly CompletionItem[] {
    const known = new Map(found.filter(({ kind }) => kind === tagKind).map((item) => [item.label, item]));
    const names = [...known.keys()].filter(
      (name) => /^[a-z]/.test(name) && !isRemovedElement(name) && !ofPage.has(name),
    );
    const first = [...(inside[outer ?? ""] ?? []), ...usual].filter((name) => known.has(name));
    // Where nothing of the tag is there but its name, a whole element fits.
    const isAlone = !/^[\w-]*\s*(?:\/?>|[\w-]+\s*=)/.test(html.slice(index));
    return [...new Set([...first, ...names])].map((name, order) => ({
      label: name,
      kind: "element",
      ...written(spanOf(known.get(name)!), isAlone ? wholeTag(name) : name, name),
      isSnippet: isAlone,
      sortText: sortKey(0, order),
      subject: { dialect, element: name, isHtml: true },
    }));
  }

  function spanOf({ textEdit }: HtmlItem) {
    const range = textEdit && "range" in textEdit ? textEdit.range : undefined;
    return range ? text.spanOf(...offsetsOf(document, range)) : text.spanOf(index, index);
  }
}

/** What HTML says of the tag, attribute or reference at a place, and what becomes of it; undefined for nothing. */
export function introHover({ html, index, spanOf }: IntroText, translate: Translate): Hover | undefined {
  const { document, tree } = read(html);
  const shown = service.doHover(document, document.positionAt(index), tree);
  if (!shown?.range) return undefined;
  const [start, end] = offsetsOf(document, shown.range);
  const isTag = /<\/?$/.test(html.slice(Math.max(0, start - 2), start));
  const name = html.slice(start, end);
  const removal = isTag
    ? isRemovedElement(name) && "The admin screen takes this out before it shows the text."
    : isScriptAttribute(name) && "The admin screen takes this element out before it shows the text.";
  const markdown = paragraphs(removal ? translate(removal) : undefined, withoutPictures(shown.contents));
  return { span: spanOf(start, end), markdown };
}

/** What HTML says of an element, or of an attribute of it; undefined for one that it does not know. */
export function describeHtml(element: string, attribute: string | undefined): string | undefined {
  const tag = attribute === undefined ? `<${element}` : `<${element} ${attribute}`;
  const { document, tree } = read(`${tag}>`);
  const shown = service.doHover(document, document.positionAt(tag.length - 1), tree);
  return shown ? withoutPictures(shown.contents) : undefined;
}

/** What closes a tag right behind its `>` or `</`, as a snippet; undefined where nothing is open. */
export function introTagClose({ html, index, isEscaped }: IntroText): string | undefined {
  const { document, tree } = read(html);
  const closing = service.doTagComplete(document, document.positionAt(index), tree);
  if (closing === null) return undefined;
  return isEscaped ? escapeXml(closing) : closing;
}

const service = getLanguageService();

/** Elements without an end tag. */
const empty = new Set(
  getDefaultHTMLDataProvider()
    .provideTags()
    .filter((tag) => tag.void)
    .map(({ name }) => name),
);

/** What belongs to the page around the text. */
const ofPage: ReadonlySet<string> = new Set(["html", "head", "title", "base", "link", "meta", "body"]);

/** What most texts consist of. */
const usual: readonly string[] = [
  "p",
  "br",
  "strong",
  "em",
  "ul",
  "ol",
  "a",
  "h2",
  "h3",
  "table",
  "code",
  "pre",
];

/** What may come in an element first of all. */
const inside: Readonly<Record<string, readonly string[]>> = {
  ul: ["li"],
  ol: ["li"],
  dl: ["dt", "dd"],
  table: ["tr", "thead", "tbody"],
  thead: ["tr"],
  tbody: ["tr"],
  tr: ["td", "th"],
};

/** A tag from its name on, with the end that belongs to it. */
function wholeTag(name: string): string {
  if (empty.has(name)) return `${name}/>`;
  return `${name}${name === "a" ? ' href="$1"' : ""}>$0</${name}>`;
}

/** How far the start of a tag is looked for. */
const longestName = 40;

// The numbers of the protocol, which the library writes.
const tagKind = 10;
const attributeKind = 12;
const valueKind = 11;
const entityKind = 14;
const snippetFormat = 2;

/** Undefined for what is no part of a text in a page. */
function kindOf({ kind, label }: HtmlItem): CompletionItem["kind"] | undefined {
  if (kind === attributeKind) return "attribute";
  if (kind === valueKind || (kind === entityKind && label.startsWith("&"))) return "value";
  return label.startsWith("</") ? "end-tag" : undefined;
}

function newTextOf({ textEdit, label }: HtmlItem): string {
  return textEdit?.newText ?? label;
}

/** The library shows by pictures which browsers know something. */
function withoutPictures(contents: unknown): string {
  const { value } = contents as { readonly value: string };
  return value.replace(/!\[[^\]]*\]\(data:[^)]*\)[^\n]*\n*/g, "").trim();
}

function offsetsOf(document: TextDocument, { start, end }: Range): [start: number, end: number] {
  return [document.offsetAt(start), document.offsetAt(end)];
}

function read(html: string): { readonly document: TextDocument; readonly tree: HTMLDocument } {
  const document = TextDocument.create("text:", "html", 0, html);
  return { document, tree: service.parseHTMLDocument(document) };
}
