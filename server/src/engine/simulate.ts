import { contentsOfSpec } from "../builder/contents-of-spec.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import type { DatabaseKind } from "../database/engines.ts";
import { isSameName } from "../database/table.ts";
import { dialectOf } from "../dialect/products.ts";
import type { OtherPackages } from "../host/known-packages.ts";
import { noKnowledge } from "../knowledge/knowledge.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { selectionOf } from "../model/section-phases.ts";
import { compareStrictly } from "../model/version.ts";
import { type Simulated, type Subject, simulate, tooLong } from "../proof/simulate.ts";
import { relocated } from "../rules/finding-place.ts";
import type { SimulatedReport } from "../rules/rule.ts";
import { type ReleasedVersion, releasedBefore } from "../rules/shared/released-versions.ts";
import { setupMentions } from "../rules/shared/setup-files.ts";
import { missingPartFixes } from "../rules/shared/upgrade-fix.ts";
import { upgradeDiffers } from "../rules/simulated/upgrade-differs.ts";
import type { Steps } from "../rules/steps.ts";
import { codeMentions } from "../symbols/code-section.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { ProductVersion } from "../system/product-version.ts";
import type { Span } from "../text/span.ts";
import { shift } from "../text/span.ts";
import { admittedReleases } from "./admitted-releases.ts";
import { defaultSystem, deliveredSystem, type KnowledgeFor, productFor } from "./default-system.ts";
import type { LintContext } from "./lint.ts";
import { type Excerpt, excerptOf, mayBeSimulated } from "./simulation-excerpt.ts";
import { prepareSystem, withUnknownParts } from "./stand-in.ts";

/** How much is tried of one package at most. */
export interface SimulationLimits {
  /** On all systems together. */
  readonly statements: number;
  /** Of those parts of the spec that are read, in UTF-16 code units. */
  readonly length: number;
}

/** Far above what packages have, and a few seconds of work. */
const defaultLimits: SimulationLimits = { statements: 60_000, length: 500_000 };

/**
 * What comes of a package on the newest release of each product that it may be installed on, with each of some databases.
 * It is kept for the next version of the same document: as long as its database sections stay as they are, nothing is
 * tried again.
 */
export class Simulation {
  #kept: { readonly excerpt: Excerpt; readonly found: readonly Simulated[] } | undefined;
  readonly #knowledgeFor: KnowledgeFor;
  readonly #limits: SimulationLimits;

  constructor(knowledgeFor: KnowledgeFor, limits = defaultLimits) {
    this.#knowledgeFor = knowledgeFor;
    this.#limits = limits;
  }

  /** What is known without trying anything, as {@link run} takes it; undefined where something has to be tried. */
  known(
    spec: PackageSpec,
    context: LintContext,
    databases: readonly DatabaseKind[],
    others?: OtherPackages,
    since = "",
  ): readonly SimulatedReport[] | undefined {
    if (databases.length === 0 || !mayBeSimulated(spec, context)) return [];
    const excerpt = excerptOf(spec, context, databases, startsOf(spec, context, others, since));
    return this.#isKept(excerpt) ? placed(this.#kept!.found, excerpt, spec, context) : undefined;
  }

  /**
   * @param others the packages beside it, among them its older versions; undefined where none are known
   * @param since the first released version that upgrades are tried from; empty for all
   */
  *run(
    spec: PackageSpec,
    context: LintContext,
    databases: readonly DatabaseKind[],
    others?: OtherPackages,
    since = "",
  ): Steps<readonly SimulatedReport[]> {
    if (databases.length === 0 || !mayBeSimulated(spec, context)) return [];
    const starts = startsOf(spec, context, others, since);
    const excerpt = excerptOf(spec, context, databases, starts);
    if (!this.#isKept(excerpt)) {
      const found = yield* this.#find(excerpt, spec, context, databases, starts);
      this.#kept = { excerpt, found };
    }
    return placed(this.#kept!.found, excerpt, spec, context);
  }

  #isKept({ text, conditions }: Excerpt): boolean {
    const kept = this.#kept?.excerpt;
    return kept?.text === text && kept.conditions === conditions;
  }

  *#find(
    { text, parts }: Excerpt,
    spec: PackageSpec,
    context: LintContext,
    databases: readonly DatabaseKind[],
    starts: readonly ReleasedVersion[],
  ): Steps<readonly Simulated[]> {
    const { element, start } = parts.find((part) => part.element.name === "Name") ?? parts[0]!;
    const name = { start, end: start + element.node.startTagWidth };
    const { statements, length } = this.#limits;
    if (text.length > length) return [tooLong(name)];
    const tree = SyntaxTree.parse(text);
    yield;
    const subjects = yield* this.#subjects(tree, spec, context, databases, starts);
    return yield* simulate(subjects, tree.source, statements, name);
  }

  *#subjects(
    tree: SyntaxTree,
    spec: PackageSpec,
    context: LintContext,
    databases: readonly DatabaseKind[],
    versions: readonly ReleasedVersion[],
  ): Steps<readonly Subject[]> {
    const subjects: Subject[] = [];
    const read = versions.map((released) => ({
      released,
      tree: SyntaxTree.parse(released.known.sections!.text()),
    }));
    const { products, areKnown } = productsFor(spec, tree, context);
    for (const product of products) {
      const contents = contentsOfSpec(tree, product, undefined, () => undefined);
      yield;
      const starts = read.map(({ released, tree }) => ({
        released,
        contents: contentsOfSpec(tree, product, undefined, () => undefined),
      }));
      const merged = new Set(
        contents.structure?.repeated.PackageMerge.map(({ attributes }) => attributes.get("Name")),
      );
      for (const database of databases) {
        const delivered = areKnown
          ? defaultSystem(product, database, this.#knowledgeFor)
          : withUnknownParts(deliveredSystem(product, database, noKnowledge), contents);
        // What a package is refused for, such as a requirement without version, says nothing about the tables of others.
        const surrounded = requires(contents) ? withUnknownParts(delivered, contents) : delivered;
        const { base } = prepareSystem("install", contents, surrounded, {
          from: undefined,
          assumeRequirements: true,
        });
        const packages = base.packages.filter((row) => !merged.has(row.name));
        subjects.push({ contents, system: { ...base, packages }, starts });
        yield;
      }
    }
    return subjects;
  }
}

/** From more versions than these, the newest, no upgrade is tried. */
const mostStarts = 8;

/** The released versions that upgrades are tried from, the newest first. */
function startsOf(
  spec: PackageSpec,
  { context }: Pick<LintContext, "context">,
  others: OtherPackages | undefined,
  since: string,
): readonly ReleasedVersion[] {
  if (!others) return [];
  return releasedBefore(spec, context, others)
    .filter(({ version }) => since === "" || compareStrictly(version, since) >= 0)
    .filter(({ known }) => known.sections !== undefined)
    .slice(0, mostStarts);
}

function requires({ structure }: PackageContents): boolean {
  return (structure?.repeated.PackageRequired.length ?? 0) > 0;
}

interface Products {
  readonly products: readonly ProductVersion[];
  /** False where nothing is known of their tables. */
  readonly areKnown: boolean;
}

/** The newest release of each product that the package may be installed on. */
function productsFor(spec: PackageSpec, tree: SyntaxTree, { dialect, dialectSource }: LintContext): Products {
  const isChosen = dialectSource === "setting";
  const newest = new Map<string, ProductVersion>();
  for (const { product, version } of admittedReleases(spec, dialect, isChosen)) {
    const line = dialectOf(product, version);
    if (line !== undefined) newest.set(product, { product, version, dialect: line });
  }
  if (newest.size > 0) return { products: [...newest.values()], areKnown: true };
  const { structure } = contentsOfSpec(tree, dialect, undefined, () => undefined);
  return { products: [productFor({ structure }, isChosen ? dialect : undefined)], areKnown: false };
}

/** Reports at their places in the document, without those that its code makes doubtful. */
function placed(
  found: readonly Simulated[],
  excerpt: Excerpt,
  spec: PackageSpec,
  { context }: Pick<LintContext, "context">,
): readonly SimulatedReport[] {
  const tidiesUp = spec.all("CodeUninstall").some(({ text }) => text.value.trim() !== "");
  return found
    .filter(({ isAfterUninstall }) => !(isAfterUninstall && tidiesUp))
    .filter(({ tables }) => !tables.some((table) => codeMentions(spec, table)))
    .filter(
      ({ isFromReleased, tables }) =>
        !isFromReleased || !tables.some((table) => setupMentions(spec, table, context)),
    )
    .filter(
      ({ report, tables }) => report.rule !== upgradeDiffers || !tables.some((each) => isInDead(spec, each)),
    )
    .map(({ report, missing }) => {
      const at = (span: Span) => placedSpan(span, excerpt);
      const { element, around, ...rest } = report;
      return {
        ...relocated(rest, at),
        element: at(element),
        ...(around && { around: around.map(at) }),
        ...(missing && { fixes: missingPartFixes(spec, missing, context.schema) }),
      };
    });
}

/** Whether an upgrade would do something about a table in a section that never runs, of which another rule speaks. */
function isInDead(spec: PackageSpec, table: string): boolean {
  return spec
    .all("DatabaseUpgrade")
    .filter((section) => selectionOf("DatabaseUpgrade", section.value("Type") ?? "post") === "never")
    .some(({ elements }) =>
      elements.some((each) =>
        ["Name", "NameNew", "Table"].some((name) => isSameName(each.value(name) ?? "", table)),
      ),
    );
}

function placedSpan(span: Span, { parts }: Excerpt): Span {
  const part = parts.findLast(({ start }) => start <= span.start);
  return part ? shift(span, part.element.start - part.start) : span;
}
