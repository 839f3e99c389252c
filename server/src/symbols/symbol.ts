import type { Span } from "../text/span.ts";

/** What has a name in a package. */
export type SymbolKind = "table" | "column" | "index" | "module";

/** What a place does with a name: gives it, uses it, or takes it away. */
export type SymbolRole = "defined" | "used" | "renamed" | "dropped";

/** A name at one place of a spec. */
export interface PackageSymbol {
  readonly kind: SymbolKind;
  /** As it is written there; of a module as Perl calls it, whether it is code or a path that names it. */
  readonly name: string;
  /** The table that a column or an index belongs to; undefined for others, and where the spec does not say it. */
  readonly table: string | undefined;
  readonly role: SymbolRole;
  /** Of the name alone. */
  readonly span: Span;
}
