import type { Span } from "../text/span.ts";

/**
 * What has a name in a package and its files.
 *
 * - `package`: one that a spec is for, asks for or absorbs
 * - `file`: what a `Location` names, in its plain form
 * - `module`: a Perl module, `sub` what is written or called in one
 * - `setting`: a setting of the system configuration
 * - `key`: a foreign key, which goes by its columns, see `foreignKeyName`
 */
export type SymbolKind =
  | "package"
  | "file"
  | "module"
  | "sub"
  | "setting"
  | "table"
  | "column"
  | "index"
  | "key";

/** What a place does with a name: gives it, uses it, or takes it away. */
export type SymbolRole = "defined" | "used" | "renamed" | "dropped";

/** What has a name, wherever it stands. */
export interface SymbolName {
  readonly kind: SymbolKind;
  /** As it is written there; of a module as Perl calls it, whether it is code or a path that names it. */
  readonly name: string;
  /**
   * The table that a column, an index or a key belongs to, the module that a sub does; undefined for others, and where
   * the document does not say it.
   */
  readonly owner: string | undefined;
}

/** A name at one place of a document. */
export interface PackageSymbol extends SymbolName {
  readonly role: SymbolRole;
  /** Of the name alone. */
  readonly span: Span;
  /** The name that this one takes the place of, of the same kind and owner; absent for what is not renamed. */
  readonly before?: string;
}

/** Whether databases tell names of a kind apart by letter case; they mostly do not. */
export function isFolded(kind: SymbolKind): boolean {
  return kind === "table" || kind === "column" || kind === "index" || kind === "key";
}

/** What two symbols have in common that name the same thing. */
export function symbolKey({ kind, name, owner }: SymbolName): string {
  const key = `${kind}\n${owner ?? ""}\n${name}`;
  return isFolded(kind) ? key.toLowerCase() : key;
}
