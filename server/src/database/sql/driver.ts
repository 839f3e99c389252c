import type { ReservingDatabase } from "../../model/reserved-words.ts";
import type { BrokenStatement, Guard, NewColumn, NewKey, SchemaChange } from "../schema-change.ts";
import type { SqlMessage, SqlStatement } from "../sql-script.ts";
import type { Column } from "./column.ts";

/** What one database does differently from the others. Everything they share is in the files beside the drivers. */
export interface SqlDriver extends SqlLanguage {
  /** Whether characters of four bytes are replaced by U+FFFD on their way to the database. */
  readonly replacesLongCharacters: boolean;
  /** The inner lines of `CREATE TABLE`, what they mean, and the statements that follow it. */
  tableBody(table: TableDraft, report: Report): TableBody;
  dropTable(table: string, report: ReportMissing): readonly DraftStatement[];
  renameTable(from: string, to: string, prefix: string): readonly DraftStatement[];
  addColumn(target: AlteredTable, column: Column): readonly DraftStatement[];
  /** @param from the old name, which may be the same as the new one of `column` */
  changeColumn(target: AlteredTable, from: string, column: Column): readonly DraftStatement[];
  dropColumn(target: AlteredTable, name: string): readonly DraftStatement[];
  createKey(table: string, key: KeyDraft): readonly DraftStatement[];
  dropKey(table: string, name: string, unique: boolean): readonly DraftStatement[];
  createForeignKey(key: ForeignKeyDraft): readonly DraftStatement[];
  dropForeignKey(key: ForeignKeyDraft): readonly DraftStatement[];
}

/** The words and rules of a database's own SQL. */
export interface SqlLanguage {
  /** The name of a table as statements write it. */
  tableText(name: string): string;
  /** Why a text cannot be the name of a table; undefined when it can. */
  tableProblem(name: string): BrokenStatement | undefined;
  /** The type of a column as the database calls it; a type that is not translated passes through. */
  translateType(type: string, size: string | undefined): string;
  /** Found in types whose default stands without quotes. */
  readonly numericType: RegExp;
  /** The first words of all types that the database knows, in lower case. */
  readonly knownTypes: ReadonlySet<string>;
  /** Found behind the first word of types that the database does not understand; undefined where there is no such word. */
  readonly foreignTypeWords?: RegExp;
  /** A name that an author has quoted. */
  readonly quotedName: RegExp;
  /** The lists of words that cannot be names. */
  readonly reserving: readonly ReservingDatabase[];
  /** Names above it are refused; undefined where they are cut off. */
  readonly nameLimit: number | undefined;
  /** Quotes a text's special characters; the quotes around it are added elsewhere. */
  escape(text: string): string;
  /** Reads what stands between quotes; undefined when it ends too early or not at all. */
  unescape(text: string): string | undefined;
  /** Whether `Data` of type AutoIncrement is left out of an `Insert`. */
  readonly omitsAutoIncrement: boolean;
  /** Whether a row without any column can be inserted. */
  readonly acceptsEmptyRow: boolean;
}

/** A statement whose tag is known elsewhere. */
export type DraftStatement = Omit<SqlStatement, "tag">;

export interface TableDraft {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Sorted by name, like `indexes`; all columns of the same name together. */
  readonly uniques: readonly KeyDraft[];
  readonly indexes: readonly KeyDraft[];
}

export interface TableBody {
  readonly lines: readonly TableLine[];
  readonly columns: readonly NewColumn[];
  /** Those that were given and did not get into the lines. */
  readonly lostColumns: readonly string[];
  readonly primaryKey: string | undefined;
  readonly keys: readonly NewKey[];
  readonly problem: BrokenStatement | undefined;
  readonly following: readonly SqlStatement[];
}

/** A column or a key inside of `CREATE TABLE`, and where it comes from. */
export interface TableLine {
  readonly text: string;
  readonly tag: SqlStatement["tag"];
}

/** The table of a `TableAlter`. Both texts are empty for an element that stands outside of one. */
export interface AlteredTable {
  readonly table: string;
  /** What a statement about the table begins with. */
  readonly prefix: string;
}

export interface KeyDraft extends NewKey {
  readonly tag: SqlStatement["tag"];
}

export interface ForeignKeyDraft {
  readonly table: string;
  readonly column: string;
  readonly foreignTable: string;
  readonly foreignColumn: string;
}

export type Report = (message: SqlMessage) => void;
/** Reports that a name is missing, at a tag that the caller knows. */
export type ReportMissing = (id: "need-table" | "need-name") => void;

/** A statement with its meaning; it means nothing else than its first problem when it has one. */
export function statement(
  sql: string,
  change: SchemaChange | undefined,
  ...problems: readonly (BrokenStatement | undefined)[]
): DraftStatement {
  const problem = problems.find((each) => each !== undefined);
  return { sql, change: problem ? { kind: "broken", problem } : change };
}

/** A change whose statement may stand behind a guard. */
export type GuardedChange = Extract<SchemaChange, { readonly guard: Guard }>;

export type WithoutGuard<Change> = Change extends unknown ? Omit<Change, "guard"> : never;

export function withGuard(change: WithoutGuard<GuardedChange>, guard: Guard): GuardedChange {
  return { ...change, guard } as GuardedChange;
}
