import { applySchemaChange } from "../database/apply-schema-change.ts";
import type { Database } from "../database/database.ts";
import { type DatabaseError, databaseError, lostColumns } from "../database/database-error.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import { isSameName, plainName } from "../database/table.ts";
import { knownRows } from "../database/table-rows.ts";
import type { Message } from "../l10n/translate.ts";
import type { StartTag } from "../model/package-structure.ts";
import type { Steps } from "../rules/steps.ts";
import { countUpTo } from "../text/count-up-to.ts";
import type { Attempt } from "./attempts.ts";
import { type DatabaseObject, effectsOf, has, identityOf, tableObject, tableOf } from "./database-object.ts";
import { type Event, History } from "./history.ts";
import { restsOn } from "./rests-on.ts";

/** A statement that a database refuses, or passes over without a word. */
export interface Failure {
  readonly statement: SqlStatement;
  /** What the database answers, or would answer if it were let. */
  readonly error: DatabaseError | LostColumns;
  readonly isSilent: boolean;
  /** False where it rests on what older versions have made, of which only the present sections tell. */
  readonly isSure: boolean;
  /** Whether it rests on what the framework has or has not, which may be otherwise in another release. */
  readonly isOfFramework: boolean;
  /** Whether it is about a table that nobody is known to make. */
  readonly isForeign: boolean;
  /** What it rests on, see {@link restsOn}; empty where that is nothing, or not known. */
  readonly objects: readonly DatabaseObject[];
  /** Tables that it is about; code may do something to them. */
  readonly tables: readonly string[];
  /** The statement that is in its way, or that comes too late for it; undefined where there is none, or none is known. */
  readonly other:
    | { readonly tag: StartTag; readonly relation: "made" | "gone" | "later" | "row" }
    | undefined;
}

interface LostColumns extends Message {
  readonly id: "columns-lost";
}

/** How many statements may still be tried. */
export interface Budget {
  left: number;
}

/** What is known of how the database came to be as an operation finds it. */
export interface Origin {
  /** As the framework made it. */
  readonly delivered: Database;
  /**
   * What older versions of the package have made, which is only guessed; undefined where the present sections have made
   * all there is.
   */
  readonly guessed?: Guess;
}

export interface Guess {
  readonly database: Database;
  /** Identities of all objects that some upgrade makes, changes or drops, so that nobody can tell what they were like. */
  readonly changing: ReadonlySet<string>;
  /** What the installation has made that most of it is guessed from. */
  readonly history: History;
}

export interface Outcome {
  readonly database: Database;
  readonly failures: readonly Failure[];
  readonly history: History;
  /** Plain names of tables about which a statement was tried that may have done otherwise. */
  readonly doubtful: ReadonlySet<string>;
}

/**
 * Tries statements one after the other. What a failure leaves undone counts as unknown from then on, so that what fails
 * only because of it is not told as well.
 */
export function* tryStatements(
  attempts: readonly Attempt[],
  before: Database,
  origin: Origin,
  budget: Budget,
): Steps<Outcome> {
  let database = before;
  const failures: Failure[] = [];
  const history = new History();
  const doubtful = new Set<string>();
  const makers = new Makers(attempts);
  for (const [index, { statement }] of attempts.entries()) {
    if (budget.left-- <= 0) break;
    if (index % 32 === 31) yield;
    const { change } = statement;
    if (!change) continue;
    const { database: after, outcome } = applySchemaChange(database, change);
    const error = outcome.kind === "failed" ? outcome.error : errorOf(outcome, change);
    if (error) {
      const scene = { statement, change, database, history, laterMaker: makers.behind(index), origin };
      const failure = failureOf(error, outcome.kind === "done" && error.id !== "columns-lost", scene);
      if (failure) failures.push(failure);
      database = withDoubt(after, statement, error.id);
      if (error.id !== "columns-lost") continue;
    } else database = after;
    const isSure = outcome.kind === "done" && outcome.doubt === undefined;
    if (!isSure) doubtful.add(plainName(tableOf(change) ?? ""));
    history.note(statement, isSure);
  }
  return { database, failures, history, doubtful };
}

type Done = Extract<ReturnType<typeof applySchemaChange>["outcome"], { kind: "done" }>;

/** What a statement does not do although the database takes it, or seems to. */
function errorOf({ passedOver, swallowed }: Done, change: SchemaChange): Failure["error"] | undefined {
  const lost = lostColumns(change);
  if (lost) return { ...lost, id: "columns-lost" };
  // That something is not there that is to be dropped does no harm.
  if (swallowed) return swallowed.id.endsWith("-missing") && isDrop(change) ? undefined : swallowed;
  if (!passedOver) return undefined;
  if (change.kind === "add-key") return databaseError("key-exists", { name: change.key.name });
  if (change.kind === "add-foreign-key") return databaseError("foreign-key-exists", { name: change.name });
  return undefined;
}

function isDrop({ kind }: SchemaChange): boolean {
  return kind === "drop-key" || kind === "drop-foreign-key" || kind === "drop-table";
}

interface Scene {
  readonly statement: SqlStatement;
  readonly change: SchemaChange;
  /** As the statement finds it. */
  readonly database: Database;
  readonly history: History;
  /** What makes an object, or its table, behind the statement. */
  readonly laterMaker: (object: DatabaseObject) => StartTag | undefined;
  readonly origin: Origin;
}

/** Undefined where it is not known whether it really fails. */
function failureOf(error: Failure["error"], isSilent: boolean, scene: Scene): Failure | undefined {
  const { statement, change, database, history, laterMaker, origin } = scene;
  const plain = {
    statement,
    error,
    isSilent,
    isSure: true,
    isOfFramework: false,
    isForeign: false,
    other: undefined,
    objects: [],
  };
  const own = tableOf(change);
  const tables = own === undefined ? [] : [own];
  if (error.id === "columns-lost") return { ...plain, tables };
  const objects = restsOn(error, change, database);
  if (!objects) return origin.guessed ? undefined : { ...plain, tables };
  if (error.id === "value-twice") {
    const isOwn = isAlone(scene);
    if (origin.guessed && !isOwn) return undefined;
    const tag = history.insertLike(statement);
    return { ...plain, tables, other: tag && { tag, relation: "row" } };
  }
  const isMissing = error.id.endsWith("-missing") && error.id !== "parent-row-missing";
  const isAboutNames = isMissing || error.id.endsWith("-exists");
  let other: Failure["other"];
  let [isSure, isOfFramework, isForeign] = [true, false, false];
  for (const object of objects) {
    const event = history.withTable(object);
    const later = isMissing && !event ? laterMaker(object) : undefined;
    // A table that is to be altered is there, or nothing comes of that either way.
    const isOwn = object.kind === "table" && own !== undefined && !isMissing && isSameName(object.table, own);
    const footing =
      later || (isOwn && error.id === "key-exists")
        ? "run"
        : footingOf(object, event, { isMissing, isAboutNames }, origin);
    if (footing === "guess") return undefined;
    if (footing === "likely") isSure = false;
    const isNeverMade = isMissing && !event && !later && !isInOwnTable(object, database);
    if (footing === "framework" || isNeverMade) isOfFramework = true;
    if (isNeverMade && object.kind === "table") isForeign = true;
    other ??= later
      ? { tag: later, relation: "later" }
      : otherOf(event ?? (isMissing ? undefined : origin.guessed?.history.withTable(object)), statement);
  }
  return {
    ...plain,
    ...{ isSure, isOfFramework, isForeign, other, objects },
    tables: [...new Set([...tables, ...objects.map(({ table }) => table)])],
  };
}

/** Whether an object belongs to a table that the package has made, so that the framework has no part in it. */
function isInOwnTable({ kind, table }: DatabaseObject, database: Database): boolean {
  const found = kind === "table" ? undefined : database.table(table);
  return typeof found === "object" && found.origin === "package";
}

function otherOf(event: Event | undefined, { tag }: SqlStatement): Failure["other"] {
  if (!event || event.tag === tag) return undefined;
  return { tag: event.tag, relation: event.kind };
}

/**
 * How it is known what an object is like: from the statements of this run, from the framework, from what the present
 * installation makes and no upgrade changes, or by guessing.
 */
function footingOf(
  object: DatabaseObject,
  event: Event | undefined,
  { isMissing, isAboutNames }: { readonly isMissing: boolean; readonly isAboutNames: boolean },
  { delivered, guessed }: Origin,
): "run" | "framework" | "likely" | "guess" {
  if (event) {
    const isKnown = event.isDefined || isAboutNames || !guessed;
    return event.isSure && isKnown ? "run" : "guess";
  }
  const isDelivered = !isMissing && has(delivered, object);
  if (!guessed) return isDelivered ? "framework" : "run";
  const { database, changing } = guessed;
  const isSteady = [object, tableObject(object.table)].every((each) => !changing.has(identityOf(each)));
  if (isDelivered) return isSteady ? "framework" : "guess";
  return !isMissing && isSteady && has(database, object) ? "likely" : "guess";
}

/** What makes objects, of a list of statements; found out when it is first asked for. */
class Makers {
  readonly #attempts: readonly Attempt[];
  #places: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(attempts: readonly Attempt[]) {
    this.#attempts = attempts;
  }

  behind(index: number): Scene["laterMaker"] {
    return (object) => {
      this.#places ??= this.#find();
      const next = [object, tableObject(object.table)].flatMap((each) => {
        const places = this.#places!.get(identityOf(each)) ?? [];
        return places[countUpTo(places, index)] ?? [];
      });
      return next.length === 0 ? undefined : this.#attempts[Math.min(...next)]!.statement.tag;
    };
  }

  #find(): ReadonlyMap<string, readonly number[]> {
    const places = new Map<string, number[]>();
    for (const [index, { statement }] of this.#attempts.entries()) {
      for (const made of effectsOf(statement).makes) {
        const identity = identityOf(made);
        const known = places.get(identity);
        if (known) known.push(index);
        else places.set(identity, [index]);
      }
    }
    return places;
  }
}

/** Whether a row would fit into the table as the operation finds it, so that only its own rows are in the way. */
function isAlone({ change, origin, database }: Scene): boolean {
  const own = tableOf(change);
  const before = origin.guessed?.database;
  if (!before || own === undefined) return true;
  const table = before.table(own);
  // A table that the operation has made has no other rows.
  if (table === undefined) return typeof database.table(own) === "object";
  return applySchemaChange(before, change).outcome.kind === "done";
}

/** The database in which nobody relies on what a statement has not done. */
function withDoubt(database: Database, { change, tag }: SqlStatement, error: string): Database {
  switch (change?.kind) {
    case "insert": {
      if (error === "value-twice") return database;
      const table = database.table(change.table);
      if (typeof table !== "object" || table.rows === undefined) return database;
      return database.withTable({ ...table, rows: undefined, added: knownRows(table) });
    }
    case "create-table":
    case "drop-table":
    case "redefine-column":
    case "rename-column":
    case "alter-column":
    case "fill-column":
    case "copy-column":
    case "add-primary-key":
      return database.withUnknownTable(change.table);
    case "rename-table":
      return database.withUnknownTable(change.from).withUnknownTable(change.to);
    case "add-column":
      return error === "column-exists" ? database : database.withUnknownTable(change.table);
    case "broken": {
      const { element } = tag;
      const table = [element, element.parent].flatMap((each) =>
        each?.name === "TableCreate" || each?.name === "Table" || each?.name === "TableAlter"
          ? [each.value("Name") ?? each.value("NameNew") ?? ""]
          : [],
      )[0];
      return table === undefined || table === "" ? database : database.withUnknownTable(table);
    }
    default:
      return database;
  }
}
