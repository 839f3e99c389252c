import type { PackageSpec } from "../model/package-spec.ts";
import type { Report } from "./rule.ts";

/**
 * Reports a metadata element that is not there or has no text, at the root's name or at the empty element.
 *
 * Nothing is said where the text breaks off in a comment or a CDATA section that is never closed, because the element
 * may well stand behind it.
 *
 * @param example what the fix writes into the element
 */
export function* missingElement(spec: PackageSpec, name: string, example: string): Iterable<Report> {
  const { root } = spec;
  if (!root || isCutShort(spec)) return;
  const found = spec.last(name);
  if (found && found.text.value.trim() !== "") return;
  if (found) {
    const { contentSpan, nameSpan } = found;
    const fixes =
      found.closing === "end-tag"
        ? [
            {
              title: "Insert “{text}”",
              arguments: { text: example },
              edits: [{ span: contentSpan, newText: example }],
            },
          ]
        : [];
    yield { span: nameSpan, arguments: { name }, fixes };
    return;
  }
  const at = root.contentSpan.start;
  yield {
    span: root.nameSpan,
    arguments: { name },
    fixes:
      root.closing === "empty"
        ? []
        : [
            {
              title: "Insert <{name}>",
              arguments: { name },
              edits: [{ span: { start: at, end: at }, newText: `\n    <${name}>${example}</${name}>` }],
            },
          ],
  };
}

function isCutShort(spec: PackageSpec): boolean {
  return spec.tree.problems.some(({ code }) => code === "comment-unclosed" || code === "cdata-unclosed");
}
