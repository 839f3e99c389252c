import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Home, HomeEntry } from "./home.ts";
import { homePath, parentPath } from "./home-path.ts";

/**
 * The home of a framework as it is delivered, of which only the names of the files are known. Where not even those
 * are known, it has the folders that the package manager of every framework looks for.
 */
export function frameworkHome(knowledge: Knowledge): Home {
  // Packages have thousands of files in hundreds of folders, most of which no framework has.
  const folders = new Map<string, boolean>();
  const hasFolder = (folder: string): boolean => {
    let has = folder === "" || folders.get(folder);
    if (has === undefined) {
      has = isFolder(knowledge, folder);
      if (folders.size >= keptFolders) folders.clear();
      folders.set(folder, has);
    }
    return has;
  };
  const lists = new Map<string, readonly string[]>();
  const namesOf = (folder: string): readonly string[] => {
    let names = lists.get(folder);
    if (!names) {
      names = namesIn(knowledge, folder);
      if (lists.size >= keptFolders) lists.clear();
      lists.set(folder, names);
    }
    return names;
  };
  let lastFolder = "";
  let isThere = true;
  return {
    entry(path) {
      const plain = homePath(path);
      if (plain === undefined) return { kind: "other", what: "outside" };
      // Files come in flocks.
      if (!plain.startsWith(lastFolder) || plain.lastIndexOf("/") !== lastFolder.length) {
        lastFolder = parentPath(plain);
        isThere = hasFolder(lastFolder);
      }
      return isThere ? entryOf(knowledge, plain) : undefined;
    },
    isFrameworkFile: (path) => knowledge.isFrameworkFile(path),
    list: (folder) => namesOf(folder === "" ? "" : (homePath(folder) ?? "..")),
  };
}

/** More than any package has. */
const keptFolders = 10_000;

function entryOf(knowledge: Knowledge, path: string): HomeEntry | undefined {
  // For some releases nobody can tell; then a listed file is more likely to be there than not.
  if (knowledge.isFrameworkFile(path) ?? isListed(knowledge, path)) {
    return { kind: "file", mode: script.test(path) ? 0o755 : 0o644, content: "unknown" };
  }
  return isFolder(knowledge, path) ? { kind: "folder", mode: 0o755 } : undefined;
}

/** What the frameworks deliver with the permission to run it. */
const script = /^(?:bin|scripts)\/[^/]*\.(?:pl|sh|psgi)$|^bin\/cgi-bin\/|^bin\/fcgi-bin\//;

function isListed(knowledge: Knowledge, path: string): boolean {
  const names = knowledge.fileNames() ?? [];
  return names[placeOf(names, path)] === path;
}

function isFolder(knowledge: Knowledge, path: string): boolean {
  const prefix = `${path}/`;
  const names = knowledge.fileNames() ?? [];
  return (
    names[placeOf(names, prefix)]?.startsWith(prefix) === true ||
    standardFolders.some((folder) => `${folder}/`.startsWith(prefix))
  );
}

/** The names in a folder; the home itself is the empty path. */
function namesIn(knowledge: Knowledge, folder: string): readonly string[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const found = new Set<string>();
  const add = (path: string) => {
    const slash = path.indexOf("/", prefix.length);
    found.add(path.slice(prefix.length, slash < 0 ? path.length : slash));
  };
  const names = knowledge.fileNames() ?? [];
  for (let place = placeOf(names, prefix); names[place]?.startsWith(prefix); place++) add(names[place]!);
  for (const standard of standardFolders) if (standard.startsWith(prefix)) add(standard);
  return [...found];
}

/** Where a name stands in a sorted list, or would stand. */
function placeOf(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle]! < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Those of bundled software and of translations are there although none of their files is known.
 *
 * @source OTRS 3.1, Znuny 7.1 and OTOBO 11, Package.pm, _FileSystemCheck; folders that packages put files into
 */
const standardFolders = [
  "bin",
  "Custom",
  "i18n",
  "Kernel/Config/Files",
  "Kernel/Language",
  "Kernel/Modules",
  "Kernel/Output/HTML",
  "Kernel/System",
  "scripts/test",
  "var/httpd/htdocs/js/thirdparty",
  "var/log",
  "var/tmp",
] as const;
