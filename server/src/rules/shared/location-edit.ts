import type { TextEdit } from "../../text/edit.ts";
import { escapeXml } from "../../text/escape.ts";
import type { SourceText } from "../../text/source-text.ts";
import type { Span } from "../../text/span.ts";

/**
 * Writes another path into the `Location` that a file has, whatever quotes it stands in.
 *
 * @param span of the value, without the quotes, in the text of `source`
 * @param path one that {@link isListable}
 */
export function relocation(span: Span, path: string, source: SourceText): TextEdit {
  const quote = source.slice(span.start - 1, span.start);
  const written = escapeXml(path).replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`);
  if (quote === "'") return { span, newText: written.replaceAll("'", "&apos;") };
  return { span, newText: quote === '"' ? written : `"${written}"` };
}

/** Whether there is a way to write a path in XML at all. */
export function isListable(path: string): boolean {
  return path !== "" && !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u.test(path);
}
