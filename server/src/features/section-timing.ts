import type { ReleaseRange } from "../dialect/switches.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import { databasePhases } from "../model/database-phases.ts";
import {
  codeFamilies,
  databaseFamilies,
  introFamilies,
  isDatabaseFamily,
  type PackageSpec,
} from "../model/package-spec.ts";
import { codePhase, looksAtVersions, runs, type SectionPhase, selectionOf } from "../model/section-phases.ts";
import { isAtLeast } from "../model/version.ts";
import type { Element } from "../syntax/element.ts";
import { inlineCode } from "../text/escape.ts";
import { memo } from "../text/memo.ts";

/** A text for the reader in Markdown: the English template and what belongs into it. */
export interface Text {
  readonly template: string;
  readonly arguments?: MessageArguments;
}

const sectionNames: ReadonlySet<string> = new Set([...codeFamilies, ...databaseFamilies, ...introFamilies]);

/** Tells whether an element is a section: one of `Code…`, `Database…` and `Intro…`. */
export function isSection(element: Element): boolean {
  return sectionNames.has(element.name);
}

/**
 * The phase a section runs in; undefined when its `Type` fits none or several.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageParse, _Database and _Code
 */
export function phaseOf(section: Element, spec: PackageSpec): SectionPhase | undefined {
  return phaseReader(spec)(section);
}

/** The same for many sections of one spec: those of a family are put in order only once. */
export const phaseReader = memo((spec: PackageSpec): ((section: Element) => SectionPhase | undefined) => {
  const phasesByFamily = new Map<string, ReadonlyMap<number, string>>();
  return (section) => {
    if (!isDatabaseFamily(section.name)) return asPhase(codePhase(section));
    let phases = phasesByFamily.get(section.name);
    if (!phases) {
      const family = databasePhases(spec.all(section.name));
      phases = new Map(family.map((each) => [each.section.start, each.phase]));
      phasesByFamily.set(section.name, phases);
    }
    const phase = phases.get(section.start);
    return phase === undefined ? undefined : asPhase(phase);
  };
});

/** When a section runs, or that it never does; undefined when its `Type` fits no single phase and something may still come of it. */
export function timingOf(section: Element, spec: PackageSpec): Text | undefined {
  const phase = phaseOf(section, spec);
  const template = deadTiming(section, phase) ?? (phase && timings[section.name]?.[phase]);
  return template === undefined ? undefined : { template };
}

/** Whether a section never runs, or an intro is never shown, whatever is installed. */
export function isDead(section: Element, spec: PackageSpec): boolean {
  return deadTiming(section, phaseOf(section, spec)) !== undefined;
}

/**
 * What the `Version` of an element, or that it has none, makes of it.
 *
 * - `code`, `database`: it runs in upgrades from below that version
 * - `code-above`: it never runs, because the package has a lower version
 * - `database-above`: it runs in every upgrade until the package has that version
 * - `code-merge`, `database-merge`: it runs when another package is absorbed
 * - `code-open`: there is none, and it runs in every upgrade
 * - `database-missing`: there is none, and it never runs
 * - `meaningless`: nothing looks at it
 */
export type Gate =
  | "code"
  | "code-above"
  | "code-merge"
  | "code-open"
  | "database"
  | "database-above"
  | "database-merge"
  | "database-missing"
  | "meaningless";

/**
 * What a `Version` makes of an element; undefined for one that needs none, and in sections that never run anyway. That
 * the version of the package is too low is said where it is so on all releases that the package is for.
 *
 * @param element a code section, or an element directly in a database section
 * @source Znuny 7.1 and OTOBO 11, PackageUpgrade
 */
export function gateOf(element: Element, spec: PackageSpec, releases: ReleaseRange): Gate | undefined {
  const gate = element.value("Version");
  if (element.name === "CodeUpgrade") {
    if (isDead(element, spec)) return undefined;
    if (phaseOf(element, spec) === "merge") return gate ? "code-merge" : undefined;
    if (!gate) return "code-open";
    return isAbovePackage(gate, spec, releases) ? "code-above" : "code";
  }
  const section = element.parent;
  if (!section || !isDatabaseFamily(section.name)) return undefined;
  if (!looksAtVersions(section.name)) return gate ? "meaningless" : undefined;
  if (isDead(section, spec)) return undefined;
  if (phaseOf(section, spec) === "merge") return gate ? "database-merge" : undefined;
  if (!gate) return "database-missing";
  return isAbovePackage(gate, spec, releases) ? "database-above" : "database";
}

function isAbovePackage(gate: string, { version }: PackageSpec, releases: ReleaseRange): boolean {
  return (
    version !== undefined &&
    [releases.lowest, releases.highest].every((release) => !isAtLeast(version, gate, release))
  );
}

/** When something with a gate runs, in the words of its author; undefined where there is nothing to say. */
export function gateText(element: Element, spec: PackageSpec, releases: ReleaseRange): Text | undefined {
  const gate = gateOf(element, spec, releases);
  return (
    gate && {
      template: gateTexts[gate],
      arguments: {
        gate: inlineCode(element.value("Version") ?? ""),
        version: inlineCode(spec.version ?? ""),
      },
    }
  );
}

/** Whether an element never runs because of its `Version`, or because it has none. */
export function isShut(gate: Gate | undefined): boolean {
  return gate === "code-above" || gate === "database-missing";
}

function asPhase(text: string): SectionPhase | undefined {
  return text === "pre" || text === "post" || text === "merge" ? text : undefined;
}

/** Why a section never runs, or is never shown; undefined for one that may be. */
function deadTiming(section: Element, phase: SectionPhase | undefined): string | undefined {
  const { name } = section;
  if (name === "IntroUninstall" && phase === "post") return neverShown;
  // Of other texts, one is shown in place of another.
  if (name.startsWith("Intro")) return undefined;
  if (isDatabaseFamily(name) && phase) {
    if (!runs(name)) return "This section never runs: reinstalling touches no table.";
    if (selectionOf(name, phase) === "never")
      return "This section never runs: no framework executes `DatabaseUpgrade` with `pre`.";
  }
  // In code sections the value is a pattern, which may fit several phases.
  const isPattern = name.startsWith("Code") && !/^\w*$/.test(section.value("Type") ?? "");
  const isRun = isPattern || (phase && timings[name]?.[phase]);
  return isRun ? undefined : "This section never runs: its `Type` fits no phase.";
}

const neverShown =
  "Never shown: after an uninstallation the admin screen has an empty box and the console nothing.";

/** When the sections run, in the words of their author. Znuny 7.1 and OTOBO 11: PackageInstall, PackageUpgrade, PackageReinstall, PackageUninstall. */
const timings: Readonly<Record<string, Readonly<Partial<Record<SectionPhase, string>>>>> = {
  CodeInstall: {
    pre: "Runs first in an installation: there are neither tables nor files of the package yet.",
    post: "Runs last in an installation: files, settings and tables are there.",
  },
  CodeUpgrade: {
    pre: "Runs first in an upgrade: the new version is registered already, but the files are still the old ones.",
    post: "Runs last in an upgrade: files, settings and tables are the new ones.",
    merge:
      "Runs when this package absorbs another one that is older than its target version, before anything is written.",
  },
  CodeReinstall: {
    pre: "Runs first in a reinstallation, before the files are written again.",
    post: "Runs last in a reinstallation, when files and settings are written again.",
  },
  CodeUninstall: {
    pre: "Runs first in an uninstallation: files and tables are still there.",
    post: "Runs last in an uninstallation: the files are deleted and the tables dropped.",
  },
  DatabaseInstall: {
    pre: "Runs in an installation before the files are written, after the code of `pre`.",
    post: "Runs in an installation after files and settings, before the code of `post`.",
  },
  DatabaseUpgrade: {
    post: "Runs in an upgrade after files and settings, before the code of `post`; each change by its own `Version`.",
    merge:
      "Runs when this package absorbs another one that is older than its target version, after the code of `merge`.",
  },
  DatabaseUninstall: {
    pre: "Runs in an uninstallation before the files are deleted, after the code of `pre`.",
    post: "Runs in an uninstallation after the files are deleted, before the code of `post`.",
  },
  IntroInstall: { pre: "Shown before an installation.", post: "Shown after an installation." },
  IntroUpgrade: { pre: "Shown before an upgrade.", post: "Shown after an upgrade." },
  IntroReinstall: { pre: "Shown before a reinstallation.", post: "Shown after a reinstallation." },
  IntroUninstall: { pre: "Shown before an uninstallation." },
};

const gateTexts: Readonly<Record<Gate, string>> = {
  code: "Runs only when the installed version is lower than {gate}, and the version of the package is not.",
  "code-above": "Never runs in this package: its version is {version}, which is lower than {gate}.",
  "code-merge":
    "Runs only when the `TargetVersion` of the absorbed package is not lower than {gate}; what that package has already done runs again.",
  "code-open": "Runs in every upgrade, because it has no `Version`.",
  database: "Runs when the installed version is lower than {gate}.",
  "database-above":
    "Runs when the installed version is lower than {gate}, so now and at every upgrade until the package, now {version}, gets there.",
  "database-merge":
    "Runs when the absorbed package is lower than {gate}. Give the `DatabaseUpgrade` around it the same version, because it depends on the builder which of the two counts.",
  "database-missing": "Never runs: in a `DatabaseUpgrade` only what has a `Version` does.",
  meaningless: "This version has no meaning here: only `DatabaseUpgrade` looks at it.",
};
