import { joinedWith } from "../../dialect/joined-packages.ts";
import type { StartTag } from "../../model/package-structure.ts";
import { type Requirement, type Unmet, unmetModule } from "../../model/requirements.ts";
import { installedRows } from "../installed-rows.ts";
import { type LogEntry, logEntry } from "../log.ts";
import type { Planning } from "../planning.ts";
import type { QuirkId } from "../quirks.ts";
import { type Check, type CheckResult, holds } from "./check.ts";
import { deadlockOverRequirement } from "./deadlock.ts";

/** @source Znuny 7.1 and OTOBO 11, _CheckPackageRequired: of several installed rows the first listed counts */
export const requiredPackages: Check = (planning) => {
  const tags = planning.structure.repeated.PackageRequired;
  if (tags.length === 0) return undefined;
  for (const tag of tags) {
    const unmet = unmetPackage(planning, tag);
    if (unmet) return unmet;
  }
  return holds;
};

function unmetPackage(planning: Planning, tag: StartTag): CheckResult | undefined {
  const { content: name = "", attributes } = tag;
  const version = attributes.get("Version");
  const installed = installedRows(planning.system.packages, name)[0]?.version;
  const quirks: QuirkId[] = [];
  const log: LogEntry[] = [];
  if (installed !== undefined) {
    if (version === undefined) {
      if (!planning.has("requirement-unversioned")) return undefined;
      quirks.push("requirement-unversioned");
      log.push(logEntry("version-not-given"));
    } else if (planning.isAtLeast(installed, version)) return undefined;
  }
  log.push(logEntry("package-required", { name, version: version ?? "" }));
  const values = { name, version: version ?? "", installed: installed ?? "" };
  const span = planning.spanOf(tag);
  const release = joinedWith(name, planning.release);
  if (installed === undefined && release !== undefined) {
    const text =
      "The package {name} is required, and it cannot be installed any more: {release} took it in and does its work.";
    return { holds: false, reason: { text, values: { name, release } }, span, log };
  }
  const further = version === undefined ? undefined : deadlockOverRequirement(planning, name, version);
  if (installed === undefined) {
    const reason =
      version === undefined
        ? { text: "The package {name} is required, and it is not installed.", values }
        : { text: "The package {name} is required in version {version}, and it is not installed.", values };
    return { holds: false, reason: { ...reason, ...(further && { further }) }, span, log };
  }
  const reason =
    version === undefined
      ? {
          text: "The package {name} is required without a version, and such a requirement is never met.",
          values,
        }
      : {
          text: "The package {name} is required in version {version}, and {installed} is installed.",
          values,
        };
  return { holds: false, reason: { ...reason, ...(further && { further }) }, span, log, quirks };
}

/** @source Znuny 7.1 and OTOBO 11, _CheckModuleRequired */
export const requiredModules: Check = (planning) => {
  const tags = planning.structure.repeated.ModuleRequired;
  if (tags.length === 0) return undefined;
  const { perlModules, assumeModules } = planning.system.framework;
  const requirements = tags.map(
    ({ content = "", attributes }): Requirement => ({
      name: content,
      version: attributes.get("Version"),
    }),
  );
  // Where nobody said what is installed, every module is, in any version that is asked for.
  const versions = new Map(requirements.map(({ name, version }) => [name, version ?? ""]));
  const installedVersion = (name: string) =>
    perlModules.get(name) ?? (assumeModules ? (versions.get(name) ?? "") : undefined);
  const found = unmetModule(requirements, installedVersion, planning.release);
  const every = firstUnmet(requirements, installedVersion, planning);
  const quirks: QuirkId[] = !found && every ? ["module-ends-check"] : [];
  const unmet = planning.has("module-ends-check") ? found : every;
  if (!unmet) return { holds: true, quirks };
  return unmetResult(planning, unmet, tags[requirements.indexOf(unmet.requirement)]);
};

/** The first module that stands in the way when each is looked for on its own. */
function firstUnmet(
  requirements: readonly Requirement[],
  installedVersion: (name: string) => string | undefined,
  { release }: Planning,
): Unmet | undefined {
  for (const requirement of requirements) {
    const unmet = unmetModule([requirement], installedVersion, release);
    if (unmet) return unmet;
  }
  return undefined;
}

function unmetResult(planning: Planning, unmet: Unmet, tag: StartTag | undefined): CheckResult {
  const { name, version = "" } = unmet.requirement;
  const span = planning.spanOf(tag);
  if (unmet.kind === "missing") {
    return {
      holds: false,
      reason:
        version === ""
          ? { text: "The Perl module {name} is required, and it is not installed.", values: { name } }
          : {
              text: "The Perl module {name} is required in version {version}, and it is not installed.",
              values: { name, version },
            },
      span,
      log: [logEntry("module-missing", { name, version })],
    };
  }
  const values = { name, version, installed: unmet.installed };
  return {
    holds: false,
    reason: {
      text: "The Perl module {name} is required in version {version}, and {installed} is installed.",
      values,
    },
    span,
    log: [logEntry("module-too-old", values)],
  };
}

/** @source Znuny 7.1 and OTOBO 11, _CheckPackageDepends: versions are not looked at, and a name there must be */
export const dependents: Check = ({ identity, system }) => {
  const { name } = identity;
  if (name === undefined) {
    return {
      holds: false,
      reason: { text: "The package has no name, so nobody can tell what depends on it." },
      log: [logEntry("name-not-given")],
    };
  }
  for (const row of system.packages) {
    if (row.status !== "installed" || row.name === name) continue;
    const required = system.archives.contents(row.digest).structure?.repeated.PackageRequired ?? [];
    if (!required.some(({ content }) => content === name)) continue;
    const values = { name, dependent: row.name };
    return {
      holds: false,
      reason: { text: "The package {dependent} depends on {name}. Uninstall it first.", values },
      log: [logEntry("depended-on", values)],
    };
  }
  return holds;
};
