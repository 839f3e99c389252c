import type { LoggedChange } from "../../model/package-shape.ts";
import { compareStrictly } from "../../model/version.ts";
import { escapeXml } from "../../text/escape.ts";
import { memo } from "../../text/memo.ts";
import type { Fix, NeighbourRule } from "../rule.ts";
import { changesOf } from "../shared/change-log.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";
import { type ReleasedVersion, releasedBefore, releasedPlace } from "../shared/released-versions.ts";
import { besides } from "../shared/section-place.ts";

/** What was said of a version when it was released is what readers know of it. */
export const changelogEntryEdited: NeighbourRule = {
  id: "changelog-entry-edited",
  scope: "neighbours",
  elements: ["ChangeLog"],
  isOfAnyFramework: true,
  severity: "information",
  message: {
    added:
      "Readers take this for a part of {version}, but {released} was released without this entry. What was changed since then belongs to an entry for a later version.",
    edited:
      "Readers were told something else of {version}: {released} was released with another text of this entry. What was changed since then belongs to an entry for a later version.",
  },

  *check(spec, context, others) {
    if (context.kind !== "spec") return;
    const released = releasedBefore(spec, context, others);
    if (released.length === 0) return;
    const own = plainVersion(context.packageVersion);
    const entries = changesOf(spec).flatMap(({ element, version }) =>
      version === undefined ? [] : [{ element, version, words: wordsOf(element.text.value) }],
    );
    for (const { element, version, words } of entries) {
      const telling = released.filter(
        (each) => compareStrictly(each.version, version) >= 0 && entriesOf(each, version).length > 0,
      );
      // The one that is nearest to what the entry is about.
      const first = telling.at(-1);
      if (!first || telling.some((each) => entriesOf(each, version).some((entry) => entry.words === words)))
        continue;
      const present = entries.filter((entry) => entry.version === version);
      const lost = entriesOf(first, version).filter(
        (entry) => !present.some((each) => each.words === entry.words),
      );
      const changed = present.filter(
        (each) => !entriesOf(first, version).some((entry) => entry.words === each.words),
      );
      const attribute = element.attribute("Version")!;
      const fixes: Fix[] = [];
      if (own !== undefined && lost.length === 0)
        fixes.push({ ...replacement(attribute.valueSpan, own), asks: true });
      else if (own !== undefined && lost.length === 1 && changed.length === 1) {
        const { start, end } = element.span;
        const { source } = spec.tree;
        const { span } = element.text;
        const before =
          source.slice(start, span.start) + escapeXml(lost[0]!.text) + source.slice(span.end, end);
        fixes.push({
          title: "Make it an entry for {own} and put the one for {version} back",
          arguments: { own, version },
          edits: [
            replacement(attribute.valueSpan, own).edits[0]!,
            besides(spec, element, [[before]], "behind"),
          ],
          asks: true,
        });
      }
      yield {
        span: attribute.valueSpan,
        variant: lost.length === 0 ? "added" : "edited",
        arguments: { version, released: first.version },
        related: releasedPlace(first),
        fixes,
      };
    }
  },
};

interface Entry extends LoggedChange {
  readonly words: string;
}

function entriesOf({ shape }: ReleasedVersion, version: string): readonly Entry[] {
  return byVersion(shape.changes).get(version) ?? [];
}

const byVersion = memo((changes: readonly LoggedChange[]) => {
  const entries = new Map<string, Entry[]>();
  for (const change of changes) {
    const entry = { ...change, words: wordsOf(change.text) };
    const found = entries.get(change.version);
    if (found) found.push(entry);
    else entries.set(change.version, [entry]);
  }
  return entries;
});

/** What a text says, whatever its letter case, its blanks and its punctuation, which are mended now and then. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}
