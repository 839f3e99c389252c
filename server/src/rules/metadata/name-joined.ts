import { joinedAcross, joinedWith } from "../../dialect/joined-packages.ts";
import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** A migration uninstalls packages of some names. */
export const nameJoined: ElementRule = {
  id: "name-joined",
  scope: "element",
  elements: ["Name"],
  severity: "warning",
  message:
    "The migration to {release} removes this package, because the framework took in a package of this name.",

  check(name, { releases }, parentName) {
    const { value, span } = name.text;
    if (!isRootName(parentName)) return undefined;
    const spread = joinedAcross(value, releases);
    if (spread === "off") return undefined;
    const release = joinedWith(value, releases.highest) ?? "";
    // On the releases before, it is what it says.
    const severity = spread === "on" ? "warning" : "information";
    return { span, severity, releases: spread, arguments: { release } };
  },
};
