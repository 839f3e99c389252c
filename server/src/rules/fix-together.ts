import type { TextEdit } from "../text/edit.ts";
import type { Finding, Fix } from "./rule.ts";

/** Changes of a text that can be made side by side, and what they mend. */
export interface FixesTogether {
  /** They do not overlap. */
  readonly edits: readonly TextEdit[];
  readonly mended: readonly Finding[];
}

/**
 * The fixes of a document that are made when nobody is asked, as far as they can be made together: of each finding the
 * preferred one, unless it removes what the author may want, writes what only the author knows, or changes something else
 * than the text. Of those that touch the same text the first is taken; the others are for the next time.
 *
 * @param findings in document order; those about other files are passed over
 */
export function fixesTogether(findings: readonly Finding[]): FixesTogether {
  const own = findings.filter((finding) => !finding.file && isMendedUnasked(finding));
  const kinds = new Map<string, Finding[]>();
  for (const finding of own) {
    const kind = kindOfFix(finding);
    const others = kinds.get(kind);
    if (others) others.push(finding);
    else kinds.set(kind, [finding]);
  }
  const units = [...kinds.values()].flatMap((ofKind): readonly FixesTogether[] => {
    const together = ofKind[0]!.fixes![0]!.together;
    if (together && ofKind.length > 1)
      return together.length > 0 ? [{ edits: together, mended: ofKind }] : [];
    return ofKind.map((finding) => ({ edits: finding.fixes![0]!.edits, mended: [finding] }));
  });
  const made = withoutOverlaps(units);
  return { edits: made.flatMap(({ edits }) => edits), mended: made.flatMap(({ mended }) => mended) };
}

/** Whether a finding has a fix that is made when nobody is asked. */
export function isMendedUnasked({ fixes }: Pick<Finding, "fixes">): boolean {
  const fix = fixes?.[0];
  return fix !== undefined && !fix.removes && !fix.asks && fix.edits.length > 0;
}

/** Findings of one kind have the same rule, and a preferred fix that does the same or a part of the same. */
export function kindOfFix({ rule, variant, fixes }: Finding): string {
  const fix = fixes?.[0];
  return JSON.stringify([rule, variant, fix?.together ? "together" : fix?.title]);
}

/** Changes that can be made together: of those that touch the same text the first alone. */
export function withoutOverlaps<Change extends Pick<Fix, "edits">>(
  changes: readonly Change[],
): readonly Change[] {
  const edits = changes
    .flatMap((change) => change.edits.map((edit) => ({ ...edit, change })))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const dropped = new Set<Change>();
  let last: (typeof edits)[number] | undefined;
  for (const edit of edits) {
    if (dropped.has(edit.change)) continue;
    const overlaps = last && edit.span.start < last.span.end;
    const repeats = last?.span.start === edit.span.start && last.newText === edit.newText;
    if (overlaps || repeats) dropped.add(edit.change);
    else last = edit;
  }
  return changes.filter((change) => !dropped.has(change));
}
