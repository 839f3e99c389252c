import { isThere } from "../../host/named-files.ts";
import type { Message } from "../../l10n/translate.ts";
import { compareStrictly } from "../../model/version.ts";
import { type BuildDecision, refusalReason } from "../decide-build.ts";
import type { FoundVersion } from "../find-versions.ts";
import type { RaisedSpec } from "./raised-spec.ts";
import type { ReleaseJournal } from "./release-journal.ts";
import { digestPath, type ReleaseWorld, sbomPath } from "./run-release.ts";

/** What is against a release, but for what Git knows. */

export function buildObjections(decision: BuildDecision): readonly Message[] {
  if (decision.kind === "build") return [];
  const { refusals, errors } = decision;
  const reasons: readonly Message[] = refusals.map(refusalReason);
  if (errors.length === 0) return reasons;
  const text =
    "The package has errors, which the Problems view and “sopm lint” name. Mend them first. There are: {count}";
  return [...reasons, { text, values: { count: errors.length } }];
}

/** @param asked what the entry is to say; undefined for what commits say */
export function changeLogObjections(
  { hasEntry, said, after, version }: RaisedSpec,
  asked: string | undefined,
): readonly Message[] {
  if (hasEntry) {
    if (said.trim() !== "") return [];
    const text = "No commit says what is new, so that the entry of the change log would be empty. Write one.";
    return [{ text }];
  }
  const has = after.spec.all("ChangeLog").some((entry) => entry.value("Version") === version);
  if (asked === undefined || !has) return [];
  const text = "The change log has an entry for {version} already. Change that one instead.";
  return [{ text, values: { version } }];
}

export function versionObjections(version: string, released: readonly FoundVersion[]): readonly Message[] {
  const same = released.find((each) => compareStrictly(each.version, version) === 0);
  if (same) {
    const text = "{version} has been released already. Raise the version.";
    return [{ text, values: { version } }];
  }
  const newest = released.at(-1);
  if (!newest || compareStrictly(newest.version, version) < 0) return [];
  const text =
    "{version} is older than {newest}, which has been released already. No system would upgrade to it.";
  return [{ text, values: { version, newest: newest.version } }];
}

/** Nothing that is there is replaced, but an index. */
export async function placeObjections(
  journal: ReleaseJournal,
  world: ReleaseWorld,
): Promise<readonly Message[]> {
  const objections: Message[] = [];
  if ((await world.named.kindOf(journal.outputFolder).catch(() => undefined)) !== "folder") {
    objections.push({
      text: "There is no folder “{folder}” to write the archive into.",
      values: { folder: journal.outputFolder },
    });
  }
  for (const path of [journal.archive, digestPath(journal), sbomPath(journal)]) {
    if (!(await isThere(path, world.named))) continue;
    objections.push({ text: "“{path}” is there already, and is not replaced.", values: { path } });
  }
  const { index } = journal;
  if (index?.before === null && (await isThere(index.path, world.named))) {
    objections.push({ text: "“{path}” is no file, and is not replaced.", values: { path: index.path } });
  }
  return objections;
}
