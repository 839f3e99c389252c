import type { Operation } from "../../lifecycle/operation.ts";
import type { Plan, Step } from "../../lifecycle/plan.ts";
import {
  type CodeFamily,
  codeFamilies,
  type DatabaseFamily,
  databaseFamilies,
  isDatabaseFamily,
  specOf,
} from "../../model/package-spec.ts";
import { codePhase, selectionOf } from "../../model/section-phases.ts";
import type { Element } from "../../syntax/element.ts";
import { SyntaxTree } from "../../syntax/tree.ts";
import type { Span } from "../../text/span.ts";

export type SectionFamily = CodeFamily | DatabaseFamily;

/** The phases of an operation that a test system can be asked for alone. */
export const singlePhases = ["pre", "post"] as const;

/** A phase of an operation, as the frameworks name its parts. */
export interface PhaseName {
  readonly section: SectionFamily;
  readonly phase: (typeof singlePhases)[number];
}

/** The phases that a spec has sections for, and some operation runs; in the order of the families. */
export function phasesOfSpec(tree: SyntaxTree): readonly PhaseName[] {
  const sections = specOf(tree).sections([...codeFamilies, ...databaseFamilies]);
  const written = new Set(sections.map((each) => `${each.name} ${codePhase(each)}`));
  return [...codeFamilies, ...databaseFamilies].flatMap((section) =>
    singlePhases.flatMap((phase) => {
      const selection = selectionOf(section, phase);
      const isRun = selection !== undefined && selection !== "never";
      return isRun && written.has(`${section} ${phase}`) ? [{ section, phase }] : [];
    }),
  );
}

/** The operation that runs sections of a family. */
export function operationOfFamily(section: SectionFamily): Operation {
  return section.replace(/^(?:Code|Database)/, "").toLowerCase() as Operation;
}

/** Steps of a plan that belong to a phase of the package itself. */
export function stepsOfPhase({ steps }: Plan, { section, phase }: PhaseName): readonly Step[] {
  return steps.filter(
    (step) =>
      (step.kind === "code" || step.kind === "statement" || step.kind === "database-element") &&
      step.family === section &&
      step.phase === phase &&
      step.span !== undefined,
  );
}

/**
 * The places of what a plan runs in a phase, in document order: sections of code, or elements of database sections.
 * Whether a step is foretold to fail plays no part.
 */
export function placesOfPhase(plan: Plan, name: PhaseName): readonly Span[] {
  const places = new Map<number, Span>();
  for (const step of stepsOfPhase(plan, name)) {
    if (step.outcome !== "runs" && step.outcome !== "fails") continue;
    const place = step.kind === "statement" ? partOf(step.statement.tag.element, name.section) : step.span!;
    places.set(place.start, place);
  }
  return [...places.values()].sort((a, b) => a.start - b.start);
}

/** The element right below its section that another one belongs to. */
function partOf(element: Element, section: SectionFamily): Span {
  let part = element;
  while (part.parent && part.parent.name !== section) part = part.parent;
  return part.span;
}

/**
 * A package with nothing but what it says of itself and the sections of one phase, for a package manager to read. Its texts
 * are those of the spec, character by character, so that they are read as those of the whole package are.
 *
 * @param places as {@link placesOfPhase} has them
 */
export function phasePackage(
  specText: string,
  places: readonly Span[],
  { section, phase }: PhaseName,
): string {
  const tree = SyntaxTree.parse(specText);
  const { root, doctype } = tree;
  const said = (root?.elements ?? []).filter(({ name }) => !leftOut.has(name)).map(({ span }) => span);
  const texts = (spans: readonly Span[]) => spans.map(({ start, end }) => specText.slice(start, end));
  const parts = texts(places);
  return [
    `<?xml version="1.0" encoding="utf-8" ?>`,
    ...(doctype ? [doctype.node.raw] : []),
    `<otrs_package version="1.0">`,
    ...texts(said),
    ...(isDatabaseFamily(section) ? [`<${section} Type="${phase}">`, ...parts, `</${section}>`] : parts),
    "</otrs_package>",
    "",
  ].join("\n");
}

const leftOut: ReadonlySet<string> = new Set([...codeFamilies, ...databaseFamilies, "Filelist"]);
