import type { NeighbourRule } from "../rule.ts";
import { ownPackage, placeIn } from "../shared/other-packages.ts";

/** Names are compared letter by letter. */
export const nameSpelledOtherwise: NeighbourRule = {
  id: "name-spelled-otherwise",
  scope: "neighbours",
  elements: ["Name"],
  severity: "warning",
  message:
    "Whoever has {other} is not offered this package as a newer version of it, because letter case counts in names.",

  *check(spec, _context, others) {
    const own = ownPackage(spec);
    const element = spec.last("Name");
    if (!own || !element) return;
    const merged = new Set(spec.all("PackageMerge").map((each) => each.value("Name")));
    const [other] = others
      .spelledOtherwise(own.name)
      .filter((each) => !merged.has(each.name) && !each.merged.some(({ name }) => name === own.name));
    if (!other) return;
    yield {
      span: element.text.span,
      arguments: { other: other.name },
      related: placeIn(other, other.place, "{name} gets its name here.", { name: other.name }),
    };
  },
};
