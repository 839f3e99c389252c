import type { Knowledge, TableFact } from "../knowledge/knowledge.ts";
import type { Message } from "../l10n/translate.ts";
import { readStatement, type TableCreation } from "../model/database-statement.ts";
import { SyntaxTree } from "../syntax/tree.ts";

/** A file of a home that says which tables the framework makes. */
export interface SchemaFile {
  /** Relative to the home. */
  readonly path: string;
  /** Undefined for one that cannot be read, or is far too long for one. */
  readonly text: string | undefined;
}

/** Whether a file below `scripts/database` is one of them: `otrs-schema.xml`, `schema.xml` and the like. */
export function isSchemaFile(name: string): boolean {
  return /schema[^/]*\.xml$/i.test(name);
}

export interface HomeTables {
  readonly knowledge: Knowledge;
  /** Why nothing is known of the tables; undefined where all is well, or there are no such files. */
  readonly problem: Message | undefined;
}

/**
 * What is known of the framework in a home: its tables as its own files have them, the rest as of its release.
 *
 * Files that cannot be trusted tell nothing, and then nothing is known of the tables: what others have is no fact of
 * this system.
 *
 * @param files none of a home without them, where the tables of the release count
 */
export function withHomeTables(knowledge: Knowledge, files: readonly SchemaFile[]): HomeTables {
  if (files.length === 0) return { knowledge, problem: undefined };
  const tables = new Map<string, TableFact>();
  for (const file of files) {
    const found = readSchema(file);
    if (!found) return { knowledge: withoutTables(knowledge), problem: unreadable(file) };
    for (const table of found) tables.set(table.name, table);
  }
  // No framework is without the table that packages are kept in.
  if (!tables.has("package_repository"))
    return { knowledge: withoutTables(knowledge), problem: incomplete(files[0]!) };
  const names = [...tables.keys()].sort();
  return {
    knowledge: { ...knowledge, table: (name) => tables.get(name) ?? null, tableNames: () => names },
    problem: undefined,
  };
}

function unreadable({ path }: SchemaFile): Message {
  return {
    text: "Nothing is known of the tables of this framework, because {file} cannot be read as a list of tables.",
    values: { file: path },
  };
}

function incomplete({ path }: SchemaFile): Message {
  return {
    text: "Nothing is known of the tables of this framework, because {file} lacks the table package_repository, which every framework has.",
    values: { file: path },
  };
}

function withoutTables(knowledge: Knowledge): Knowledge {
  return { ...knowledge, table: () => undefined, tableNames: () => undefined };
}

/** @returns undefined for what is no list of tables, or not well-formed */
function readSchema({ text }: SchemaFile): readonly TableFact[] | undefined {
  if (text === undefined) return undefined;
  const tree = SyntaxTree.parse(text);
  if (!tree.isWellFormed || tree.root?.name !== "database") return undefined;
  return tree.root.elements.flatMap((element) => {
    const statement = readStatement(element.node);
    return statement?.kind === "create" && statement.table !== "" ? [factOf(statement)] : [];
  });
}

function factOf({ table, columns, indexes, foreignKeys }: TableCreation): TableFact {
  return {
    name: table,
    columns: columns.map(({ element: _, ...column }) => column),
    indexes: indexes
      .filter(({ unique }) => !unique)
      .map(({ name, columns }) => ({
        name,
        columns: columns.map((each) => ({ name: each.name, size: each.size })),
      })),
    uniques: indexes
      .filter(({ unique }) => unique)
      .map(({ name, columns }) => ({ name: name || undefined, columns: columns.map((each) => each.name) })),
    foreignKeys: foreignKeys.map(({ table: foreignTable, references }) => ({
      table: foreignTable,
      references: references.map(({ local, foreign }) => ({ local, foreign })),
    })),
  };
}
