import { isTrue, type StructureMessage } from "../../model/package-structure.ts";
import { type Doubt, malformedDoubt } from "../doubt.ts";
import { installedRows } from "../installed-rows.ts";
import { type LogEntry, logEntry } from "../log.ts";
import type { Planning } from "../planning.ts";
import type { QuirkId } from "../quirks.ts";
import { type Check, type CheckResult, holds } from "./check.ts";

/**
 * Reads the archive. One that cannot be read is not refused at once: the operation goes on with a package that has
 * nothing.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageParse; what was read well is kept, and not read again
 */
export const readable: Check = (planning) => {
  const { contents, identity, operation } = planning;
  const isRead = contents.structure !== undefined;
  const log = isRead && wasReadBefore(planning) ? [] : readingLog(contents.log);
  const doubt = doubtOf(planning);
  if (doubt) return { holds: false, reason: doubt.reason, doubt, log };
  // The question whether a package without a name is installed is logged by an install alone.
  if (operation === "install" && identity.name === undefined) log.push(logEntry("name-unknown"));
  if (isRead) {
    const quirks: QuirkId[] = contents.log.some(({ id }) => id === "forbidden-location")
      ? ["location-forbidden"]
      : [];
    if (operation === "install" && planning.depth <= 1 && planning.has("not-verified"))
      quirks.push("not-verified");
    if (contents.malformed === undefined) return { holds: true, log, quirks };
    return {
      holds: false,
      goesOn: planning.has("read-leniently"),
      reason: {
        text: "The archive is not well-formed in line {line}, and is read a second time by a lenient parser.",
        values: { line: lineOfFault(contents.log) },
      },
      log,
      quirks: [...quirks, "read-leniently"],
    };
  }
  return {
    holds: false,
    goesOn: planning.has("unreadable-goes-on"),
    reason: {
      text: "The package cannot be read: it is not well-formed XML, or there is nothing of a package in it.",
    },
    log,
    quirks: ["unreadable-goes-on"],
  };
};

/** An operation called by another reads nothing again, nor does a later one what the package table has. */
function wasReadBefore({ contents, depth, system }: Planning): boolean {
  return depth > 1 || system.packages.some(({ digest }) => digest === contents.digest);
}

/** Why nobody can tell what is read; undefined where it is known that nothing is. */
function doubtOf({ contents }: Planning): Doubt | undefined {
  const { structure, malformed, origin, build, log } = contents;
  if (structure || malformed === undefined || malformed === "refused") return undefined;
  if (log.some(({ id }) => id === "too-deep")) return malformedDoubt(1, "deep");
  const isSpecAtFault = build?.refusals.some(({ id }) => id.startsWith("malformed"));
  return malformedDoubt(lineOfFault(log), isSpecAtFault ? "spec" : origin === "spec" ? "built" : "archive");
}

function lineOfFault(log: readonly StructureMessage[]): number {
  return log.find((message) => message.id === "read-leniently")?.line ?? 1;
}

/** What is logged while an archive is read. */
export function readingLog(log: readonly StructureMessage[]): LogEntry[] {
  return log.flatMap((message) => {
    switch (message.id) {
      case "read-leniently":
        return [logEntry("parser-stopped", { line: message.line }), logEntry("read-leniently")];
      case "forbidden-location":
        return logEntry("forbidden-location", { location: message.location });
      case "too-deep":
        return [];
      default:
        return logEntry("unreadable");
    }
  });
}

/** Znuny 6.3.2 and later install what is not installed, and upgrade and reinstall what is. */
export const installed: Check = (planning, place) => {
  const { operation, identity, system } = planning;
  const isInstalled = installedRows(system.packages, identity.name).length > 0;
  if (operation === "install") {
    return isInstalled
      ? { holds: false, reason: { text: "The package is installed already. Upgrade it instead." } }
      : holds;
  }
  if (isInstalled) return holds;
  const log =
    place === "entrance"
      ? []
      : [logEntry(operation === "upgrade" ? "upgrade-not-installed" : "not-installed")];
  return {
    holds: false,
    reason: { text: "The package is not installed. Install it instead." },
    log,
  };
};

/**
 * The console command refuses a package whose `PackageIsRemovable` is false; the admin screen offers no button
 * unless it is exactly 1.
 *
 * @source Znuny 7.1 and OTOBO 11, Admin::Package::Uninstall and AdminPackageManager
 */
export const removable: Check = (planning): CheckResult | undefined => {
  const flag = planning.structure.single.PackageIsRemovable;
  if (!flag) return undefined;
  const isRemovable = planning.entrance === "admin" ? flag.content === "1" : isTrue(flag.content);
  if (isRemovable) return holds;
  return {
    holds: false,
    reason: { text: "The package says that it must not be removed: PackageIsRemovable is not 1." },
    span: planning.spanOf(flag),
  };
};
