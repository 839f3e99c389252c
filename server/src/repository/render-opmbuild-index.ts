import {
  declaresEncoding,
  escapeAscii,
  escapeText,
  renderAttributes,
  writtenAttributes,
} from "../builder/render-opmbuild.ts";
import { type Family, families } from "../dialect/dialect.ts";
import { type Element, textOf } from "../syntax/element.ts";
import type { SyntaxNode } from "../syntax/node.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/** An archive below the folder that an index is made of. */
export interface ParsedArchive {
  /** Relative to the folder, with `/`, without one in front. */
  readonly path: string;
  /** Bytes of the archive. */
  readonly size: number;
  /** Asked for once, and let go before that of the next archive is asked for. */
  tree(): Promise<SyntaxTree | undefined>;
}

export type OpmbuildIndex =
  | { readonly kind: "rendered"; readonly text: string }
  | { readonly kind: "failed"; readonly path: string; readonly reason: "too-large" | "malformed" };

/** Bytes of the largest archive that the tool reads. */
const largestArchive = 31_457_280;

/**
 * The index of a folder of archives, as the free tool `opmbuild` writes it: the archives themselves, without code,
 * intros, database sections and build data, laid out anew. The root element is that of the last archive.
 *
 * @param archives in the order of `comparePaths`
 * @source OPM::Maker 1.12, `opmbuild index`
 */
export async function renderOpmbuildIndex(
  archives: AsyncIterable<ParsedArchive> | Iterable<ParsedArchive>,
): Promise<OpmbuildIndex> {
  let packages = "";
  let family: Family = families[0]!;
  for await (const archive of archives) {
    const { path } = archive;
    if (archive.size > largestArchive) return { kind: "failed", path, reason: "too-large" };
    const tree = await archive.tree();
    if (!tree?.isWellFormed || !tree.root) return { kind: "failed", path, reason: "malformed" };
    family = families.findLast((each) => tree.root!.name.includes(each)) ?? families[0]!;
    packages += renderPackage(tree, tree.root, path);
  }
  const root = `${family}_package_list`;
  const text = `<?xml version="1.0" encoding="utf-8" ?>\n<${root} version="1.0">\n${packages}\n</${root}>\n`;
  return { kind: "rendered", text };
}

function renderPackage(tree: SyntaxTree, root: Element, path: string): string {
  const toXml = declaresEncoding(tree) ? escapeText : escapeAscii;
  let text = "";
  for (const { node } of tree.topLevel()) {
    if (node.kind === "element") {
      text += `${renderLaidOut(packageItem(root, path, toXml), 0)}\n`;
    } else if (node.kind === "comment") {
      text += `<!--${node.content}-->\n`;
    }
  }
  return text;
}

/** What is left of an archive, ready to be laid out. */
type Item =
  | { readonly kind: "element"; readonly name: string; readonly attributes: string; readonly items: Item[] }
  /** A comment or an instruction, which gets a line of its own. */
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "text"; readonly text: string };

const removedNames: ReadonlySet<string> = new Set([
  ...["Code", "Intro", "Database"].flatMap((family) =>
    ["Install", "Upgrade", "Reinstall", "Uninstall"].map((operation) => `${family}${operation}`),
  ),
  "BuildHost",
  "BuildDate",
]);

type ToXml = (text: string) => string;

function packageItem(root: Element, path: string, toXml: ToXml): Item {
  const attributes = root.node.attributes.filter(({ name }) => name !== "version");
  const items = itemsOf(root, toXml, 1);
  items.push({
    kind: "element",
    name: "File",
    attributes: "",
    items: [{ kind: "text", text: toXml(`/${path}`) }],
  });
  return {
    kind: "element",
    name: "Package",
    attributes: renderAttributes(writtenAttributes(attributes, false), toXml),
    items,
  };
}

/** The recursion ends: only well-formed archives come here. */
function itemsOf(element: Element, toXml: ToXml, level: number): Item[] {
  const items: Item[] = [];
  const elements = element.elements[Symbol.iterator]();
  let text: string | undefined;
  const endText = () => {
    const trimmed = (text ?? "").replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
    if (trimmed !== "") items.push({ kind: "text", text: toXml(trimmed) });
    text = undefined;
  };
  for (const { node } of element.children()) {
    if (node.kind === "text" || node.kind === "reference") {
      text = (text ?? "") + textOf(node);
      continue;
    }
    endText();
    if (node.kind === "element") items.push(...elementItem(elements.next().value!, toXml, level));
    else items.push(...otherItem(node));
  }
  endText();
  return items;
}

function otherItem(node: SyntaxNode): Item[] {
  switch (node.kind) {
    case "cdata":
      return [{ kind: "text", text: `<![CDATA[${textOf(node)}]]>` }];
    case "comment":
      return [{ kind: "line", text: `<!--${node.content}-->` }];
    case "instruction":
      return [{ kind: "line", text: node.raw }];
    default:
      return [];
  }
}

function elementItem(element: Element, toXml: ToXml, level: number): Item[] {
  const { name, node } = element;
  if (level === 1 && removedNames.has(name)) return [];
  const isFile = level === 2 && name === "File" && element.parent?.name === "Filelist";
  if (isFile) {
    if (!element.value("Location")?.startsWith("doc/")) return [];
    const attributes = node.attributes.filter((attribute) => attribute.name !== "Encode");
    return [
      {
        kind: "element",
        name: "FileDoc",
        attributes: renderAttributes(writtenAttributes(attributes, false), toXml),
        items: [],
      },
    ];
  }
  const attributes = renderAttributes(writtenAttributes(node.attributes, false), toXml);
  return [{ kind: "element", name, attributes, items: itemsOf(element, toXml, level + 1) }];
}

/** Elements that stay on one line unless there is another kind of element in them. */
const compactNames: ReadonlySet<string> = new Set([
  "Vendor",
  "Name",
  "Description",
  "Version",
  "Framework",
  "ModuleRequired",
  "PackageRequired",
  "URL",
  "License",
  "File",
]);

function renderLaidOut(item: Item, level: number): string {
  if (item.kind !== "element") return item.text;
  const { name, attributes, items } = item;
  if (items.length === 0) return `<${name}${attributes}/>`;
  const inner =
    compactNames.has(name) && !items.some(hasBlock)
      ? items.map((each) => renderLaidOut(each, level + 1)).join("")
      : renderLines(items, level);
  return `<${name}${attributes}>${inner}</${name}>`;
}

function hasBlock(item: Item): boolean {
  return item.kind === "element" && (!compactNames.has(item.name) || item.items.some(hasBlock));
}

/** Text goes on where it stands, except behind a line of its own. */
function renderLines(items: readonly Item[], level: number): string {
  const lineBreak = `\n${"  ".repeat(level + 1)}`;
  const lines = items.map((item, index) => {
    const isBroken = index === 0 || item.kind !== "text" || items[index - 1]!.kind !== "text";
    return (isBroken ? lineBreak : "") + renderLaidOut(item, level + 1);
  });
  return `${lines.join("")}\n${"  ".repeat(level)}`;
}
