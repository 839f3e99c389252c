import { codePhase } from "../../model/section-phases.ts";
import { compareStrictly } from "../../model/version.ts";
import { codeDigest } from "../../symbols/shape-of-package.ts";
import type { NeighbourRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { versionedSub } from "../shared/named-version.ts";
import { plainVersion } from "../shared/plain-version.ts";
import {
  firstReleased,
  type ReleasedVersion,
  releasedBefore,
  releasedPlace,
} from "../shared/released-versions.ts";

/** What was released without a piece of code does not run it in upgrades from there. */
export const codeUpgradeVersionReleased: NeighbourRule = {
  id: "code-upgrade-version-released",
  scope: "neighbours",
  elements: ["CodeUpgrade"],
  severity: "warning",
  message: {
    skipped:
      "Systems with {version} never run this code: {version} was released without it, and only upgrades from below {version} run it.",
    first:
      "Upgrades never run this code, because it is for those from below {gate}, and no version before {version} is known.",
  },

  *check(spec, context, others) {
    if (context.kind !== "spec") return;
    const released = releasedBefore(spec, context, others);
    if (released.length === 0) return;
    const first = firstReleased(spec, released, others);
    const own = plainVersion(context.packageVersion);
    for (const section of spec.all("CodeUpgrade")) {
      const version = section.attribute("Version");
      const gate = plainVersion(version?.value);
      if (!version || !gate || codePhase(section) === "merge" || section.parent?.name === "PackageMerge")
        continue;
      const span = version.valueSpan;
      const same = released.find((each) => compareStrictly(each.version, gate) === 0);
      if (same && isWithout(same, gate, codeDigest(section))) {
        // Where the called code is named after the gate, another rule says which of them is meant.
        const isNamed = versionedSub(section) !== undefined;
        yield {
          span,
          variant: "skipped",
          arguments: { version: same.version },
          related: releasedPlace(same),
          fixes: own === undefined || isNamed ? [] : [{ ...replacement(span, own), asks: true }],
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
  },
};

/** Whether a version surely had no such code: neither bound to its own version, nor in all upgrades, nor elsewhere. */
function isWithout({ shape: { gates, codes } }: ReleasedVersion, gate: string, digest: string): boolean {
  const isBound = [...gates.code].some((each) => each === "" || compareStrictly(each, gate) === 0);
  return !isBound && !codes.has(digest);
}
