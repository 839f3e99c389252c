import type { Drift } from "../database/drift.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import { isSameName, plainName } from "../database/table.ts";
import type { Message } from "../l10n/translate.ts";
import type { StartTag } from "../model/package-structure.ts";
import { memo } from "../text/memo.ts";
import { type DatabaseObject, effectsOf, identityOf, tableObject } from "./database-object.ts";

/**
 * Why an upgraded system is not as a fresh one:
 *
 * - `not-in-upgrade`: only a fresh install makes it, or makes it so
 * - `not-in-install`: only the upgrade makes it
 * - `otherwise`: both do something about it, and not the same
 * - `gate`: the upgrade would make it the same, but its version keeps that from running
 * - `fails`: the upgrade would make it the same, but the database does not carry that out
 * - `left`: an older version made it, and nothing takes it away
 */
export type PartingCause = "not-in-upgrade" | "not-in-install" | "otherwise" | "gate" | "fails" | "left";

/** Why it is so. */
export const partingTexts: Readonly<Record<PartingCause, Message>> = {
  "not-in-upgrade": { text: "Only a fresh install makes it so: no element of the upgrade does." },
  "not-in-install": { text: "Only the upgrade makes it so: no element of the install does." },
  otherwise: { text: "The upgrade does something else about it than the install." },
  gate: { text: "The upgrade has an element for it, but its version keeps that from running." },
  fails: { text: "The upgrade has an element for it, but the database does not carry its statement out." },
  left: { text: "An older version made it, and no upgrade takes it away." },
};

/** Where in a package the ways of a fresh install and of an upgrade part. */
export interface Parting {
  readonly cause: PartingCause;
  /** The element that the other way lacks; undefined where the package has none about it. */
  readonly tag: StartTag | undefined;
  /** The one of the other way; undefined where there is none. */
  readonly other: StartTag | undefined;
}

/** What was done on the way to two databases. */
export interface Ways {
  /** Of a fresh install. */
  readonly installed: readonly SqlStatement[];
  /** Of the upgrade to the present version, those that the database carries out. */
  readonly upgraded: readonly SqlStatement[];
  /** Those that it does not; absent for none. */
  readonly refused?: readonly SqlStatement[];
  /** What the upgrade would do from any version. */
  readonly inUpgrade: readonly SqlStatement[];
}

const nothing: readonly SqlStatement[] = [];

export function partingOf(
  drift: Drift,
  { installed, upgraded, refused = nothing, inUpgrade }: Ways,
): Parting {
  const fresh = lastAbout(drift, installed);
  const done = lastAbout(drift, upgraded);
  const [ran, failing] = [countsIn(upgraded), countsIn(refused)];
  const elsewhere = lastAbout(
    drift,
    inUpgrade,
    ({ tag, change }) => !ran.has(tag.count) && !failing.has(tag.count) && mayMend(drift, change),
  );
  const wanted = drift.fresh !== undefined;
  const table = lastAbout({ ...drift, kind: "table", name: "" }, installed)?.tag;
  const failed = lastAbout(drift, refused);
  if (failed && failed.makes === wanted && !(done && done.makes === wanted))
    return { cause: "fails", tag: failed.tag, other: fresh?.tag ?? table };
  // What did not run and would have had the right effect.
  if (elsewhere && elsewhere.makes === wanted && !(done && done.makes === wanted))
    return { cause: "gate", tag: elsewhere.tag, other: fresh?.tag ?? table };
  if (done) {
    const cause = drift.fresh === undefined && done.makes ? "not-in-install" : "otherwise";
    return { cause, tag: done.tag, other: fresh?.tag ?? table };
  }
  if (wanted) return { cause: "not-in-upgrade", tag: fresh?.tag ?? table, other: undefined };
  return { cause: "left", tag: table, other: undefined };
}

/** False for a statement that would make a column with the same property as it has without it. */
function mayMend({ kind, other }: Drift, change: SchemaChange | undefined): boolean {
  if (change?.kind !== "add-column" && change?.kind !== "redefine-column") return true;
  const { type, nullable, default: value } = change.column;
  switch (kind) {
    case "column-type":
    case "column-size":
      return type !== other;
    case "column-required":
      return (other === "NULL") !== nullable;
    case "column-default":
      return value !== other;
    default:
      return true;
  }
}

interface About {
  readonly tag: StartTag;
  readonly makes: boolean;
}

/** What tells the elements of statements from others. */
const countsIn = memo(
  (statements: readonly SqlStatement[]): ReadonlySet<number> =>
    new Set(statements.map(({ tag }) => tag.count)),
);

/** The last statement about a thing, of those that count. */
function lastAbout(
  drift: Drift,
  statements: readonly SqlStatement[],
  counts: (statement: SqlStatement) => boolean = () => true,
): About | undefined {
  const { kind } = drift;
  if (kind === "row") return lastInsert(drift, statements, counts);
  if (kind === "foreign-key") return lastForeignKey(drift, statements, counts);
  const found = effectsIn(statements)
    .get(identityOf(objectOf(drift)))
    ?.findLast(({ statement }) => counts(statement));
  if (!found) return undefined;
  const { statement, makes } = found;
  return { tag: makes ? partNamed(statement, drift) : statement.tag, makes };
}

interface Effect {
  readonly statement: SqlStatement;
  /** False where it drops the thing. */
  readonly makes: boolean;
}

/** What statements do to a thing, in their order, by its identity. */
const effectsIn = memo((statements: readonly SqlStatement[]): ReadonlyMap<string, readonly Effect[]> => {
  const effects = new Map<string, Effect[]>();
  for (const statement of statements) {
    const { makes, drops } = effectsOf(statement);
    const made = new Set(makes.map(identityOf));
    for (const identity of new Set([...made, ...drops.map(identityOf)])) {
      const effect = { statement, makes: made.has(identity) };
      const known = effects.get(identity);
      if (known) known.push(effect);
      else effects.set(identity, [effect]);
    }
  }
  return effects;
});

function objectOf({ kind, table, name }: Drift): DatabaseObject {
  switch (kind) {
    case "table":
      return tableObject(table);
    case "primary-key":
      return { kind, table, name: "" };
    case "key":
    case "key-name":
      return { kind: "key", table, name };
    default:
      return { kind: "column", table, name };
  }
}

/** A column or a key of a new table has an element of its own. */
function partNamed({ tag, parts = [] }: SqlStatement, { name }: Drift): StartTag {
  if (name === "") return tag;
  return parts.find((part) => isSameName(part.tag.attributes.get("Name") ?? "", name))?.tag ?? tag;
}

function lastForeignKey(
  { table, name }: Drift,
  statements: readonly SqlStatement[],
  counts: (statement: SqlStatement) => boolean,
): About | undefined {
  const isAbout = (change: SchemaChange | undefined): boolean =>
    change?.kind === "add-foreign-key" && isSameName(change.table, table) && isSameName(change.column, name);
  const made = statements.findLast((statement) => isAbout(statement.change) && counts(statement));
  const dropped = statements.findLast((statement) => {
    const { change, tag } = statement;
    return (
      change?.kind === "drop-foreign-key" &&
      isSameName(change.table, table) &&
      isSameName(tag.attributes.get("Local") ?? name, name) &&
      counts(statement)
    );
  });
  const last = made && dropped ? (made.tag.count > dropped.tag.count ? made : dropped) : (made ?? dropped);
  return last && { tag: last.tag, makes: last === made };
}

/** A row is told by the values that are written in its statement. */
function lastInsert(
  { table, rows }: Drift,
  statements: readonly SqlStatement[],
  counts: (statement: SqlStatement) => boolean,
): About | undefined {
  const wanted = [rows?.fresh, rows?.other].filter((row) => row !== undefined);
  const found = insertsIn(statements)
    .get(plainName(table))
    ?.findLast(
      ({ statement, change }) =>
        wanted.some((row) =>
          change.values.every(({ column, value }) => {
            const there = row.get(plainName(column));
            return there === undefined || value.text === undefined || there === value.text;
          }),
        ) && counts(statement),
    );
  return found && { tag: found.statement.tag, makes: true };
}

interface InsertStatement {
  readonly statement: SqlStatement;
  readonly change: Extract<SchemaChange, { readonly kind: "insert" }>;
}

/** By the plain names of tables, in their order: a table may have thousands of rows that differ. */
const insertsIn = memo(
  (statements: readonly SqlStatement[]): ReadonlyMap<string, readonly InsertStatement[]> => {
    const inserts = new Map<string, InsertStatement[]>();
    for (const statement of statements) {
      const { change } = statement;
      if (change?.kind !== "insert") continue;
      const key = plainName(change.table);
      const known = inserts.get(key);
      if (known) known.push({ statement, change });
      else inserts.set(key, [{ statement, change }]);
    }
    return inserts;
  },
);
