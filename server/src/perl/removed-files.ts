import type { PerlText } from "./perl-text.ts";

/** A file below the framework's home that code removes. */
export interface RemovedFile {
  /** Relative to the home, as it is written. */
  readonly path: string;
  /** Where the path is written, its quotes included. */
  readonly start: number;
  readonly end: number;
  /** The sub that it stands in; undefined outside of all. */
  readonly sub: string | undefined;
}

/** The files that code names by literal paths below the home, in a statement that removes files. */
export function removedFiles({ code, withStrings }: PerlText): readonly RemovedFile[] {
  if (!removal.test(code)) return [];
  const homes = new Set(["Home"]);
  for (const [, name] of withStrings.matchAll(homeVariable)) homes.add(name!);
  const variables = pathVariables(withStrings, homes);
  const files: RemovedFile[] = [];
  for (const { 0: word, index } of code.matchAll(new RegExp(removal, "g"))) {
    const found = code.indexOf(";", index);
    const end = Math.min(found < 0 ? code.length : found, index + longestStatement);
    const begin = index + word.length;
    const statement = withStrings.slice(begin, end);
    const sub = subAround(code, index);
    for (const { path, start, end } of [
      ...pathsIn(statement, homes, begin),
      ...variablesIn(statement, variables),
    ])
      if (!files.some((file) => file.start === start)) files.push({ path, start, end, sub });
    if (files.length > mostFiles) break;
  }
  return files;
}

/** Calls that remove the files they are given. */
const removal = /(?<![\w$@%&>:]|\bsub )(?:unlink|remove_tree|rmtree)(?!\w)|->\s*FileDelete(?!\w)/;

const longestStatement = 2000;
const mostFiles = 200;

/** A variable that is given the framework's home. */
const homeVariable =
  /\$(\w+)\s*=\s*[^;=]{0,200}->\s*(?:Get\(\s*['"]Home['"]\s*\)|\{\s*['"]?Home['"]?\s*\})\s*;/g;

interface WrittenPath {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** A home and a path below it: in one text, or joined. */
const written =
  /"\$(?:\{(\w+)\}|(\w+)|Self->\{Home\})\/([\w./ +-]+)"|(?:\$(\w+)|->\s*Get\(\s*['"]Home['"]\s*\))\s*\.\s*(?:'\/([\w./ +-]+)'|"\/([\w./ +-]+)")/g;

function* pathsIn(text: string, homes: ReadonlySet<string>, offset: number): Iterable<WrittenPath> {
  for (const match of text.matchAll(written)) {
    const [whole, inBraces, plain, quoted, joined, single, double] = match;
    const home = inBraces ?? plain ?? joined;
    if (home !== undefined && !homes.has(home)) continue;
    // What is joined to something more is another path.
    if (/^\s*\./.test(text.slice(match.index + whole.length))) continue;
    const start = offset + match.index;
    yield { path: (quoted ?? single ?? double)!, start, end: start + whole.length };
  }
}

/** The variables that are given such a path and nothing else. */
function pathVariables(text: string, homes: ReadonlySet<string>): ReadonlyMap<string, WrittenPath> {
  const paths = new Map<string, WrittenPath | undefined>();
  for (const { 0: whole, 1: name, index } of text.matchAll(/\$(\w+)\s*=(?![=~>])\s*/g)) {
    const start = index + whole.length;
    const value = /^[^;\n]{0,300};/.exec(text.slice(start, start + 301))?.[0] ?? "";
    const [path] = pathsIn(value, homes, start);
    const isAll = path !== undefined && value.slice(0, -1).trimEnd().length === path.end - start;
    paths.set(name!, isAll && path.start === start && !paths.has(name!) ? path : undefined);
  }
  return new Map([...paths].flatMap(([name, path]) => (path ? [[name, path] as const] : [])));
}

function* variablesIn(text: string, variables: ReadonlyMap<string, WrittenPath>): Iterable<WrittenPath> {
  for (const [, name] of text.matchAll(/(?<!["'/\w\\])\$(\w+)(?![\w[{/]|->|\s*\.)/g)) {
    const path = variables.get(name!);
    if (path) yield path;
  }
}

function subAround(code: string, index: number): string | undefined {
  const before = code.slice(Math.max(0, index - longestSub), index);
  return [...before.matchAll(/(?<![\w$@%&>:])sub\s+(\w+)/g)].at(-1)?.[1];
}

const longestSub = 20_000;
