import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Home, HomeEntry } from "./home.ts";
import { homePath, parentPath } from "./home-path.ts";

/**
 * The home of a framework as it is delivered, of which only the names of the files are known. Where not even those
 * are known, it has the folders that the package manager of every framework looks for.
 */
export function frameworkHome(knowledge: Knowledge): Home {
  return {
    entry(path) {
      const plain = homePath(path);
      return plain === undefined ? { kind: "other" } : entryOf(knowledge, plain);
    },
    isFrameworkFile: (path) => knowledge.isFrameworkFile(path),
    list: (folder) => [...(namesOf(knowledge).folders.get(homePath(folder) ?? "") ?? [])],
  };
}

function entryOf(knowledge: Knowledge, path: string): HomeEntry | undefined {
  // For some releases nobody can tell; then a listed file is more likely to be there than not.
  if (knowledge.isFrameworkFile(path) ?? namesOf(knowledge).files.has(path)) {
    return { kind: "file", mode: script.test(path) ? 0o755 : 0o644, content: "unknown" };
  }
  return namesOf(knowledge).folders.has(path) ? { kind: "folder", mode: 0o755 } : undefined;
}

/** What the frameworks deliver with the permission to run it. */
const script = /^(?:bin|scripts)\/[^/]*\.(?:pl|sh|psgi)$|^bin\/cgi-bin\/|^bin\/fcgi-bin\//;

interface Names {
  readonly files: ReadonlySet<string>;
  /** Folder -> names in it; the home itself is the empty path. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>;
}

const namesOfKnowledge = new WeakMap<Knowledge, Names>();

function namesOf(knowledge: Knowledge): Names {
  let names = namesOfKnowledge.get(knowledge);
  if (!names) {
    const files = new Set(knowledge.fileNames());
    const folders = new Map<string, Set<string>>();
    for (const folder of standardFolders) {
      addName(folders, folder);
      folders.set(folder, folders.get(folder) ?? new Set());
    }
    for (const file of files) addName(folders, file);
    names = { files, folders };
    namesOfKnowledge.set(knowledge, names);
  }
  return names;
}

/** Puts a path into its folder, and that into its own. */
function addName(folders: Map<string, Set<string>>, path: string): void {
  const parent = parentPath(path);
  let names = folders.get(parent);
  if (!names) {
    names = new Set();
    folders.set(parent, names);
    if (parent !== "") addName(folders, parent);
  }
  names.add(path.slice(parent === "" ? 0 : parent.length + 1));
}

/** @source OTRS 3.1, Znuny 7.1 and OTOBO 11, Package.pm, _FileSystemCheck; folders that packages put files into */
const standardFolders = [
  "bin",
  "Custom",
  "Kernel/Config/Files",
  "Kernel/Language",
  "Kernel/Modules",
  "Kernel/Output/HTML",
  "Kernel/System",
  "scripts/test",
  "var/httpd/htdocs",
  "var/log",
  "var/tmp",
] as const;
