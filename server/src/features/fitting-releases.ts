import { type DialectId, dialectsOf, type Family } from "../dialect/dialect.ts";
import { firstVersionOf, type ProductName, productOf, productsOf } from "../dialect/products.ts";
import { turningPoints } from "../dialect/switches.ts";
import {
  type FrameworkRange,
  matchFramework,
  patchLevelsIn,
  rangeOfElement,
} from "../model/framework-range.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { memo } from "../text/memo.ts";

/** The releases of one product that a `Framework` element lets in by itself. */
export interface FittingReleases {
  readonly product: ProductName;
  /** Oldest first, and never empty: release lines as "7.1" or "7.0–7.3", parts of one as "7.1.3", "7.1.3–7.1.6" or "7.1.3+". */
  readonly parts: readonly string[];
}

/**
 * The releases that the text and the bounds of a `Framework` element really let in, of each product whose packages have
 * the same root element; those of release lines that exist. Products of which it lets in nothing are left out.
 */
export function fittingReleases(framework: Element, family: Family): readonly FittingReleases[] {
  return byFamily(framework.node)(family);
}

/** What a node says does not change. */
const byFamily = memo((node: ElementNode) => {
  const known = new Map<Family, readonly FittingReleases[]>();
  return (family: Family) => {
    let fitting = known.get(family);
    if (!fitting) {
      fitting = find(rangeOfElement(new Element(node, 0, undefined)), family);
      known.set(family, fitting);
    }
    return fitting;
  };
});

function find(range: FrameworkRange, family: Family): readonly FittingReleases[] {
  const [pattern, ...bounds] = [range.pattern ?? "", range.minimum ?? "", range.maximum ?? ""];
  if (pattern.trim() === "" || [pattern, ...bounds].some(({ length }) => length > longest)) return [];
  const isPlain = /^\d+(?:\.(?:\d+|x+)){0,2}$/i.test(pattern);
  const levels = [...patchLevelsIn([range]), ...(isPlain ? [] : everyLevel)];
  return productsOf(family).flatMap((product): FittingReleases[] => {
    const lines = dialectsOf(family)
      .filter((dialect) => productOf(dialect).product === product)
      .flatMap((dialect) => linesOf(range, product, dialect, levels));
    const parts = joined(lines);
    return parts.length === 0 ? [] : [{ product, parts }];
  });
}

/** Longer than any that means something. */
const longest = 100;

/** A text that is more than numbers and an x may part the levels of a line anywhere. */
const everyLevel = Array.from({ length: 40 }, (_, level) => level);

/** How much of a release line fits: all of it, some parts, or nothing. */
interface Line {
  readonly line: string;
  readonly parts: "all" | readonly string[];
}

function linesOf(
  range: FrameworkRange,
  product: ProductName,
  dialect: DialectId,
  levels: readonly number[],
): readonly Line[] {
  const points = turningPoints(dialect, levels);
  return productOf(dialect).releaseLines.map((line): Line => {
    const first = levelOf(firstVersionOf(product, line));
    const own = points.filter((version) => version.startsWith(`${line}.`)).map(levelOf);
    const tried = [...new Set([first, ...own])].filter((level) => first <= level).sort((a, b) => a - b);
    const runs: { from: number; to: number }[] = [];
    let isOpen = false;
    for (const level of tried) {
      const { fits } = matchFramework(`${line}.${level}`, [range], dialect);
      if (fits && isOpen) runs.at(-1)!.to = level;
      else if (fits) runs.push({ from: level, to: level });
      isOpen = fits;
    }
    const isAll = runs.length === 1 && runs[0]!.from === first && runs[0]!.to === newest;
    return { line, parts: isAll ? "all" : runs.map(({ from, to }) => partText(line, from, to)) };
  });
}

/** Stands for every patch level that is to come. */
const newest = 999;

/** The patch level of a version; `x` is the newest. */
function levelOf(version: string): number {
  const level = version.split(".")[2];
  return level === "x" ? newest : Number(level ?? 0);
}

function partText(line: string, from: number, to: number): string {
  if (to === newest) return `${line}.${from}+`;
  return from === to ? `${line}.${from}` : `${line}.${from}–${line}.${to}`;
}

/** Neighbours that fit as a whole are written as a range. */
function joined(lines: readonly Line[]): readonly string[] {
  const parts: string[] = [];
  let first: string | undefined;
  for (const { line, parts: own } of lines) {
    if (own === "all") {
      if (first === undefined) parts.push(line);
      else parts[parts.length - 1] = `${first}–${line}`;
      first ??= line;
    } else {
      parts.push(...own);
      first = undefined;
    }
  }
  return parts;
}
