import { codeFamilies } from "../model/package-spec.ts";
import type { Element } from "../syntax/element.ts";
import type { ReferenceNode } from "../syntax/node.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { cdataStart, embeddedPlace } from "./embedded-place.ts";
import type { FeatureDocument } from "./feature-document.ts";

/** Perl of a spec as a text for those who know Perl and no specs. */
export interface PerlView {
  /**
   * The code, with every character in the line and column that it has in the spec. Everything else is blank: lines before
   * it are empty, and behind it there is nothing.
   */
  readonly text: string;
  /** Which section of code it is, counted from 1; 0 for all. */
  readonly section: number;
  /** The code of each section that is shown, with what markup is in it. */
  readonly spans: readonly Span[];
  /** True where a text that is inserted at the offset has to be escaped, because it is in no CDATA. */
  readonly isEscaped: boolean;
}

/** The Perl of the section in whose code an offset is; undefined in markup, in references, and outside of sections. */
export function perlViewAt(document: FeatureDocument, offset: number): PerlView | undefined {
  const sections = sectionsOf(document);
  // The last, because one that has lost its end tag has others in it.
  const index = sections.findLastIndex(
    ({ contentSpan }) => contentSpan.start <= offset && offset <= contentSpan.end,
  );
  const section = sections[index];
  const place = section && embeddedPlace(section, offset);
  return place && { ...viewOf([section], document.tree.source), ...place, section: index + 1 };
}

/** The Perl of all sections in one text; undefined where there is none. */
export function perlView(document: FeatureDocument): PerlView | undefined {
  const sections = sectionsOf(document);
  if (sections.length === 0) return undefined;
  return { ...viewOf(sections, document.tree.source), section: 0, isEscaped: false };
}

function sectionsOf({ spec }: FeatureDocument): readonly Element[] {
  return spec.sections(codeFamilies);
}

function viewOf(sections: readonly Element[], source: SourceText): Pick<PerlView, "text" | "spans"> {
  let text = "";
  let line = 0;
  const spans: Span[] = [];
  for (const section of sections) {
    const { start: offset } = section.contentSpan;
    const start = source.positionAt(offset);
    // Two sections in one line: the second goes on behind the first.
    const written = text.length - 1 - Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
    text +=
      start.line > line
        ? "\n".repeat(start.line - line) + " ".repeat(start.character)
        : " ".repeat(Math.max(0, start.character - written));
    const code = codeOf(section, source);
    text += code;
    const end = offset + code.length;
    spans.push({ start: offset, end });
    line = source.positionAt(end).line;
  }
  return { text, spans };
}

/** The content of a section up to its first element, as long as it is in the spec. */
function codeOf(section: Element, source: SourceText): string {
  let text = "";
  let references: ReferenceNode[] = [];
  const finish = (next: string) => {
    text += aligned(references, text.at(-1), next.at(0));
    references = [];
    text += next;
  };
  for (const { node, start } of section.children()) {
    if (node.kind === "element") break;
    if (node.kind === "reference") references.push(node);
    else if (node.kind === "text") finish(node.raw);
    else {
      const raw = source.slice(start, start + node.width);
      if (node.kind !== "cdata") finish(blank(raw));
      else {
        const end = cdataStart.length + node.content.length;
        finish(blank(raw.slice(0, cdataStart.length)) + node.content + blank(raw.slice(end)));
      }
    }
  }
  finish("");
  return text;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

/**
 * What references stand for, filled up with blanks to their length. The characters stay together, and beside an operator
 * that they are a part of, so that `-&gt;` and `&lt;=` become one sign.
 */
function aligned(
  references: readonly ReferenceNode[],
  before: string | undefined,
  next: string | undefined,
): string {
  const value = references.map(({ value, raw }) => (value ?? raw).replace(/[\r\n]/g, " ")).join("");
  const width = references.reduce((sum, { raw }) => sum + raw.length, 0);
  const isEnd = !isOperator(before) && isOperator(next);
  return isEnd ? value.padStart(width) : value.padEnd(width);
}

function isOperator(character: string | undefined): boolean {
  return character !== undefined && /[-=<>&|!+*/.~^%]/.test(character);
}
