import { joinedAcross } from "../../dialect/joined-packages.ts";
import type { NeighbourRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { ownPackage, placeIn } from "../shared/other-packages.ts";
import { isPlaceholder, rootChildren } from "../shared/root-child.ts";

/** A package that nobody offers cannot be installed before this one. */
export const packageRequiredUnknown: NeighbourRule = {
  id: "package-required-unknown",
  scope: "neighbours",
  elements: ["PackageRequired"],
  isOfAnyFramework: true,
  severity: "information",
  message: {
    unknown:
      "Whether {name} is to be had is not known here, because it is neither in the workspace nor among the packages that are known beside it.",
    spelled: "No system installs this package, because {name} is called {other} and letter case counts.",
  },

  *check(spec, { releases }, others) {
    if (!others.isRepository) return;
    const own = ownPackage(spec);
    for (const element of rootChildren(spec, "PackageRequired")) {
      const { value: name, span } = element.text;
      // Rules of their own speak of names with blanks, of the package itself, and of what the framework took in.
      if (name === "" || name !== name.trim() || isPlaceholder(name) || name === own?.name) continue;
      if (others.named(name).length > 0 || joinedAcross(name, releases) !== "off") continue;
      const [other] = others.spelledOtherwise(name);
      if (!other) {
        yield { span, variant: "unknown", arguments: { name } };
        continue;
      }
      yield {
        span,
        variant: "spelled",
        severity: "error",
        arguments: { name, other: other.name },
        related: placeIn(other, other.place, "{name} gets its name here.", { name: other.name }),
        fixes: [replacement(span, other.name)],
      };
    }
  },
};
