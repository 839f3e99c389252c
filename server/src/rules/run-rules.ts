import { holdsAmong } from "../dialect/switches.ts";
import { PackageSpec } from "../model/package-spec.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import type { NodeList } from "../syntax/node-list.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { shift } from "../text/span.ts";
import type { ElementRule, Finding, PackageRule, Report, Rule } from "./rule.ts";
import type { RuleContext } from "./rule-context.ts";
import { type Directive, isDirective, withoutSuppressed } from "./suppression.ts";

/**
 * Everything the rules find in a document, in document order, without what comments in it switch off.
 *
 * What element rules found in an element is kept at its node, so that after an edit only the elements on the way to
 * it are looked at again.
 */
export function runRules(tree: SyntaxTree, context: RuleContext, ruleSet: RuleSet): readonly Finding[] {
  const spec = new PackageSpec(tree);
  const findings = [...ruleSet.checkPackage(spec, context)];
  const directives: Directive[] = [];
  for (const { node, start } of tree.topLevel()) {
    if (node.kind === "element") {
      gather(memoOf(node, context, ruleSet, undefined), start, findings, directives);
    } else if (node.kind === "comment" && isDirective(node.content)) {
      directives.push({ span: { start, end: start + node.width }, text: node.content });
    }
  }
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return withoutSuppressed(findings, directives, tree.source, ruleSet.byId);
}

/** The rules to run, sorted so that finding the ones for an element costs next to nothing. */
export class RuleSet {
  readonly byId: ReadonlyMap<string, Rule>;
  readonly #rules: readonly Rule[];
  readonly #chosen = new WeakMap<RuleContext["configured"], Map<string, ChosenRules>>();
  readonly #results = new WeakMap<RuleContext, PackageResults>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.byId = new Map(rules.map((rule) => [rule.id, rule]));
  }

  checkPackage(spec: PackageSpec, context: RuleContext): readonly Finding[] {
    let results = this.#results.get(context);
    if (!results) {
      results = new PackageResults();
      this.#results.set(context, results);
    }
    return this.#choose(context).packageRules.flatMap((rule) => results.check(rule, spec, context));
  }

  elementRules(context: RuleContext, name: string): readonly ElementRule[] {
    const { elementRules, forAny } = this.#choose(context);
    return elementRules.get(name) ?? forAny;
  }

  /** The choice is the same for all documents of a dialect that are checked with the same settings. */
  #choose(context: RuleContext): ChosenRules {
    const { configured, dialect, profile } = context;
    let choices = this.#chosen.get(configured);
    if (!choices) {
      choices = new Map();
      this.#chosen.set(configured, choices);
    }
    const key = `${dialect} ${profile}`;
    let chosen = choices.get(key);
    if (!chosen) {
      chosen = chooseRules(this.#rules, context);
      choices.set(key, chosen);
    }
    return chosen;
  }
}

interface ChosenRules {
  readonly packageRules: readonly PackageRule[];
  /** The rules for elements that some rule names, those for any element included. */
  readonly elementRules: ReadonlyMap<string, readonly ElementRule[]>;
  readonly forAny: readonly ElementRule[];
}

function chooseRules(rules: readonly Rule[], { configured, releases, profile }: RuleContext): ChosenRules {
  const active = rules.filter((rule) => {
    const severity = configured[rule.id];
    if (severity === "off" || !holdsAmong(rule, releases)) return false;
    return severity !== undefined || !rule.profiles || rule.profiles.includes(profile);
  });
  const ofElements = active.filter((rule) => rule.scope === "element");
  const names = new Set(ofElements.flatMap(({ elements }) => (elements === "any" ? [] : elements)));
  const forAny = ofElements.filter(({ elements }) => elements === "any");
  return {
    packageRules: active.filter((rule) => rule.scope === "package"),
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
 * and have all moved alike, so has what was found. A context belongs to one document, and this to one context.
 */
class PackageResults {
  readonly #kept = new Map<PackageRule, PackageResult>();

  check(rule: PackageRule, spec: PackageSpec, context: RuleContext): readonly Finding[] {
    const kept = this.#kept.get(rule);
    const moved = kept && movement(kept, spec);
    if (kept && moved !== undefined) {
      if (moved === 0 || kept.findings.length === 0) return kept.findings;
      const findings = kept.findings.map((finding) => movedFinding(finding, moved));
      this.#kept.set(rule, { findings, looked: kept.looked.map(({ name }) => look(name, spec)) });
      return findings;
    }
    const findings: Finding[] = [];
    const { reads } = spec.noteReads(() => collect(rule, rule.check(spec, context), context, findings));
    if (reads.everything) this.#kept.delete(rule);
    else this.#kept.set(rule, { findings, looked: [...reads.names].map((name) => look(name, spec)) });
    return findings;
  }
}

interface PackageResult {
  readonly findings: readonly Finding[];
  readonly looked: readonly { readonly name: string; readonly elements: readonly Element[] }[];
}

function look(name: string, spec: PackageSpec): PackageResult["looked"][number] {
  return { name, elements: spec.all(name) };
}

/** How far all elements that a result is about have moved; undefined when they have not moved alike or are others. */
function movement({ looked }: PackageResult, spec: PackageSpec): number | undefined {
  let moved: number | undefined;
  for (const { name, elements } of looked) {
    const now = spec.all(name);
    if (now.length !== elements.length) return undefined;
    for (let index = 0; index < now.length; index++) {
      const { node, start, parent } = elements[index]!;
      if (now[index]!.node !== node || now[index]!.parent?.name !== parent?.name) return undefined;
      const distance = now[index]!.start - start;
      if (moved !== undefined && distance !== moved) return undefined;
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

type Siblings = NodeList["blocks"][number];

/** An element with its place relative to what holds it. */
interface Below {
  readonly offset: number;
  readonly memo: Memo;
}

const nothing: readonly never[] = [];

/** Looks at an element and everything in it that is new, or that was looked at with another context. */
function memoOf(
  node: ElementNode,
  context: RuleContext,
  ruleSet: RuleSet,
  parentName: string | undefined,
): Memo {
  const kept = node.memo as Memo | undefined;
  if (kept && kept.context === context && kept.parentName === parentName) return kept;

  const findings: Finding[] = [];
  const directives: Directive[] = [];
  const below: Below[] = [];
  // The package parser takes everything in a file list for a file, whatever its name (Znuny 7.1, PackageParse).
  const rules = ruleSet.elementRules(context, parentName === "Filelist" ? "File" : node.name);
  if (rules.length > 0) {
    const element = new Element(node, 0, undefined);
    for (const rule of rules) collect(rule, rule.check(element, context, parentName), context, findings);
  }
  const isOpen = node.closing === "missing" && parentName !== undefined;
  let offset = node.startTagWidth;
  for (const block of node.content.blocks) {
    const inside = siblingsMemo(block, context, ruleSet, node.name, isOpen);
    for (const each of inside.below) below.push({ offset: offset + each.offset, memo: each.memo });
    for (const { span, text } of inside.directives) directives.push({ span: shift(span, offset), text });
    offset += block.width;
  }
  const memo: Memo = {
    context,
    parentName,
    findings: findings.length > 0 ? findings : nothing,
    directives: directives.length > 0 ? directives : nothing,
    below: below.length > 0 ? below : nothing,
    placed: undefined,
  };
  node.memo = memo;
  return memo;
}

/** What is kept of siblings that the tree keeps together, with places relative to the first of them. */
interface SiblingsMemo extends Pick<Memo, "context" | "parentName" | "below" | "directives"> {
  readonly isOpen: boolean;
}

const keptOfSiblings = new WeakMap<Siblings, SiblingsMemo>();

/** @param isOpen true when nothing closes the element around, so that what cannot stand in it only follows it */
function siblingsMemo(
  siblings: Siblings,
  context: RuleContext,
  ruleSet: RuleSet,
  parentName: string,
  isOpen: boolean,
): SiblingsMemo {
  const kept = keptOfSiblings.get(siblings);
  if (kept && kept.context === context && kept.parentName === parentName && kept.isOpen === isOpen)
    return kept;
  const below: Below[] = [];
  const directives: Directive[] = [];
  let offset = 0;
  for (const node of siblings.nodes) {
    if (node.kind === "element") {
      const isInside = !isOpen || context.schema.allows(parentName, node.name);
      const memo = memoOf(node, context, ruleSet, isInside ? parentName : undefined);
      if (!isSilent(memo)) below.push({ offset, memo });
    } else if (node.kind === "comment" && isDirective(node.content)) {
      directives.push({ span: { start: offset, end: offset + node.width }, text: node.content });
    }
    offset += node.width;
  }
  const memo = { context, parentName, isOpen, below, directives };
  keptOfSiblings.set(siblings, memo);
  return memo;
}

function isSilent({ findings, directives, below }: Memo): boolean {
  return findings.length === 0 && directives.length === 0 && below.length === 0;
}

/** Adds what was found in an element and below it, for the place where the element starts now. */
function gather(memo: Memo, start: number, findings: Finding[], directives: Directive[]): void {
  if (memo.findings.length > 0) {
    if (memo.placed?.start !== start) {
      memo.placed = { start, findings: memo.findings.map((finding) => movedFinding(finding, start)) };
    }
    for (const finding of memo.placed.findings) findings.push(finding);
  }
  for (const { span, text } of memo.directives) directives.push({ span: shift(span, start), text });
  for (const { offset, memo: inner } of memo.below) gather(inner, start + offset, findings, directives);
}

function collect(rule: Rule, reports: Iterable<Report>, context: RuleContext, into: Finding[]): void {
  for (const report of reports) {
    const configured = context.configured[rule.id];
    const severity = configured && configured !== "off" ? configured : (report.severity ?? rule.severity);
    into.push({ ...report, rule: rule.id, severity, message: messageOf(rule, report.variant) });
  }
}

function messageOf(rule: Rule, variant: string | undefined): string {
  if (typeof rule.message === "string") return rule.message;
  const message = variant === undefined ? undefined : rule.message[variant];
  if (message === undefined) throw new Error(`rule ${rule.id} has no message "${variant}"`);
  return message;
}

function movedFinding(finding: Finding, offset: number): Finding {
  if (offset === 0) return finding;
  const moved = { ...finding, span: shift(finding.span, offset) };
  if (!finding.fixes) return moved;
  const fixes = finding.fixes.map((fix) => ({
    ...fix,
    edits: fix.edits.map(({ span, newText }) => ({ span: shift(span, offset), newText })),
  }));
  return { ...moved, fixes };
}
