import { codeFamilies, introFamilies } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import type { ElementRule } from "../rule.ts";

/** Somebody took UTF-8 for an older encoding and wrote it as UTF-8 once more. */
export const textEncodedTwice: ElementRule = {
  id: "text-encoded-twice",
  scope: "element",
  elements: ["Description", "ChangeLog", "Vendor", "License", "Data", ...introFamilies, ...codeFamilies],
  isOfAnyFramework: true,
  severity: "warning",
  message: "Readers see “{written}” instead of “{meant}”, because this text was encoded twice.",

  check(element) {
    const slips = [...slipsIn(element)];
    const [first] = slips;
    if (!first) return undefined;
    const { span, written, meant } = first;
    const edits = slips.map((slip): TextEdit => ({ span: slip.span, newText: slip.meant }));
    return {
      span,
      arguments: { written, meant },
      fixes: [{ title: "Write “{text}”", arguments: { text: meant }, edits }],
    };
  },
};

interface Slip {
  readonly span: Span;
  readonly written: string;
  readonly meant: string;
}

function* slipsIn(element: Element): Iterable<Slip> {
  for (const { node, start } of element.children()) {
    if (node.kind === "text") yield* slipsOf(node.raw, start);
    else if (node.kind === "cdata") yield* slipsOf(node.content, start + "<![CDATA[".length);
  }
  for (const { name, hasValue, valueSpan, value } of element.attributes) {
    // With a reference in it, what is read is not what is written.
    if (name === "Title" && hasValue && value.length === valueSpan.end - valueSpan.start)
      yield* slipsOf(value, valueSpan.start);
  }
}

/** What the bytes from 0x80 to 0x9f stand for in Windows-1252; a blank where they stand for nothing. */
const windows = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
const trail = `[\u0080-\u00bf${windows.replaceAll(" ", "")}]`;
/** A first byte of UTF-8 and what follows it, each shown as a letter. */
const shown = new RegExp(`[\u00c2-\u00c5]${trail}|\u00e2${trail}{2}`, "g");

function* slipsOf(text: string, offset: number): Iterable<Slip> {
  for (const match of text.matchAll(shown)) {
    const [written] = match;
    const bytes = [...written].map(byteOf);
    const meant = new TextDecoder().decode(new Uint8Array(bytes));
    if ([...meant].length !== 1 || meant === "\ufffd" || meant < "\u00a0") continue;
    const start = offset + match.index;
    yield { span: { start, end: start + written.length }, written, meant };
  }
}

function byteOf(character: string): number {
  const code = character.charCodeAt(0);
  return code < 0x100 ? code : 0x80 + windows.indexOf(character);
}
