import assert from "node:assert/strict";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import type { FileFact, FolderFacts } from "../../server/src/host/folder-facts.ts";
import type { FoldersAround } from "../../server/src/host/folders-around.ts";
import type { GitFile, GitRules } from "../../server/src/host/git-rules.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { relatedPlaces } from "../../server/src/rules/finding-place.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import type { Profile } from "../../server/src/rules/profiles.ts";
import type { Finding, Rule, Severity } from "../../server/src/rules/rule.ts";
import { editsOf } from "../../server/src/rules/shared/fixes.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "./apply-edits.ts";
import { tryFixes } from "./fix-harm.ts";
import { packagesIn } from "./known-packages.ts";
import { type MarkedText, marked } from "./marked.ts";

export interface RuleCase {
  /** The text after the first fix of the first finding; absent when the case does not look at fixes, null when there must be none. */
  readonly fixed?: string | null;
  readonly dialect?: DialectId;
  /** Absent means `strict`, in which every rule speaks. */
  readonly profile?: Profile;
  readonly fileName?: string;
  readonly kind?: "spec" | "archive";
  /** Facts by path; other paths are missing files. Absent: nothing is known of any path. */
  readonly disk?: Readonly<Record<string, FileFact>>;
  /** What is written in files, by path; others are empty. Absent: nobody reads files. */
  readonly texts?: Readonly<Record<string, string>>;
  /** The specs in the base folder; absent: nobody looks. */
  readonly specs?: readonly string[];
  /** What Git is told, by the path of the file from the base folder; absent: nobody looks. */
  readonly git?: Readonly<Record<string, string>>;
  /** The base folder below the top of the working tree, such as "packages/Acme/"; absent for the top. */
  readonly base?: string;
  /** The files in folders around, by folder; absent: nothing is known of them. */
  readonly around?: Readonly<Record<string, readonly string[]>>;
  readonly knowledge?: Knowledge;
  readonly today?: string;
  readonly keptTables?: Readonly<Record<string, string>>;
  /** The packages beside it, as documents by their paths; absent where none are known. */
  readonly beside?: Readonly<Record<string, string>>;
  /** The English messages of all findings, in order. */
  readonly messages?: readonly string[];
  readonly severities?: readonly Severity[];
  /** The other places that each finding speaks of: line and column from 1, and what is said of it. */
  readonly related?: readonly (readonly string[])[];
}

/**
 * Runs one rule over a text and compares what it finds with the `[[…]]` in it.
 */
export function checkRule(rule: Rule, markedText: string | MarkedText, expected: RuleCase = {}): void {
  const { text, ranges } = typeof markedText === "string" ? marked(markedText) : markedText;
  const tree = SyntaxTree.parse(text);
  const settings = {
    ...defaultLintSettings,
    profile: expected.profile ?? "strict",
    ...(expected.keptTables && { keptTables: expected.keptTables }),
    dialect: expected.dialect ?? "znuny-7",
  };
  const surroundings = {
    fileName: expected.fileName,
    kind: expected.kind ?? "spec",
    folder: folderOf(expected),
    knowledge: () => expected.knowledge ?? noKnowledge,
    today: expected.today ?? "2024-05-02",
    others: expected.beside && packagesIn(expected.beside),
  };
  const { findings } = lint(tree, settings, surroundings);
  const own = findings.filter((finding) => finding.rule === rule.id);
  assert.deepEqual(
    own.map(({ span }) => ({ span, text: text.slice(span.start, span.end) })),
    ranges.map((span) => ({ span, text: text.slice(span.start, span.end) })),
    `what ${rule.id} finds in:\n${text}`,
  );
  if (expected.messages) {
    assert.deepEqual(
      own.map((finding) => findingText(finding, english)),
      expected.messages,
    );
  }
  if (expected.severities) {
    assert.deepEqual(
      own.map(({ severity }) => severity),
      expected.severities,
    );
  }
  const placesOf = (finding: Finding) =>
    relatedPlaces(finding, tree.source, (path) => path).map(({ path, start, related }) => {
      const said = english(related.message, related.arguments);
      assert.doesNotMatch(said, /\{\w+\}/, "a placeholder without argument");
      return `${path === undefined ? "" : `${path}:`}${start.line + 1}:${start.character + 1} ${said}`;
    });
  if (expected.related) assert.deepEqual(own.map(placesOf), expected.related);
  else own.forEach(placesOf);
  for (const { message, arguments: values } of own) {
    assert.doesNotMatch(english(message, values), /\{\w+\}/, "a placeholder without argument");
  }
  const fix = own[0]?.fixes?.[0];
  if (expected.fixed === null) assert.equal(fix, undefined, "a fix where none is plain");
  if (typeof expected.fixed === "string") {
    assert.ok(fix, `${rule.id} offers no fix`);
    assert.equal(applyEdits(text, editsOf(fix, tree.source)), expected.fixed);
  }
  const { harms } = tryFixes({ text, settings, surroundings }, { rule: rule.id });
  assert.deepEqual(harms, [], `a fix does harm to:\n${text}`);
}

/** Folders around that are known with all their files. */
export function foldersAround(files: Readonly<Record<string, readonly string[]>>): FoldersAround {
  return {
    folders: () => Object.keys(files),
    hasFile: (folder, path) => files[folder]!.includes(path),
  };
}

function folderOf({ disk, texts, around, specs, git, base = "" }: RuleCase): FolderFacts {
  const reading = {
    ...(texts && { textOf: (path: string) => texts[path] ?? "" }),
    ...(specs && { specs: () => specs }),
    ...(git && { gitRules: () => gitRulesOf(git, base) }),
  };
  if (!disk) return { factOf: () => undefined, files: () => undefined, ...reading };
  const files = Object.entries(disk).flatMap(([path, { kind }]) => (kind === "file" ? [path] : []));
  return {
    factOf: (path) => disk[path] ?? { kind: "missing" },
    files: () => files,
    ...reading,
    ...(around && { around: foldersAround(around) }),
  };
}

function gitRulesOf(texts: Readonly<Record<string, string>>, base: string): GitRules {
  const files = Object.entries(texts).map(([path, text]): GitFile => {
    const up = path.split("../").length - 1;
    const folders = base.split("/").filter((name) => name !== "");
    const folder = folders
      .slice(0, folders.length - up)
      .map((name) => `${name}/`)
      .join("");
    return { name: path.endsWith("attributes") ? ".gitattributes" : ".gitignore", path, folder, text };
  });
  return { base, files: files.sort((a, b) => a.folder.length - b.folder.length) };
}
