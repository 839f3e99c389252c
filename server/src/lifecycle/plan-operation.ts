import type { PackageContents } from "../builder/package-contents.ts";
import type { Message } from "../l10n/translate.ts";
import { homePath, parentPath } from "../system/home-path.ts";
import type { SystemState } from "../system/system-state.ts";
import { installedRows } from "./installed-rows.ts";
import { leftTables, tablesUnlikeInstalled } from "./left-tables.ts";
import { logEntry } from "./log.ts";
import { mergePackages } from "./merge-packages.ts";
import type { Operation } from "./operation.ts";
import { documentedOrder, entranceChecks, orderOf, type Slot } from "./order.ts";
import type { Plan, Step } from "./plan.ts";
import { planCheck } from "./plan-check.ts";
import { planCode, reportCodeWithoutPhase } from "./plan-code.ts";
import { planConfiguration } from "./plan-configuration.ts";
import { planDatabase, reportDatabaseWithoutPhase } from "./plan-database.ts";
import type { PlanOptions } from "./plan-options.ts";
import { addRow, removeRows } from "./plan-rows.ts";
import { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { removeFiles } from "./remove-file.ts";
import { writeFiles } from "./write-file.ts";

/**
 * Plans what an operation on a package would do on a system, step by step, as its framework does it. Reads nothing
 * but its arguments and changes nothing.
 *
 * @throws PackageError when a content that is needed, of the package or in the home, cannot be read
 */
export function planOperation(
  operation: Operation,
  contents: PackageContents,
  system: SystemState,
  options: PlanOptions = {},
): Plan {
  const planning = new Planning(operation, contents, system, options);
  const installedVersion = installedRows(system.packages, planning.identity.name).at(-1)?.version;
  planning.installedVersion = installedVersion;
  const entrance = entranceChecks(operation, planning.entrance, planning.system.framework);
  const goesOn = entrance.every((id) => planCheck(planning, id, "entrance"));
  const success = goesOn && perform(planning, operation);
  return {
    operation,
    entrance: planning.entrance,
    force: planning.force,
    package: planning.identity,
    installedVersion,
    verdict: success ? "success" : planning.isOpen ? "unknown" : "refused",
    refusals: planning.refusals,
    steps: planning.steps,
    before: system,
    after: planning.system.state(),
    merged: planning.merged,
  };
}

/**
 * The steps of an operation that are about the database, as its plan has them when nothing else keeps the package's
 * sections from being run: nothing is checked, written, registered or executed, and no statement is tried.
 *
 * @param system without packages, so that none is merged
 * @param installed the version before an upgrade; undefined for one that is older than all that elements ask for
 */
export function planDatabaseSteps(
  operation: Operation,
  contents: PackageContents,
  system: SystemState,
  installed: string | undefined,
  options: PlanOptions,
): readonly Step[] {
  const planning = new Planning(operation, contents, system, options);
  planning.installedVersion = installed;
  planning.triesStatements = false;
  for (const slot of orderOf(operation, planning.system.framework)) {
    if (slot.kind === "database" || slot.kind === "merge") performSlot(planning, operation, slot);
  }
  return planning.steps;
}

/** Plans one operation, which may be called by another. Returns whether it reports success. */
function perform(planning: Planning, operation: Operation): boolean {
  const outer = planning.operation;
  planning.operation = operation;
  planning.depth++;
  planning.add(planning.uniqueKey(`begin ${operation}`), { kind: "begin" });
  const success = performSlots(planning, operation);
  planning.operation = operation;
  // How an operation ends of which nobody can tell how it goes on is not known either.
  if (!planning.isOpen) {
    planning.add(
      planning.uniqueKey(`end ${operation}`),
      { kind: "end", success },
      success && !planning.withoutFileSteps ? { quirks: finalQuirks(planning, operation) } : {},
    );
  }
  planning.depth--;
  planning.operation = outer;
  return success;
}

function performSlots(planning: Planning, operation: Operation): boolean {
  const slots =
    planning.behaviour === "documented"
      ? documentedOrder(operation, planning.system.framework)
      : orderOf(operation, planning.system.framework);
  for (const slot of slots) {
    const result = performSlot(planning, operation, slot);
    if (result !== "next") return result === "success";
    if (planning.stopped) {
      const failed = planning.steps.findLast(({ outcome }) => outcome === "fails");
      planning.refuse("earlier-steps", failed?.reason ?? stoppedReason, failed?.span);
      return false;
    }
  }
  return true;
}

const stoppedReason: Message = { text: "A step failed." };

type SlotResult = "next" | "success" | "refused";

function performSlot(planning: Planning, operation: Operation, slot: Slot): SlotResult {
  switch (slot.kind) {
    case "go-on-as":
      return goOnAs(planning, slot.operation);
    case "check":
      return planCheck(planning, slot.check) ? "next" : "refused";
    case "merge":
      return mergePackages(planning) || planning.stopped ? "next" : "refused";
    case "code":
      if (operation === "upgrade") planCode(planning, slot.family, slot.phase, upgradeCodeGate(planning));
      else planCode(planning, slot.family, slot.phase);
      if (slot.phase === "post") reportCodeWithoutPhase(planning, slot.family);
      return "next";
    case "database":
      planDatabase(planning, slot.family, slot.phase, slot.selection);
      if (slot.phase === "post") {
        reportDatabaseWithoutPhase(planning, slot.family);
      }
      return "next";
    case "write-files":
      writeFiles(planning);
      return "next";
    case "remove-files": {
      const contents = slot.of === "given" ? planning.contents : planning.replaced;
      if (contents) removeFiles(planning, contents);
      return "next";
    }
    case "remove-rows": {
      const { name } = planning.identity;
      if (operation === "upgrade") {
        // It goes by the version that was installed, whose row is deleted here.
        const row = installedRows(planning.system.packages, name).at(-1);
        planning.replaced = row && planning.system.archives.contents(row.digest);
      }
      removeRows(planning, name, undefined);
      return planning.refusals.length > 0 ? "refused" : "next";
    }
    case "add-row":
      return addRow(planning) ? "next" : "refused";
    case "configuration":
      planConfiguration(planning);
      return "next";
    case "clear-cache":
      planning.add(`clear-cache ${slot.cache}`, { kind: "clear-cache", cache: slot.cache });
      return "next";
    case "event": {
      const event = `Package${operation[0]!.toUpperCase()}${operation.slice(1)}`;
      planning.add(`event ${event}`, { kind: "event", event, package: planning.identity });
      return "next";
    }
  }
}

/** An install of what is installed goes on as an upgrade, an upgrade of what is not as an install. */
function goOnAs(planning: Planning, other: "install" | "upgrade"): SlotResult {
  const { identity, system, force } = planning;
  const isThere = installedRows(system.packages, identity.name).length > 0;
  const detail = { kind: "check", check: "installed", forced: false } as const;
  if (other === "upgrade" && isThere && force) {
    planning.add(
      planning.uniqueKey("check installed"),
      { ...detail, forced: true },
      {
        outcome: "skipped",
        reason: { text: "The package is installed already, and Force installs it once more." },
        quirks: ["second-row"],
      },
    );
    return "next";
  }
  if (isThere !== (other === "upgrade")) return "next";
  planning.add(planning.uniqueKey("check installed"), detail, {
    log: [logEntry(other === "upgrade" ? "going-on-as-upgrade" : "going-on-as-install")],
    quirks: [other === "upgrade" ? "install-becomes-upgrade" : "upgrade-becomes-install"],
  });
  return perform(planning, other) ? "success" : "refused";
}

/** Sections newer than the installed version and not newer than the package. @source PackageUpgrade of Znuny 7.1 */
function upgradeCodeGate(planning: Planning) {
  const { installedVersion: installed = "" } = planning;
  const own = planning.identity.version ?? "";
  return ({ attributes }: { readonly attributes: ReadonlyMap<string, string> }): Message | undefined => {
    const version = attributes.get("Version");
    if (version === undefined || version === "" || version === "0") return undefined;
    const values = { version, installed, own };
    if (!planning.isAtLeast(own, version)) {
      return { text: "The section is for {version}, and the package is {own}.", values };
    }
    if (planning.isAtLeast(installed, version)) {
      return { text: "The section is for {version}, and {installed} was installed.", values };
    }
    return undefined;
  };
}

/** What is odd about the outcome as a whole. */
function finalQuirks(planning: Planning, operation: Operation): readonly QuirkId[] {
  if (operation === "uninstall") return uninstallQuirks(planning);
  if (operation === "reinstall")
    return planning.installedVersion === undefined ? ["uninstall-unchecked"] : [];
  if (operation === "install") return [];
  return tablesUnlikeInstalled(planning).length > 0 ? ["schema-differs"] : [];
}

function uninstallQuirks(planning: Planning): readonly QuirkId[] {
  const { identity, installedVersion } = planning;
  const quirks: QuirkId[] = [];
  if (leftTables(planning).length > 0) quirks.push("tables-left");
  if (installedVersion === undefined) quirks.push("uninstall-unchecked");
  else if (installedVersion !== identity.version) quirks.push("uninstall-given-archive");
  if (leavesFolders(planning)) quirks.push("folders-stay");
  return quirks;
}

/** Whether a folder of the package is now empty. */
function leavesFolders({ contents, system }: Planning): boolean {
  const folders = new Set(contents.files.map(({ location }) => parentPath(homePath(location ?? "") ?? "")));
  folders.delete("");
  const { home } = system;
  return [...folders].some(
    (folder) => home.entry(folder)?.kind === "folder" && home.list(folder).length === 0,
  );
}
