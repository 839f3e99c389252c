import { compareStrictly, isAtLeast } from "../../model/version.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import { databaseOf, isConditional, type PlacedStatement } from "../../symbols/package-database.ts";
import { changesOf, type SchemaStep } from "../../symbols/shape-of-package.ts";
import type { NeighbourRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";
import {
  firstReleased,
  type ReleasedVersion,
  releasedBefore,
  releasedPlace,
} from "../shared/released-versions.ts";
import { setupMentions } from "../shared/setup-files.ts";

/** What was released without a change does not get it in upgrades from there. */
export const dbUpgradeVersionReleased: NeighbourRule = {
  id: "db-upgrade-version-released",
  scope: "neighbours",
  elements: ["DatabaseUpgrade"],
  severity: "warning",
  message: {
    skipped:
      "Systems with {version} never get this change: {version} was released without it, and only upgrades from below {gate} make it.",
    first:
      "Upgrades never make this change, because it is for those from below {gate}, and no version before {version} is known.",
  },

  *check(spec, context, others) {
    if (context.kind !== "spec") return;
    const released = releasedBefore(spec, context, others);
    if (released.length === 0) return;
    const first = firstReleased(spec, released, others);
    const own = plainVersion(context.packageVersion);
    const { upgrade, installed } = databaseOf(spec);
    const steps = upgrade.map((placed) => ({
      placed,
      gate: gateOf(placed),
      changes: changesOf(placed.statement),
    }));
    for (const { placed, gate, changes } of steps) {
      const version = placed.element.attribute("Version");
      if (!version || gate === undefined || isConditional(placed)) continue;
      const skipping = released.find((each) => {
        if (!isAtLeast(each.version, gate, context.dialect)) return false;
        return changes.some(
          (step) =>
            isMissing(step, each, installed.table(step.table)?.complete === true, context) &&
            !codeMentions(spec, step.table) &&
            !setupMentions(spec, step.table, context) &&
            !isMadeLater(step, each),
        );
      });
      const span = version.valueSpan;
      if (skipping) {
        yield {
          span,
          variant: "skipped",
          arguments: { version: skipping.version, gate },
          related: releasedPlace(skipping),
          fixes: own === undefined ? [] : [{ ...replacement(span, own), asks: true }],
        };
      } else if (first && compareStrictly(gate, first.version) <= 0) {
        yield {
          span,
          variant: "first",
          severity: "information",
          arguments: { gate, version: first.version },
          related: releasedPlace(first),
        };
      }
    }

    /** Whether another step does the same in upgrades from a version. */
    function isMadeLater({ key }: SchemaStep, { version }: ReleasedVersion): boolean {
      return steps.some(
        ({ gate, changes }) =>
          gate !== undefined &&
          !isAtLeast(version, gate, context.dialect) &&
          changes.some((each) => each.key === key),
      );
    }
  },
};

function gateOf({ element }: PlacedStatement): string | undefined {
  return plainVersion(element.value("Version"));
}

/** Whether a version surely has not done something, neither in its installation nor in its upgrades. */
function isMissing(
  step: SchemaStep,
  { shape }: ReleasedVersion,
  isOwnTable: boolean,
  { knowledge }: RuleContext,
): boolean {
  if (shape.upgrades.has(step.key) || shape.mentions(step.table)) return false;
  const isDone = step.isDoneIn(shape);
  if (isDone !== undefined) return !isDone;
  // A table of the framework is there, and a version that does not name it has not changed it.
  return step.isAddition === true && !isOwnTable && Boolean(knowledge.table(step.table));
}
