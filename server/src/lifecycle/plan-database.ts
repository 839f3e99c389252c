import type { Message } from "../l10n/translate.ts";
import type { DatabaseFamily } from "../model/package-spec.ts";
import { isTrue, type StartTag, type Tag } from "../model/package-structure.ts";
import type { Selection } from "../model/section-phases.ts";
import { conditionOf } from "./conditions.ts";
import {
  deadSectionReason,
  isEndOf,
  passedVersionReason,
  unknownPhaseReason,
  unversionedReason,
} from "./database-gates.ts";
import { labelOf } from "./element-label.ts";
import type { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { runTags } from "./run-tags.ts";

/**
 * Plans the sections of one family that belong to one phase: which of their elements come to the database, and why
 * the others do not.
 */
export function planDatabase(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  selection: Selection,
): void {
  const tags = tagsOf(planning, family, phase);
  if (tags.length === 0) return;
  switch (selection) {
    case "all": {
      const quirks: QuirkId[] = tags.some(isConditional) ? [...conditionQuirks(planning)] : [];
      if (family === "DatabaseUninstall" && planning.has("data-may-stay")) quirks.push("data-may-stay");
      const parts = everything(planning, family, phase, tags);
      runTags(planning, family, phase, parts, [...inheritedType(parts, family, phase), ...quirks]);
      break;
    }
    case "conditions": {
      const parts = withConditions(planning, family, phase, tags);
      if (parts.length > 0) runTags(planning, family, phase, parts, inheritedType(parts, family, phase));
      break;
    }
    case "gates":
      runGated(planning, family, phase, tags, upgradeGate(planning));
      break;
    case "merge":
      // By mergePackages, where there is one to merge.
      break;
    case "never":
      reportAll(planning, family, phase, tags);
      break;
  }
}

/** The tags of a phase; where the documentation is taken at its word, a section without Type belongs to `post`. */
function tagsOf(planning: Planning, family: DatabaseFamily, phase: string): readonly Tag[] {
  const phases = planning.structure.database[family];
  if (planning.has("type-inherited")) return phases.get(phase) ?? [];
  const tags: Tag[] = [];
  let belongs = false;
  for (const tag of [...phases.values()].flat().sort((a, b) => a.count - b.count)) {
    if (tag.name === family && tag.kind === "start") {
      const type = tag.attributes.get("Type");
      belongs = (isTrue(type) ? type : "post") === phase;
    }
    if (belongs) tags.push(tag);
  }
  return tags;
}

/** What is odd about a phase in which a section runs only because the one before it does. */
function inheritedType(tags: readonly Tag[], family: DatabaseFamily, phase: string): readonly QuirkId[] {
  return tags.some((tag) => isInheriting(tag, family, phase)) ? ["type-inherited"] : [];
}

/** Whether a section has no Type of its own and does not run in `post`, as one would think. */
function isInheriting(tag: Tag, family: DatabaseFamily, phase: string): boolean {
  return (
    phase !== "post" && tag.kind === "start" && tag.name === family && !isTrue(tag.attributes.get("Type"))
  );
}

function isConditional(tag: Tag): boolean {
  return tag.kind === "start" && (tag.attributes.has("IfPackage") || tag.attributes.has("IfNotPackage"));
}

function conditionQuirks(planning: Planning): readonly QuirkId[] {
  return planning.has("condition-ignored") ? ["condition-ignored"] : [];
}

/** Uninstalling and merging look at no conditions. */
function everything(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  tags: readonly Tag[],
): readonly Tag[] {
  return planning.has("condition-ignored") ? tags : withConditions(planning, family, phase, tags);
}

/** Leaves out what its conditions keep from running, each with everything in it. */
function withConditions(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  tags: readonly Tag[],
): readonly Tag[] {
  const parts: Tag[] = [];
  let skipped: StartTag | undefined;
  for (const tag of tags) {
    if (skipped) {
      if (isEndOf(tag, skipped)) skipped = undefined;
      continue;
    }
    if (tag.kind === "start" && isSkippedByCondition(planning, family, phase, tag)) skipped = tag;
    else parts.push(tag);
  }
  return parts;
}

function isSkippedByCondition(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  tag: StartTag,
): boolean {
  const { reason, never, quirks } = conditionOf(planning, tag, "database");
  if (!reason) return false;
  report(planning, family, phase, tag, { outcome: never ? "never" : "skipped", reason, quirks });
  return true;
}

/** Which elements of an upgrade or a merge run. */
export interface ElementGate {
  /** Why the version of an element keeps it from running; undefined when it runs. */
  reason(version: string): Message | undefined;
  /** Odd behaviour that shows in an element that runs. */
  quirks(version: string): readonly QuirkId[];
  readonly looksAtConditions: boolean;
  /** Whether an element without version runs. */
  readonly runsUnversioned: boolean;
  /** Whether elements are told by their level, not by their section. */
  readonly goesByLevel: boolean;
  /** What an element without version that never runs shows. */
  readonly unversioned: QuirkId;
}

/** Elements newer than the installed version; nothing bounds them above. @source PackageUpgrade of Znuny 7.1 */
function upgradeGate(planning: Planning): ElementGate {
  const { installedVersion: installed } = planning;
  const own = planning.identity.version ?? "";
  const isBounded = !planning.has("database-gate-unbounded");
  return {
    reason(version) {
      if (installed !== undefined && planning.isAtLeast(installed, version))
        return passedVersionReason(version, installed);
      if (isBounded && !planning.isAtLeast(own, version)) {
        return { text: "The element is for {version}, and the package is {own}.", values: { version, own } };
      }
      return undefined;
    },
    quirks: (version) => (planning.isAtLeast(own, version) ? [] : ["database-gate-unbounded"]),
    looksAtConditions: true,
    runsUnversioned: !planning.has("database-upgrade-unversioned"),
    goesByLevel: planning.has("database-upgrade-unversioned"),
    unversioned: "database-upgrade-unversioned",
  };
}

/**
 * Plans elements one by one, each with everything in it, as far as its version lets it pass.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageUpgrade and _MergePackages: whatever stands on the third level and has a
 *   version begins an element, the next end tag on that level ends it
 */
export function runGated(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  tags: readonly Tag[],
  gate: ElementGate,
): void {
  let parts: Tag[] | undefined;
  let running: StartTag | undefined;
  let runningQuirks: QuirkId[] = [];
  let sectionQuirks: readonly QuirkId[] = [];
  let skipped: StartTag | undefined;
  let sectionVersion: string | undefined;
  /** A section that was reported as a whole, so that its elements are not. */
  let reported: StartTag | undefined;
  for (const tag of tags) {
    if (skipped) {
      if (isEndOf(tag, skipped)) skipped = undefined;
      continue;
    }
    if (reported && isEndOf(tag, reported)) reported = undefined;
    if (tag.kind === "start" && tag.name === family) {
      sectionVersion = tag.attributes.get("Version");
      sectionQuirks = inheritedType([tag], family, phase);
    }
    if (
      tag.kind === "start" &&
      gate.looksAtConditions &&
      isSkippedByCondition(planning, family, phase, tag)
    ) {
      skipped = tag;
      continue;
    }
    const isElement = gate.goesByLevel ? tag.level === 3 : tag.kind === "start" && tag.parent === family;
    if (tag.kind === "start" && isElement) {
      const own = tag.attributes.get("Version");
      const version = isTrue(own) || gate.goesByLevel ? own : sectionVersion;
      const reason = isTrue(version) ? gate.reason(version!) : undefined;
      if (reason) {
        report(planning, family, phase, tag, { outcome: "skipped", reason, quirks: [] });
        if (tag.name === family) reported = tag;
      } else if (isTrue(version) || gate.runsUnversioned) {
        parts = [tag];
        running = tag;
        runningQuirks = [...sectionQuirks, ...(isTrue(version) ? gate.quirks(version!) : [])];
        continue;
      } else if (!parts) {
        reportUnversioned(planning, family, phase, tag, gate);
      }
    } else if (tag.kind === "start" && tag.parent === family && !parts && !reported && gate.goesByLevel) {
      reportUnversioned(planning, family, phase, tag, gate);
    }
    if (!parts) continue;
    parts.push(tag);
    const isEnd = tag.kind === "end" && (gate.goesByLevel ? tag.level === 3 : isEndOf(tag, running!));
    if (!isEnd) continue;
    if (!gate.looksAtConditions && parts.some(isConditional))
      runningQuirks.push(...conditionQuirks(planning));
    runTags(planning, family, phase, parts, runningQuirks, running);
    parts = undefined;
    if (planning.stopped) return;
  }
}

function reportUnversioned(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  tag: StartTag,
  gate: ElementGate,
): void {
  // A section on the third level is one that is nested, and its elements are reported in its place.
  if (tag.name === family) return;
  const reason = unversionedReason(tag);
  report(planning, family, phase, tag, { outcome: "never", reason, quirks: [gate.unversioned] });
}

/** Adds a step for each element of sections that no operation runs. */
function reportAll(planning: Planning, family: DatabaseFamily, phase: string, tags: readonly Tag[]): void {
  const reason = deadSectionReason(family);
  const quirk: QuirkId = family === "DatabaseUpgrade" ? "database-upgrade-pre" : "database-reinstall";
  for (const { tag, inherits } of elementsOf(tags, family, phase)) {
    report(planning, family, phase, tag, { outcome: "never", reason, quirks: [quirk, ...inherits] });
  }
}

/** Adds a step for each element in a phase that its family does not have. */
export function reportDatabaseWithoutPhase(planning: Planning, family: DatabaseFamily): void {
  const phases: readonly string[] = planning.phasesOf(family);
  for (const [phase, tags] of planning.structure.database[family]) {
    if (phases.includes(phase)) continue;
    const reason = unknownPhaseReason(family, phase);
    for (const { tag, inherits } of elementsOf(tags, family, phase)) {
      report(planning, family, phase, tag, {
        outcome: "never",
        reason,
        quirks: ["phase-unknown", ...inherits],
      });
    }
  }
}

/** Adds a step for each element of sections that would run at another time. */
export function reportSkipped(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  reason: Message,
): void {
  const tags = planning.structure.database[family].get(phase) ?? [];
  for (const { tag, inherits } of elementsOf(tags, family, phase)) {
    report(planning, family, phase, tag, { outcome: "skipped", reason, quirks: inherits });
  }
}

/** The elements right below sections, with what is odd about the phase of theirs. */
function elementsOf(
  tags: readonly Tag[],
  family: DatabaseFamily,
  phase: string,
): readonly { readonly tag: StartTag; readonly inherits: readonly QuirkId[] }[] {
  let inherits: readonly QuirkId[] = [];
  return tags.flatMap((tag) => {
    if (tag.kind !== "start") return [];
    if (tag.name === family) inherits = inheritedType([tag], family, phase);
    return tag.parent === family ? [{ tag, inherits }] : [];
  });
}

function report(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  tag: StartTag,
  notes: {
    readonly outcome: "skipped" | "never";
    readonly reason: Message;
    readonly quirks: readonly QuirkId[];
  },
): void {
  const element = labelOf(tag);
  planning.add(
    planning.uniqueKey(`element ${family} ${phase} ${element}`),
    { kind: "database-element", family, phase, element, tag },
    { ...notes, span: planning.spanOf(tag) },
  );
}
