import type { ArchivePart, PlannedElement } from "../host/archive-writer.ts";

/** Characters of all texts together that are read back. The parser puts texts together letter by letter. */
const longestTexts = 1_000_000;

/**
 * Whether an archive can be compared with its plan by `readBack`: its parser takes quotes in instructions for those of
 * attributes, and is slow with texts of a length that no package has.
 */
export function canBeReadBack(elements: readonly PlannedElement[], parts: readonly ArchivePart[]): boolean {
  const length = elements.reduce((sum, { text = "" }) => sum + text.length, 0);
  // The first is the declaration.
  const hasInstruction = parts.some((part) => part.kind === "text" && part.text.includes("<?", 1));
  return length <= longestTexts && !hasInstruction;
}
