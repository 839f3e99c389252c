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

/** Fixes after which something else is found fault with, or less is written, and why that is no harm. */
const expected: readonly (readonly [rule: string, harm: string, because: string])[] = [
  // What had no effect has one after the fix, and is judged then.
  [
    "changelog-version-missing",
    "leads to changelog-date-missing",
    "one finding spoke of both that are missing",
  ],
  ["code-type-invalid", "leads to merge-type-outside", "the section is one for merges from then on"],
  ["column-add-pk-ignored", "leads to column-add-autoincrement", "the column only seemed to be the key"],
  ["column-change-names", "leads to *", "the change of the column is read from then on"],
  ["column-change-unknown", "leads to *", "the change of the column is made from then on"],
  ["db-type-case", "leads to merge-type-outside", "the section is one for merges from then on"],
  ["element-wrong-case", "leads to *", "the element is read from then on"],
  ["intro-compat-form", "leads to *", "the text is read as an Intro of its phase from then on"],
  ["root-unknown", "leads to *", "the content of the root is read from then on"],
  ["xml-not-wellformed", "leads to *", "of what is damaged rules are silent"],
  // What others are like shows once the package has to do with them.
  [
    "framework-missing",
    "leads to package-required-framework-gap",
    "a package for no framework lacks nothing on any",
  ],
  [
    "package-renamed-without-merge",
    "leads to merge-required-by-others",
    "those that require the old name have to be released, too",
  ],
  // What is wrong already is so in two places.
  ["code-reinstall-missing", "leads to *", "what is wrong with the code is wrong with its copy"],
  [
    "varchar-becomes-clob",
    "leads to install-upgrade-drift",
    "the same size is wrong in the other section too",
  ],
  [
    "varchar-becomes-text",
    "leads to install-upgrade-drift",
    "the same size is wrong in the other section too",
  ],
  [
    "varchar-nominal-step",
    "leads to install-upgrade-drift",
    "the same size is wrong in the other section too",
  ],
  [
    "version-missing",
    "leads to changelog-version-mismatch",
    "sections speak of a higher version than the log",
  ],
  // What is on the disk is as it is.
  ["file-not-listed", "leads to archive-too-large", "the file is as large as it is"],
  ["config-xml-outside", "leads to file-not-listed", "the file has to be moved to where it is listed then"],
  ["file-not-listed", "leads to file-vcs-converted", "the file has the line ends that it has"],
  ["file-not-listed", "leads to file-vcs-ignored", "it was ignored before it was listed"],
  ["file-not-listed", "leads to file-path-style", "the file is called what it is called"],
  // What is written anew is shorter.
  [
    "install-upgrade-drift",
    "takes away attributes and does not say so",
    "a size goes with the type that has one",
  ],
  [
    "name-characters",
    "takes away words of text and does not say so",
    "blanks go from between the words of a name",
  ],
  [
    "spec-filename-mismatch",
    "takes away words of text and does not say so",
    "the other name has fewer words",
  ],
];

function isExpected({ rule, harm }: Harm): boolean {
  return expected.some(
    ([of, what]) => of === rule && (what === harm || (what === "leads to *" && harm.startsWith("leads to "))),
  );
}

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
}

export interface FixChoice {
  /** How many findings of a kind are tried; absent means all. */
  readonly perKind?: number;
  /** The rule whose fixes are tried; absent means all. */
  readonly rule?: string;
}

/** Applies each fix that an editor offers for a text, to the text as it is, and tells what is worse afterwards. */
export function tryFixes(
  scene: FixScene,
  { perKind = Number.POSITIVE_INFINITY, rule }: FixChoice = {},
): FixRun {
  const before = checked(scene.text, scene);
  const tried = new Map<string, number>();
  const seen = new Set<string>();
  const counts = { single: 0, all: 0 };
  const harms: Harm[] = [];
  for (const finding of before.findings) {
    const kind = `${finding.rule} ${finding.message}`;
    const times = (tried.get(kind) ?? 0) + 1;
    tried.set(kind, times);
    if (times > perKind || !finding.fixes?.length || (rule && finding.rule !== rule)) continue;
    for (const action of actionsFor(finding, before)) {
      // Those of all findings of a kind are offered at each of them.
      const identity = JSON.stringify([action.title, action.edits]);
      if (seen.has(identity)) continue;
      seen.add(identity);
      counts[action.kind === "fix-all" ? "all" : "single"]++;
      for (const harm of harmOf(action, before, scene)) {
        const found = { rule: finding.rule, title: action.title, harm };
        if (!isExpected(found)) harms.push(found);
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

function* harmOf(action: CodeAction, before: Checked, scene: FixScene): Iterable<string> {
  const text = applyEdits(before.text, action.edits);
  const after = checked(text, scene);
  const [was, is] = [before.document.tree, after.document.tree];
  if (is.problems.length > was.problems.length) {
    yield `breaks the form of the text: ${is.problems.map(({ code }) => code)}`;
  }
  const known = countsOf(before.findings, ruleOf);
  const grave = after.findings.filter(({ severity }) => severity === "error" || severity === "warning");
  for (const [rule, count] of countsOf(grave, ruleOf)) {
    if (count > (known.get(rule) ?? 0)) yield `leads to ${rule}`;
  }
  if (blankLines(text) > blankLines(before.text)) yield "leaves a line with nothing but blanks";
  yield* repetition(action, before, after);
  yield* removal(action, was, is);
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
    each.findings.filter((finding) => messageOf(finding) === key && finding.fixes?.length),
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
