import type { SymbolKind } from "../symbols/symbol.ts";
import type { FoundSymbol, KnownSymbols } from "./known-symbols.ts";

/** What is found by its name. */
const kinds: readonly SymbolKind[] = ["package", "file", "module", "sub", "setting", "table", "column"];

/** More of them nobody looks through. */
export const mostSymbols = 1000;

/** What the documents of a workspace define under a name that has some letters in their order, the nearest first. */
export function workspaceSymbols(query: string, known: KnownSymbols): readonly FoundSymbol[] {
  const best = new Best();
  for (const found of known.search(query.trim(), kinds, mostSymbols)) best.take(found);
  return best.inOrder();
}

/** The best of many, without keeping all of them. */
class Best {
  #kept: FoundSymbol[] = [];
  #worst = Number.POSITIVE_INFINITY;

  take(found: FoundSymbol): void {
    if (found.rank > this.#worst) return;
    this.#kept.push(found);
    if (this.#kept.length < 4 * mostSymbols) return;
    this.#kept = [...this.inOrder()];
    this.#worst = this.#kept.at(-1)!.rank;
  }

  inOrder(): readonly FoundSymbol[] {
    return this.#kept
      .sort(
        (a, b) => a.rank - b.rank || order(a) - order(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
      )
      .slice(0, mostSymbols);
  }
}

/** Packages come first, and columns last. */
function order({ kind }: FoundSymbol): number {
  return kinds.indexOf(kind);
}
