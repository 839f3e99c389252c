import { dialectIds } from "../../dialect/dialect.ts";
import { firstVersionOf, type Product, productOf } from "../../dialect/products.ts";
import { lineOf, releases } from "../../knowledge/releases.ts";
import { compareStrictly } from "../../model/version.ts";
import type { Element } from "../../syntax/element.ts";
import type { FeatureDocument } from "../feature-document.ts";
import type { Suggestion } from "./suggestion.ts";

/** A release line with the products that have it. */
interface ReleaseLine {
  readonly line: string;
  readonly products: readonly Product[];
}

/**
 * The release lines of all products with the root element of the document: first those of its own dialect, then those of
 * its product, then others; the newest of each first.
 */
function releaseLines({ context: { product: own } }: FeatureDocument): readonly ReleaseLine[] {
  const family = dialectIds.map(productOf).filter(({ family }) => family === own.family);
  const distance = ({ dialect, product }: Product) =>
    dialect === own.dialect ? 0 : product === own.product ? 1 : 2;
  const ordered = family.toReversed().sort((a, b) => distance(a) - distance(b));
  const lines = new Set(ordered.flatMap((product) => product.releaseLines.toReversed()));
  return [...lines].map((line) => ({
    line,
    products: ordered.filter((product) => product.releaseLines.includes(line)),
  }));
}

/** What may stand in a `Framework`: release lines, and behind those of one dialect all that have its major version. */
export function frameworkRanges(document: FeatureDocument, framework: Element): readonly Suggestion[] {
  const others = new Set(
    document.spec
      .all("Framework")
      .flatMap(({ start, trimmedText }) => (start === framework.start ? [] : [trimmedText.value])),
  );
  const lines = releaseLines(document);
  const majors = [...new Set(lines.map(({ line }) => line.split(".")[0]!))].map((major) => ({
    range: `${major}.x.x`,
    products: lines.filter(({ line }) => line.startsWith(`${major}.`)).flatMap(({ products }) => products),
  }));
  return [...lines.map(({ line, products }) => ({ range: `${line}.x`, products })), ...majors]
    .filter(({ range }) => !others.has(range))
    .map(({ range, products }) => ({ value: range, kind: "version", detail: labelsOf(products) }));
}

/**
 * Releases for the bounds of a `Framework`, the newest first: of the release lines that its text names, else of those of
 * the document's dialect. Of each line there are the first release and the last one that is known.
 */
export function frameworkVersions(document: FeatureDocument, framework: Element): readonly Suggestion[] {
  const lines = releaseLines(document);
  const named = lineOf(framework.trimmedText.value);
  const [, major] = /^(\d+)\.x/.exec(framework.trimmedText.value) ?? [];
  const own = document.context.product.releaseLines;
  const fitting = lines.filter(({ line }) =>
    major === undefined ? line === named : line.startsWith(`${major}.`),
  );
  const chosen = fitting.length > 0 ? fitting : lines.filter(({ line }) => own.includes(line));
  const labels = new Map<string, Set<string>>();
  for (const { line, products } of chosen) {
    for (const { product, label } of products) {
      const known = releases.filter((each) => each.product === product && lineOf(each.version) === line);
      const versions = known.flatMap(({ version }) => (version === line ? [] : version));
      for (const version of [...versions, firstVersionOf(product, line)])
        labels.set(version, (labels.get(version) ?? new Set()).add(label));
    }
  }
  return [...labels]
    .sort(([a], [b]) => compareStrictly(b, a))
    .map(([version, products]) => ({ value: version, kind: "version", detail: [...products].join(", ") }));
}

function labelsOf(products: readonly Product[]): string {
  return [...new Set(products.map(({ label }) => label))].join(", ");
}
