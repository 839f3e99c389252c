import type { PackageSpec } from "../../model/package-spec.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
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

/** Takes an element out, with its lines where nothing else stands on them. */
export function removal(spec: PackageSpec, element: Element): Fix {
  return {
    title: "Remove <{name}>",
    arguments: { name: element.name },
    edits: [wholeLines(spec.tree.source, element.span)],
  };
}

/** Takes an element out where its surroundings are not known: its line stays behind empty. */
export function bareRemoval(element: Element): Fix {
  return {
    title: "Remove <{name}>",
    arguments: { name: element.name },
    edits: [{ span: element.span, newText: "" }],
  };
}

/** Deletes a span, and the lines it stands on when they hold nothing else. */
export function wholeLines(source: SourceText, span: Span): TextEdit {
  const from = source.lineStart(source.positionAt(span.start).line);
  const lineAfter = source.positionAt(span.end).line + 1;
  const to = source.lineStart(lineAfter);
  const before = source.slice(from, span.start);
  const behind = source.slice(span.end, to);
  const alone = before.trim() === "" && behind.trim() === "";
  // On the last line there is no line break behind to take along.
  if (!alone || !/[\r\n]$/.test(behind)) return { span, newText: "" };
  return { span: { start: from, end: to }, newText: "" };
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
  const previous = element.attributes.findLast(({ span }) => span.end <= attribute.span.start);
  const start = previous?.span.end ?? element.nameSpan.end;
  return {
    title: "Remove {attribute}",
    arguments: { attribute: attribute.name },
    edits: [{ span: { start, end: attribute.span.end }, newText: "" }],
  };
}

/** Writes another text in place of an element's own or of an attribute's value. */
export function replacement(span: Span, text: string): Fix {
  return {
    title: "Write “{text}”",
    arguments: { text },
    edits: [{ span, newText: escapeXml(text) }],
  };
}

/** A text as it is written between tags and between quotes. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
