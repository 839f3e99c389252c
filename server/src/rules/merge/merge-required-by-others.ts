import type { NeighbourRule } from "../rule.ts";
import { fitting, newestIn, ownPackage, placeIn } from "../shared/other-packages.ts";

/** Nobody is asked before the package goes. */
export const mergeRequiredByOthers: NeighbourRule = {
  id: "merge-required-by-others",
  scope: "neighbours",
  elements: ["PackageMerge"],
  severity: "warning",
  where: "packageMerge",
  message:
    "{dependent} {version} can be neither upgraded nor installed any more where this package absorbs {name}, because it requires {name}.",

  *check(spec, context, others) {
    const own = ownPackage(spec);
    if (!own) return;
    const fits = fitting(own, context);
    const merged = new Set(spec.all("PackageMerge").map((element) => element.value("Name")));
    for (const element of spec.all("PackageMerge")) {
      const attribute = element.attribute("Name");
      const name = attribute?.value ?? "";
      if (!attribute || name === "" || name === own.name) continue;
      const dependents = new Set(others.requiring(name).map((each) => each.name));
      for (const dependent of dependents) {
        if (dependent === own.name || merged.has(dependent)) continue;
        // What an older version has required is of no matter to who can have a newer one.
        const newest = newestIn(others.named(dependent));
        if (!newest || !fits(newest)) continue;
        const requirement = newest.required.find((required) => required.name === name);
        if (!requirement) continue;
        yield {
          span: attribute.valueSpan,
          arguments: { dependent, version: newest.version, name },
          related: placeIn(newest, requirement.place, "{name} is required here.", { name }),
        };
      }
    }
  },
};
