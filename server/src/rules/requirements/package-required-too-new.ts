import { isAtLeast } from "../../model/version.ts";
import type { NeighbourRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isUnknownVersion, newestIn, ownPackage, placeIn } from "../shared/other-packages.ts";
import { rootChildren } from "../shared/root-child.ts";
import { isNumeric } from "../shared/version-element.ts";

/** A version that does not exist cannot be installed first. */
export const packageRequiredTooNew: NeighbourRule = {
  id: "package-required-too-new",
  scope: "neighbours",
  elements: ["PackageRequired"],
  severity: "warning",
  message:
    "This package cannot be installed where {name} {wanted} is not to be had: the newest version known here is {newest}.",

  *check(spec, { dialect }, others) {
    const own = ownPackage(spec);
    for (const element of rootChildren(spec, "PackageRequired")) {
      const name = element.text.value;
      const attribute = element.attribute("Version");
      const wanted = attribute?.value ?? "";
      if (!attribute || !isNumeric(wanted) || name === own?.name) continue;
      const versions = others.named(name);
      // A version that a build fills in may be any.
      if (versions.some(({ version }) => isUnknownVersion(version))) continue;
      if (versions.some(({ version }) => isAtLeast(version, wanted, dialect))) continue;
      const newest = newestIn(versions);
      if (!newest) continue;
      yield {
        span: attribute.valueSpan,
        arguments: { name, wanted, newest: newest.version },
        related: placeIn(newest, newest.place, "{name} {version} is here.", {
          name,
          version: newest.version,
        }),
        fixes: [{ ...replacement(attribute.valueSpan, newest.version), asks: true }],
      };
    }
  },
};
