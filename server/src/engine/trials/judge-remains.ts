import type { PackageContents } from "../../builder/package-contents.ts";
import type { Message } from "../../l10n/translate.ts";
import type { DeployCheck } from "../../lifecycle/deploy-check.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import { differenceRows } from "../../report/difference-rows.ts";
import { leftTable, spanOfTable } from "../../report/dry-run-findings.ts";
import { differenceOf, pathsTouched, type SystemDifference } from "../../report/system-difference.ts";
import type { TrialFailure } from "../../report/trial-report.ts";
import { keptFor } from "../../rules/shared/kept-tables.ts";
import type { SystemState } from "../../system/system-state.ts";
import { plainFailure, thereText } from "./trial-result.ts";

/**
 * What a system has otherwise after the last of some operations than it had before. Folders do not count: frameworks leave
 * those that they have made for a package, and it has no way to have them taken away.
 */
export function differenceBetween(before: SystemState, ...plans: readonly Plan[]): SystemDifference {
  const paths = new Set(plans.flatMap(({ steps }) => [...pathsTouched(steps)]));
  const difference = differenceOf(before, plans.at(-1)!.after, paths);
  const files = difference.files.filter((each) => (each.after ?? each.before)?.kind !== "folder");
  return { ...difference, files };
}

/** What is still there behind an uninstall. Copies that the framework makes of files count, since they stay for ever. */
export function leftFailures(
  difference: SystemDifference,
  contents: PackageContents,
  kept: Readonly<Record<string, string>>,
): readonly TrialFailure[] {
  const tables = difference.database.added
    .filter(({ name }) => keptFor(name, kept) === undefined)
    .map(
      ({ name }): TrialFailure => ({
        message: { text: leftTable.text, values: { table: name }, further: keepText },
        span: contents.structure && spanOfTable(contents.structure, name),
        compared: { expected: thereText(name, false), actual: thereText(name, true) },
      }),
    );
  const rest = { ...difference, database: { ...difference.database, added: [] } };
  return [...tables, ...differenceFailures(rest, contents, "uninstall")];
}

const keepText: Message = {
  text: "Where they are, name the table with the reason in “keptTables” of sopm.json.",
};

/** The tables that are left on purpose behind an uninstall. */
export function keptNotes(
  { database: { added } }: SystemDifference,
  kept: Readonly<Record<string, string>>,
): readonly Message[] {
  return added.flatMap(({ name }) => {
    const reason = keptFor(name, kept);
    if (reason === undefined) return [];
    const text = "The table {table} is left on purpose: {reason}";
    return [{ text, values: { table: name, reason } }];
  });
}

/** Files that are not as in the package behind a reinstall. */
export function undeployedFailures(
  { files }: DeployCheck,
  contents: PackageContents,
): readonly TrialFailure[] {
  return files.map(({ location }) => {
    const tag = contents.files.find((file) => file.location === location)?.tag;
    const text = "The file {path} is not as in the package behind the reinstall.";
    return plainFailure({ text, values: { path: location } }, tag?.element.span);
  });
}

/** @param behind the operation whose outcome is compared with what was before, or behind the first install */
export function differenceFailures(
  difference: SystemDifference,
  { files }: PackageContents,
  behind: keyof typeof sentences,
): readonly TrialFailure[] {
  return differenceRows(difference).flatMap(([part, rows]) =>
    rows.map(({ change, subject, detail }): TrialFailure => {
      const kind = change === "returned" ? "changed" : change;
      const file = part === "files" ? files.find(({ location }) => location === subject) : undefined;
      const there = thereText(subject, true);
      const gone = thereText(subject, false);
      return {
        message: { text: sentences[behind][kind], values: { subject } },
        span: file?.tag.element.span,
        compared: {
          expected: kind === "added" ? gone : there,
          actual: kind === "removed" ? gone : detail ? { ...there, further: detail } : there,
        },
      };
    }),
  );
}

const sentences = {
  uninstall: {
    added: "{subject} is still there behind the uninstall.",
    removed: "{subject} was there before the install, and is not there behind the uninstall.",
    changed: "{subject} is otherwise behind the uninstall than before the install.",
  },
  reinstall: {
    added: "{subject} is there behind the reinstall, and was not there before.",
    removed: "{subject} is not there behind the reinstall any more.",
    changed: "{subject} is otherwise behind the reinstall than before.",
  },
  "install-again": {
    added: "{subject} is there behind the second install, and was not there behind the first.",
    removed: "{subject} is not there behind the second install, and was there behind the first.",
    changed: "{subject} is otherwise behind the second install than behind the first.",
  },
} as const;
