import type { FolderFacts } from "../../host/folder-facts.ts";
import type { GitFile, GitFileName, GitRules } from "../../host/git-rules.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList, type ListedFile } from "../../symbols/file-list.ts";
import { memo } from "../../text/memo.ts";
import type { Span } from "../../text/span.ts";
import type { Related } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { fits, type GitPattern, gitPattern } from "./git-patterns.ts";
import { keptByPart } from "./kept-by-part.ts";
import { isLeftOut } from "./listed-file.ts";

/** A line of a file with rules for Git. */
interface GitLine {
  readonly pattern: GitPattern;
  /** What stands behind the pattern in `.gitattributes`. */
  readonly attributes: readonly string[];
  /** True for one that takes a file in again. */
  readonly isNegated: boolean;
  readonly span: Span;
}

/** A line that decides, and the file it stands in. */
export interface GitDecision {
  readonly file: GitFile;
  readonly span: Span;
}

/** More lines than any package has. What has more is not read. */
const mostLines = 2000;

/** The files of a name that speak of what lies at a path, those of the nearest folders last; undefined while unknown. */
function filesFor(name: GitFileName, path: string, folder: FolderFacts): readonly GitFile[] | undefined {
  const rules = folder.gitRules?.();
  if (!rules) return undefined;
  const files = rules.files.filter((file) => file.name === name);
  const names = path.split("/");
  for (let depth = 1; depth < names.length; depth++) {
    const place = `${names.slice(0, depth).join("/")}/`;
    const fact = folder.factOf(place + name);
    if (!fact) return undefined;
    if (fact.kind !== "file" || fact.leavesBase) continue;
    const text = folder.textOf?.(place + name);
    if (text === undefined) return undefined;
    files.push(nestedFile(rules, { name, place, text }));
  }
  return files;
}

/** One object for each file, under which its lines are kept. */
function nestedFile(
  rules: GitRules,
  { name, place, text }: { readonly name: GitFileName; readonly place: string; readonly text: string },
): GitFile {
  const known = nested(rules);
  const file = known.get(place + name);
  if (file?.text === text) return file;
  const made: GitFile = { name, path: place + name, folder: rules.base + place, text };
  known.set(place + name, made);
  return made;
}

const nested = memo((_rules: GitRules) => new Map<string, GitFile>());

/** Packages with more files bundle somebody else's. */
const mostFiles = 2000;

/** A listed file that is on the disk, and what was found out about it. */
interface Answered<Answer> {
  readonly file: ListedFile;
  readonly answer: Answer;
}

/**
 * A question about each listed file that is on the disk, to be asked part by part. What is found out stays as long as the
 * files of the part and all that is known beside the text.
 *
 * @param ask undefined for a file of which there is nothing to say
 */
export function questionToGit<Answer>(
  ask: (path: string, folder: FolderFacts) => Answer | undefined,
): (spec: PackageSpec, context: RuleContext) => Iterable<readonly Answered<Answer>[]> {
  const answers = keptByPart((files, context) =>
    files.flatMap((file) => {
      const { folder } = context;
      const { path } = file;
      // What is not there, Git does nothing to.
      if (folder.factOf(path)?.kind !== "file" || isLeftOut(path, context)) return [];
      const answer = ask(path, folder);
      return answer === undefined ? [] : [{ file, answer }];
    }),
  );
  return (spec, context) => {
    const { folder, kind } = context;
    if (kind === "archive" || !folder.gitRules?.() || fileList(spec).files.length > mostFiles) return [];
    return answers(spec, context);
  };
}

/** Leads to the line that decides. */
export function saying({ file, span }: GitDecision): Related {
  return { message: "This line says so.", span, file };
}

/** The path from the folder of a file on; undefined for what does not lie in it. */
function below({ folder }: GitFile, path: string): readonly string[] | undefined {
  return path.startsWith(folder) ? path.slice(folder.length).split("/") : undefined;
}

/**
 * The line for which Git ignores a file, unless it has been added in spite of it; undefined for a file that is not
 * ignored, and while it is not known.
 *
 * @param path relative to the base folder
 */
export function ignoringLine(path: string, folder: FolderFacts): GitDecision | undefined {
  const files = filesFor(".gitignore", path, folder);
  const whole = `${folder.gitRules?.()?.base ?? ""}${path}`;
  if (!files || files.every(({ text }) => text === "")) return undefined;
  const names = whole.split("/");
  const known = ignoredFolders(folder);
  for (let depth = 1; depth < names.length; depth++) {
    const place = names.slice(0, depth).join("/");
    if (!known.has(place)) known.set(place, lastFor(files, place, true));
    const decision = known.get(place);
    // What is below an ignored folder cannot be taken in again.
    if (decision) return decision;
  }
  return lastFor(files, whole, false);
}

/** Found out once for a folder, because many files lie in the same. What is told in it says nothing of it. */
const ignoredFolders = memo((_folder: FolderFacts) => new Map<string, GitDecision | undefined>());

/** What opmbuild reads beside a spec (OPM::Maker, filetest): lines as in `.gitignore`, for files that are in no package. */
const passedOverName = ".opmbuild_filetest_ignore";

/** Whether opmbuild is told not to miss a file in the list. @param path relative to the base folder */
export function isPassedOver(path: string, folder: FolderFacts): boolean {
  const text = folder.textOf?.(passedOverName);
  if (text === undefined || text === "") return false;
  const known = passedOver(folder);
  known.file ??= { name: ".gitignore", path: passedOverName, folder: "", text };
  const { file } = known;
  const names = path.split("/");
  const folders = names.slice(1).map((_, index) => names.slice(0, index + 1).join("/"));
  return folders.some((each) => lastFor([file], each, true)) || lastFor([file], path, false) !== undefined;
}

const passedOver = memo((_folder: FolderFacts): { file?: GitFile } => ({}));

function lastFor(files: readonly GitFile[], path: string, isFolder: boolean): GitDecision | undefined {
  for (const file of files.toReversed()) {
    const names = below(file, path);
    if (!names) continue;
    const line = ignoreLines(file).findLast(({ pattern }) => fits(pattern, names, isFolder));
    if (line) return line.isNegated ? undefined : { file, span: line.span };
  }
  return undefined;
}

const ignoreLines = memo((file: GitFile): readonly GitLine[] =>
  linesOf(file, (written, span) => {
    if (written.startsWith("#")) return undefined;
    const isNegated = written.startsWith("!");
    const text = withoutBlanks(written.slice(isNegated ? 1 : 0));
    const pattern = text === "" ? undefined : gitPattern(text);
    return pattern && { pattern, attributes: [], isNegated, span };
  }),
);

/** Blanks at the end do not count, unless a backslash stands before them. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (line[end - 1] === " ") end--;
  return end < line.length && line[end - 1] === "\\" ? line.slice(0, end + 1) : line.slice(0, end);
}

/** What Git is told of a file: true where an attribute is set, false where it is unset, or its value. */
export type GitAttributes = ReadonlyMap<
  string,
  { readonly value: string | boolean; readonly by: GitDecision }
>;

/**
 * The attributes of a file; undefined while they are not known.
 *
 * @param path relative to the base folder
 */
export function attributesOf(path: string, folder: FolderFacts): GitAttributes | undefined {
  const files = filesFor(".gitattributes", path, folder);
  if (!files) return undefined;
  const attributes = new Map<string, { value: string | boolean; by: GitDecision }>();
  const whole = `${folder.gitRules?.()?.base ?? ""}${path}`;
  const macros = new Map([["binary", ["-diff", "-merge", "-text"]]]);
  for (const file of files) {
    const names = below(file, whole);
    if (!names) continue;
    for (const line of attributeLines(file)) {
      if (typeof line === "object" && "macro" in line) {
        // Git takes them from the top of the tree alone.
        if (file.folder === "") macros.set(line.macro, [...line.attributes]);
      } else if (fits(line.pattern, names, false)) {
        const by = { file, span: line.span };
        for (const written of line.attributes) set(written, by);
      }
    }
  }
  return attributes;

  function set(written: string, by: GitDecision, isNested = false): void {
    const [, sign, name, value] = /^([-!]?)([^=]+)(?:=(.*))?$/.exec(written) ?? [];
    if (name === undefined) return;
    if (sign === "!") attributes.delete(name);
    else attributes.set(name, { value: value ?? sign !== "-", by });
    const members = sign === "" && value === undefined && !isNested ? macros.get(name) : undefined;
    for (const member of members ?? []) set(member, by, true);
  }
}

interface MacroLine {
  readonly macro: string;
  readonly attributes: readonly string[];
}

const attributeLines = memo((file: GitFile): readonly (GitLine | MacroLine)[] =>
  linesOf<GitLine | MacroLine>(file, (written, span) => {
    const [first, ...attributes] = wordsOf(written.trim());
    if (first === undefined || first.startsWith("#")) return undefined;
    if (first.startsWith("[attr]")) return { macro: first.slice("[attr]".length), attributes };
    // Git knows no negative patterns here, and none for folders.
    if (first.startsWith("!") || first.endsWith("/")) return undefined;
    const pattern = gitPattern(first);
    return pattern && { pattern, attributes, isNegated: false, span };
  }),
);

/** The words of a line; the first may stand in quotes. */
function wordsOf(line: string): readonly string[] {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(line);
  const rest = (quoted ? line.slice(quoted[0].length) : line).split(/[ \t]+/).filter((word) => word !== "");
  return quoted ? [quoted[1]!.replace(/\\(["\\])/g, "$1"), ...rest] : rest;
}

function linesOf<Line>(
  { text }: GitFile,
  read: (written: string, span: Span) => Line | undefined,
): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const raw of text.split("\n")) {
    const written = raw.replace(/\r$/, "");
    const line = written.trim() === "" ? undefined : read(written, { start, end: start + written.length });
    if (line !== undefined) lines.push(line);
    if (lines.length > mostLines) return [];
    start += raw.length + 1;
  }
  return lines;
}
