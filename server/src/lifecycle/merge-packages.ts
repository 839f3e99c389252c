import type { Message } from "../l10n/translate.ts";
import { isTrue, type StartTag } from "../model/package-structure.ts";
import { compareStrictly } from "../model/version.ts";
import type { PackageRow } from "../system/package-table.ts";
import { installedRows } from "./installed-rows.ts";
import { logEntry } from "./log.ts";
import { fitsPhase, noInsight, planCode } from "./plan-code.ts";
import { type ElementGate, reportSkipped, runGated } from "./plan-database.ts";
import { removeRows } from "./plan-rows.ts";
import type { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { remainsOfCheck } from "./remains.ts";
import { removeFiles } from "./remove-file.ts";

/**
 * Plans that other packages are absorbed: for each its merge sections, when it is older than the version that it is
 * absorbed in, then the removal of its files and its row. Its tables stay. Returns whether the operation goes on.
 *
 * @source Znuny 7.1 and OTOBO 11, _MergePackages, Force or not
 */
export function mergePackages(planning: Planning): boolean {
  const merges = planning.structure.repeated.PackageMerge;
  if (merges.length === 0) {
    reportUnused(planning, { text: "The package merges no other package." });
    return true;
  }
  const place = planning.uniqueKey("merge");
  const found = merges.flatMap((tag): readonly Merge[] => {
    const name = tag.attributes.get("Name");
    const row = installedRows(planning.system.packages, name)[0];
    return row ? [{ tag, row, target: tag.attributes.get("TargetVersion") }] : [];
  });
  planning.add(
    `${place} begin`,
    { kind: "merge-begin" },
    {
      span: planning.spanOf(merges[0]),
      log: merges.filter((tag) => !tag.attributes.has("Name")).map(() => logEntry("name-unknown")),
      quirks: quirksOf(planning, found),
    },
  );
  if (!found.some(runsSections))
    reportUnused(planning, { text: "No older version of a merged package is installed." });
  for (const merge of found) {
    const { row, target, tag } = merge;
    if (!planning.system.packages.includes(row)) continue;
    planning.merged.set(row.name, row.version);
    if (row.version !== target && !isOlder(planning, row.version, target)) {
      const values = { name: row.name, installed: row.version, target: target ?? "" };
      const reason: Message = {
        text: "The package {name} is to be merged up to version {target}, and {installed} is installed.",
        values,
      };
      const span = planning.spanOf(tag);
      const isSame = target !== undefined && compareStrictly(row.version, target) === 0;
      planning.add(
        `${place} end`,
        { kind: "merge-end", success: false },
        {
          outcome: "fails",
          reason,
          span,
          log: [
            ...(target === undefined ? [logEntry("version-not-given")] : []),
            logEntry("merge-newer", values),
          ],
          quirks: isSame ? ["merge-version-spelling"] : [],
          remains: remainsOfCheck(planning),
        },
      );
      planning.refuse("merge", reason, span);
      return false;
    }
    if (runsSections(merge)) runMergeSections(planning, row.version, target!);
    planning.removesTwice = true;
    removeFiles(planning, planning.system.archives.contents(row.digest));
    removeRows(planning, row.name, row.version);
    planning.mergedHere = true;
    if (planning.stopped) return false;
  }
  planning.add(`${place} end`, { kind: "merge-end", success: true });
  return true;
}

interface Merge {
  readonly tag: StartTag;
  /** The package that is absorbed. */
  readonly row: PackageRow;
  readonly target: string | undefined;
}

/** A version that is the same text needs no merge sections. */
function runsSections({ row, target }: Merge): boolean {
  return row.version !== target;
}

function isOlder(planning: Planning, version: string, target: string | undefined): boolean {
  if (target === undefined) return false;
  if (!planning.isAtLeast(version, target)) return true;
  return !planning.has("merge-version-spelling") && compareStrictly(version, target) === 0;
}

function quirksOf(planning: Planning, merges: readonly Merge[]): readonly QuirkId[] {
  if (merges.length === 0) return [];
  const isAnyMerged = merges.some(
    ({ row, target }) => row.version === target || isOlder(planning, row.version, target),
  );
  const quirks: QuirkId[] = isAnyMerged && planning.has("merge-before-checks") ? ["merge-before-checks"] : [];
  const names = new Set<string | undefined>(merges.map(({ row }) => row.name));
  const { packages, archives } = planning.system;
  const isRequired = packages.some(
    (row) =>
      row.status === "installed" &&
      !names.has(row.name) &&
      row.name !== planning.identity.name &&
      archives
        .contents(row.digest)
        .structure?.repeated.PackageRequired.some(({ content }) => names.has(content)),
  );
  return isRequired ? [...quirks, "merge-dependents"] : quirks;
}

/** Merge code is bounded above by the target alone, merge SQL below by the installed version alone. */
function runMergeSections(planning: Planning, installed: string, target: string): void {
  planCode(
    planning,
    "CodeUpgrade",
    "merge",
    ({ attributes }) => {
      const version = attributes.get("Version");
      if (!isTrue(version) || planning.isAtLeast(target, version!)) return undefined;
      return {
        text: "The section is for {version}, and the package is merged up to {target}.",
        values: { version: version!, target },
      };
    },
    ({ attributes }) => {
      const version = attributes.get("Version");
      return isTrue(version) && planning.isAtLeast(installed, version!) ? ["merge-code-repeated"] : [];
    },
  );
  if (planning.stopped) return;
  const tags = planning.structure.database.DatabaseUpgrade.get("merge") ?? [];
  runGated(planning, "DatabaseUpgrade", "merge", tags, mergeGate(planning, installed, target));
}

function mergeGate(planning: Planning, installed: string, target: string): ElementGate {
  const goesByLevel = planning.has("merge-sql-level");
  return {
    reason(version) {
      const values = { version, installed, target };
      if (planning.isAtLeast(installed, version)) {
        return { text: "The element is for {version}, and the absorbed package is {installed}.", values };
      }
      if (!goesByLevel && !planning.isAtLeast(target, version)) {
        return { text: "The element is for {version}, and the package is merged up to {target}.", values };
      }
      return undefined;
    },
    quirks: () => [],
    looksAtConditions: !planning.has("condition-ignored"),
    runsUnversioned: !goesByLevel,
    goesByLevel,
    unversioned: "merge-sql-level",
  };
}

/** Adds a step for each merge section when none of them runs. */
function reportUnused(planning: Planning, reason: Message): void {
  const sections = planning.structure.repeated.CodeUpgrade;
  for (const [index, section] of sections.entries()) {
    if (!fitsPhase(section, "merge") || fitsPhase(section, "post") || fitsPhase(section, "pre")) continue;
    planning.add(
      planning.uniqueKey(`code CodeUpgrade ${index + 1}`),
      {
        kind: "code",
        family: "CodeUpgrade",
        phase: "merge",
        version: section.attributes.get("Version"),
        code: section.content ?? "",
        insight: noInsight,
      },
      { outcome: "skipped", reason, span: planning.spanOf(section) },
    );
  }
  reportSkipped(planning, "DatabaseUpgrade", "merge", reason);
}
