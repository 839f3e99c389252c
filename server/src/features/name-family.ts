import { type SymbolKind, type SymbolName, symbolKey } from "../symbols/symbol.ts";
import type { KnownSymbols, SymbolRename } from "./known-symbols.ts";
import type { NamedDocument } from "./named-document.ts";

/** Which names of a thing are wanted beside the one that is asked for. */
export type FamilyDirection = "earlier" | "all";

/**
 * The names that tables, columns, indexes and keys have had, or get, where they or their tables are renamed: the name
 * itself first, then the others from the nearest on. Names of other kinds have no others.
 */
export function nameFamily(
  name: SymbolName,
  direction: FamilyDirection,
  document: NamedDocument,
  known: KnownSymbols,
): readonly SymbolName[] {
  if (!renamed.includes(name.kind)) return [name];
  const renames = [...ownRenames(document), ...known.renames(renamingKinds)];
  const family = new Map([[symbolKey(name), name]]);
  // What is added on the way is visited as well.
  for (const member of family.values()) {
    if (family.size > mostNames) break;
    for (const rename of renames) {
      const neighbours = [
        earlierName(member, rename),
        direction === "all" ? laterName(member, rename) : undefined,
      ];
      for (const each of neighbours)
        if (each) family.set(symbolKey(each), family.get(symbolKey(each)) ?? each);
    }
  }
  return [...family.values()];
}

const renamed: readonly SymbolKind[] = ["table", "column", "index", "key"];
const renamingKinds: readonly SymbolKind[] = ["table", "column"];
/** Above what any table has had. */
const mostNames = 100;

function* ownRenames(document: NamedDocument): Iterable<SymbolRename> {
  for (const { kind, name, owner, before } of document.names({ kinds: renamingKinds, role: "defined" }))
    if (before !== undefined && before !== name) yield { kind, name, owner, before };
}

/** What a name was before a renaming; undefined for what this does not concern. */
function earlierName(name: SymbolName, rename: SymbolRename): SymbolName | undefined {
  return replaced(name, rename, rename.name, rename.before);
}

function laterName(name: SymbolName, rename: SymbolRename): SymbolName | undefined {
  return replaced(name, rename, rename.before, rename.name);
}

function replaced(
  { kind, name, owner }: SymbolName,
  rename: SymbolRename,
  from: string,
  to: string,
): SymbolName | undefined {
  if (rename.kind === "table") {
    if (kind === "table") return isSame(name, from) ? { kind, name: to, owner } : undefined;
    return isSame(owner, from) ? { kind, name, owner: to } : undefined;
  }
  const isConcerned = kind === "column" && isSame(owner, rename.owner) && isSame(name, from);
  return isConcerned ? { kind, name: to, owner } : undefined;
}

function isSame(some: string | undefined, other: string | undefined): boolean {
  return some?.toLowerCase() === other?.toLowerCase();
}
