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
  message: {
    cycle:
      "None of these packages can be installed, because each requires the next to be there first: {path}.",
    "cut-off":
      "Whether {name} requires this package in turn was not found out: more than {count} packages hang together by their requirements, and no more are looked at.",
  },

  *check(spec, context, others) {
    const own = ownPackage(spec);
    if (!own) return;
    const search = new WaySearch(own, others, fitting(own, context));
    for (const element of rootChildren(spec, "PackageRequired")) {
      const name = element.text.value;
      if (name === own.name) continue;
      const way = yield* search.wayBack(name);
      if (way === "cut-off") {
        const values = { name, count: mostPackages };
        yield { span: element.text.span, variant: "cut-off", severity: "information", arguments: values };
        return;
      }
      if (!way) continue;
      const names = [own.name, ...way.map((each) => each.name), own.name];
      yield {
        span: element.text.span,
        variant: "cycle",
        arguments: { path: pathOf(names) },
        related: way.slice(0, mostShown).flatMap((each, index): readonly Related[] => {
          const next = way[index + 1]?.name ?? own.name;
          const place = each.required.find((required) => required.name === next)?.place;
          return placeIn(each, place, "{name} requires {next} here.", { name: each.name, next });
        }),
      };
    }
  },
};

/** The packages that are looked at for one check; far more than any repository has that hang together. */
const mostPackages = 10_000;

/** Longer ways nobody reads. */
const mostShown = 20;

function pathOf(names: readonly string[]): string {
  const shown = names.length > mostShown ? [...names.slice(0, mostShown - 1), "…", names.at(-1)] : names;
  return shown.join(" → ");
}

/** Looks for ways from packages to one that they require. */
class WaySearch {
  readonly #own: OwnPackage;
  readonly #others: OtherPackages;
  readonly #fits: (other: KnownPackage) => boolean;
  /** The names from which no way leads back. */
  readonly #fruitless = new Set<string>();
  #looked = 0;

  constructor(own: OwnPackage, others: OtherPackages, fits: (other: KnownPackage) => boolean) {
    this.#own = own;
    this.#others = others;
    this.#fits = fits;
  }

  /**
   * The packages on the shortest way from one to the own package that requires it; undefined where there is none. The
   * next edit may cut in now and then.
   */
  *wayBack(start: string): Generator<undefined, readonly KnownPackage[] | "cut-off" | undefined, undefined> {
    if (this.#fruitless.has(start)) return undefined;
    /** By name, the one before it on the way; undefined for the start. */
    const before = new Map<string, KnownPackage | undefined>([[start, undefined]]);
    // What is added to a map on the way is visited as well.
    for (const name of before.keys()) {
      if (this.#looked++ >= mostPackages) return "cut-off";
      if (this.#looked % 500 === 0) yield;
      const known = newestIn(this.#others.named(name).filter(this.#fits));
      for (const { name: next } of known?.required ?? []) {
        if (next === this.#own.name) return wayTo(known!, before);
        if (!before.has(next) && !this.#fruitless.has(next)) before.set(next, known);
      }
    }
    for (const name of before.keys()) this.#fruitless.add(name);
    return undefined;
  }
}

function wayTo(
  end: KnownPackage,
  before: ReadonlyMap<string, KnownPackage | undefined>,
): readonly KnownPackage[] {
  const way: KnownPackage[] = [];
  for (let each: KnownPackage | undefined = end; each; each = before.get(each.name)) way.push(each);
  return way.reverse();
}
