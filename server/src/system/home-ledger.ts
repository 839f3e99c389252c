import type { HomeEntry, HomeFiles } from "./home.ts";
import { parentPath } from "./home-path.ts";

/**
 * What became of files of the framework of which there is no copy in the system's own folder: path -> what is there
 * now. A path that is not listed is as the framework delivers it.
 */
export type HomeLedger = ReadonlyMap<string, LedgerEntry>;

export type LedgerEntry =
  | { readonly kind: "gone" }
  /** The file that the framework has at `origin`. */
  | { readonly kind: "file"; readonly origin: string; readonly mode: number };

/** The framework's files as the ledger says they were moved and removed. */
export function filesWithLedger(framework: HomeFiles, ledger: HomeLedger): HomeFiles {
  if (ledger.size === 0) return framework;
  const added = new Map<string, string[]>();
  for (const [path, { kind }] of ledger) {
    if (kind !== "file") continue;
    const folder = parentPath(path);
    added.set(folder, [...(added.get(folder) ?? []), path.slice(folder === "" ? 0 : folder.length + 1)]);
  }
  return {
    async lookAt(paths) {
      const origins = paths.map((path) => {
        const moved = ledger.get(path);
        return moved?.kind === "file" ? moved.origin : path;
      });
      const found = await framework.lookAt(origins);
      return found.map((entry, index): HomeEntry | undefined => {
        const moved = ledger.get(paths[index]!);
        if (!moved) return entry;
        return entry?.kind === "file" && moved.kind === "file" ? { ...entry, mode: moved.mode } : undefined;
      });
    },
    isFrameworkFile: (path) => framework.isFrameworkFile(path),
    async list(folder) {
      const prefix = folder === "" ? "" : `${folder}/`;
      const names = await framework.list(folder);
      const left = names.filter((name) => ledger.get(prefix + name)?.kind !== "gone");
      return [...new Set([...left, ...(added.get(folder) ?? [])])];
    },
  };
}
