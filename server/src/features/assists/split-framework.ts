import { dialectsOf } from "../../dialect/dialect.ts";
import { productOf } from "../../dialect/products.ts";
import { matchFramework, rangeOfElement } from "../../model/framework-range.ts";
import { besides } from "../../rules/shared/section-place.ts";
import { fittingReleases } from "../fitting-releases.ts";
import type { Assist, AssistPlace } from "./assist.ts";

/**
 * Writes one `Framework` for each release line of the package's product that a wide one such as `7.x` lets in. Lines
 * that are still to come are not let in any more, which is why an author wants it.
 */
export function splitFramework({ around, spec, context }: AssistPlace): readonly Assist[] {
  const element = around[0]!;
  if (element.name !== "Framework" || element.attributes.length > 0 || element.parent?.parent) return [];
  const pattern = element.text.value.trim();
  if (!/^\d+\.x(?:\.x)?$/i.test(pattern)) return [];
  const { family, product } = context.product;
  // Where other products take the pattern for theirs, too, they would be let in no longer or in other ways.
  if (fittingReleases(element, family).some((fitting) => fitting.product !== product)) return [];
  const range = rangeOfElement(element);
  const lines = dialectsOf(family)
    .filter((dialect) => productOf(dialect).product === product)
    .flatMap((dialect) =>
      productOf(dialect).releaseLines.filter((line) => matchFramework(`${line}.1`, [range], dialect).fits),
    );
  const others = spec.all("Framework").map(({ text }) => text.value.trim().toLowerCase());
  const missing = lines.map((line) => `${line}.x`).filter((line) => !others.includes(line));
  if (lines.length < 2 || missing.length === 0) return [];
  const [first, ...more] = missing;
  const behind = more.map((line) => [`<Framework>${line}</Framework>`]);
  return [
    {
      title: "Name the release lines one by one: {lines}",
      arguments: { lines: missing.join(", ") },
      edits: [
        { span: element.trimmedText.span, newText: first! },
        ...(behind.length > 0 ? [besides(spec, element, behind, "behind")] : []),
      ],
    },
  ];
}
