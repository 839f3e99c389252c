import type { CatalogueTable } from "../host/database-server.ts";

/** Gives the first column of each row of a query, as PostgreSQL prints it. */
export type AskPostgresql = (sql: string) => Promise<readonly string[]>;

/** The tables of a database of PostgreSQL, by name, as its catalogue has them. */
export async function postgresqlCatalogue(ask: AskPostgresql): Promise<readonly CatalogueTable[]> {
  const [text = "[]"] = await ask(tablesQuery);
  const tables = JSON.parse(text) as readonly TableOfCatalogue[];
  const rows: number[] = [];
  for (let at = 0; at < tables.length; at += countedAtOnce) {
    const names = tables.slice(at, at + countedAtOnce).map(({ quoted }) => quoted);
    const counts = await ask(names.map((name) => `SELECT count(*) FROM ${name}`).join(" UNION ALL "));
    rows.push(...counts.map(Number));
  }
  return tables
    .map(({ quoted: _, columns, ...table }, index) => ({
      ...table,
      columns: columns.map(({ type, default: text, ...column }) => {
        const counts = text !== null && /^"?nextval"?\(/.test(text);
        const value = text === null || counts ? undefined : plainDefault(text);
        return { ...column, type: shortType(type), default: value, counts };
      }),
      rows: rows[index]!,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface TableOfCatalogue extends Omit<CatalogueTable, "columns" | "rows"> {
  /** The name, as a statement has it. */
  readonly quoted: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly default: string | null;
  }[];
}

/** Tables whose rows one statement counts. */
const countedAtOnce = 200;

/** What users of PostgreSQL write for a type that it calls something longer. */
function shortType(type: string): string {
  return type
    .replace(/^character varying/, "varchar")
    .replace(/^character\(/, "char(")
    .replace(/^numeric/, "decimal")
    .replace(/^(timestamp|time)(\(\d+\))? without time zone/, "$1$2");
}

/** A default such as `'new'::character varying` or `'-1'::integer`; undefined for NULL. Anything else stays what it is. */
function plainDefault(text: string): string | undefined {
  const quoted = /^\(?'((?:[^']|'')*)'(?:::[^']+?)?\)?$/s.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  return /^NULL(?:::[^']+)?$/.test(text) ? undefined : text;
}

/** The names of columns by their numbers, in the order of these. */
function namesOf(table: string, numbers: string): string {
  return (
    `(SELECT coalesce(json_agg(a.attname ORDER BY k.place), '[]') FROM unnest(${numbers}) WITH ORDINALITY k(number, place) ` +
    `JOIN pg_catalog.pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.number)`
  );
}

const tablesQuery = `
SELECT coalesce(json_agg(json_build_object(
  'name', t.relname,
  'quoted', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.relname),
  'columns', (
    SELECT coalesce(json_agg(json_build_object(
      'name', c.attname,
      'type', pg_catalog.format_type(c.atttypid, c.atttypmod),
      'nullable', NOT c.attnotnull,
      'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid)) ORDER BY c.attnum), '[]')
    FROM pg_catalog.pg_attribute c
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.attrelid AND d.adnum = c.attnum
    WHERE c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped),
  'primaryKey', coalesce((
    SELECT ${namesOf("p.conrelid", "p.conkey")}
    FROM pg_catalog.pg_constraint p WHERE p.conrelid = t.oid AND p.contype = 'p'), '[]'),
  'indexes', (
    SELECT coalesce(json_agg(json_build_object(
      'name', i.relname,
      'columns', ${namesOf("x.indrelid", "x.indkey::int2[]")},
      'unique', x.indisunique) ORDER BY i.relname COLLATE "C"), '[]')
    FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
    WHERE x.indrelid = t.oid AND NOT x.indisprimary),
  'foreignKeys', (
    SELECT coalesce(json_agg(json_build_object(
      'name', f.conname,
      'columns', ${namesOf("f.conrelid", "f.conkey")},
      'foreignTable', o.relname,
      'foreignColumns', ${namesOf("f.confrelid", "f.confkey")}) ORDER BY f.conname COLLATE "C"), '[]')
    FROM pg_catalog.pg_constraint f JOIN pg_catalog.pg_class o ON o.oid = f.confrelid
    WHERE f.conrelid = t.oid AND f.contype = 'f'))), '[]')
FROM pg_catalog.pg_class t JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = 'public' AND t.relkind IN ('r', 'p')`;
