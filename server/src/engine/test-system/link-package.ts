import type { FileSystem } from "../../host/file-system.ts";
import type { Paths } from "../../host/paths.ts";
import type { TestSystem } from "../../host/test-system.ts";
import type { Message } from "../../l10n/translate.ts";
import { TestSystemError } from "./test-system-error.ts";

/** What is done with a file of a package in the home of a framework. */
export interface LinkStep {
  /** As the package lists it. */
  readonly location: string;
  /** In the home. */
  readonly path: string;
  /** The file of the package. */
  readonly target: string;
  /** `done`: it is so already. `refused`: something else stands there, and nothing is touched. */
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

/**
 * What is to be done so that the home of a framework on this computer has links to the files of a package, or has them no
 * longer. Nothing is changed yet.
 *
 * @throws TestSystemError for a system that is not on this computer, or has no framework in its home
 */
export async function planLinks(
  kind: "link" | "unlink",
  { system, locations, base }: LinkRequest,
  { files, paths }: LinkWorld,
): Promise<LinkPlan> {
  const { name, home } = system;
  if (system.command.length > 0) {
    throw new TestSystemError({
      text: "The test system “{system}” is reached by a command, and links lead to files of this computer. Only a system without “command” has links.",
      values: { system: name },
    });
  }
  const [release] = await files.status([paths.join(home, "RELEASE")]);
  if (release?.kind !== "file") {
    throw new TestSystemError({
      text: "There is no framework at “{home}” on this computer: it has no file RELEASE.",
      values: { home },
    });
  }
  const folders = new Set<string>();
  const steps: LinkStep[] = [];
  for (const location of new Set(locations)) {
    const path = paths.join(home, location);
    const target = paths.join(base, location);
    const { kind: done, reason } = await stepOf(location, path, target);
    steps.push({ location, path, target, kind: done, reason });
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
    const around = await walk(home, parts.slice(0, -1));
    if (around.problem) return refused(around.problem);
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
    const [file] = source.problem || source.missing.length > 0 ? [] : await files.status([target]);
    if (file?.kind !== "file") return refused("The package has no plain file there.");
    for (const folder of around.missing) folders.add(folder);
    return { kind: "link", reason: undefined };
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

/** Does it, unless something is refused. Folders that were made stay when links go. @throws SystemError */
export async function performLinks({ steps, folders }: LinkPlan, files: FileSystem): Promise<boolean> {
  if (steps.some(({ kind }) => kind === "refused")) return false;
  await files.makeFolders(folders.map((path) => ({ path })));
  await files.makeLinks(steps.filter(({ kind }) => kind === "link"));
  await files.remove(steps.filter(({ kind }) => kind === "unlink").map(({ path }) => path));
  return true;
}
