import type { FoundSymbol, NamedDocumentKind, SymbolPlace, SymbolRename } from "../features/known-symbols.ts";
import {
  isFolded,
  type PackageSymbol,
  type SymbolKind,
  type SymbolName,
  type SymbolRole,
  symbolKey,
} from "../symbols/symbol.ts";
import { fuzzyRank, highestRank, lettersOf } from "../text/fuzzy.ts";
import { lineStartsOf, positionIn } from "../text/source-text.ts";

/**
 * The names in documents that nobody has open, with their places, in as little memory as is needed for hundreds of
 * packages: names are numbers, and places of a document are rows of numbers in the order of these. Nothing else is kept
 * of a document.
 */
export class SymbolIndex {
  readonly #names = new Names();
  readonly #documents = new Map<string, IndexedDocument>();

  has(document: string): boolean {
    return this.#documents.has(document);
  }

  /** How many places are kept, of all documents together. */
  get placeCount(): number {
    let count = 0;
    for (const { rows } of this.#documents.values()) count += rows.length / rowSize;
    return count;
  }

  /**
   * Takes the names of a document in place of those it had.
   *
   * @param document absolute path
   * @param stamp of the file, where editors read the same text of it
   */
  read(
    document: string,
    kind: NamedDocumentKind,
    symbols: readonly PackageSymbol[],
    text: string,
    stamp?: string,
  ): void {
    const ids = Uint32Array.from(symbols, (symbol) => this.#names.idOf(symbol));
    const order = Uint32Array.from(ids.keys()).sort((a, b) => ids[a]! - ids[b]! || a - b);
    const rows = new Uint32Array(symbols.length * rowSize);
    order.forEach((from, at) => {
      const { role, span, before } = symbols[from]!;
      const roleAt = before === undefined ? roles.indexOf(role) : renaming;
      rows[at * rowSize] = ids[from]!;
      rows[at * rowSize + 1] = span.start;
      rows[at * rowSize + 2] = (span.end - span.start) * roleCount + roleAt;
    });
    this.#documents.set(document, {
      kind,
      rows,
      stamp,
      lineStarts: Uint32Array.from(lineStartsOf(text)),
      renames: symbols.flatMap(({ kind, name, owner, before }): readonly SymbolRename[] =>
        before === undefined ? [] : [{ kind, name, owner, before }],
      ),
    });
  }

  /** What the disk said of a document when its names were read; undefined where editors read another text of it. */
  stampOf(document: string): string | undefined {
    return this.#documents.get(document)?.stamp;
  }

  forget(document: string): void {
    this.#documents.delete(document);
  }

  /** All places of a name, document by document, in no order within one. */
  *places(symbol: SymbolName): Iterable<SymbolPlace> {
    const id = this.#names.known(symbol);
    if (id === undefined) return;
    for (const [document, indexed] of this.#documents) {
      const { rows } = indexed;
      for (let row = firstRowOf(rows, id); rows[row * rowSize] === id; row++)
        yield placeAt(document, indexed, row);
    }
  }

  /** What is renamed in any document. */
  *renames(): Iterable<SymbolRename & { readonly document: string }> {
    for (const [document, { renames }] of this.#documents)
      for (const rename of renames) yield { ...rename, document };
  }

  /**
   * The places at which names are defined that answer a question, see {@link fuzzyRank}, each with its rank. Of more than
   * are wanted those of the lowest ranks.
   *
   * @param query in lower case
   */
  *definitions(query: string, kinds: readonly SymbolKind[], wanted: number): Iterable<FoundSymbol> {
    const ranks = this.#names.ranks(query, kinds);
    const counts = new Uint32Array(highestRank + 1);
    for (const { rows } of this.#documents.values())
      for (const at of definingRows(rows, ranks)) counts[ranks[rows[at]!]! - 1]!++;
    let left = wanted;
    let worst = 0;
    while (worst < highestRank && left > counts[worst]!) left -= counts[worst++]!;
    let found = 0;
    for (const [document, indexed] of this.#documents) {
      const { rows } = indexed;
      for (const at of definingRows(rows, ranks)) {
        const rank = ranks[rows[at]!]! - 1;
        if (rank > worst || (rank === worst && left-- <= 0)) continue;
        yield { ...this.#names.nameOf(rows[at]!), ...placeAt(document, indexed, at / rowSize), rank };
        if (++found >= wanted) return;
      }
    }
  }
}

/** Where rows begin that define a name with a rank. */
function* definingRows(rows: Uint32Array, ranks: Uint32Array): Iterable<number> {
  for (let at = 0; at < rows.length; at += rowSize)
    if (ranks[rows[at]!] !== 0 && roleIn(rows[at + 2]!) === "defined") yield at;
}

interface IndexedDocument {
  readonly kind: NamedDocumentKind;
  /** {@link rowSize} numbers for each place: the name, the offset, and the length with the role. */
  readonly rows: Uint32Array;
  readonly stamp: string | undefined;
  /** See {@link lineStartsOf}. */
  readonly lineStarts: Uint32Array;
  readonly renames: readonly SymbolRename[];
}

const rowSize = 3;
const roles: readonly SymbolRole[] = ["defined", "used", "renamed", "dropped"];
/** In place of a role, for the new name of something. */
const renaming = roles.length;
const roleCount = roles.length + 1;

function roleIn(packed: number): SymbolRole {
  return roles[packed % roleCount] ?? "defined";
}

/** The row at which those of a name begin, if there are any. */
function firstRowOf(rows: Uint32Array, id: number): number {
  let low = 0;
  let high = rows.length / rowSize;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle * rowSize]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeAt(document: string, { kind, rows, lineStarts }: IndexedDocument, row: number): SymbolPlace {
  const start = rows[row * rowSize + 1]!;
  const packed = rows[row * rowSize + 2]!;
  const length = Math.floor(packed / roleCount);
  return {
    document,
    documentKind: kind,
    role: roleIn(packed),
    isRename: packed % roleCount === renaming,
    place: { start: positionIn(lineStarts, start), end: positionIn(lineStarts, start + length) },
  };
}

/** Names as numbers. A name stays when nothing has it any more: it may come back, and there are not many of them. */
class Names {
  readonly #ids = new Map<string, number>();
  readonly #keys: string[] = [];
  /** Of names that are compared without letter case, as they are written, where that is not in lower case. */
  readonly #spellings = new Map<number, string>();
  /** See {@link lettersOf}; grows with the names. */
  #letters = new Uint32Array(1024);

  idOf(symbol: SymbolName): number {
    const key = symbolKey(symbol);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#keys.length;
    const own = withoutText(key);
    this.#ids.set(own, id);
    this.#keys.push(own);
    if (id === this.#letters.length) {
      const more = new Uint32Array(id * 2);
      more.set(this.#letters);
      this.#letters = more;
    }
    this.#letters[id] = lettersOf(symbol.name);
    const spelling = `${symbol.owner ?? ""}\n${symbol.name}`;
    if (isFolded(symbol.kind) && spelling !== spelling.toLowerCase())
      this.#spellings.set(id, withoutText(spelling));
    return id;
  }

  known(symbol: SymbolName): number | undefined {
    return this.#ids.get(symbolKey(symbol));
  }

  /** For each name by its number: 0 for one that does not answer the question, or its rank and 1. */
  ranks(query: string, kinds: readonly SymbolKind[]): Uint32Array {
    const ranks = new Uint32Array(this.#keys.length);
    const wanted = lettersOf(query);
    const heads = kinds.map((kind) => `${kind}\n`);
    for (let id = 0; id < ranks.length; id++) {
      if ((this.#letters[id]! & wanted) !== wanted) continue;
      const key = this.#keys[id]!;
      if (!heads.some((head) => key.startsWith(head))) continue;
      const rank = fuzzyRank(query, key.slice(key.indexOf("\n", key.indexOf("\n") + 1) + 1));
      if (rank !== undefined) ranks[id] = rank + 1;
    }
    return ranks;
  }

  nameOf(id: number): SymbolName {
    const key = this.#keys[id]!;
    const kindEnd = key.indexOf("\n");
    const spelling = this.#spellings.get(id) ?? key.slice(kindEnd + 1);
    const ownerEnd = spelling.indexOf("\n");
    return {
      kind: key.slice(0, kindEnd) as SymbolKind,
      owner: spelling.slice(0, ownerEnd) || undefined,
      name: spelling.slice(ownerEnd + 1),
    };
  }
}

/** The same characters in a string of their own: a part of a text would keep the whole text in memory. */
function withoutText(part: string): string {
  return JSON.parse(JSON.stringify(part)) as string;
}
