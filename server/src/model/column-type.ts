/** The types that the SQL generator translates; it takes them in any letter case. */
export const columnTypes = [
  "DATE",
  "SMALLINT",
  "BIGINT",
  "INTEGER",
  "DECIMAL",
  "VARCHAR",
  "LONGBLOB",
] as const;

/** Integers by the values they hold, the smallest first. */
export const integersBySize: readonly string[] = ["SMALLINT", "INTEGER", "BIGINT"];

/** What the type of a column is made from: its attributes as they are written, the type in upper case. */
export interface TypedColumn {
  readonly type: string;
  readonly size: string | undefined;
}

/** Types whose default is written without quotes; those of other names pass through as they are. */
export function isIntegerType(type: string): boolean {
  return /INT/.test(type);
}

/** The size of a VARCHAR; undefined for other types and for a size that is no number. */
export function varcharSize({ type, size }: TypedColumn): number | undefined {
  return type === "VARCHAR" && size !== undefined && /^\d+$/.test(size) ? Number(size) : undefined;
}

/**
 * Tells whether MySQL and MariaDB store the column as TEXT or BLOB, of which keys have only a part. A VARCHAR above 255
 * becomes one.
 *
 * @source Znuny 7.1 and OTOBO 11, _TypeTranslation of the MySQL driver
 */
export function isTextOnMySql(column: TypedColumn): boolean {
  return column.type === "LONGBLOB" || (varcharSize(column) ?? 0) > 255;
}

/** What MySQL calls a column of which {@link isTextOnMySql} is true. */
export function storedOnMySql({ type }: TypedColumn): string {
  return type === "LONGBLOB" ? type : "TEXT";
}

/** A type of our table, as MySQL compares it when a foreign key refers to a column; undefined for unknown types. */
export function comparedType(column: TypedColumn): string | undefined {
  if (column.type === "LONGBLOB" || isTextOnMySql(column)) return "TEXT";
  return columnTypes.find((type) => type === column.type);
}

/** The type as it is said, such as “VARCHAR(200)”. */
export function writtenType(column: TypedColumn): string {
  const size = varcharSize(column);
  return size === undefined ? column.type : `${column.type}(${size})`;
}
