import { isTrue, type StartTag } from "../../model/package-structure.ts";
import type { SqlStatement } from "../sql-script.ts";
import type { DraftStatement, ForeignKeyDraft, KeyDraft, Report, SqlDriver } from "./driver.ts";

/*
 * What every driver asks for before it makes a statement about a key; when something is missing there is a line in
 * the log and no statement.
 *
 * Source: Znuny 7.1 and OTOBO 11, IndexCreate, IndexDrop, UniqueCreate, UniqueDrop, ForeignKeyCreate and
 * ForeignKeyDrop of all drivers. That an index has no column is never noticed.
 */

export function createNamedKey(
  table: string,
  key: KeyDraft,
  create: SqlDriver["createKey"],
  report: Report,
): readonly SqlStatement[] {
  return withNames(table, key.name, key.tag, report, () => create(table, key));
}

export function dropNamedKey(
  table: string,
  { name, unique, tag }: Pick<KeyDraft, "name" | "unique" | "tag">,
  driver: SqlDriver,
  report: Report,
): readonly SqlStatement[] {
  return withNames(table, name, tag, report, () => driver.dropKey(table, name, unique));
}

function withNames(
  table: string,
  name: string,
  tag: StartTag,
  report: Report,
  make: () => readonly DraftStatement[],
): readonly SqlStatement[] {
  const missing = !isTrue(table) ? "need-table" : !isTrue(name) ? "need-name" : undefined;
  if (!missing) return make().map((draft) => ({ ...draft, tag }));
  report({ id: missing, values: {}, tag });
  return [];
}

/** @param reference the tag that names both columns */
export function foreignKeyStatements(
  table: string,
  foreignTable: string,
  reference: StartTag,
  make: (key: ForeignKeyDraft) => readonly DraftStatement[],
  report: Report,
): readonly SqlStatement[] {
  const column = reference.attributes.get("Local") ?? "";
  const foreignColumn = reference.attributes.get("Foreign") ?? "";
  const tables = isTrue(table) && (isTrue(foreignTable) || !isTrue(column));
  if (tables && isTrue(column) && isTrue(foreignColumn)) {
    const drafts = make({ table, column, foreignTable, foreignColumn });
    return drafts.map((draft) => ({ ...draft, tag: reference }));
  }
  report({ id: tables ? "need-columns" : "need-table", values: {}, tag: reference });
  return [];
}
