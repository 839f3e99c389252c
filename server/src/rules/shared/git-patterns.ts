/** A pattern of `.gitignore` or `.gitattributes`, relative to the folder of its file. */
export interface GitPattern {
  /** The parts between slashes; a single one that is not anchored may be at any depth. */
  readonly parts: readonly Part[];
  readonly isAnchored: boolean;
  readonly onlyFolders: boolean;
}

/** A plain name, {@link anyFolders}, or what each sign of a name has to be. */
type Part = string | readonly Sign[];

const any = "*";
type Sign = typeof any | ((character: string) => boolean);

/** Stands for any number of folders. */
const anyFolders = "**";

/**
 * Reads a pattern as Git does. It is read once, because it is held against many names.
 *
 * @returns undefined for one without anything in it
 */
export function gitPattern(text: string): GitPattern | undefined {
  const onlyFolders = text.endsWith("/");
  const body = onlyFolders ? text.slice(0, -1) : text;
  const isAnchored = body.includes("/");
  const parts = body.replace(/^\//, "").split("/");
  if (parts.some((part) => part === "")) return undefined;
  const read = parts.map((part) => (isAnchored && part === anyFolders ? part : readPart(part)));
  return { parts: read, isAnchored, onlyFolders };
}

/**
 * Whether a pattern fits a path.
 *
 * @param names the parts of the path, from the folder of the pattern's file on
 */
export function fits(
  { parts, isAnchored, onlyFolders }: GitPattern,
  names: readonly string[],
  isFolder: boolean,
): boolean {
  if (onlyFolders && !isFolder) return false;
  if (!isAnchored) return fitsName(parts[0]!, names.at(-1)!);
  return matches(parts.length, names.length, {
    isAny: (at) => parts[at] === anyFolders,
    fits: (at, index) => fitsName(parts[at]!, names[index]!),
    // A `**` at the end stands for something below, and not for the folder itself.
    least: (at) => (at === parts.length - 1 ? 1 : 0),
  });
}

/** Tells of files whether they, or a folder around them, fit a pattern; undefined for one without anything in it. */
export function pathPattern(text: string): ((path: string) => boolean) | undefined {
  const pattern = gitPattern(text);
  if (!pattern) return undefined;
  return (path) => {
    const names = path.split("/");
    return names.some((_, index) => fits(pattern, names.slice(0, index + 1), index < names.length - 1));
  };
}

function fitsName(part: Part, name: string): boolean {
  if (typeof part === "string") return part === name;
  return matches(part.length, name.length, {
    isAny: (at) => part[at] === any,
    fits: (at, index) => (part[at] as Exclude<Sign, typeof any>)(name[index]!),
    least: () => 0,
  });
}

/** One part of a path: `*`, `?`, sets in brackets, and signs behind a backslash. */
function readPart(pattern: string): Part {
  return /[*?[\\]/.test(pattern) ? readSigns(pattern) : pattern;
}

function readSigns(pattern: string): readonly Sign[] {
  const signs: Sign[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]!;
    if (sign === "*") {
      if (signs.at(-1) !== any) signs.push(any);
    } else if (sign === "?") signs.push(() => true);
    else if (sign === "[") {
      const set = readSet(pattern, at);
      // What is not closed fits nothing.
      if (!set) return [() => false];
      signs.push(set.fits);
      at = set.end;
    } else {
      const meant = sign === "\\" ? (pattern[++at] ?? "") : sign;
      signs.push((character) => character === meant);
    }
  }
  return signs;
}

interface CharacterSet {
  readonly fits: (character: string) => boolean;
  /** Where its closing bracket stands. */
  readonly end: number;
}

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  space: /\s/,
  upper: /[A-Z]/,
};

function readSet(pattern: string, start: number): CharacterSet | undefined {
  let at = start + 1;
  const isNegated = pattern[at] === "!" || pattern[at] === "^";
  if (isNegated) at++;
  const members: ((character: string) => boolean)[] = [];
  for (let isFirst = true; at < pattern.length; isFirst = false, at++) {
    const named = /\[:(\w+):\]/y;
    named.lastIndex = at;
    const name = named.exec(pattern);
    if (pattern[at] === "]" && !isFirst)
      return { fits: (character) => members.some((fits) => fits(character)) !== isNegated, end: at };
    if (name) {
      const known = classes[name[1]!];
      members.push((character) => known?.test(character) === true);
      at = named.lastIndex - 1;
      continue;
    }
    if (pattern[at] === "\\") at++;
    const from = pattern[at] ?? "";
    const isRange = pattern[at + 1] === "-" && pattern[at + 2] !== undefined && pattern[at + 2] !== "]";
    if (isRange) at += pattern[at + 2] === "\\" ? 3 : 2;
    const to = pattern[at] ?? "";
    members.push((character) => from <= character && character <= to);
  }
  return undefined;
}

/** Holds a row of signs against a row of things, where some signs stand for any number of them. */
function matches(
  signs: number,
  things: number,
  {
    isAny,
    fits,
    least,
  }: {
    readonly isAny: (sign: number) => boolean;
    readonly fits: (sign: number, thing: number) => boolean;
    /** How many things such a sign stands for at least. */
    readonly least: (sign: number) => number;
  },
): boolean {
  let sign = 0;
  let thing = 0;
  let retry: { readonly sign: number; thing: number } | undefined;
  while (thing < things || sign < signs) {
    if (sign < signs && isAny(sign)) {
      const from = thing + least(sign);
      if (from > things) return false;
      retry = { sign, thing: from };
      thing = from;
      sign++;
    } else if (sign < signs && thing < things && fits(sign, thing)) {
      sign++;
      thing++;
    } else if (retry && retry.thing < things) {
      // The last such sign stands for one thing more; an earlier one need not.
      thing = ++retry.thing;
      sign = retry.sign + 1;
    } else return false;
  }
  return true;
}
