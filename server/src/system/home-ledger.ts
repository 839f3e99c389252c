import type { Home, HomeEntry } from "./home.ts";
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
export function homeWithLedger(framework: Home, ledger: HomeLedger): Home {
  if (ledger.size === 0) return framework;
  const added = new Map<string, string[]>();
  for (const [path, { kind }] of ledger) {
    if (kind !== "file") continue;
    const folder = parentPath(path);
    added.set(folder, [...(added.get(folder) ?? []), path.slice(folder === "" ? 0 : folder.length + 1)]);
  }
  return {
    entry(path): HomeEntry | undefined {
      const moved = ledger.get(path);
      if (!moved) return framework.entry(path);
      const entry = moved.kind === "gone" ? undefined : framework.entry(moved.origin);
      return entry?.kind === "file" && moved.kind === "file" ? { ...entry, mode: moved.mode } : undefined;
    },
    isFrameworkFile: (path) => framework.isFrameworkFile(path),
    list(folder) {
      const prefix = folder === "" ? "" : `${folder}/`;
      const names = framework.list(folder).filter((name) => ledger.get(prefix + name)?.kind !== "gone");
      return [...new Set([...names, ...(added.get(folder) ?? [])])];
    },
  };
}
