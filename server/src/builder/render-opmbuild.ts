import type { ArchivePart, PlannedElement } from "../host/archive-writer.ts";
import type { Element, Located, Placed } from "../syntax/element.ts";
import { textOf } from "../syntax/element.ts";
import type { AttributeNode, ElementNode, InstructionNode, SyntaxNode } from "../syntax/node.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { type BuildStamp, PartList } from "./archive-part.ts";

export interface OpmbuildOptions {
  readonly stamp: BuildStamp;
  /** Written in place of the package's own version. */
  readonly version?: string | undefined;
  /** Told of every element in the order they are written, with what it is meant to hold. */
  readonly onElement?: ((element: PlannedElement) => void) | undefined;
}

/**
 * The archive of a package as the free tool `opmbuild` writes it: the spec itself, read and written again by libxml2,
 * with the files' contents in it and the build data behind its last element.
 *
 * Order, comments, CDATA, unknown elements and the root stay as they are. An archive is always written in UTF-8, so
 * a spec in another encoding does not keep it.
 *
 * @source OPM::Maker 1.17, `opmbuild build`
 */
export function renderOpmbuild(
  tree: SyntaxTree,
  { stamp, version, onElement = () => {} }: OpmbuildOptions,
): readonly ArchivePart[] {
  const list = new PartList();
  const root = tree.root!;
  const writing: Writing = {
    list,
    root,
    files: new Map(fileElements(root).map((element, index) => [element.node, { element, index }])),
    version: version === undefined ? undefined : { element: root.child("Version")?.node, text: version },
    stamp,
    onElement,
    toXml: declaresEncoding(tree) ? escapeText : escapeAscii,
  };
  list.text(renderDeclaration(tree.declaration));
  for (const { node } of tree.topLevel()) {
    if (node.kind === "text" || node.kind === "byte-order-mark" || node === tree.declaration?.node) continue;
    writeNode(node, writing);
    list.text("\n");
  }
  return list.finish();
}

/** What the archive is named after: all texts of `Name` below the root, and that of the first `Version`. */
export function opmbuildName(tree: SyntaxTree): {
  readonly name: Located;
  readonly version: Located | undefined;
} {
  const names = tree.root?.childrenNamed("Name") ?? [];
  const version = tree.root?.child("Version");
  return {
    name: {
      value: names.map(({ node }) => wholeText(node)).join(""),
      span: names[0]?.contentSpan ?? { start: 0, end: 0 },
    },
    version: version && { value: wholeText(version.node), span: version.contentSpan },
  };
}

function wholeText(element: ElementNode): string {
  return element.children
    .map((child) => (child.kind === "element" ? wholeText(child) : textOf(child)))
    .join("");
}

interface ListedFile {
  readonly element: Element;
  /** Its place among all of them. */
  readonly index: number;
}

interface Writing {
  readonly list: PartList;
  readonly root: Element;
  readonly files: ReadonlyMap<ElementNode, ListedFile>;
  readonly version: { readonly element: ElementNode | undefined; readonly text: string } | undefined;
  readonly stamp: BuildStamp;
  readonly onElement: (element: PlannedElement) => void;
  readonly toXml: (text: string) => string;
}

function fileElements(root: Element): readonly Element[] {
  return root.childrenNamed("Filelist").flatMap((list) => list.childrenNamed("File"));
}

export function declaresEncoding({ declaration }: SyntaxTree): boolean {
  return declaration !== undefined && /\sencoding\s*=/.test(declaration.node.raw);
}

function renderDeclaration(declaration: Placed<InstructionNode> | undefined): string {
  const raw = declaration?.node.raw ?? "";
  const given = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(raw)?.[1];
  const encoding = given("encoding");
  const standalone = given("standalone");
  return [
    `<?xml version="${given("version") ?? "1.0"}"`,
    encoding === undefined ? "" : ` encoding="${/^utf-?8$/i.test(encoding) ? encoding : "utf-8"}"`,
    standalone === undefined ? "" : ` standalone="${standalone}"`,
    "?>\n",
  ].join("");
}

/** The recursion ends: only well-formed texts are written, and these do not nest deeper than the parser allows. */
function writeNode(node: SyntaxNode, writing: Writing): void {
  const { list, toXml } = writing;
  switch (node.kind) {
    case "element":
      writeElement(node, writing);
      break;
    case "text":
    case "reference":
      list.text(toXml(textOf(node)));
      break;
    case "cdata":
      // Without a declared encoding characters become references, which do not work in CDATA; these are left alone.
      list.text(`<![CDATA[${textOf(node)}]]>`);
      break;
    case "comment":
      list.text(`<!--${normaliseLineBreaks(node.content)}-->`);
      break;
    case "instruction":
      list.text(
        normaliseLineBreaks(node.raw)
          .replace(/^(<\?[^\s?]+)\s*(?=\?>)/, "$1")
          .replace(/^(<\?[^\s?]+)\s+/, "$1 "),
      );
      break;
    case "doctype":
      list.text(`<!DOCTYPE ${/^<!DOCTYPE\s+([^\s>]+)/.exec(node.raw)?.[1] ?? ""}>`);
      break;
    case "stray-end-tag":
    case "byte-order-mark":
      break;
  }
}

function writeElement(element: ElementNode, writing: Writing): void {
  const { list, files, version, root, toXml, onElement } = writing;
  const { name, children } = element;
  const file = files.get(element);
  const endTag = `</${name}>`;
  const attributes = writtenAttributes(element.attributes, file !== undefined);
  list.text(`<${name}`, renderAttributes(attributes, toXml));
  const isRoot = element === root.node;
  const isVersion = version !== undefined && element === version.element;
  const isEmpty = isVersion ? version.text === "" : children.length === 0;
  const text = isVersion ? version.text : children.map(textOf).join("");
  onElement({ name, attributes, text, ...(file ? { file: file.index } : {}) });
  if (isEmpty && !isRoot && !file) {
    list.text("/>");
    return;
  }
  if (!file || !isEmpty) list.text(">");
  if (isVersion) list.text(toXml(version.text));
  else for (const child of children) writeNode(child, writing);
  if (file) {
    list.file({
      location: file.element.value("Location") ?? "",
      span: file.element.span,
      start: isEmpty ? ">" : "",
      end: endTag,
      whenEmpty: isEmpty ? "/>" : endTag,
      wrapped: true,
      folderIsEmpty: false,
    });
    return;
  }
  if (isRoot) writeStamp(writing);
  list.text(endTag);
}

function writeStamp({ list, stamp, toXml, onElement }: Writing): void {
  for (const [name, text] of [
    ["BuildDate", stamp.date],
    ["BuildHost", stamp.host],
  ] as const) {
    list.text(`<${name}>${toXml(text)}</${name}>`);
    onElement({ name, attributes: new Map(), text });
  }
}

/** Declarations of namespaces come first, as libxml2 keeps them apart; a file says that its content is in Base64. */
export function writtenAttributes(
  attributes: readonly AttributeNode[],
  isFile: boolean,
): ReadonlyMap<string, string> {
  const values = new Map(attributes.map(({ name, value }) => [name, value]));
  if (isFile) values.set("Encode", "Base64");
  const isNamespace = ([name]: readonly [string, string]) => name === "xmlns" || name.startsWith("xmlns:");
  const all = [...values];
  return new Map([...all.filter(isNamespace), ...all.filter((each) => !isNamespace(each))]);
}

export function renderAttributes(
  attributes: ReadonlyMap<string, string>,
  toXml: (text: string) => string,
): string {
  return [...attributes].map(([name, value]) => ` ${name}="${escapeAttribute(value, toXml)}"`).join("");
}

function escapeAttribute(value: string, toXml: (text: string) => string): string {
  return toXml(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}

export function escapeText(text: string): string {
  if (!/[&<>\r]/.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}

/** A document that declares no encoding is written in ASCII. */
export function escapeAscii(text: string): string {
  return escapeText(text).replace(
    /[^\0-\x7f]/gu,
    (character) => `&#x${character.codePointAt(0)!.toString(16).toUpperCase()};`,
  );
}

function normaliseLineBreaks(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
