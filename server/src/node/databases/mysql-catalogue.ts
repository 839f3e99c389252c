import type {
  CatalogueColumn,
  CatalogueForeignKey,
  CatalogueIndex,
  CatalogueTable,
} from "../../host/database-server.ts";
import type { Query, QueryRows } from "./driver.ts";
import { quotedName } from "./mysql-text.ts";

/** What MariaDB, or MySQL, says the tables are of the database that one is connected with. */
export async function mysqlCatalogue(query: Query, isMariadb: boolean): Promise<readonly CatalogueTable[]> {
  const names = (await query(tablesQuery)).map(([name]) => name!).sort();
  const columns = grouped(await query(columnsQuery));
  const indexes = grouped(await query(indexesQuery));
  const foreignKeys = grouped(await query(foreignKeysQuery));
  const counted = await countRows(query, names);
  return names.map((name) => {
    const keys = indexes.get(name) ?? [];
    return {
      name,
      columns: (columns.get(name) ?? []).map(
        ([column, type, nullable, value, extra]): CatalogueColumn => ({
          name: column!,
          type: shortType(type!),
          nullable: nullable === "YES",
          default: value === null ? undefined : isMariadb ? plainDefault(value!) : value,
          counts: extra!.includes("auto_increment"),
        }),
      ),
      primaryKey: keys.filter(([index]) => index === primary).map(([, , column]) => column!),
      indexes: byName(keys.filter(([index]) => index !== primary)).map(
        ([index, rows]): CatalogueIndex => ({
          name: index,
          columns: rows.map(([, column]) => column!),
          unique: rows[0]![0] === "0",
        }),
      ),
      foreignKeys: byName(foreignKeys.get(name) ?? []).map(
        ([key, rows]): CatalogueForeignKey => ({
          name: key,
          columns: rows.map(([column]) => column!),
          foreignTable: rows[0]![1]!,
          foreignColumns: rows.map(([, , column]) => column!),
        }),
      ),
      rows: counted.get(name) ?? 0,
    };
  });
}

/** The index of a primary key. */
const primary = "PRIMARY";

const tablesQuery = `
  SELECT table_name FROM information_schema.tables
  WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`;

const columnsQuery = `
  SELECT table_name, column_name, column_type, is_nullable, column_default, extra
  FROM information_schema.columns WHERE table_schema = DATABASE()
  ORDER BY table_name, ordinal_position`;

const indexesQuery = `
  SELECT table_name, index_name, non_unique, column_name
  FROM information_schema.statistics WHERE table_schema = DATABASE()
  ORDER BY table_name, index_name, seq_in_index`;

const foreignKeysQuery = `
  SELECT table_name, constraint_name, column_name, referenced_table_name, referenced_column_name
  FROM information_schema.key_column_usage
  WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
  ORDER BY table_name, constraint_name, ordinal_position`;

/** How wide a number is shown is no part of what it is, and not every release says it. */
function shortType(type: string): string {
  return type.replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, "$1").replace(/^int(?= |$)/, "integer");
}

/** A default of MariaDB, which quotes texts; undefined for NULL. */
function plainDefault(text: string): string | undefined {
  const [, inner] = /^'(.*)'$/s.exec(text) ?? [];
  if (inner !== undefined) return inner.replaceAll("''", "'").replaceAll(/\\(.)/gs, "$1");
  return text === "NULL" ? undefined : text;
}

/** How many rows each table has. */
async function countRows(query: Query, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, number>();
  for (let start = 0; start < names.length; start += 100) {
    const some = names.slice(start, start + 100);
    const counts = some.map((name, index) => `SELECT ${index}, COUNT(*) FROM ${quotedName(name)}`);
    for (const [index, count] of await query(counts.join(" UNION ALL "))) {
      counted.set(some[Number(index)]!, Number(count));
    }
  }
  return counted;
}

/** Rows by their first value, and without it. */
function grouped(rows: QueryRows): ReadonlyMap<string, QueryRows> {
  const groups = new Map<string, (readonly (string | null)[])[]>();
  for (const [first, ...others] of rows) {
    const group = groups.get(first!);
    if (group) group.push(others);
    else groups.set(first!, [others]);
  }
  return groups;
}

/** The same, sorted. */
function byName(rows: QueryRows): readonly (readonly [string, QueryRows])[] {
  return [...grouped(rows)].sort(([a], [b]) => (a < b ? -1 : 1));
}
