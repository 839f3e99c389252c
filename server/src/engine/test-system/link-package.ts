import { type FileSystem, systemCode } from "../../host/file-system.ts";
import type { Paths } from "../../host/paths.ts";
import type { SharedFolder, TestSystem } from "../../host/test-system.ts";
import type { Message } from "../../l10n/translate.ts";
import { foldersAround } from "../write-into-folder.ts";
import { TestSystemError } from "./test-system-error.ts";

/** What is done with a file of a package in the home of a framework. */
export interface LinkStep {
  /** As the package lists it. */
  readonly location: string;
  /** In the home, as it is called here. */
  readonly path: string;
  /** The file of the package, as the system calls it. */
  readonly target: string;
  /**
   * `done`: it is so already, or nothing of the package is there to be removed. `refused`: something else stands there, and
   * nothing is touched.
   */
  readonly kind: "link" | "unlink" | "done" | "refused";
  /** Why it is refused, or left alone. */
  readonly reason: Message | undefined;
}

export interface LinkPlan {
  readonly steps: readonly LinkStep[];
  /** Folders of the home that are not there yet, outermost first. */
  readonly folders: readonly string[];
}

interface LinkRequest {
  readonly system: TestSystem;
  /** As the package lists them. */
  readonly locations: readonly string[];
  /** The absolute path of the folder that they lie in. */
  readonly base: string;
}

interface LinkWorld {
  readonly files: FileSystem;
  readonly paths: Paths;
}

/** The folders that links lie in and lead to. Absolute paths. */
interface LinkFolders {
  /** The home of the framework here. */
  readonly home: string;
  /** The folder of the files of the package here. */
  readonly base: string;
  /** What the system calls a file of the package. */
  readonly targetOf: (location: string) => string;
}

/**
 * What is to be done so that the home of a framework, on this computer or mounted here, has links to the files of a package, or
 * has them no longer. Nothing is changed yet.
 *
 * @throws TestSystemError for a system whose home is not seen here, or that does not see the package, or that has no framework
 *   in its home
 */
export async function planLinks(
  kind: "link" | "unlink",
  { system, locations, base }: LinkRequest,
  { files, paths }: LinkWorld,
): Promise<LinkPlan> {
  const places = await linkFolders(system, base, { files, paths });
  const { home } = places;
  const listed = new Set(locations);
  const folders = new Set<string>();
  const steps: LinkStep[] = [];
  for (const location of listed) {
    const path = paths.join(home, location);
    const target = places.targetOf(location);
    const { kind: done, reason } = await stepOf(location, path, target);
    steps.push({ location, path, target, kind: done, reason });
  }
  if (kind === "unlink") {
    for (const { kind: state, ...link } of await linksBelow(places, listed, { files, paths }))
      if (state === "gone" && !listed.has(link.location))
        steps.push({ ...link, kind: "unlink", reason: goneReason });
  }
  return { steps, folders: [...folders] };

  async function stepOf(
    location: string,
    path: string,
    target: string,
  ): Promise<Pick<LinkStep, "kind" | "reason">> {
    const parts = location.split("/");
    if (parts.some((part) => part === "" || part === "." || part === ".." || /[\\\0]/.test(part)))
      return refused("The path does not stay in the home.");
    const outer = foldersAround(location).find((folder) => listed.has(folder));
    if (outer !== undefined) return otherwise(withinFile(outer));
    const around = await walk(home, parts.slice(0, -1));
    if (around.problem) return otherwise({ text: around.problem });
    const [there] = await files.status([path]);
    const [leadsTo] = there?.kind === "link" ? await files.linkTargets([path]) : [];
    const isOurs = leadsTo === target;
    if (kind === "unlink") {
      if (isOurs) return { kind: "unlink", reason: undefined };
      return {
        kind: "done",
        reason: there && { text: "It is no link to the file of the package, and stays as it is." },
      };
    }
    if (isOurs) return { kind: "done", reason: undefined };
    if (there?.kind === "link") return refused("A link to something else is there.");
    if (there) return refused("Something is there, and nothing of the framework is replaced.");
    const source = await walk(base, parts.slice(0, -1));
    const isReached = !source.problem && source.missing.length === 0;
    const [file] = isReached ? await files.status([paths.join(base, location)]) : [];
    if (file?.kind !== "file") return refused("The package has no plain file there.");
    for (const folder of around.missing) folders.add(folder);
    return { kind: "link", reason: undefined };
  }

  /** Where nothing can be linked, nothing of the package can be there either. */
  function otherwise(reason: Message): Pick<LinkStep, "kind" | "reason"> {
    return { kind: kind === "link" ? "refused" : "done", reason };
  }

  /** Goes down without following links. */
  async function walk(start: string, parts: readonly string[]) {
    const missing: string[] = [];
    let folder = start;
    for (const part of parts) {
      folder = paths.join(folder, part);
      const [status] = missing.length > 0 ? [undefined] : await files.status([folder]);
      if (!status) missing.push(folder);
      else if (status.kind === "link") return { missing, problem: "A folder on the way is a link." };
      else if (status.kind !== "folder") return { missing, problem: "Something on the way is no folder." };
    }
    return { missing, problem: undefined };
  }
}

function refused(text: string): Pick<LinkStep, "kind" | "reason"> {
  return { kind: "refused", reason: { text } };
}

function withinFile(outer: string): Message {
  return {
    text: "The package lists “{path}” as a file as well, so that nothing can lie below it.",
    values: { path: outer },
  };
}

const goneReason: Message = { text: "It leads to a file of the package that is gone." };

/** @throws TestSystemError as {@link planLinks} */
async function linkFolders(
  { name: system, home: homeThere, command, mounts }: TestSystem,
  base: string,
  { files, paths }: LinkWorld,
): Promise<LinkFolders> {
  const isHere = command.length === 0;
  const home = isHere ? homeThere : pathHere(homeThere, mounts, paths);
  if (home === undefined) {
    throw new TestSystemError({
      text: "The test system “{system}” is reached by a command, and “{home}” there is not known to be a folder that is seen here. Say with “mounts” by which path here.",
      values: { system, home: homeThere },
    });
  }
  const there = isHere ? base : pathThere(base, mounts, paths);
  if (there === undefined) {
    throw new TestSystemError({
      text: "The test system “{system}” does not see the files of the package: “{folder}” lies in none of the folders that its “mounts” name.",
      values: { system, folder: base },
    });
  }
  const [release] = await files.status([paths.join(home, "RELEASE")]);
  if (release?.kind !== "file") {
    throw new TestSystemError({
      text: "There is no framework at “{home}” on this computer: it has no file RELEASE.",
      values: { home },
    });
  }
  const targetOf = (location: string) => (isHere ? paths.join(base, location) : `${there}/${location}`);
  return { home, base, targetOf };
}

/** What a path of a system is called here; undefined for one that lies in no mount. */
function pathHere(there: string, mounts: readonly SharedFolder[], paths: Paths): string | undefined {
  const mount = mounts.find((each) => there === each.there || there.startsWith(`${each.there}/`));
  return mount && paths.join(mount.here, there.slice(mount.there.length));
}

/** What a folder here is called on a system; undefined for one that lies in no mount. */
function pathThere(here: string, mounts: readonly SharedFolder[], paths: Paths): string | undefined {
  for (const mount of mounts) {
    const below = paths.below(mount.here, here);
    if (below) return [mount.there, ...below].join("/");
  }
  return undefined;
}

/** A link in the home of a framework that leads to where a package has its file of the same path. */
export interface FoundLink {
  /** From the home on, and from the folder of the package on. */
  readonly location: string;
  readonly path: string;
  readonly target: string;
  /** `linked`: to a file that the package lists. `unlisted`: to one that it does not list. `gone`: to no file any more. */
  readonly kind: "linked" | "unlisted" | "gone";
}

/**
 * The links in a home that lead to the files of a package, those of earlier runs as well, by their paths.
 *
 * @throws TestSystemError as {@link planLinks}
 * @throws SystemError
 */
export async function findLinks(
  { system, locations, base }: LinkRequest,
  world: LinkWorld,
): Promise<readonly FoundLink[]> {
  return linksBelow(await linkFolders(system, base, world), new Set(locations), world);
}

/** Frameworks keep data there, of which there may be very much, and no program. */
const dataFolders = new Set(["var/article", "var/log", "var/sessions", "var/spool", "var/tmp"]);

async function linksBelow(
  { home, base, targetOf }: LinkFolders,
  listed: ReadonlySet<string>,
  { files, paths }: LinkWorld,
): Promise<readonly FoundLink[]> {
  const found: FoundLink[] = [];
  await look("");
  return found;

  /** Folders behind links are not entered. */
  async function look(folder: string): Promise<void> {
    const names = await namesIn(paths.join(home, folder), files);
    const locations = names.sort().map((name) => (folder === "" ? name : `${folder}/${name}`));
    const status = await files.status(locations.map((location) => paths.join(home, location)));
    for (const [index, location] of locations.entries()) {
      const kind = status[index]?.kind;
      if (kind === "folder" && !dataFolders.has(location)) await look(location);
      if (kind === "link") await note(location);
    }
  }

  async function note(location: string): Promise<void> {
    const path = paths.join(home, location);
    const target = targetOf(location);
    const [leadsTo] = await files.linkTargets([path]);
    if (leadsTo !== target) return;
    const [file] = await files.status([paths.join(base, location)]);
    const there = listed.has(location) ? "linked" : "unlisted";
    found.push({ location, path, target, kind: file ? there : "gone" });
  }
}

/** None of a folder that cannot be looked into, as of another user. */
async function namesIn(folder: string, files: FileSystem): Promise<string[]> {
  try {
    return [...(await files.list(folder))];
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

export type LinkOutcome =
  | { readonly kind: "done" }
  /** Something is refused, and nothing was touched. */
  | { readonly kind: "refused" }
  /** The disk did not go along. */
  | {
      readonly kind: "failed";
      /** What could not be made or removed. */
      readonly path: string;
      /** As the disk says it, such as "EACCES". */
      readonly reason: string;
      /** What was done before and could not be taken back; empty where everything is as it was. */
      readonly left: readonly string[];
    };

interface LinkChange {
  readonly path: string;
  readonly make: () => Promise<void>;
  readonly takeBack: () => Promise<void>;
}

/**
 * Does all of it, or nothing: where the disk fails, what was done before is taken back. Folders that were made stay when links
 * go.
 */
export async function performLinks({ steps, folders }: LinkPlan, files: FileSystem): Promise<LinkOutcome> {
  if (steps.some(({ kind }) => kind === "refused")) return { kind: "refused" };
  const changes: readonly LinkChange[] = [
    ...folders.map((path) => ({
      path,
      make: () => files.makeFolders([{ path }]),
      takeBack: () => files.removeFolders([path]),
    })),
    ...steps.flatMap((step): readonly LinkChange[] => {
      const { path, kind } = step;
      const put = () => files.makeLinks([step]);
      const remove = () => files.remove([path]);
      if (kind === "link") return [{ path, make: put, takeBack: remove }];
      return kind === "unlink" ? [{ path, make: remove, takeBack: put }] : [];
    }),
  ];
  const done: LinkChange[] = [];
  for (const change of changes) {
    const reason = await problemOf(change.make);
    if (reason === undefined) {
      done.push(change);
      continue;
    }
    const left: string[] = [];
    for (const { path, takeBack } of done.reverse())
      if ((await problemOf(takeBack)) !== undefined) left.push(path);
    return { kind: "failed", path: change.path, reason, left: left.reverse() };
  }
  return { kind: "done" };
}

/** What the disk says where something cannot be done; undefined where it can. */
async function problemOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return code;
  }
}
