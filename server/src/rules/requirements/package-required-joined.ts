import { joinedAcross, joinedWith } from "../../dialect/joined-packages.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** A migration has uninstalled what the requirement asks for. */
export const packageRequiredJoined: PackageRule = {
  id: "package-required-joined",
  scope: "package",
  elements: ["PackageRequired"],
  severity: "error",
  message:
    "The package cannot be installed, because it requires {name}, which {release} took in: the framework does its work and its migration removed it.",

  *check(spec, { releases }) {
    for (const element of rootChildren(spec, "PackageRequired")) {
      const name = element.text.value;
      const spread = joinedAcross(name, releases);
      if (spread === "off") continue;
      const release = joinedWith(name, releases.highest) ?? "";
      const found = { span: element.text.span, releases: spread, arguments: { name, release } };
      // The older releases need it.
      if (spread === "on") yield { ...found, fixes: [removal(element)] };
      else yield { ...found, severity: "warning" };
    }
  },
};
