import {
  type FrameworkMatch,
  matchesPattern,
  matchFramework,
  rangeOfTag,
} from "../../model/framework-range.ts";
import { isTrue, type StartTag } from "../../model/package-structure.ts";
import { fitsSystem } from "../../model/requirements.ts";
import { compareStrictly } from "../../model/version.ts";
import { logEntry } from "../log.ts";
import { type Check, holds } from "./check.ts";

/** Folders below the home that must be writable, in the order they are tried. */
const writableFolders = [
  "bin",
  "Kernel",
  "Kernel/System",
  "Kernel/Output",
  "Kernel/Output/HTML",
  "Kernel/Modules",
];

/** @source Znuny 7.1 and OTOBO 11, _FileSystemCheck */
export const writePermission: Check = ({ environment }) => {
  if (!environment.homeExists) {
    return {
      holds: false,
      reason: { text: "The home folder of the framework is not there." },
      log: [logEntry("home-missing")],
    };
  }
  const folder = writableFolders.find((each) => environment.readOnlyFolders.includes(each));
  if (folder === undefined) return holds;
  return {
    holds: false,
    reason: {
      text: "The framework must be able to write to the folder “{folder}”. Set its permissions.",
      values: { folder },
    },
    log: [logEntry("not-writable", { folder })],
  };
};

/** @source Znuny 7.1 and OTOBO 11, _OSCheck */
export const operatingSystem: Check = (planning) => {
  const tags = planning.structure.repeated.OS;
  if (tags.length === 0) return undefined;
  const { operatingSystem: system } = planning.system.framework;
  if (
    fitsSystem(
      system,
      tags.map(({ content }) => content),
    )
  )
    return holds;
  const named = tags.map(({ content }) => content).filter(isTrue);
  const values = { wanted: named.join(", "), system };
  return {
    holds: false,
    reason: { text: "The package is for the operating system {wanted}, and this one is {system}.", values },
    span: planning.spanOf(tags[0]),
    log: [logEntry("system-unfit", values)],
  };
};

/**
 * The package manager passes over the check when a package names no framework, the admin screen refuses it.
 *
 * @source Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements and AdminPackageManager
 */
export const framework: Check = (planning, place) => {
  const tags = planning.structure.repeated.Framework;
  const { version } = planning.system.framework;
  if (tags.length === 0) {
    if (place === "operation") return undefined;
    return {
      holds: false,
      reason: {
        text: "The package does not say for which framework it is, and the admin screen refuses such packages.",
      },
    };
  }
  const match = matchFramework(version, tags.map(rangeOfTag), planning.release.dialect);
  const meant = tags.some((tag) => fitsAsMeant(version, tag));
  const quirks =
    match.fits !== meant && planning.has("framework-range") ? (["framework-range"] as const) : [];
  if (planning.behaviour === "documented" ? meant : match.fits) return { holds: true, quirks };
  const values = { wanted: wantedFramework(match, tags), framework: version };
  return {
    holds: false,
    reason: { text: "The package is for the framework {wanted}, and this one is {framework}.", values },
    span: planning.spanOf(tags.at(-1)),
    log: place === "entrance" ? [] : [logEntry("framework-unfit", values)],
    quirks,
  };
};

/** One range and its bounds, each compared as its author means it. */
function fitsAsMeant(version: string, tag: StartTag): boolean {
  const { pattern, minimum, maximum } = rangeOfTag(tag);
  return (
    matchesPattern(version, pattern ?? "") &&
    (!minimum || compareStrictly(version, minimum) >= 0) &&
    (!maximum || compareStrictly(version, maximum) <= 0)
  );
}

/** The range looked at last, with the bound that was not kept, such as "7.1.x ≥ 7.1.5". */
function wantedFramework(match: FrameworkMatch, tags: readonly StartTag[]): string {
  const pattern = match.reportedPattern ?? tags.at(-1)?.content ?? "";
  if (match.maximumExceeded !== undefined) return `${pattern} ≤ ${match.maximumExceeded}`;
  if (match.minimumNotMet !== undefined) return `${pattern} ≥ ${match.minimumNotMet}`;
  return pattern;
}
