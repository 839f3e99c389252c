import type { Message } from "../l10n/translate.ts";
import { matchesExpression } from "../model/framework-range.ts";
import type { CodeFamily } from "../model/package-spec.ts";
import { isTrue, type StartTag } from "../model/package-structure.ts";
import { readPerl } from "../perl/perl-text.ts";
import type { SystemChange } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import { type CodeReading, readCode } from "./code-insight.ts";
import { conditionOf } from "./conditions.ts";
import { codeDoubt } from "./doubt.ts";
import { logEntry } from "./log.ts";
import type { CodeInsight } from "./plan.ts";
import { assumedReason } from "./plan-check.ts";
import type { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { remainsOfCode } from "./remains.ts";
import { changesOfMergedUninstall } from "./uninstall-merged.ts";

/** Why the version gate of a section keeps it from running; undefined when it lets it pass. */
export type Gate = (section: StartTag) => Message | undefined;

/**
 * Plans the sections of one family that belong to one phase. The first that fails ends the phase.
 *
 * @param gate sections that it holds back are not even handed over
 * @source Znuny 7.1 and OTOBO 11, _Code
 */
export function planCode(
  planning: Planning,
  family: CodeFamily,
  phase: string,
  gate: Gate = () => undefined,
  quirksOf: (section: StartTag) => readonly QuirkId[] = () => [],
): void {
  const sections = planning.structure.repeated[family];
  if (sections.length === 0) return;
  const held = new Map(sections.map((section) => [section, gate(section)]));
  const candidates = sections.filter((section) => held.get(section) === undefined).length;
  const place = planning.uniqueKey(`code-phase ${family} ${phase}`);
  planning.add(`${place} begin`, { kind: "code-phase-begin", family, phase, candidates, success: true });
  let failedKey: string | undefined;
  for (const [index, section] of sections.entries()) {
    if (!fitsPhase(section, phase)) continue;
    const version = section.attributes.get("Version");
    const code = section.content ?? "";
    const key = planning.uniqueKey(`code ${family} ${index + 1}`);
    const span = planning.spanOf(section);
    const quirks: QuirkId[] = [...quirksOf(section)];
    if (isPattern(section)) quirks.push("code-type-pattern");
    const condition = conditionOf(planning, section);
    quirks.push(...condition.quirks);
    const reason =
      held.get(section) ??
      (failedKey === undefined
        ? undefined
        : { text: "A section before it failed: {key}.", values: { key: failedKey } }) ??
      condition.reason ??
      (isTrue(section.content) ? undefined : { text: "There is no code in this section." });
    if (reason) {
      const detail = { kind: "code", family, phase, version, code, insight: noInsight } as const;
      if (failedKey !== undefined) quirks.push("code-rest-skipped");
      planning.add(key, detail, { outcome: condition.never ? "never" : "skipped", reason, span, quirks });
      continue;
    }
    const insight = readCode(perlOf(section), planning.contents, planning.system, planning.loadedModules);
    quirks.push(...insightQuirks(planning, insight, phase));
    const assumption = planning.assumed(key);
    const { modules, calls, uninstalls, failure } = insight;
    const failed = assumption ? (assumption === "fails" ? assumedReason : undefined) : failure;
    planning.add(
      key,
      { kind: "code", family, phase, version, code, insight: { modules, calls, uninstalls } },
      {
        outcome: failed ? "fails" : "runs",
        doubt: failed || assumption ? undefined : codeDoubt,
        assumed: assumption !== undefined,
        reason: failed,
        span,
        log: failed ? [logEntry("code-failed")] : [],
        quirks: failed ? [...quirks, "failure-ignored"] : quirks,
        changes: failed ? [] : changesOf(planning, insight),
        remains: remainsOfCode(planning, family, phase),
      },
    );
    if (failed) failedKey = key;
    for (const { name, loadable } of modules) if (loadable !== false) planning.loadedModules.add(name);
    if (planning.stopped) return;
  }
  planning.add(`${place} end`, {
    kind: "code-phase-end",
    family,
    phase,
    candidates,
    success: failedKey === undefined,
  });
}

const perlOf = memo(({ content = "" }: StartTag) => readPerl(content));

/** What the code is assumed to do to the system. */
function changesOf(planning: Planning, { uninstalls }: CodeReading): readonly SystemChange[] {
  const names = uninstalls.flatMap(({ name, isSure }) => (isSure && name !== undefined ? [name] : []));
  return [...new Set(names)].flatMap((name) => changesOfMergedUninstall(planning, name));
}

export const noInsight: CodeInsight = { modules: [], calls: [], uninstalls: [] };

function insightQuirks(
  planning: Planning,
  { modules, oldModules }: CodeReading,
  phase: string,
): readonly QuirkId[] {
  const quirks: QuirkId[] = [];
  if (modules.some(({ loadable }) => loadable === false)) quirks.push("module-not-there");
  if (planning.operation === "upgrade" && phase === "pre" && oldModules.length > 0)
    quirks.push("module-of-old-version");
  return quirks;
}

/** Adds a step for each section that no phase of its family ever fits. */
export function reportCodeWithoutPhase(planning: Planning, family: CodeFamily): void {
  const phases = planning.phasesOf(family);
  for (const [index, section] of planning.structure.repeated[family].entries()) {
    if (phases.some((phase) => fitsPhase(section, phase))) continue;
    const phase = section.attributes.get("Type") ?? "";
    planning.add(
      planning.uniqueKey(`code ${family} ${index + 1}`),
      {
        kind: "code",
        family,
        phase,
        version: section.attributes.get("Version"),
        code: section.content ?? "",
        insight: noInsight,
      },
      {
        outcome: "never",
        reason: { text: "{family} has no phase “{phase}”.", values: { family, phase } },
        span: planning.spanOf(section),
        quirks: ["phase-unknown"],
      },
    );
  }
}

/**
 * Tells whether a section belongs to a phase: its Type is a regular expression for the whole name of the phase,
 * letter case aside.
 */
export function fitsPhase({ attributes }: StartTag, phase: string): boolean {
  const type = attributes.get("Type") ?? "";
  if (type.toLowerCase() === phase) return true;
  return pattern.test(type) && matchesExpression(phase, type);
}

const pattern = /[^\w\s-]/;

function isPattern({ attributes }: StartTag): boolean {
  return pattern.test(attributes.get("Type") ?? "");
}
