import type { BuildMode } from "../builder/build-mode.ts";
import type { OpenedArchive } from "../builder/opened-archive.ts";
import { cdataEdit } from "../features/surround.ts";
import { codeFamilies, introFamilies, isDatabaseFamily } from "../model/package-spec.ts";
import { isWrittenOnOwnLines } from "../model/written-text.ts";
import type { Attribute, Element } from "../syntax/element.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { edited, type TextEdit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";

/**
 * The spec that an archive was built from, as far as the archive tells: contents of files and build data are gone,
 * everything else stands where it stood. Files that the frameworks leave out are not listed.
 *
 * @param mode whose builder is to make the archive of it again. What the frameworks' has written as references becomes
 *   CDATA where it is code; opmbuild's has left the spec as it was.
 * @returns undefined for an archive that is not well-formed or holds no package
 */
export function sourceOfArchive({ text, files }: OpenedArchive, mode: BuildMode): string | undefined {
  if (text === undefined) return undefined;
  const spec = edited(
    text,
    files.flatMap(({ tag: { element }, isForbidden }) =>
      isForbidden ? [{ span: wholeLines(element.span, text), newText: "" }] : fileEdits(element, text, mode),
    ),
  );
  const tree = SyntaxTree.parse(spec);
  const children = tree.root?.elements ?? [];
  const result = edited(spec, [
    ...children
      .filter(({ name }) => deadNames.has(name))
      .map(({ span }) => ({ span: wholeLines(span, spec), newText: "" })),
    ...(mode === "framework" ? restoringEdits(tree) : []),
  ]);
  return result.endsWith("\n") ? result : `${result}\n`;
}

/** What builders and release scripts write about the building. */
const deadNames: ReadonlySet<string> = new Set(["BuildDate", "BuildHost", "BuildCommitID"]);

/** Takes the content out of the element of a file, and what a builder has said of it. */
function fileEdits(element: Element, text: string, mode: BuildMode): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const encode = element.attribute("Encode");
  // Written again behind the others, or in the place where it is.
  const isRewritten = mode === "framework" || encode?.index === element.attributes.length - 1;
  if (encode && isRewritten) edits.push(without(encode, text));
  const size = element.attribute("Size");
  if (size && mode === "framework") edits.push(without(size, text));
  if (element.closing !== "end-tag") return edits;
  const content = element.contentSpan;
  const [lead = ""] = /^\s*/.exec(text.slice(content.start, content.end)) ?? [];
  // Opmbuild writes the content behind the text that is there.
  if (mode === "opmbuild" && lead !== "") {
    edits.push({ span: { start: content.start + lead.length, end: content.end }, newText: "" });
  } else edits.push({ span: { start: content.start - 1, end: element.span.end }, newText: "/>" });
  return edits;
}

/** An attribute with the blanks before it. */
function without({ span }: Attribute, text: string): TextEdit {
  const before = text.slice(0, span.start);
  return { span: { start: before.trimEnd().length, end: span.end }, newText: "" };
}

/** An element with its line, where nothing else stands in that. */
function wholeLines(span: Span, text: string): Span {
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const isAlone = text.slice(lineStart, span.start).trim() === "";
  const [rest] = /^[ \t]*\r?\n/.exec(text.slice(span.end, span.end + 80)) ?? [];
  return isAlone && rest !== undefined ? { start: lineStart, end: span.end + rest.length } : span;
}

/** Writes what the frameworks' builder has written in its own way so that it is read and written again as it is. */
function restoringEdits(tree: SyntaxTree): readonly TextEdit[] {
  const text = tree.source.toString();
  const children = tree.root?.elements ?? [];
  return [
    ...[...tree.elements()].flatMap(({ attributes }) => attributes.flatMap((each) => valueEdits(each, text))),
    ...children.flatMap((element) => codeEdits(element, tree)),
    ...children
      .filter(({ name }) => isDatabaseFamily(name))
      .flatMap((element) => indentEdits(element, 2, text)),
  ];
}

/** A line break in a value was a reference before it was built; as it stands there it is read as a blank. */
function valueEdits({ valueSpan }: Attribute, text: string): readonly TextEdit[] {
  const raw = text.slice(valueSpan.start, valueSpan.end);
  if (!/[\t\n]/.test(raw)) return [];
  return [{ span: valueSpan, newText: raw.replaceAll("\n", "&#10;").replaceAll("\t", "&#9;") }];
}

/** Takes away the indentation that the builder writes behind the text of an element, and would write once more. */
function indentEdits(element: Element, level: number, text: string): readonly TextEdit[] {
  const [first] = element.elements;
  if (!first) return [];
  const within = element.elements.flatMap((child) => indentEdits(child, level + 1, text));
  if (isWrittenOnOwnLines({ name: element.name, level })) return within;
  const indentation = "    ".repeat(level);
  const start = first.start - indentation.length;
  const isThere = start >= element.contentSpan.start && text.slice(start, first.start) === indentation;
  return isThere ? [{ span: { start, end: first.start }, newText: "" }, ...within] : within;
}

const codeNames: ReadonlySet<string> = new Set([...codeFamilies, ...introFamilies]);

/** Code is written so that it can be read. */
function codeEdits(element: Element, { source }: SyntaxTree): readonly TextEdit[] {
  const children = [...element.children()];
  if (!codeNames.has(element.name) || !children.some(({ node }) => node.kind === "reference")) return [];
  const { start, end } = element.contentSpan;
  const raw = source.slice(start, end);
  const span = { start: end - raw.trimStart().length, end: start + raw.trimEnd().length };
  const edit = cdataEdit(children, span, source);
  return edit ? [edit] : [];
}
