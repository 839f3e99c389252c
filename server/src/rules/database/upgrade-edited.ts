import { compareStrictly } from "../../model/version.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import { type PlacedPart, upgradePartsOf } from "../../symbols/shape-of-package.ts";
import type { NeighbourRule, Report } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";
import { type ReleasedVersion, releasedBefore, releasedPlace } from "../shared/released-versions.ts";
import { setupMentions } from "../shared/setup-files.ts";

/** Systems that have a version have done what upgrades to it did, as they did it then. */
export const upgradeEdited: NeighbourRule = {
  id: "upgrade-edited",
  scope: "neighbours",
  elements: ["CodeUpgrade", "DatabaseInstall", "DatabaseUpgrade"],
  severity: "information",
  message: {
    content:
      "Systems with {version} do not do this as it stands now: {version} was released with something else for upgrades from below {gate}, and they have done that.",
    condition:
      "Systems with {version} do not do this by the condition that it has now: {version} was released with another one for upgrades from below {gate}.",
    added:
      "Systems with {version} never get this row: {version} was released without it, and only upgrades from below {gate} insert it.",
    raised:
      "Systems with {version} do this once more: {version} was released with it for upgrades from below {before}, and now it is for those from below {gate}.",
    lowered:
      "Systems with {version} never do this: {released} was released with it for upgrades from below {before}, and now it is only for those from below {gate}.",
  },

  *check(spec, context, others) {
    if (context.kind !== "spec") return;
    const released = releasedBefore(spec, context, others);
    if (released.length === 0) return;
    const own = plainVersion(context.packageVersion);
    const present = upgradePartsOf(spec);
    const gates = new Map<string, readonly ReleasedVersion[]>();
    for (const part of present) {
      const gate = plainVersion(part.gate);
      if (gate === undefined) continue;
      // Versions that upgrades from below the gate do not start from.
      const past = gates.get(gate) ?? released.filter(({ version }) => compareStrictly(version, gate) >= 0);
      gates.set(gate, past);
      const report =
        movedReport(part, gate) ?? (past.length > 0 ? editedReport(part, gate, past) : undefined);
      if (report) yield report;
    }

    /** What was released for upgrades from below another version. */
    function movedReport(part: PlacedPart, gate: string): Report | undefined {
      if (countOf(part, present) !== 1) return undefined;
      const [last] = released;
      const same = last!.shape.parts.filter((each) => isAlike(each, part));
      const before = same.length === 1 ? plainVersion(same[0]!.gate) : undefined;
      if (before === undefined || before === gate || same[0]!.condition !== part.condition) return undefined;
      const { valueSpan: span } = part.element.attribute("Version")!;
      const between = (low: string, high: string) =>
        released.filter(
          ({ version }) => compareStrictly(version, low) >= 0 && compareStrictly(version, high) < 0,
        );
      const fixes = [{ ...replacement(span, before), asks: true } as const];
      if (compareStrictly(gate, before) > 0) {
        // One that was released without it is why the gate was raised.
        const again = between(before, gate);
        const [newest] = again;
        if (!newest || !again.every(({ shape }) => shape.parts.some((each) => isAlike(each, part))))
          return undefined;
        return {
          ...{ span, variant: "raised", related: releasedPlace(newest), fixes },
          arguments: { version: newest.version, before, gate },
        };
      }
      // Of changes of tables, and of code at the gate itself, other rules speak.
      const [skipped] = between(gate, before).filter(({ version }) => version !== gate);
      const isToldElsewhere = part.family === "DatabaseUpgrade" && !part.subject.startsWith("Insert ");
      if (!skipped || isToldElsewhere || isDoneBy(skipped, part)) return undefined;
      return {
        ...{ span, variant: "lowered", related: releasedPlace(last!), fixes },
        arguments: { version: skipped.version, released: last!.version, before, gate },
      };
    }

    /** What was released for upgrades from below the same version, but otherwise. */
    function editedReport(
      part: PlacedPart,
      gate: string,
      past: readonly ReleasedVersion[],
    ): Report | undefined {
      if (past.some(({ shape }) => shape.parts.some((each) => isSame(each, part)))) return undefined;
      const [last] = past;
      const { valueSpan: span } = part.element.attribute("Version")!;
      const report = (variant: string, { version } = last!): Report => ({
        ...{ span, variant, arguments: { version, gate }, related: releasedPlace(last!) },
      });
      const { parts } = last!.shape;
      if (parts.some((each) => isAlike(each, part) && each.gate === part.gate)) return report("condition");
      const isOf = (each: typeof part | (typeof parts)[number]) =>
        each.family === part.family && each.subject === part.subject && each.gate === part.gate;
      const isLeft = (each: (typeof parts)[number], all: typeof parts) =>
        isOf(each) && !all.some((other) => isSame(other, each));
      const gone = parts.filter((each) => isLeft(each, present));
      const come = present.filter((each) => isLeft(each, parts));
      if (gone.length === 1 && come.length === 1) return report("content");
      const without = past.find((each) => !isDoneBy(each, part));
      const isRow = part.subject.startsWith("Insert ");
      if (!isRow || gone.length > 0 || !without || !parts.some((each) => each.gate === part.gate))
        return undefined;
      const table = part.subject.slice("Insert ".length);
      const isOpen =
        part.condition !== "" ||
        codeMentions(spec, table) ||
        setupMentions(spec, table, context) ||
        past.some(({ shape }) => shape.mentions(table)) ||
        present.some((each) => isAlike(each, part) && each.gate !== part.gate);
      if (isOpen) return undefined;
      const fixes = own === undefined ? [] : [{ ...replacement(span, own), asks: true } as const];
      return { ...report("added", without), severity: "warning", fixes };
    }
  },
};

type Part = Pick<PlacedPart, "family" | "subject" | "gate" | "condition" | "digest">;

function isAlike(one: Part, other: Part): boolean {
  return one.family === other.family && one.digest === other.digest;
}

function isSame(one: Part, other: Part): boolean {
  return isAlike(one, other) && one.gate === other.gate && one.condition === other.condition;
}

function countOf(part: Part, parts: readonly Part[]): number {
  return parts.filter((each) => isAlike(each, part)).length;
}

/** Whether a version does the same, in its installation or its upgrades. */
function isDoneBy({ shape }: ReleasedVersion, part: PlacedPart): boolean {
  return shape.parts.some((each) => isAlike(each, part)) || shape.statements.has(part.digest);
}
