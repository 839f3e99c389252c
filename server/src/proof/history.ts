import type { SchemaChange } from "../database/schema-change.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import { plainName } from "../database/table.ts";
import type { StartTag } from "../model/package-structure.ts";
import { type DatabaseObject, type Effects, effectsOf, tableObject } from "./database-object.ts";

/** What a statement has last done to an object. */
export interface Event {
  readonly kind: "made" | "gone";
  readonly tag: StartTag;
  /** False where the statement may have failed. */
  readonly isSure: boolean;
  /** False for a column of which nobody knows what it was before it was changed. */
  readonly isDefined: boolean;
}

/** What the statements of one operation have done so far. */
export class History {
  /** By table, and there by kind and name. */
  readonly #tables = new Map<string, Map<string, Event>>();
  /** The first row with each value in each column, by table. */
  readonly #inserts = new Map<string, StartTag>();

  /** @param isSure false for a statement that may have failed */
  note(statement: SqlStatement, isSure: boolean): void {
    const { change, tag } = statement;
    if (change?.kind === "insert") {
      for (const value of valuesOf(change)) {
        if (!this.#inserts.has(value)) this.#inserts.set(value, tag);
      }
      return;
    }
    const { makes, drops, renames, alters } = effectsOf(statement);
    const isDefined = renames
      ? this.of(tableObject(renames.from))?.isDefined === true
      : !alters || this.withTable(alters.from)?.isDefined === true;
    if (renames) this.#move(renames);
    for (const object of drops) this.#set(object, { kind: "gone", tag, isSure, isDefined: true });
    for (const object of makes) this.#set(object, { kind: "made", tag, isSure, isDefined });
  }

  /** Undefined when nothing was done to the object itself. */
  of(object: DatabaseObject): Event | undefined {
    return this.#tables.get(plainName(object.table))?.get(partName(object));
  }

  /** The same where an object has come, or has gone, with its table. */
  withTable(object: DatabaseObject): Event | undefined {
    return this.of(object) ?? this.of(tableObject(object.table));
  }

  /** The first statement that has put a row into a table with one of the same values. */
  insertLike({ change }: SqlStatement): StartTag | undefined {
    if (change?.kind !== "insert") return undefined;
    const like = valuesOf(change).find((value) => this.#inserts.has(value));
    return like === undefined ? undefined : this.#inserts.get(like);
  }

  #set(object: DatabaseObject, event: Event): void {
    const table = plainName(object.table);
    const parts = this.#tables.get(table);
    if (parts) parts.set(partName(object), event);
    else this.#tables.set(table, new Map([[partName(object), event]]));
  }

  /** Parts of a table go with it where it gets another name. */
  #move({ from, to }: NonNullable<Effects["renames"]>): void {
    const [old, name] = [plainName(from), plainName(to)];
    const parts = this.#tables.get(old);
    if (!parts || old === name) return;
    this.#tables.delete(old);
    this.#tables.set(name, parts);
  }
}

function partName({ kind, name }: DatabaseObject): string {
  return `${kind} ${plainName(name)}`;
}

function valuesOf({ table, values }: Extract<SchemaChange, { readonly kind: "insert" }>): readonly string[] {
  return values.map(({ column, value }) => JSON.stringify([plainName(table), plainName(column), value.sql]));
}
