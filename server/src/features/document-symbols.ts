import type { ElementFact } from "../dialect/element-fact.ts";
import type { Schema } from "../dialect/schema.ts";
import type { Translate } from "../l10n/translate.ts";
import { Element, textOf } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import type { Span } from "../text/span.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { isSection, phaseReader } from "./section-timing.ts";

export type SymbolKind =
  | "package"
  | "text"
  | "switch"
  | "requirement"
  | "file-list"
  | "file"
  | "code"
  | "database"
  | "table"
  | "column"
  | "key"
  | "row"
  | "element";

/** One entry of the outline. `children` lie within `span`, which holds `selectionSpan`. */
export interface DocumentSymbol {
  readonly name: string;
  /** What stands behind the name in weaker letters; may be empty. */
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly selectionSpan: Span;
  readonly children: readonly DocumentSymbol[];
}

/** Of a longer list only its length is told: nobody reads through more, and the editor asks after every edit. */
const childLimit = 1000;

/** In a larger package the deepest levels, mostly columns, are left out. */
const symbolLimit = 5000;

/** The outline: the package with its metadata, files, sections and tables. Empty without a root element. */
export function documentSymbols(
  { spec, context }: FeatureDocument,
  translate: Translate,
): readonly DocumentSymbol[] {
  const { root } = spec;
  if (!root) return [];
  const { schema } = context;
  const packageName = oneLine(context.packageName, context.packageVersion);
  const outline: Outline = { schema, phaseOf: phaseReader(spec), translate };
  return [
    {
      ...symbolOf(outline, root, depthWithin(root.node, symbolLimit)),
      name: packageName || root.name,
      detail: packageName === "" ? "" : root.name,
      kind: "package",
    },
  ];
}

/** What all entries are made with. */
interface Outline {
  readonly schema: Schema;
  readonly phaseOf: (section: Element) => string | undefined;
  readonly translate: Translate;
}

/** How many levels have no more elements than the limit, the uppermost included. */
function depthWithin(root: ElementNode, limit: number): number {
  let level: readonly ElementNode[] = [root];
  let total = 1;
  for (let depth = 1; ; depth++) {
    const next = level.flatMap((node) => childNodes(node).slice(0, childLimit));
    total += next.length;
    if (next.length === 0 || total > limit) return depth;
    level = next;
  }
}

function childNodes(node: ElementNode): readonly ElementNode[] {
  return node.children.filter((child) => child.kind === "element");
}

/** The recursion ends: elements nest to a fixed depth at most. */
function symbolOf(outline: Outline, element: Element, depth: number): DocumentSymbol {
  const fact = outline.schema.element(element.name);
  // What nothing closes has swallowed what follows it, and that should not vanish from the outline while one types.
  const holdsElements = !fact || fact.content === "elements" || element.closing === "missing";
  const children = holdsElements && depth > 1 ? firstChildren(element) : [];
  return {
    name: nameOf(element),
    detail: detailOf(outline, element, fact),
    kind: kindOf(element, fact, outline.schema),
    span: element.span,
    selectionSpan: element.nameSpan,
    children: children.map((child) => symbolOf(outline, child, depth - 1)),
  };
}

function firstChildren(element: Element): readonly Element[] {
  const children: Element[] = [];
  let start = element.contentSpan.start;
  for (const node of element.node.children) {
    if (node.kind === "element") children.push(new Element(node, start, element));
    if (children.length === childLimit) break;
    start += node.width;
  }
  return children;
}

/** Things that have a name of their own are called by it. */
function nameOf(element: Element): string {
  const own =
    element.value("Location") ??
    element.value("Name") ??
    element.value("NameNew") ??
    element.value("ForeignTable") ??
    element.value("Table") ??
    element.value("Key") ??
    element.value("Local");
  return oneLine(own) || element.name;
}

/** Texts that are there, with a blank in place of every line break. */
function oneLine(...texts: readonly (string | undefined)[]): string {
  return texts.join(" ").replace(/\s+/g, " ").trim();
}

function detailOf(outline: Outline, element: Element, fact: ElementFact | undefined): string {
  if (element.name === "Filelist") return countText(element, outline.translate);
  if (isSection(element)) return sectionDetail(outline, element, fact);
  if (element.name === "ChangeLog") return joined(element.value("Version"), element.value("Date"));
  const isNamed = nameOf(element) !== element.name;
  if (fact?.content === "text" && !isNamed) {
    return joined(firstLine(element), element.value("Version") ?? element.value("Lang"));
  }
  if (element.name === "File" || !isNamed) return "";
  return joined(element.name, element.value("Type"), element.value("Version"));
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(" · ");
}

function countText(list: Element, translate: Translate): string {
  const count = childNodes(list.node).length;
  return count === 1 ? translate("1 file") : translate("{count} files", { count });
}

function sectionDetail(outline: Outline, section: Element, fact: ElementFact | undefined): string {
  const phase = outline.phaseOf(section) ?? section.value("Type");
  const content = fact?.content === "elements" ? "" : section.value("Title") || firstLine(section);
  return joined(phase, section.value("Version"), section.value("Lang"), content);
}

const lineLimit = 60;

/** The first line of an element's text that is not blank, shortened. */
function firstLine(element: Element): string {
  for (const node of element.node.children) {
    if (node.kind === "element") break;
    const line = /\S[^\r\n]*/.exec(textOf(node))?.[0].trimEnd();
    if (line) return line.length > lineLimit ? `${line.slice(0, lineLimit - 1)}…` : line;
  }
  return "";
}

function kindOf(element: Element, fact: ElementFact | undefined, schema: Schema): SymbolKind {
  const { name, parent } = element;
  if (name === "Filelist") return "file-list";
  if (parent?.name === "Filelist") return "file";
  if (name.startsWith("Code")) return "code";
  if (name.startsWith("Database")) return "database";
  if (/^(Framework|OS|PackageRequired|ModuleRequired|PackageMerge)$/.test(name)) return "requirement";
  if (/^(Table|TableCreate|TableAlter|TableDrop)$/.test(name)) return "table";
  if (/Column/.test(name)) return "column";
  if (/^(Index|Unique|ForeignKey|Reference)/.test(name)) return "key";
  if (name === "Insert" || name === "Data") return "row";
  if (fact?.values) return "switch";
  return fact && schema.allows(schema.root.name, name) ? "text" : "element";
}
