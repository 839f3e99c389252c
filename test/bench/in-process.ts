import { kindOfDocument } from "../../server/src/engine/find-known-documents.ts";
import {
  defaultLintSettings,
  type LintResult,
  type LintSurroundings,
  lint,
  lintContext,
  lintInSteps,
} from "../../server/src/engine/lint.ts";
import { readKnownPackages } from "../../server/src/engine/read-known-packages.ts";
import type { FeatureDocument } from "../../server/src/features/feature-document.ts";
import { inlayHints } from "../../server/src/features/inlay-hints.ts";
import { semanticTokens } from "../../server/src/features/semantic-tokens.ts";
import { hintKinds } from "../../server/src/features/shown-kinds.ts";
import type { FolderFacts } from "../../server/src/host/folder-facts.ts";
import type { OtherPackages } from "../../server/src/host/known-packages.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeOf } from "../../server/src/node/knowledge.ts";
import type { RuleContext } from "../../server/src/rules/rule-context.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import type { Span } from "../../server/src/text/span.ts";
import { Neighbours } from "../../server/src/workspace/neighbours.ts";

/** The engine's work, measured inside this process. It is bundled like the product before it is loaded. */

/** Opens a text and gives a function that makes so many edits and tells the milliseconds each took until the tree was there. */
export function treeEditor(text: string): (count: number) => number[] {
  const tree = SyntaxTree.parse(text);
  return (count) => editTimes(tree, count);
}

/** The same until all findings were there. */
export function findingsEditor(text: string): (count: number) => number[] {
  const tree = SyntaxTree.parse(text);
  const check = linter("findings.sopm");
  check(tree);
  return (count) => editTimes(tree, count, check);
}

/** A spec that is typed into and checked from nothing, beside others or alone. */
export interface MeasuredSpec {
  /** Makes so many edits; milliseconds each took until all findings were there and the others had heard of it. */
  edit(count: number): number[];
  check(): void;
}

/**
 * @param documents what tells of others, by path; absent for a spec that is alone
 */
export function specBeside(text: string, documents: Readonly<Record<string, string>> = {}): MeasuredSpec {
  const neighbours = new Neighbours(() => {});
  for (const [path, content] of Object.entries(documents)) {
    const document = { kind: kindOfDocument(path.slice(path.lastIndexOf("/") + 1))!, path };
    neighbours.read(document, readKnownPackages(document, new TextEncoder().encode(content)));
  }
  const isAlone = Object.keys(documents).length === 0;
  const path = "/ws/findings.sopm";
  const checkOnce = () => {
    const check = linter("findings.sopm", isAlone ? undefined : neighbours.known.beside(path));
    return (tree: SyntaxTree) => {
      check(tree);
      if (!isAlone) neighbours.typed({ path, kind: "spec", tree });
    };
  };
  const tree = SyntaxTree.parse(text);
  const check = checkOnce();
  check(tree);
  return { edit: (count) => editTimes(tree, count, check), check: () => checkOnce()(SyntaxTree.parse(text)) };
}

/** Milliseconds of single-character edits spread over a text; every insertion is taken back, which is not counted. */
function editTimes(tree: SyntaxTree, count: number, after?: (tree: SyntaxTree) => void): number[] {
  const elapsed: number[] = [];
  let current = tree;
  for (let index = 0; index < count; index++) {
    const start = Math.floor((current.source.length * ((index * 37) % count)) / count);
    const begin = performance.now();
    current = current.edited({ span: { start, end: start }, newText: "x" });
    after?.(current);
    elapsed.push(performance.now() - begin);
    current = current.edited({ span: { start, end: start + 1 }, newText: "" });
    after?.(current);
  }
  return elapsed;
}

/** A disk on which every file exists; all answers at hand. */
const folderAtHand: FolderFacts = {
  factOf: () => ({ kind: "file", size: 100, leavesBase: false }),
  files: () => [],
};

/** Reads texts into trees, one after the other. */
export function treeReader(texts: readonly string[]): () => void {
  return () => {
    for (const text of texts) SyntaxTree.parse(text);
  };
}

/** Checks a text from nothing. */
export function checker(text: string): () => void {
  return () => linter("once.sopm")(SyntaxTree.parse(text));
}

/** Milliseconds of one edit: until all findings were there, and the longest piece of that which nothing can interrupt. */
export interface EditTimes {
  readonly total: number;
  readonly longest: number;
}

/**
 * Opens a spec and gives a function that makes one edit in it and checks in steps, as the server does.
 *
 * @param filesAreThere false for a folder without any of its files
 */
export function stepEditor(text: string, filesAreThere: boolean): () => EditTimes {
  const folder: FolderFacts = filesAreThere
    ? folderAtHand
    : { factOf: () => ({ kind: "missing" }), files: () => [] };
  const surroundings: LintSurroundings = {
    fileName: "steps.sopm",
    kind: "spec",
    folder,
    knowledge: knowledgeOf,
    today: "2024-05-02",
  };
  let tree = SyntaxTree.parse(text);
  let context: RuleContext | undefined;
  let edits = 0;
  const edit = () => {
    const start = Math.floor((tree.source.length * ((edits++ * 37 + 50) % 100)) / 100);
    const begin = performance.now();
    let longest = 0;
    let before = begin;
    const pass = () => {
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
    };
    tree = tree.edited({ span: { start, end: start }, newText: "x" });
    pass();
    const spec = specOf(tree);
    const chosen = lintContext(spec, defaultLintSettings, surroundings, context);
    context = chosen.context;
    const steps = lintInSteps(spec, defaultLintSettings, surroundings, chosen);
    for (let done = false; !done; ) {
      done = steps.next().done === true;
      pass();
    }
    return { total: performance.now() - begin, longest };
  };
  edit();
  return edit;
}

/** What of a document is shown: the hints or the tokens of the lines in view, or the tokens of all. */
const shows = {
  hints: (document: FeatureDocument, view: Span) => inlayHints(document, view, hintKinds, english),
  tokens: (document: FeatureDocument, view: Span) => semanticTokens(document, view),
  allTokens: (document: FeatureDocument) => semanticTokens(document),
} as const;

/**
 * Milliseconds from an edit until something is shown, for single characters that are inserted all over a text, each in the
 * middle of the sixty lines in view. Nothing has been checked in between.
 */
export function showingEditor(text: string, what: keyof typeof shows): (count: number) => number[] {
  let tree = SyntaxTree.parse(text);
  let context: RuleContext | undefined;
  return (count) =>
    Array.from({ length: count }, (_, index) => {
      const start = Math.floor((tree.source.length * ((index * 37) % count)) / count);
      const { line } = tree.source.positionAt(start);
      const [first, last] = [line - 30, line + 30].map((each) => ({ line: each, character: 0 }));
      const begin = performance.now();
      tree = tree.edited({ span: { start, end: start }, newText: "x" });
      const spec = specOf(tree);
      ({ context } = lintContext(spec, defaultLintSettings, surroundingsAtHand("shown.sopm"), context));
      const view = { start: tree.source.offsetAt(first!), end: tree.source.offsetAt(last!) };
      shows[what]({ tree, spec, context }, view);
      const elapsed = performance.now() - begin;
      tree = tree.edited({ span: { start, end: start + 1 }, newText: "" });
      return elapsed;
    });
}

function linter(fileName: string, others?: OtherPackages): (tree: SyntaxTree) => LintResult {
  let last: LintResult | undefined;
  return (tree) => {
    const surroundings = { ...surroundingsAtHand(fileName), others };
    last = lint(tree, defaultLintSettings, surroundings, last?.context);
    return last;
  };
}

function surroundingsAtHand(fileName: string): LintSurroundings {
  return { fileName, kind: "spec", folder: folderAtHand, knowledge: knowledgeOf, today: "2024-05-02" };
}
