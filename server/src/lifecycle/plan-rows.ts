import type { Message } from "../l10n/translate.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { SystemChange } from "../system/system-state.ts";
import { readingLog } from "./checks/presence.ts";
import { type LogEntry, logEntry } from "./log.ts";
import type { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { remainsOfRow } from "./remains.ts";

/**
 * Plans that the rows of a package are deleted. A failure is only logged.
 *
 * @param version all versions when undefined
 * @source Znuny 7.1 and OTOBO 11, RepositoryRemove
 */
export function removeRows(planning: Planning, name: string | undefined, version: string | undefined): void {
  planning.add(
    planning.uniqueKey("package-table remove"),
    { kind: "package-table", action: "remove", name, version },
    { log: name === undefined ? [logEntry("name-not-given")] : [] },
  );
  if (name === undefined) return;
  deleteRows(planning, name, version);
}

function deleteRows(planning: Planning, name: string, version: string | undefined): void {
  const change: SystemChange = { part: "packages", change: { kind: "remove-rows", name, version } };
  tableStep(planning, "delete", name, version, undefined, [change]);
}

/**
 * Plans that the package gets its row and is made installed. Only this can still refuse the operation. Returns
 * whether it goes on.
 *
 * @source Znuny 7.1 and OTOBO 11, RepositoryAdd: name and version must be there as elements, name, version and
 *   vendor must not be empty in the table
 */
export function addRow(planning: Planning): boolean {
  const { contents, structure, identity } = planning;
  const refusal = refusalOf(planning);
  planning.add(
    planning.uniqueKey("package-table add"),
    { kind: "package-table", action: "add", name: identity.name, version: identity.version },
    refusal
      ? {
          outcome: "fails",
          reason: refusal.reason,
          log: refusal.log,
          quirks: ["registered-last"],
          remains: remainsOfRow(planning.operation, "insert"),
        }
      : {},
  );
  if (refusal) {
    planning.refuse("registration", refusal.reason);
    return false;
  }
  const { name = "", version = "", vendor = "" } = identity;
  const missing = (["Name", "Version", "Vendor"] as const).find(
    (each) => structure.single[each]?.content === undefined,
  );
  if (planning.system.packages.some((row) => row.name === name && row.version === version)) {
    deleteRows(planning, name, version);
  }
  const problem = missing && {
    reason: {
      text: "The package has no {element}, and the package table does not take it.",
      values: { element: missing },
    },
    log: [logEntry("column-null", { column: missing.toLowerCase() })],
  };
  const row: PackageRow = { name, version, vendor, status: "not installed", digest: contents.digest };
  return (
    tableStep(planning, "insert", name, version, problem, [
      { part: "packages", change: { kind: "add-row", row, contents } },
    ]) &&
    tableStep(planning, "set-status", name, version, undefined, [
      { part: "packages", change: { kind: "set-status", name, version, status: "installed" } },
    ])
  );
}

interface Problem {
  readonly reason: Message;
  readonly log: readonly LogEntry[];
}

function refusalOf({ contents, structure }: Planning): Problem | undefined {
  if (!contents.structure) {
    return {
      reason: { text: "The package cannot be read, so there is nothing to register." },
      log: [...readingLog(contents.log), logEntry("invalid-package")],
    };
  }
  if (!structure.single.Name) {
    return {
      reason: { text: "The package has no Name, so it cannot be registered." },
      log: [logEntry("name-needed")],
    };
  }
  if (!structure.single.Version) {
    return {
      reason: { text: "The package has no Version, so it cannot be registered." },
      log: [logEntry("version-needed")],
    };
  }
  return undefined;
}

/** Adds one change of the table. Returns false when it fails and the operation ends with it. */
function tableStep(
  planning: Planning,
  action: "insert" | "delete" | "set-status",
  name: string,
  version: string | undefined,
  problem: Problem | undefined,
  changes: readonly SystemChange[],
): boolean {
  const key = planning.uniqueKey(`package-table ${action}`);
  const assumption = planning.assumed(key);
  const remains = remainsOfRow(planning.operation, action);
  const detail = { kind: "package-table", action, name, version } as const;
  if (!problem && assumption !== "fails") {
    const quirks: readonly QuirkId[] =
      action === "set-status" && planning.operation === "upgrade" ? ["row-before-code"] : [];
    planning.add(key, detail, { assumed: assumption !== undefined, quirks, changes, remains });
    return true;
  }
  const reason: Message = problem?.reason ?? { text: "This step is assumed to fail." };
  const assumed = !problem;
  const quirks = problem ? (["registered-last"] as const) : [];
  planning.add(key, detail, { outcome: "fails", assumed, reason, log: problem?.log ?? [], quirks, remains });
  if (action === "delete" && planning.operation === "uninstall") return true;
  planning.refuse("registration", reason);
  return false;
}
