import type { ArchivePart } from "./archive-part.ts";

/** An element as it is meant to stand in an archive, before it is written as text. */
export interface PlannedElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Characters and CDATA directly in it; undefined where nothing but layout is written. Of a file, see `file`. */
  readonly text: string | undefined;
  /**
   * For the element of a file: its place among the files of the archive, from 0. Its text is then XML as it is written,
   * and the content of the file in Base64 stands behind it.
   */
  readonly file?: number;
}

/** Characters of all texts together that are read back. The parser puts texts together letter by letter. */
const longestTexts = 1_000_000;

/**
 * Whether an archive can be compared with its plan by `readBack`: its parser needs a plain name at the root, takes
 * quotes in instructions for those of attributes, and is slow with texts of a length that no package has.
 */
export function canBeReadBack(elements: readonly PlannedElement[], parts: readonly ArchivePart[]): boolean {
  const length = elements.reduce((sum, { text = "" }) => sum + text.length, 0);
  // The first is the declaration.
  const hasInstruction = parts.some((part) => part.kind === "text" && part.text.includes("<?", 1));
  return /^\w+$/.test(elements[0]?.name ?? "") && length <= longestTexts && !hasInstruction;
}
