import type { KnownPackage, OtherPackages } from "../../host/known-packages.ts";
import type { NeighbourRule, Related } from "../rule.ts";
import { fitting, newestIn, type OwnPackage, ownPackage, placeIn } from "../shared/other-packages.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Each of them has to be installed before the other. */
export const packageRequiredCycle: NeighbourRule = {
  id: "package-required-cycle",
  scope: "neighbours",
  elements: ["PackageRequired"],
  severity: "error",
  message:
    "None of these packages can be installed, because each requires the next to be there first: {path}.",

  *check(spec, context, others) {
    const own = ownPackage(spec);
    if (!own) return;
    const fits = fitting(own, context);
    for (const element of rootChildren(spec, "PackageRequired")) {
      const name = element.text.value;
      if (name === own.name) continue;
      const way = wayBack(name, own, others, fits);
      if (!way) continue;
      yield {
        span: element.text.span,
        arguments: { path: [own.name, ...way.map((each) => each.name), own.name].join(" → ") },
        related: way.flatMap((each, index): readonly Related[] => {
          const next = way[index + 1]?.name ?? own.name;
          const place = each.required.find((required) => required.name === next)?.place;
          return placeIn(each, place, "{name} requires {next} here.", { name: each.name, next });
        }),
      };
    }
  },
};

/** The packages on the shortest way from one to the own package that requires it; undefined where there is none. */
function wayBack(
  start: string,
  own: OwnPackage,
  others: OtherPackages,
  fits: (other: KnownPackage) => boolean,
): readonly KnownPackage[] | undefined {
  const seen = new Set([start]);
  let ways: readonly (readonly string[])[] = [[start]];
  const packages = new Map<string, KnownPackage>();
  while (ways.length > 0) {
    const longer: (readonly string[])[] = [];
    for (const way of ways) {
      const name = way.at(-1)!;
      const known = newestIn(others.named(name).filter(fits));
      if (!known) continue;
      packages.set(name, known);
      for (const { name: next } of known.required) {
        if (next === own.name) return way.map((each) => packages.get(each)!);
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return undefined;
}
