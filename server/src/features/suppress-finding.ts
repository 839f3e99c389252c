import type { TextEdit } from "../text/edit.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { indentationAt, indentationUnit, lineBreakOf } from "./layout.ts";

/**
 * Writes the comment that switches a rule off for the line of an offset, above that line or at its end.
 * Undefined where neither place takes a comment, such as in the middle of Perl.
 */
export function suppressOnLine(
  document: FeatureDocument,
  rule: string,
  offset: number,
): TextEdit | undefined {
  const { source } = document.tree;
  const { line } = source.positionAt(offset);
  const lineStart = source.lineStart(line);
  const existing = line > 0 ? directiveOnLine(document, line - 1, "next-line") : undefined;
  if (existing !== undefined) return inserted(existing, ` ${rule}`);
  if (takesComment(document, lineStart)) {
    const comment = `<!-- sopm-disable-next-line ${rule} -->`;
    return inserted(lineStart, indentationAt(source, lineStart) + comment + lineBreakOf(source));
  }
  const lineEnd = source.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
  if (takesComment(document, lineEnd)) return inserted(lineEnd, ` <!-- sopm-disable-line ${rule} -->`);
  return undefined;
}

/** Writes the comment that switches a rule off for the file, first in the root; undefined without a place for it. */
export function suppressInFile(document: FeatureDocument, rule: string): TextEdit | undefined {
  const { source, root } = document.tree;
  if (!root || root.closing === "empty" || root.closing === "unfinished") return undefined;
  let start = root.contentSpan.start;
  for (const node of root.node.children) {
    if (node.kind === "comment" && node.closed && isDirective(node.content, "file")) {
      return inserted(start + 4 + node.content.trimEnd().length, ` ${rule}`);
    }
    // Whoever looks for it looks at the top.
    if (node.kind === "element") break;
    start += node.width;
  }
  const indentation = indentationAt(source, root.start) + indentationUnit(source, root);
  const comment = `<!-- sopm-disable-file ${rule} -->`;
  return inserted(root.contentSpan.start, lineBreakOf(source) + indentation + comment);
}

/** Where another rule can be added to a comment on a line; undefined when the line holds no such comment. */
function directiveOnLine(document: FeatureDocument, line: number, scope: string): number | undefined {
  const { source, root } = document.tree;
  const start = source.lineStart(line);
  const match = /^(\s*<!--)(.*?)\s*-->\s*$/.exec(source.slice(start, source.lineStart(line + 1)));
  if (!root || !match || !isDirective(match[2]!, scope)) return undefined;
  const place = document.tree.placeAt(start + match[1]!.length);
  const isComment = place.kind === "content" && place.node?.node.kind === "comment";
  return isComment ? start + match[1]!.length + match[2]!.length : undefined;
}

function isDirective(comment: string, scope: string): boolean {
  return new RegExp(`^\\s*sopm-disable-${scope}\\b`).test(comment);
}

/** Tells whether a comment may stand at an offset without becoming part of a text, a tag or a script. */
function takesComment({ tree, context }: FeatureDocument, offset: number): boolean {
  const place = tree.placeAt(offset);
  if (place.kind !== "content") return false;
  if (place.node && place.node.node.kind !== "text" && place.node.node.kind !== "element") return false;
  const { declaration } = tree;
  if (declaration && offset <= declaration.start) return false;
  if (!place.element) return true;
  const fact = context.schema.element(place.element.name);
  return !fact || fact.content === "elements";
}

function inserted(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}
