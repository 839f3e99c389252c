import { type PlacedStatement, placed } from "../../symbols/package-database.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import { escapeInQuotes, escapeXml } from "../../text/escape.ts";
import type { SourceText } from "../../text/source-text.ts";
import type { Span } from "../../text/span.ts";
import type { Fix } from "../rule.ts";

/** Gives an element another name, in its end tag too. */
export function renaming(element: Element, name: string): Fix {
  const spans = [element.nameSpan, ...(element.endNameSpan ? [element.endNameSpan] : [])];
  return {
    title: "Rename to {name}",
    arguments: { name },
    edits: spans.map((span) => ({ span, newText: name })),
  };
}

/** Takes an element out. */
export function removal({ name, span }: Element): Fix {
  return {
    title: "Remove <{name}>",
    arguments: { name },
    edits: [{ span, newText: "" }],
    removes: true,
  };
}

/** Takes a change out of the statement that it is a part of, and that as a whole where nothing else is in it. */
export function removalOfChange(statement: PlacedStatement, change: Element): Fix {
  return removal(statement.element.elements.length === 1 ? statement.element : placed(statement, change));
}

/** What a fix changes in a text. What it removes goes with the lines that it leaves nothing on. */
export function editsOf(
  { edits, removes }: Pick<Fix, "edits" | "removes">,
  source: SourceText,
): readonly TextEdit[] {
  return removes ? edits.map((edit) => (edit.newText === "" ? wholeLines(source, edit.span) : edit)) : edits;
}

/** Deletes a span, and the lines it stands on when they hold nothing else. */
export function wholeLines(source: SourceText, span: Span): TextEdit {
  const from = source.lineStart(source.positionAt(span.start).line);
  const to = source.lineStart(source.positionAt(span.end).line + 1);
  // On the last line there is no line break behind to take along.
  const hasLineBreak = to > span.end && /[\r\n]/.test(source.slice(to - 1, to));
  const alone = hasLineBreak && isBlankUpTo(source, from, span.start) && isBlankFrom(source, span.end, to);
  return { span: alone ? { start: from, end: to } : span, newText: "" };
}

/** What stands before an offset on its line when that is nothing but blanks; undefined when it is more. */
export function indentationBefore(source: SourceText, offset: number): string | undefined {
  const start = source.lineStart(source.positionAt(offset).line);
  return isBlankUpTo(source, start, offset) ? source.slice(start, offset) : undefined;
}

/** Lines can be as long as the text, and there can be a finding at every step of one. */
const reach = 256;

/** Tells whether there are only blanks between two offsets, looking from the second one. */
function isBlankUpTo(source: SourceText, start: number, end: number): boolean {
  return endOfText(source, start, end) === start;
}

/** Where what stands between two offsets ends when blanks behind it are left out. */
export function endOfText(source: SourceText, start: number, end: number): number {
  for (let at = end; at > start; at -= reach) {
    const from = Math.max(start, at - reach);
    const { length } = source.slice(from, at).trimEnd();
    if (length > 0) return from + length;
  }
  return start;
}

/** The same, looking from the first one. */
function isBlankFrom(source: SourceText, start: number, end: number): boolean {
  for (let at = start; at < end; at += reach) {
    if (source.slice(at, Math.min(end, at + reach)).trim() !== "") return false;
  }
  return true;
}

/** Gives an element an attribute, behind those it has; before them where one is not finished yet. */
export function attributeInsertion(element: Element, name: string, value: string): Fix {
  const { attributes, nameSpan } = element;
  const isFinished = attributes.every(({ hasValue }) => hasValue);
  const at = (isFinished ? attributes.at(-1)?.span.end : undefined) ?? nameSpan.end;
  return {
    title: "Add {attribute}",
    arguments: { attribute: `${name}="${value}"` },
    edits: [{ span: { start: at, end: at }, newText: ` ${name}="${escapeXml(value)}"` }],
  };
}

/** Takes an attribute out, with the blank before it. */
export function attributeRemoval(element: Element, attribute: Attribute): Fix {
  const previous = element.attributes[attribute.index - 1];
  const start = previous?.span.end ?? element.nameSpan.end;
  return {
    title: "Remove {attribute}",
    arguments: { attribute: attribute.name },
    edits: [{ span: { start, end: attribute.span.end }, newText: "" }],
    ...(attribute.value.trim() !== "" && { removes: true }),
  };
}

/** Gives an attribute another name. */
export function attributeRenaming({ nameSpan }: Attribute, name: string): Fix {
  return { title: "Rename to {name}", arguments: { name }, edits: [{ span: nameSpan, newText: name }] };
}

/** Writes another text in place of an element's own or of an attribute's value, in whatever quotes it stands. */
export function replacement(span: Span, text: string): Fix {
  return {
    title: "Write “{text}”",
    arguments: { text },
    edits: [{ span, newText: escapeInQuotes(text) }],
  };
}

/**
 * Gives elements another order: each moves to the place of another, so that what stands between them stays.
 *
 * @param elements as they stand, or more of the text that moves with them
 * @param order the same
 */
export function reordering(
  source: SourceText,
  elements: readonly { readonly span: Span }[],
  order: readonly { readonly span: Span }[],
): readonly TextEdit[] {
  return elements.flatMap(({ span }, index) => {
    const { span: moved } = order[index]!;
    return moved.start === span.start ? [] : [{ span, newText: source.slice(moved.start, moved.end) }];
  });
}
