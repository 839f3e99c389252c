import {
  conditionAcross,
  type FrameworkRelease,
  type ReleaseRange,
  type Spread,
} from "../../dialect/switches.ts";

/** For how much of a range of releases something holds that depends on how they compare versions. */
export function comparingAcross(
  releases: ReleaseRange,
  holds: (release: FrameworkRelease) => boolean,
): Spread {
  const [onOldest, onNewest] = [holds(releases.lowest), holds(releases.highest)];
  if (onOldest === onNewest) return onOldest ? "on" : "off";
  return conditionAcross(
    onOldest ? { where: "comparesLongNumbers" } : { whereNot: "comparesLongNumbers" },
    releases,
  );
}
