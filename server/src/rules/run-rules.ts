import { assumedAs } from "../dialect/certainty.ts";
import {
  conditionAcross,
  holdsAmong,
  type ReleasePart,
  type ReleaseRange,
  type Spread,
} from "../dialect/switches.ts";
import { KnownPackages, type OtherPackages } from "../host/known-packages.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import type { Block } from "../syntax/node-list.ts";
import { memo } from "../text/memo.ts";
import { type Span, shift } from "../text/span.ts";
import { damageOf, isDoubtful, isInDoubtfulTag, WatchedElement } from "./damage.ts";
import { pointersToFiles } from "./file-pointers.ts";
import { relocated } from "./finding-place.ts";
import { profilesOf } from "./profiles.ts";
import type {
  ComparedReport,
  ElementRule,
  Finding,
  Found,
  NeighbourRule,
  PackageRule,
  Report,
  Rule,
  SimulatedReport,
} from "./rule.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Steps } from "./steps.ts";
import { type Directive, isDirective, withoutSuppressed } from "./suppression.ts";

/**
 * Everything the rules find in a document, in document order, without what comments in it switch off.
 *
 * Where tags do not fit together, only that is said: what rests on elements that may be elsewhere, or on attributes
 * that may be others, is left out.
 *
 * What element rules found in an element is kept at its node, so that after an edit only the elements on the way to
 * it are looked at again. All of that stays when the work is given up before its end, so that the next time goes on
 * from there.
 */
export function* runRules(
  spec: PackageSpec,
  context: RuleContext,
  ruleSet: RuleSet,
  { simulated = [], compared = [], others }: FurtherKnowledge = {},
): Steps<readonly Finding[]> {
  const { tree } = spec;
  const findings = yield* ruleSet.checkPackage(spec, context, others);
  const ofElements: Finding[] = [];
  const directives: Directive[] = [];
  const run = new ElementRun(context, ruleSet.choose(context));
  for (const { node, start } of tree.topLevel()) {
    if (node.kind === "element") {
      yield* lookAtPieces(node, run);
      yield* gather(memoOf(node, run, undefined), start, ofElements, directives);
    } else if (node.kind === "comment" && isDirective(node.content)) {
      directives.push({ span: { start, end: start + node.width }, text: node.content });
    }
  }
  yield;
  const damage = damageOf(tree);
  for (const finding of ofElements)
    if (!damage || !isInDoubtfulTag(finding.span, damage)) findings.push(finding);
  for (const finding of ruleSet.notTold(simulated, findings, context)) findings.push(finding);
  for (const finding of ruleSet.compared(compared, context)) findings.push(finding);
  findings.sort(inOrder);
  yield;
  const told = withoutSuppressed(findings, directives, tree.source, ruleSet.byId);
  const rule = damage ? undefined : ruleSet.choose(context).packageRules.find(({ id }) => id === pointerRule);
  if (!rule) return told;
  const pointers = [...pointersToFiles(told, spec)].map((report) => findingOf(rule, report, context));
  if (pointers.length === 0) return told;
  const shown = withoutSuppressed(pointers, directives, tree.source, ruleSet.byId);
  return [...told, ...shown].sort(inOrder);
}

/** The rule that leads to what the others have found in files. */
const pointerRule = "settings-file-findings";

/** What is known of a package beside its text and its context. */
export interface FurtherKnowledge {
  /** What came of trying the package, which is said where no rule has said it. */
  readonly simulated?: readonly SimulatedReport[];
  /** What came of comparing the document with others. */
  readonly compared?: readonly ComparedReport[];
  /** The packages beside it; absent where none are known. */
  readonly others?: OtherPackages | undefined;
}

/** What is about other files comes last. */
function inOrder(a: Finding, b: Finding): number {
  const [one, other] = [a.file?.path ?? "", b.file?.path ?? ""];
  if (one !== other) return one < other ? -1 : 1;
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

/** The rules to run, sorted so that finding the ones for an element costs next to nothing. */
export class RuleSet {
  readonly byId: ReadonlyMap<string, Rule>;
  readonly #rules: readonly Rule[];
  readonly #chosen = new WeakMap<RuleContext["configured"], Map<string, ChosenRules>>();
  /** The same for releases for which the same conditions of rules hold. */
  readonly #alike: (releases: ReleaseRange) => string;
  readonly #results = memo((_context: RuleContext) => new PackageResults());

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.byId = new Map(rules.map((rule) => [rule.id, rule]));
    const conditions = [...new Map(rules.map((rule) => [`${rule.where} ${rule.whereNot}`, rule])).values()];
    this.#alike = memo((releases: ReleaseRange) =>
      conditions.map((condition) => Number(holdsAmong(condition, releases))).join(""),
    );
  }

  /**
   * What the rules about the package find, in a list of its own.
   *
   * @param others the packages beside it; absent where none are known
   */
  *checkPackage(spec: PackageSpec, context: RuleContext, others?: OtherPackages): Steps<Finding[]> {
    const results = this.#results(context);
    const findings: Finding[] = [];
    for (const rule of this.choose(context).packageRules) {
      const known = rule.scope === "neighbours" && rule.speaksAlone ? (others ?? noOthers) : others;
      if (!hasAnyOf(rule.elements, spec) || (rule.scope === "neighbours" && !known)) continue;
      const { findings: found, names } = yield* results.check(rule, spec, context, known);
      if (found.length > 0) {
        for (const finding of withoutDoubtful(found, names, spec)) findings.push(finding);
      }
      yield;
    }
    return findings;
  }

  /** What was found by trying the package and is neither switched off nor told by what the rules have found. */
  notTold(
    reports: readonly SimulatedReport[],
    found: readonly Finding[],
    context: RuleContext,
  ): readonly Finding[] {
    if (reports.length === 0) return nothing;
    const { simulationRules } = this.choose(context);
    return reports
      .filter(({ rule }) => simulationRules.has(rule))
      .filter(({ offWith }) => !offWith?.some((id) => context.configured[id] === "off"))
      .filter(({ element, around = [], toldBy }) =>
        found.every(
          ({ span, file, severity, rule }) =>
            file ||
            ((severity !== "error" || !isInside(span, element)) &&
              (!toldBy.includes(rule) || ![element, ...around].some((each) => isInside(span, each)))),
        ),
      )
      .map(({ rule, element: _, around: __, toldBy: ___, offWith: ____, ...report }) =>
        findingOf(rule, report, context),
      );
  }

  /** What comparing has found and is not switched off. */
  compared(reports: readonly ComparedReport[], context: RuleContext): readonly Finding[] {
    const { comparisonRules } = this.choose(context);
    return reports
      .filter(({ rule }) => comparisonRules.has(rule))
      .map(({ rule, ...report }) => findingOf(rule, report, context));
  }

  /** The choice is the same for all releases that do alike and are checked with the same settings. */
  choose(context: RuleContext): ChosenRules {
    const { configured, releases, profile } = context;
    let choices = this.#chosen.get(configured);
    if (!choices) {
      choices = new Map();
      this.#chosen.set(configured, choices);
    }
    const key = `${this.#alike(releases)} ${profile}`;
    let chosen = choices.get(key);
    if (!chosen) {
      chosen = chooseRules(this.#rules, context);
      choices.set(key, chosen);
    }
    return chosen;
  }
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

const noOthers = new KnownPackages().beside(undefined);

function hasAnyOf(names: PackageRule["elements"], spec: PackageSpec): boolean {
  return names === "any" || names.some((name) => spec.all(name).length > 0);
}

/** @param names of the elements that the rule has looked at; what looks at none of them speaks of the form of the text */
function withoutDoubtful(
  findings: readonly Finding[],
  names: ReadonlySet<string>,
  spec: PackageSpec,
): readonly Finding[] {
  const damage = damageOf(spec.tree);
  if (!damage || names.size === 0) return findings;
  if (damage.everywhere || [...names].some((name) => damage.names.has(name))) return [];
  return findings.filter(({ span, file }) => file || !isInDoubtfulTag(span, damage));
}

interface ChosenRules {
  readonly packageRules: readonly (PackageRule | NeighbourRule)[];
  readonly simulationRules: ReadonlySet<Rule>;
  readonly comparisonRules: ReadonlySet<Rule>;
  /** The rules for elements that some rule names, those for any element included. */
  readonly elementRules: ReadonlyMap<string, readonly ElementRule[]>;
  readonly forAny: readonly ElementRule[];
}

function chooseRules(rules: readonly Rule[], { configured, releases, profile }: RuleContext): ChosenRules {
  const active = rules.filter((rule) => {
    const severity = configured[rule.id];
    if (severity === "off" || !holdsAmong(rule, releases)) return false;
    return severity !== undefined || (profilesOf(rule.id)?.includes(profile) ?? true);
  });
  const ofElements = active.filter((rule) => rule.scope === "element");
  const names = new Set(ofElements.flatMap(({ elements }) => (elements === "any" ? [] : elements)));
  const forAny = ofElements.filter(({ elements }) => elements === "any");
  return {
    packageRules: active.filter((rule) => rule.scope === "package" || rule.scope === "neighbours"),
    simulationRules: new Set(active.filter((rule) => rule.scope === "simulation")),
    comparisonRules: new Set(active.filter((rule) => rule.scope === "comparison")),
    elementRules: new Map(
      [...names].map((name) => [
        name,
        ofElements.filter(({ elements }) => elements === "any" || elements.includes(name)),
      ]),
    ),
    forAny,
  };
}

/**
 * What the rules about the package found last, with the elements they looked at. As long as these are the same nodes
 * and have all moved alike, so has what was found; where nothing was found, they may move as they like. A context belongs
 * to one document, and this to one context.
 */
class PackageResults {
  readonly #kept = new Map<Rule, PackageResult>();

  *check(
    rule: PackageRule | NeighbourRule,
    spec: PackageSpec,
    context: RuleContext,
    known: OtherPackages | undefined,
  ): Steps<PackageResult> {
    const others = rule.scope === "neighbours" ? known : undefined;
    const kept = this.#kept.get(rule);
    const moved = kept && kept.others === others ? movement(kept, spec) : undefined;
    if (kept && moved !== undefined) {
      if (moved !== 0) kept.findings = kept.findings.map((finding) => movedFinding(finding, moved));
      kept.spec = spec;
      return kept;
    }
    const findings: Finding[] = [];
    const stopNoting = spec.noteReads();
    const reports =
      rule.scope === "neighbours" ? rule.check(spec, context, others!) : rule.check(spec, context);
    for (const report of reports) {
      if (report) findings.push(findingOf(rule, report, context));
      if (!report || findings.length % 64 === 0) yield;
    }
    const { names, everything } = stopNoting();
    const result = { findings, names, spec, others };
    if (everything) this.#kept.delete(rule);
    else this.#kept.set(rule, result);
    return result;
  }
}

interface PackageResult {
  findings: readonly Finding[];
  /** Of the elements that were looked at. */
  readonly names: ReadonlySet<string>;
  /** The version of the package that the findings are placed in. */
  spec: PackageSpec;
  readonly others: OtherPackages | undefined;
}

/**
 * How far all elements that a result is about have moved; undefined when they are others, or when there is something to
 * move with them and they have not moved alike.
 */
function movement({ findings, names, spec: before }: PackageResult, spec: PackageSpec): number | undefined {
  let moved: number | undefined;
  for (const name of names) {
    const elements = before.all(name);
    const now = spec.all(name);
    if (now.length !== elements.length) return undefined;
    for (let index = 0; index < now.length; index++) {
      const { node, start, parent } = elements[index]!;
      if (now[index]!.node !== node || now[index]!.parent?.name !== parent?.name) return undefined;
      const distance = now[index]!.start - start;
      if (moved !== undefined && distance !== moved && findings.length > 0) return undefined;
      moved = distance;
    }
  }
  return moved ?? 0;
}

/** What is kept at a node. */
interface Memo {
  readonly context: RuleContext;
  readonly parentName: string | undefined;
  /** Found in the element itself, with spans relative to its start. */
  readonly findings: readonly Finding[];
  readonly directives: readonly Directive[];
  /** The elements in it that have anything to say. */
  readonly below: readonly Below[];
  /** The findings at the place where the element stood last; most elements stay where they are. */
  placed: { readonly start: number; readonly findings: readonly Finding[] } | undefined;
}

/** An element with its place relative to what holds it. */
interface Below {
  readonly offset: number;
  readonly memo: Memo;
}

/** What is kept of siblings that the tree keeps together, with places relative to the first of them. */
interface SiblingsMemo extends Pick<Memo, "context" | "parentName" | "below" | "directives"> {
  readonly isInDoubt: boolean;
}

/** What is kept for elements with the same names, in elements of one name. */
interface NamesMemo extends Pick<Memo, "context" | "parentName"> {
  readonly rules: readonly ElementRule[];
}

const nothing: readonly never[] = [];

/** One look at the elements of a document, with what is the same for all of them. */
class ElementRun {
  readonly context: RuleContext;
  readonly #rules: ChosenRules;
  readonly #silent = new Map<string | undefined, Memo>();
  readonly #silentSiblings = new Map<string, SiblingsMemo>();

  constructor(context: RuleContext, rules: ChosenRules) {
    this.context = context;
    this.#rules = rules;
  }

  /** The rules that may have something to say of an element. */
  rulesFor(node: ElementNode, parentName: string | undefined): readonly ElementRule[] {
    const { names } = node;
    const isPlain = node.content.height === 0 && (node.closing === "end-tag" || node.closing === "empty");
    if (!names || !isPlain) return this.#rulesNaming(node, parentName);
    const { context } = this;
    const kept = names.memo as NamesMemo | undefined;
    if (kept && kept.context === context && kept.parentName === parentName) return kept.rules;
    const element = new Element(node, 0, undefined);
    const rules = this.#rulesNaming(node, parentName).filter(
      ({ goesByNames, check }) => !goesByNames || !isNothing(check(element, context, parentName)),
    );
    names.memo = { context, parentName, rules } satisfies NamesMemo;
    return rules;
  }

  #rulesNaming(node: ElementNode, parentName: string | undefined): readonly ElementRule[] {
    const { elementRules, forAny } = this.#rules;
    // The package parser takes everything in a file list for a file, whatever its name (Znuny 7.1, PackageParse).
    return elementRules.get(parentName === "Filelist" ? "File" : node.name) ?? forAny;
  }

  /** What is kept where there is nothing to say, which is nearly everywhere: one for all in elements of one name. */
  silent(parentName: string | undefined): Memo {
    let memo = this.#silent.get(parentName);
    if (!memo) {
      const { context } = this;
      memo = {
        context,
        parentName,
        findings: nothing,
        directives: nothing,
        below: nothing,
        placed: undefined,
      };
      this.#silent.set(parentName, memo);
    }
    return memo;
  }

  /** The same for siblings. */
  silentSiblings(parentName: string, isInDoubt: boolean): SiblingsMemo {
    const key = isInDoubt ? `${parentName} ` : parentName;
    let memo = this.#silentSiblings.get(key);
    if (!memo) {
      memo = { context: this.context, parentName, isInDoubt, below: nothing, directives: nothing };
      this.#silentSiblings.set(key, memo);
    }
    return memo;
  }
}

/** Looks at an element and everything in it that is new, or that was looked at with another context. */
function memoOf(node: ElementNode, run: ElementRun, parentName: string | undefined): Memo {
  const kept = keptMemo(node, run, parentName);
  if (kept) return kept;
  const memo = lookAt(node, run, parentName);
  node.memo = memo;
  return memo;
}

function lookAt(node: ElementNode, run: ElementRun, parentName: string | undefined): Memo {
  const { context } = run;
  const findings = findingsIn(node, run, parentName);
  let directives: Directive[] | undefined;
  let below: Below[] | undefined;
  const isInDoubt = isDoubtful(node, parentName);
  let offset = node.startTagWidth;
  for (const block of node.content.blocks) {
    const inside = siblingsMemo(block, run, node.name, isInDoubt);
    for (const each of inside.below) {
      below ??= [];
      below.push({ offset: offset + each.offset, memo: each.memo });
    }
    for (const { span, text } of inside.directives) {
      directives ??= [];
      directives.push({ span: shift(span, offset), text });
    }
    offset += block.width;
  }
  if (!findings && !directives && !below) return run.silent(parentName);
  return {
    context,
    parentName,
    findings: findings ?? nothing,
    directives: directives ?? nothing,
    below: below ?? nothing,
    placed: undefined,
  };
}

/** What the rules find in an element alone; undefined for nothing. */
function findingsIn(
  node: ElementNode,
  run: ElementRun,
  parentName: string | undefined,
): readonly Finding[] | undefined {
  const { context } = run;
  const rules = run.rulesFor(node, parentName);
  if (rules.length === 0) return undefined;
  let findings: Finding[] | undefined;
  const isInDoubt = isDoubtful(node, parentName);
  let element = new Element(node, 0, undefined);
  for (const rule of rules) {
    if (isInDoubt) element = new WatchedElement(node, 0, undefined);
    const found = rule.check(element, context, parentName);
    if (found === undefined) continue;
    const reports = [...reportsIn(found)];
    if (element instanceof WatchedElement && element.contentWasRead) continue;
    findings ??= [];
    for (const report of reports) findings.push(findingOf(rule, report, context));
  }
  return findings && findings.length > 0 ? findings : undefined;
}

function reportsIn(found: Report | Iterable<Report>): Iterable<Report> {
  return "span" in found ? [found] : found;
}

function isNothing(found: Found): boolean {
  return found === undefined || [...reportsIn(found)].length === 0;
}

/** So much text is looked at in one go; what is longer is taken apart first, as far as it can be. */
const pieceWidth = 16_384;

/** Looks at what is new in an element a piece at a time. What is kept of the pieces makes up the whole at once. */
function* lookAtPieces(outermost: ElementNode, run: ElementRun): Steps<void> {
  const waiting: { readonly node: ElementNode; readonly parentName: string | undefined }[] = [
    { node: outermost, parentName: undefined },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, parentName } = next;
    if (keptMemo(node, run, parentName)) continue;
    if (node.width <= pieceWidth) {
      memoOf(node, run, parentName);
      yield;
      continue;
    }
    const isInDoubt = isDoubtful(node, parentName);
    for (const block of node.content.blocks) {
      if (keptSiblings(block, run, node.name, isInDoubt)) continue;
      if (block.width <= pieceWidth) {
        siblingsMemo(block, run, node.name, isInDoubt);
        yield;
        continue;
      }
      for (const child of block.nodes) {
        if (child.kind !== "element") continue;
        waiting.push({ node: child, parentName: parentNameOf(child, node.name, isInDoubt, run) });
      }
    }
  }
}

function keptMemo(
  node: ElementNode,
  { context }: ElementRun,
  parentName: string | undefined,
): Memo | undefined {
  const kept = node.memo as Memo | undefined;
  return kept && kept.context === context && kept.parentName === parentName ? kept : undefined;
}

function keptSiblings(
  siblings: Block,
  { context }: ElementRun,
  parentName: string,
  isInDoubt: boolean,
): SiblingsMemo | undefined {
  const kept = siblings.memo as SiblingsMemo | undefined;
  const isTrue =
    kept && kept.context === context && kept.parentName === parentName && kept.isInDoubt === isInDoubt;
  return isTrue ? kept : undefined;
}

/** The name of the element around, as rules are told it. */
function parentNameOf(
  child: ElementNode,
  parentName: string,
  isInDoubt: boolean,
  { context: { schema } }: ElementRun,
): string | undefined {
  return !isInDoubt || schema.allows(parentName, child.name) ? parentName : undefined;
}

/** @param isInDoubt see {@link isDoubtful}, of the element around */
function siblingsMemo(
  siblings: Block,
  run: ElementRun,
  parentName: string,
  isInDoubt: boolean,
): SiblingsMemo {
  const kept = keptSiblings(siblings, run, parentName, isInDoubt);
  if (kept) return kept;
  const memo = lookAtSiblings(siblings, run, parentName, isInDoubt);
  siblings.memo = memo;
  return memo;
}

function lookAtSiblings(
  { nodes }: Block,
  run: ElementRun,
  parentName: string,
  isInDoubt: boolean,
): SiblingsMemo {
  let below: Below[] | undefined;
  let directives: Directive[] | undefined;
  let offset = 0;
  for (const node of nodes) {
    if (node.kind === "element") {
      const memo = memoOf(node, run, parentNameOf(node, parentName, isInDoubt, run));
      if (!isSilent(memo)) {
        below ??= [];
        below.push({ offset, memo });
      }
    } else if (node.kind === "comment" && isDirective(node.content)) {
      directives ??= [];
      directives.push({ span: { start: offset, end: offset + node.width }, text: node.content });
    }
    offset += node.width;
  }
  if (!below && !directives) return run.silentSiblings(parentName, isInDoubt);
  const { context } = run;
  return { context, parentName, isInDoubt, below: below ?? nothing, directives: directives ?? nothing };
}

function isSilent({ findings, directives, below }: Memo): boolean {
  return findings.length === 0 && directives.length === 0 && below.length === 0;
}

/** An element on the way down, and how far what is below it has been gathered. */
interface Gathering {
  readonly memo: Memo;
  readonly start: number;
  next: number;
}

/** Adds what was found in an element and below it, for the place where the element starts now. */
function* gather(memo: Memo, start: number, findings: Finding[], directives: Directive[]): Steps<void> {
  gatherOwn(memo, start, findings, directives);
  const path: Gathering[] = [{ memo, start, next: 0 }];
  for (let current = path.at(-1); current; current = path.at(-1)) {
    const below = current.memo.below[current.next++];
    if (!below) {
      path.pop();
      continue;
    }
    if (current.next % 64 === 0) yield;
    const innerStart = current.start + below.offset;
    gatherOwn(below.memo, innerStart, findings, directives);
    if (below.memo.below.length > 0) path.push({ memo: below.memo, start: innerStart, next: 0 });
  }
}

function gatherOwn(memo: Memo, start: number, findings: Finding[], directives: Directive[]): void {
  if (memo.findings.length > 0) {
    if (memo.placed?.start !== start) {
      memo.placed = { start, findings: memo.findings.map((finding) => movedFinding(finding, start)) };
    }
    for (const finding of memo.placed.findings) findings.push(finding);
  }
  for (const { span, text } of memo.directives) directives.push({ span: shift(span, start), text });
}

function findingOf(rule: Rule, report: Report, context: RuleContext): Finding {
  const configured = context.configured[rule.id];
  const severity = configured && configured !== "off" ? configured : (report.severity ?? rule.severity);
  const part = partOf(report.releases ?? conditionAcross(rule, context.releases), context);
  const message = messageOf(rule, report.variant);
  const isAboutFrameworks = !rule.isOfAnyFramework && (profilesOf(rule.id)?.includes("framework") ?? true);
  const assumed = isAboutFrameworks ? assumedAs(context.releases) : undefined;
  return {
    ...{ ...report, rule: rule.id, severity, message },
    ...(part && { part }),
    ...(assumed !== undefined && { assumed }),
  };
}

function partOf(spread: Spread, { product: { product } }: RuleContext): ReleasePart | undefined {
  if (typeof spread === "string") return undefined;
  const { since, until } = spread;
  return {
    ...(since !== undefined && { since: `${product} ${since}` }),
    ...(until !== undefined && { until: `${product} ${until}` }),
  };
}

function messageOf(rule: Rule, variant: string | undefined): string {
  if (typeof rule.message === "string") return rule.message;
  const message = variant === undefined ? undefined : rule.message[variant];
  if (message === undefined) throw new Error(`rule ${rule.id} has no message "${variant}"`);
  return message;
}

function movedFinding(finding: Finding, offset: number): Finding {
  return offset === 0 ? finding : relocated(finding, (span) => shift(span, offset));
}
