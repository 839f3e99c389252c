import { isTrue, type StructureMessage } from "../../model/package-structure.ts";
import { installedRows } from "../installed-rows.ts";
import { type LogEntry, logEntry } from "../log.ts";
import { type Check, type CheckResult, holds } from "./check.ts";

/**
 * Reads the archive. One that cannot be read is not refused at once: the operation goes on with a package that has
 * nothing.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageParse; what was read well is not read again in an operation called by another
 */
export const readable: Check = (planning) => {
  const { contents, identity, operation, depth } = planning;
  const isRead = contents.structure !== undefined;
  const log = isRead && depth > 1 ? [] : contents.log.map(readingLog);
  // The question whether a package without a name is installed is logged by an install alone.
  if (operation === "install" && identity.name === undefined) log.push(logEntry("name-unknown"));
  if (isRead) {
    const quirks = contents.log.some(({ id }) => id === "forbidden-location")
      ? (["location-forbidden"] as const)
      : [];
    return { holds: true, log, quirks };
  }
  return {
    holds: false,
    reason: {
      text: "The package cannot be read: it is not well-formed XML, or there is nothing of a package in it.",
    },
    log,
    quirks: ["unreadable-goes-on"],
  };
};

function readingLog(message: StructureMessage): LogEntry {
  if (message.id === "forbidden-location") {
    return logEntry("forbidden-location", { location: message.location });
  }
  return logEntry("unreadable");
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
