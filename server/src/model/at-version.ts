import type { SyntaxTree } from "../syntax/tree.ts";
import type { TextEdit } from "../text/edit.ts";
import { escapeXml } from "../text/escape.ts";
import type { Span } from "../text/span.ts";
import { specOf } from "./package-spec.ts";

/** A spec as it is at the version that it is going to be released as. */
export interface SpecAtVersion {
  readonly tree: SyntaxTree;
  /** Where something in it stands in the text as it is written. */
  readonly toWritten: (span: Span) => Span;
  /** True for what lies in the version that was put in, and so in no text that anybody has written. */
  readonly isPutIn: (span: Span) => boolean;
}

/**
 * Puts a version into a spec, where many have a placeholder such as 0.0.0: into the element that counts, or behind the
 * name where there is none. It is what building the spec with that version makes of it, so that whoever checks it,
 * tries it or prints its statements speaks of the package that is going to be built.
 *
 * @param version undefined for the one that is written in it
 */
export function atVersion(tree: SyntaxTree, version: string | undefined): SpecAtVersion {
  const edit = version === undefined ? undefined : versionEdit(tree, version);
  if (!edit) return { tree, toWritten: (span) => span, isPutIn: () => false };
  const { start, end } = edit.span;
  const endOfNew = start + edit.newText.length;
  const moved = (offset: number, inside: number): number => {
    if (offset <= start) return offset;
    return offset >= endOfNew ? offset - endOfNew + end : inside;
  };
  return {
    tree: tree.edited(edit),
    toWritten: (span) => ({ start: moved(span.start, start), end: moved(span.end, end) }),
    isPutIn: (span) => span.start < endOfNew && span.end > start,
  };
}

/** Undefined where the form of the text leaves no place for a version. */
function versionEdit(tree: SyntaxTree, version: string): TextEdit | undefined {
  const spec = specOf(tree);
  const written = spec.last("Version");
  const text = escapeXml(version);
  const element = `<Version>${text}</Version>`;
  if (!written) {
    const at = spec.last("Name")?.span.end ?? spec.root?.contentSpan.start;
    return at === undefined ? undefined : { span: { start: at, end: at }, newText: element };
  }
  // An empty tag has no inside.
  if (written.closing === "empty") return { span: written.span, newText: element };
  return written.closing === "end-tag" ? { span: written.contentSpan, newText: text } : undefined;
}
