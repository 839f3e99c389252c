import { SyntaxTree } from "../../syntax/tree.ts";
import { escapeXml } from "../../text/escape.ts";

/** A text as content: as it is where it is well-formed XML already, which is how opmbuild writes all of them. */
export function xmlContent(text: string): string {
  return /[<&]/.test(text) && SyntaxTree.parse(`<x>${text}</x>`).isWellFormed ? text : escapeXml(text);
}
