import type { KnownPackage, OtherPackages } from "../../host/known-packages.ts";
import type { NeighbourRule, Related } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
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
    const elements = rootChildren(spec, "PackageRequired");
    const names = elements.map(({ text }) => text.value);
    const ways = yield* waysBack(names, own, context, others);
    for (const element of elements) {
      const name = element.text.value;
      const way = ways.get(name);
      if (way === "cut-off") {
        const values = { name, count: mostPackages };
        yield { span: element.text.span, variant: "cut-off", severity: "information", arguments: values };
        return;
      }
      if (!way) continue;
      const passed = [own.name, ...way.map((each) => each.name), own.name];
      yield {
        span: element.text.span,
        variant: "cycle",
        arguments: { path: pathOf(passed) },
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
const mostPackages = 5000;

/** Longer ways nobody reads. */
const mostShown = 20;

function pathOf(names: readonly string[]): string {
  const shown = names.length > mostShown ? [...names.slice(0, mostShown - 1), "…", names.at(-1)] : names;
  return shown.join(" → ");
}

/** The packages on a way to the own one. */
type Way = readonly KnownPackage[] | "cut-off";

/** What was found last beside the same others: an edit elsewhere in the spec changes nothing of it. */
const kept = new WeakMap<OtherPackages, { readonly key: string; readonly ways: ReadonlyMap<string, Way> }>();

/**
 * For each name from which one leads back to the own package, the shortest way. After the first that was not found to
 * the end no others are looked for. The next edit may cut in now and then.
 */
function* waysBack(
  names: readonly string[],
  own: OwnPackage,
  context: RuleContext,
  others: OtherPackages,
): Generator<undefined, ReadonlyMap<string, Way>, undefined> {
  const key = JSON.stringify([context.dialect, own.name, own.frameworks, names]);
  const last = kept.get(others);
  if (last?.key === key) return last.ways;
  const search = new WaySearch(own, others, fitting(own, context));
  const ways = new Map<string, Way>();
  for (const name of new Set(names)) {
    const way = name === own.name ? undefined : yield* search.wayBack(name);
    if (way) ways.set(name, way);
    if (way === "cut-off") break;
  }
  kept.set(others, { key, ways });
  return ways;
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
