import { PackageSpec } from "../model/package-spec.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
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
  const findings: Finding[] = [];
  const directives: Directive[] = [];
  for (const rule of ruleSet.packageRules(context))
    collect(rule, rule.check(spec, context), context, findings);
  for (const { node, start } of tree.topLevel()) {
    if (node.kind === "element") {
      const found = findingsOf(node, context, ruleSet, undefined);
      for (const finding of found.findings) findings.push(movedFinding(finding, start));
      for (const { span, text } of found.directives) directives.push({ span: shift(span, start), text });
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
  readonly #chosen = new WeakMap<RuleContext, ChosenRules>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.byId = new Map(rules.map((rule) => [rule.id, rule]));
  }

  packageRules(context: RuleContext): readonly PackageRule[] {
    return this.#choose(context).packageRules;
  }

  elementRules(context: RuleContext, name: string): readonly ElementRule[] {
    const { elementRules, forAny } = this.#choose(context);
    return elementRules.get(name) ?? forAny;
  }

  #choose(context: RuleContext): ChosenRules {
    let chosen = this.#chosen.get(context);
    if (!chosen) {
      chosen = chooseRules(this.#rules, context);
      this.#chosen.set(context, chosen);
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

function chooseRules(rules: readonly Rule[], context: RuleContext): ChosenRules {
  const active = rules.filter((rule) => {
    const configured = context.configured[rule.id];
    if (configured === "off" || (rule.dialects && !rule.dialects.includes(context.dialect))) return false;
    return configured !== undefined || !rule.profiles || rule.profiles.includes(context.profile);
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

/** What is kept at a node: findings and directives in it and below it, with spans relative to its start. */
interface Memo {
  readonly context: RuleContext;
  readonly parentName: string | undefined;
  readonly findings: readonly Finding[];
  readonly directives: readonly Directive[];
}

const nothing: readonly never[] = [];

function findingsOf(
  node: ElementNode,
  context: RuleContext,
  ruleSet: RuleSet,
  parentName: string | undefined,
): Memo {
  const memo = node.memo as Memo | undefined;
  if (memo && memo.context === context && memo.parentName === parentName) return memo;

  const findings: Finding[] = [];
  const directives: Directive[] = [];
  // The package parser takes everything in a file list for a file, whatever its name (Znuny 7.1, PackageParse).
  const rules = ruleSet.elementRules(context, parentName === "Filelist" ? "File" : node.name);
  if (rules.length > 0) {
    const element = new Element(node, 0, undefined);
    for (const rule of rules) collect(rule, rule.check(element, context, parentName), context, findings);
  }
  let start = node.startTagWidth;
  for (const child of node.children) {
    if (child.kind === "element") {
      const below = findingsOf(child, context, ruleSet, node.name);
      for (const finding of below.findings) findings.push(movedFinding(finding, start));
      for (const { span, text } of below.directives) directives.push({ span: shift(span, start), text });
    } else if (child.kind === "comment" && isDirective(child.content)) {
      directives.push({ span: { start, end: start + child.width }, text: child.content });
    }
    start += child.width;
  }
  const found: Memo = {
    context,
    parentName,
    findings: findings.length > 0 ? findings : nothing,
    directives: directives.length > 0 ? directives : nothing,
  };
  node.memo = found;
  return found;
}

function collect(rule: Rule, reports: Iterable<Report>, context: RuleContext, into: Finding[]): void {
  const configured = context.configured[rule.id];
  for (const report of reports) {
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
