import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { isInside } from "./is-inside.ts";

/** A program that may be started, or why there is none. */
export type FoundProgram =
  | {
      readonly kind: "found";
      /** Absolute, links resolved: what was looked at is what is started. */
      readonly path: string;
      /** The name it was found by; some programs do different things under different names. */
      readonly name: string;
    }
  | { readonly kind: "none" }
  /** One is there, but somebody may have planted it. */
  | { readonly kind: "untrusted" };

/**
 * Looks for a program in folders, in order, as a shell would, and passes over what must not be started: nothing that
 * lies in or below one of `untrusted`, by its name or by where links lead, nothing in a `node_modules` folder, and
 * nothing in a folder that is given by a relative path or an empty one, which would be the current folder.
 *
 * @param untrusted as {@link untrustedFolders} gives them
 */
export function findProgram(
  names: readonly string[],
  folders: readonly string[],
  untrusted: readonly string[],
): FoundProgram {
  const places = identified(untrusted);
  const programs = folders
    .flatMap((folder) => names.map((name) => join(folder || ".", name)))
    .filter(isProgram);
  for (const program of programs) {
    const path = realPath(program);
    if (isTrusted(program, places) && isTrusted(path, places))
      return { kind: "found", path, name: basename(program) };
  }
  return { kind: programs.length > 0 ? "untrusted" : "none" };
}

/** The folders of a search path, without those that {@link findProgram} would pass over. */
export function trustedSearchPath(searchPath: string, untrusted: readonly string[]): string {
  const places = identified(untrusted);
  return searchPath
    .split(delimiter)
    .filter((folder) => {
      const inside = join(folder, "program");
      return isTrusted(inside, places) && isTrusted(join(realPath(folder), "program"), places);
    })
    .join(delimiter);
}

/**
 * Folders whose content nobody has vouched for: those given, the current one, and the checkout that each lies in,
 * which is the outermost folder around it that is a working copy of Git, Mercurial or Subversion.
 *
 * @param given as the user or the editor named them
 */
export function untrustedFolders(given: readonly string[]): readonly string[] {
  const named = given.map((folder) => resolve(folder));
  const here = currentFolder();
  // Editors are often started in the root folder, and that is nobody's project.
  if (here !== undefined && dirname(here) !== here) named.push(here);
  const all = new Set([...named, ...named.map(realPath)]);
  for (const folder of [...all]) {
    const checkout = checkoutAround(folder);
    if (checkout !== undefined) all.add(checkout);
  }
  return [...all];
}

/** Undefined when it has been removed. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

const checkoutSigns = [".git", ".hg", ".svn"];

function checkoutAround(folder: string): string | undefined {
  let found: string | undefined;
  for (let at = folder; dirname(at) !== at; at = dirname(at)) {
    if (checkoutSigns.some((sign) => existsSync(join(at, sign)))) found = at;
  }
  return found;
}

interface Place {
  readonly path: string;
  /** What the disk knows it by, whatever it is called; undefined when nothing is there. */
  readonly identity: string | undefined;
}

function identified(folders: readonly string[]): readonly Place[] {
  return folders.map((path) => ({ path, identity: identityOf(path) }));
}

/** A folder can have several names: in another letter case, by a short name, or mounted twice. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return ino === 0n ? undefined : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

function isTrusted(program: string, places: readonly Place[]): boolean {
  if (!isAbsolute(program) || /[\\/]node_modules[\\/]/i.test(program)) return false;
  if (places.some(({ path }) => isInside(path, program))) return false;
  for (let at = dirname(program); ; at = dirname(at)) {
    const identity = identityOf(at);
    if (identity !== undefined && places.some((place) => place.identity === identity)) return false;
    if (at === dirname(at)) return true;
  }
}

/** As the disk spells it; the path itself when nothing is there. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    // Folders can be "executed" too, and are passed over when a program is looked for.
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
