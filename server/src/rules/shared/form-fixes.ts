import { families } from "../../dialect/dialect.ts";
import { schemaForFamily } from "../../dialect/schema.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { type Element, textOf } from "../../syntax/element.ts";
import type { ElementNode } from "../../syntax/node.ts";
import type { Problem } from "../../syntax/problem.ts";
import { escapeXml } from "../../text/escape.ts";
import { memo } from "../../text/memo.ts";
import type { Span } from "../../text/span.ts";
import type { Fix } from "../rule.ts";
import { endOfText } from "./fixes.ts";

/** The changes that mend a mistake in the form of the text, the likeliest first. Empty where no change is plain. */
export function fixesOfForm(problem: Problem, spec: PackageSpec): readonly Fix[] {
  const { span, subject = "", expected = "" } = problem;
  const { source } = spec.tree;
  const written = source.slice(span.start, span.end);
  switch (problem.code) {
    case "tag-unclosed":
      return tagEnds(span, spec);
    case "end-tag-missing":
      return missingEndTag(span, spec);
    case "end-tag-mismatch":
      return mismatchedTags(span, subject, expected, spec);
    case "end-tag-malformed": {
      if (subject !== "") return [writing(span, `</${subject}>`)];
      const open = spec.tree.elementAt(span.start);
      return open ? [writing(span, `</${open.name}>`)] : [removing(span, spec)];
    }
    case "attribute-value-missing":
      return [inserting(span.end, written.includes("=") ? '""' : '=""')];
    case "attribute-equals-missing":
      return [writing(span, "=")];
    case "attribute-quote-missing":
      return [inserting(span.end, written[0] ?? '"')];
    case "attribute-unquoted":
      return [writing(span, `"${written.replace(/"/g, "&quot;")}"`)];
    case "attribute-space-missing":
      return [inserting(span.start, " ", "Insert a blank")];
    case "attribute-duplicate":
      return duplicateAttribute(span, spec);
    case "attribute-less-than":
      return [writing(span, "&lt;")];
    case "stray-less-than":
    case "bare-ampersand": {
      const element = spec.tree.elementAt(span.start);
      const removed = element && contentOf(element.name) === "elements" ? [removing(span, spec)] : [];
      return [...removed, ...wrappingInCData(span, spec), writing(span, escapeXml(written))];
    }
    case "entity-undefined": {
      const character = namedCharacters[written.slice(1, -1)];
      return [...(character ? [writing(span, character)] : []), writing(span, `&amp;${written.slice(1)}`)];
    }
    case "cdata-end-in-text":
      return [writing(span, "]]&gt;")];
    case "cdata-unclosed":
      return unclosedCData(span, spec);
    case "comment-unclosed": {
      const { line } = source.positionAt(span.start);
      const rest = source.slice(span.start, source.lineStart(line + 1)).trimEnd();
      return [inserting(span.start + rest.length, rest.endsWith("--") ? ">" : " -->")];
    }
    case "comment-double-dash":
      return doubleDashes(span, spec);
    case "instruction-unclosed":
      if (/^<\?xml\b/.test(written)) return [writing(span, usualDeclaration)];
      return [written.endsWith(">") ? inserting(span.end - 1, "?") : inserting(span.end, "?>")];
    case "declaration-malformed":
      return [writing(span, usualDeclaration)];
    case "root-missing": {
      if (source.toString().trim() !== "") return [];
      const root = `<${subject} version="1.0">\n</${subject}>\n`;
      return [
        {
          title: "Insert <{name}>",
          arguments: { name: subject },
          edits: [{ span: { start: source.length, end: source.length }, newText: root }],
        },
      ];
    }
    case "end-tag-stray":
    case "tag-junk":
    case "character-reference-invalid":
    case "instruction-malformed":
    case "declaration-misplaced":
    case "doctype-unclosed":
    case "doctype-misplaced":
    case "text-outside-root":
      return [removing(span, spec)];
    case "character-illegal":
      return [{ title: "Remove the character", edits: [{ span, newText: "" }] }];
    case "root-duplicate":
    case "too-deep":
      return [];
  }
}

/** The declaration as builders write it. */
export const usualDeclaration = '<?xml version="1.0" encoding="utf-8" ?>';

function writing(span: Span, text: string): Fix {
  return { title: "Write “{text}”", arguments: { text }, edits: [{ span, newText: text }] };
}

function inserting(offset: number, text: string, title = "Insert “{text}”"): Fix {
  return {
    title,
    arguments: { text: text.trim() },
    edits: [{ span: { start: offset, end: offset }, newText: text }],
  };
}

function removing(span: Span, { tree }: PackageSpec): Fix {
  const text = tree.source.slice(span.start, Math.min(span.end, span.start + shownLength + 1)).trim();
  return {
    title: "Remove “{text}”",
    arguments: { text: text.length > shownLength ? `${text.slice(0, shownLength)}…` : text },
    edits: [{ span, newText: "" }],
    removes: true,
  };
}

/** How many characters of a text a title shows. */
const shownLength = 40;

/** A tag that nothing closes is most likely meant to be empty when its element holds nothing anyway. */
function tagEnds(span: Span, spec: PackageSpec): readonly Fix[] {
  const element = spec.tree.elementAt(span.start + 1);
  const open = inserting(span.end, ">");
  const empty = inserting(span.end, "/>");
  return element?.closing === "unfinished" ? [empty, open] : [open];
}

/** Which of the two names is the slip is told by which of them is known. */
function mismatchedTags(span: Span, end: string, start: string, spec: PackageSpec): readonly Fix[] {
  const element = spec.tree.elementAt(span.start);
  const renamingEnd: Fix = {
    title: "Rename the end tag to {name}",
    arguments: { name: start },
    edits: [{ span, newText: start }],
  };
  if (element?.name !== start || contentOf(end) === undefined) return [renamingEnd];
  const renamingStart: Fix = {
    title: "Rename the start tag to {name}",
    arguments: { name: end },
    edits: [{ span: element.nameSpan, newText: end }],
  };
  return isStartTheSlip(start, end) ? [renamingStart, renamingEnd] : [renamingEnd, renamingStart];
}

/** Of two tags whose names differ the one that is not known is the slip; the end tag where both are known or neither is. */
export function isStartTheSlip(start: string, end: string): boolean {
  return contentOf(start) === undefined && contentOf(end) !== undefined;
}

/** An end tag goes behind the text of an element that holds text, and behind the last child of one that holds elements. */
function missingEndTag(span: Span, spec: PackageSpec): readonly Fix[] {
  const element = spec.tree.elementAt(span.start);
  if (!element) return [];
  const endTag = `</${element.name}>`;
  const content = contentOf(element.name);
  if (content === "empty" || content === "base64") {
    return [inserting(element.contentSpan.start - 1, "/")];
  }
  if (content === "elements") {
    const { contentSpan } = element;
    const { source } = spec.tree;
    // What cannot stand in it stands behind it.
    const stranger = element.elements.find(({ name }) => !mayStandIn(name, element.name));
    const contentEnd = stranger?.start ?? contentSpan.end;
    const { line } = source.positionAt(element.start);
    const lineStart = source.lineStart(line);
    // A line can be as long as the text.
    const indent = /^[ \t]*/.exec(source.slice(lineStart, Math.min(element.start, lineStart + 200)))![0];
    return [
      {
        ...inserting(endOfText(source, contentSpan.start, contentEnd), `\n${indent}${endTag}`),
        arguments: { text: endTag },
      },
    ];
  }
  if (content === undefined && element.elements.length > 0) return [];
  const [first] = element.children();
  const text = first?.node.kind === "text" ? first.node.raw : undefined;
  if (text === undefined) {
    const end = element.elements[0]?.start ?? element.contentSpan.end;
    return [inserting(endOfText(spec.tree.source, element.contentSpan.start, end), endTag)];
  }
  return [inserting(element.contentSpan.start + text.trimEnd().length, endTag)];
}

const schemas = () => families.map(schemaForFamily);

/** Whether any product takes an element in another one; what nobody knows may stand anywhere. */
function mayStandIn(name: string, parentName: string): boolean {
  return (
    schemas().some((schema) => schema.allows(parentName, name)) ||
    !schemas().some((schema) => schema.element(name))
  );
}

function contentOf(name: string): string | undefined {
  for (const schema of schemas()) {
    const fact = schema.element(name);
    if (fact) return fact.content;
  }
  return undefined;
}

function duplicateAttribute(span: Span, spec: PackageSpec): readonly Fix[] {
  const element = spec.tree.elementAt(span.start);
  const index = element?.attributeIndexAt(span.start) ?? -1;
  if (!element || index < 1) return [];
  const { attributes } = element.node;
  return [
    removing(
      {
        start: element.start + attributes[index - 1]!.end,
        end: element.start + attributes[index]!.end,
      },
      spec,
    ),
  ];
}

/** Code is best kept as it is written. Only offered where the whole text can go into one section. */
function wrappingInCData(span: Span, spec: PackageSpec): readonly Fix[] {
  const element = spec.tree.elementAt(span.start);
  const content = element && contentOf(element.name);
  if (!element || (content !== "perl" && content !== "html") || element.closing !== "end-tag") return [];
  if (span.start < element.contentSpan.start) return [];
  return inCData(element);
}

/** Puts the text of an element into CDATA; nothing when it has markup in it already or cannot stand there. */
function inCData(element: Element): readonly Fix[] {
  const newText = asCData(element.node);
  if (newText === undefined) return [];
  return [{ title: "Put the text into CDATA", edits: [{ span: element.contentSpan, newText }] }];
}

/** Undefined where it cannot be. There may be a thousand mistakes in one long text, each with this as its fix. */
const asCData = memo(({ children }: ElementNode): string | undefined => {
  if (!children.every(({ kind }) => kind === "text" || kind === "reference")) return undefined;
  const text = children.map(textOf).join("");
  return text.includes("]]>") ? undefined : `<![CDATA[${text}]]>`;
});

function unclosedCData(span: Span, spec: PackageSpec): readonly Fix[] {
  const place = spec.tree.placeAt(span.start + 1);
  const placed = place.kind === "content" ? place.node : undefined;
  if (placed?.node.kind !== "cdata" || place.element === undefined) return [];
  const { node, start } = placed;
  const behind = start + node.width;
  // Where the section runs to the end of the document, its end is anybody's guess.
  if (spec.tree.source.slice(behind, behind + 2) !== "</") return [];
  return [inserting(start + "<![CDATA[".length + node.content.trimEnd().length, "]]>")];
}

function doubleDashes(span: Span, spec: PackageSpec): readonly Fix[] {
  const place = spec.tree.placeAt(span.start + 1);
  const placed = place.kind === "content" ? place.node : undefined;
  if (placed?.node.kind !== "comment") return [];
  const { content } = placed.node;
  const start = placed.start + "<!--".length;
  const separated = content.replace(/-(?=-)/g, "- ").replace(/-$/, "- ");
  return [
    {
      title: "Put blanks between the dashes",
      edits: [{ span: { start, end: start + content.length }, newText: separated }],
    },
  ];
}

/** Names that come from HTML and have no meaning in XML. */
const namedCharacters: Readonly<Record<string, string>> = {
  nbsp: "\u00a0",
  copy: "©",
  reg: "®",
  trade: "™",
  euro: "€",
  sect: "§",
  deg: "°",
  laquo: "«",
  raquo: "»",
  bdquo: "„",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  bull: "•",
  rarr: "→",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  aacute: "á",
  iacute: "í",
  oacute: "ó",
  uacute: "ú",
  ntilde: "ñ",
  ccedil: "ç",
};
