import { type LintSettings, type LintSurroundings, lint } from "../../server/src/engine/lint.ts";
import { type CodeAction, codeActions } from "../../server/src/features/code-actions.ts";
import type { FeatureDocument } from "../../server/src/features/feature-document.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { Element, textOf } from "../../server/src/syntax/element.ts";
import type { SyntaxNode } from "../../server/src/syntax/node.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "./apply-edits.ts";

/** A text, and what it is checked with before a fix and after it. */
export interface FixScene {
  readonly text: string;
  readonly settings: LintSettings;
  readonly surroundings: LintSurroundings;
}

export interface FixRun {
  /** How many fixes of one finding were applied, and how many of all findings of a kind. */
  readonly single: number;
  readonly all: number;
  readonly harms: readonly Harm[];
}

/** What is worse after a fix. */
export interface Harm {
  readonly rule: string;
  /** The title of the fix. */
  readonly title: string;
  readonly harm: string;
  /** The rule of a finding that was not there before; absent for harm of other kinds. */
  readonly revealed?: string;
}

/**
 * Applies each fix that an editor offers for a text, to the text as it is, and tells what is worse afterwards.
 *
 * @param perKind how many findings of a kind are tried
 */
export function tryFixes(scene: FixScene, perKind = Number.POSITIVE_INFINITY): FixRun {
  const before = checked(scene.text, scene);
  const tried = new Map<string, number>();
  const seen = new Set<string>();
  const counts = { single: 0, all: 0 };
  const harms: Harm[] = [];
  for (const finding of before.findings) {
    const kind = `${finding.rule} ${finding.message}`;
    const times = (tried.get(kind) ?? 0) + 1;
    tried.set(kind, times);
    if (times > perKind || !finding.fixes?.length) continue;
    for (const action of actionsFor(finding, before)) {
      // Those of all findings of a kind are offered at each of them.
      const identity = JSON.stringify([action.title, action.edits]);
      if (seen.has(identity)) continue;
      seen.add(identity);
      counts[action.kind === "fix-all" ? "all" : "single"]++;
      for (const harm of harmOf(action, before, scene)) {
        harms.push({ rule: finding.rule, title: action.title, ...harm });
      }
    }
  }
  return { ...counts, harms };
}

interface Checked {
  readonly text: string;
  readonly document: FeatureDocument;
  readonly findings: readonly Finding[];
}

function checked(text: string, { settings, surroundings }: FixScene): Checked {
  const tree = SyntaxTree.parse(text);
  const { findings, context } = lint(tree, settings, surroundings);
  return { text, document: { tree, spec: specOf(tree), context }, findings };
}

/** The fixes of a finding, and those that mend it together with others; none that changes no text but a setting. */
function actionsFor(finding: Finding, { document, findings }: Checked): readonly CodeAction[] {
  const { start } = finding.span;
  return codeActions(document, findings, { start, end: start }, english).filter(
    (action) => action.kind !== "suppress" && action.edits.length > 0 && action.findings.includes(finding),
  );
}

function* harmOf(
  action: CodeAction,
  before: Checked,
  scene: FixScene,
): Iterable<Pick<Harm, "harm" | "revealed">> {
  const text = applyEdits(before.text, action.edits);
  const after = checked(text, scene);
  const [was, is] = [before.document.tree, after.document.tree];
  if (is.problems.length > was.problems.length) {
    yield { harm: `breaks the form of the text: ${is.problems.map(({ code }) => code)}` };
  }
  const known = countsOf(before.findings, ruleOf);
  const grave = after.findings.filter(({ severity }) => severity === "error" || severity === "warning");
  for (const [rule, count] of countsOf(grave, ruleOf)) {
    if (count > (known.get(rule) ?? 0)) yield { harm: `leads to ${rule}`, revealed: rule };
  }
  if (blankLines(text) > blankLines(before.text)) yield { harm: "leaves a line with nothing but blanks" };
  for (const harm of repetition(action, before, after)) yield { harm };
  for (const harm of removal(action, was, is)) yield { harm };
}

/** How often findings of each kind are there, whatever their severity. */
function countsOf(
  findings: readonly Finding[],
  kindOf: (finding: Finding) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(kindOf(finding), (counts.get(kindOf(finding)) ?? 0) + 1);
  return counts;
}

function ruleOf({ rule }: Finding): string {
  return rule;
}

function messageOf({ rule, message }: Finding): string {
  return `${rule}: ${message}`;
}

function blankLines(text: string): number {
  return text.match(/^[ \t]+\r?$/gm)?.length ?? 0;
}

/** A finding that is still there after its fix would be fixed again, and so on. */
function* repetition({ findings, kind }: CodeAction, before: Checked, after: Checked): Iterable<string> {
  const [first] = findings;
  const key = messageOf(first!);
  const [had, left] = [before, after].map((each) =>
    each.findings.filter((finding) => messageOf(finding) === key),
  );
  if (left!.length > had!.length - findings.length) {
    yield `mends ${had!.length - left!.length} of ${findings.length}`;
  }
  if (kind === "fix-all" && left!.some(({ fixes }) => fixes?.[0] && !fixes[0].removes))
    yield "leaves some to mend";
}

/** Only what says so takes anything away, and only from one place. */
function* removal(action: CodeAction, before: SyntaxTree, after: SyntaxTree): Iterable<string> {
  if (action.removes) {
    if (!action.title.startsWith("Remove")) yield "does not say in its title that it removes something";
    if (action.isPreferred) yield "removes something when nobody chooses";
    if (action.kind === "fix-all") yield "removes something in several places";
    return;
  }
  // Where markup becomes text, there are fewer elements and as many words.
  if (wordsIn(after.source.toString()) >= wordsIn(before.source.toString())) return;
  const [had, has] = [contentOf(before), contentOf(after)];
  for (const [what, count] of had) {
    if ((has.get(what) ?? 0) < count) yield `takes away ${what} and does not say so`;
  }
}

/** How much there is of what an author writes. Values and names may be written anew. */
function contentOf(tree: SyntaxTree): ReadonlyMap<string, number> {
  const content = new Map<string, number>();
  const add = (what: string, count: number) => content.set(what, (content.get(what) ?? 0) + count);
  const lookAt = (nodes: readonly SyntaxNode[]) => {
    let text = "";
    for (const node of nodes) {
      if (node.kind === "element") {
        const { attributes } = new Element(node, 0, undefined);
        add("elements", 1);
        add("attributes", attributes.filter(({ value }) => value.trim() !== "").length);
        lookAt(node.children);
      } else if (node.kind === "comment") add("words of comments", node.content.trim().split(/\s+/).length);
      else if (node.kind === "doctype" || node.kind === "instruction") add(node.kind, 1);
      else if (node.kind === "text" || node.kind === "cdata" || node.kind === "reference")
        text += textOf(node);
    }
    if (text.trim() !== "") add("words of text", text.trim().split(/\s+/).length);
  };
  lookAt(tree.topLevel().map(({ node }) => node));
  return content;
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0;
}
