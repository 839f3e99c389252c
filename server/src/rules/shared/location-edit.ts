import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import { escapeXml } from "../../text/escape.ts";
import type { SourceText } from "../../text/source-text.ts";

/**
 * Writes another path into the `Location` that a file has, whatever quotes it stands in.
 *
 * @param file one with a `Location` in the text of `source`
 * @param path one that {@link isListable}
 */
export function relocation(file: Element, path: string, source: SourceText): TextEdit {
  const { valueSpan: span } = file.attribute("Location")!;
  const quote = source.slice(span.start - 1, span.start);
  const written = escapeXml(path).replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`);
  if (quote === "'") return { span, newText: written.replaceAll("'", "&apos;") };
  return { span, newText: quote === '"' ? written : `"${written}"` };
}

/** Whether there is a way to write a path in XML at all. */
export function isListable(path: string): boolean {
  return path !== "" && !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u.test(path);
}
