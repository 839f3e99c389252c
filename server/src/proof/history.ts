import type { SqlStatement } from "../database/sql-script.ts";
import { isSameName, plainName } from "../database/table.ts";
import type { StartTag } from "../model/package-structure.ts";
import { type DatabaseObject, type Effects, effectsOf, identityOf, tableObject } from "./database-object.ts";

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
  readonly #last = new Map<string, Event>();
  readonly #inserts: SqlStatement[] = [];

  /** @param isSure false for a statement that may have failed */
  note(statement: SqlStatement, isSure: boolean): void {
    if (statement.change?.kind === "insert") {
      this.#inserts.push(statement);
      return;
    }
    const { makes, drops, renames, alters } = effectsOf(statement);
    const { tag } = statement;
    const isDefined = alters ? this.withTable(alters.from)?.isDefined === true : true;
    if (renames) this.#move(renames);
    for (const object of drops)
      this.#last.set(identityOf(object), { kind: "gone", tag, isSure, isDefined: true });
    for (const object of makes) {
      const isWhole = renames ? this.of(tableObject(renames.to))?.isDefined === true : isDefined;
      this.#last.set(identityOf(object), { kind: "made", tag, isSure, isDefined: isWhole });
    }
  }

  /** Undefined when nothing was done to the object itself. */
  of(object: DatabaseObject): Event | undefined {
    return this.#last.get(identityOf(object));
  }

  /** The same where an object has come, or has gone, with its table. */
  withTable(object: DatabaseObject): Event | undefined {
    return this.of(object) ?? this.of(tableObject(object.table));
  }

  /** The first statement that has put a row with the same values into a table, as far as columns are named. */
  insertLike({ change }: SqlStatement): StartTag | undefined {
    if (change?.kind !== "insert") return undefined;
    const like = this.#inserts.find(
      ({ change: other }) =>
        other?.kind === "insert" &&
        isSameName(other.table, change.table) &&
        change.values.some(({ column, value }) =>
          other.values.some((each) => isSameName(each.column, column) && each.value.sql === value.sql),
        ),
    );
    return like?.tag;
  }

  /** Parts of a table go with it where it gets another name. */
  #move({ from, to }: NonNullable<Effects["renames"]>): void {
    const [old, name] = [` ${JSON.stringify(plainName(from))} `, ` ${JSON.stringify(plainName(to))} `];
    for (const [identity, event] of [...this.#last]) {
      if (identity.includes(old))
        this.#last.set(
          identity.replace(old, () => name),
          event,
        );
    }
  }
}
