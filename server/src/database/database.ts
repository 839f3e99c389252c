import type { DatabaseKind } from "./database-kind.ts";

/** The tables of one system. Immutable: a change gives a new one. */
export interface Database {
  readonly kind: DatabaseKind;
}
