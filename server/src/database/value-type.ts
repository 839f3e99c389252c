import type { DatabaseKind } from "./database-kind.ts";

/** What matters of a column's type when values and columns are compared. */
export interface ValueType {
  readonly family: "integer" | "decimal" | "text" | "blob" | "date" | "other";
  /** The type's own name in lower case, without size, such as "smallint". */
  readonly name: string;
  /** Characters of a text, undefined where there is no bound; digits before the point of a number. */
  readonly size: number | undefined;
  /** The largest whole number; undefined for types that are none. */
  readonly maximum: bigint | undefined;
}

const integers: Readonly<Record<string, { readonly name: string; readonly maximum: bigint }>> = {
  tinyint: { name: "tinyint", maximum: 127n },
  smallint: { name: "smallint", maximum: 32_767n },
  int2: { name: "smallint", maximum: 32_767n },
  mediumint: { name: "mediumint", maximum: 8_388_607n },
  int: { name: "integer", maximum: 2_147_483_647n },
  int4: { name: "integer", maximum: 2_147_483_647n },
  integer: { name: "integer", maximum: 2_147_483_647n },
  serial: { name: "integer", maximum: 2_147_483_647n },
  bigint: { name: "bigint", maximum: 9_223_372_036_854_775_807n },
  int8: { name: "bigint", maximum: 9_223_372_036_854_775_807n },
  bigserial: { name: "bigint", maximum: 9_223_372_036_854_775_807n },
};

/** @param type as in a statement, such as "VARCHAR (250)" */
export function valueType(type: string, kind: DatabaseKind): ValueType {
  const types = known[kind];
  let found = types.get(type);
  if (!found) {
    found = read(type, kind);
    // Types come from packages, and there is no end of them.
    if (types.size < 1000) types.set(type, found);
  }
  return found;
}

const known: Readonly<Record<DatabaseKind, Map<string, ValueType>>> = {
  mysql: new Map(),
  postgresql: new Map(),
  oracle: new Map(),
};

function read(type: string, kind: DatabaseKind): ValueType {
  const [, word = "", first, second] =
    /^\s*([a-z]\w*)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?/i.exec(type) ?? [];
  const name = word.toLowerCase();
  const size = first === undefined ? undefined : Number(first);
  const integer = integers[name];
  if (integer && kind !== "oracle") return { family: "integer", size: undefined, ...integer };
  switch (name) {
    case "number":
      if (Number(second ?? 0) === 0 && size !== undefined)
        return {
          family: "integer",
          name: `number ${size}`,
          size,
          maximum: 10n ** BigInt(Math.min(size, 38)) - 1n,
        };
      return { family: "decimal", name, size, maximum: undefined };
    case "decimal":
    case "numeric":
    case "dec":
      return {
        family: "decimal",
        name: "decimal",
        size: size === undefined ? undefined : size - Number(second ?? 0),
        maximum: undefined,
      };
    case "float":
    case "double":
    case "real":
      return { family: "decimal", name: "float", size: undefined, maximum: undefined };
    case "varchar":
    case "varchar2":
    case "char":
      return { family: "text", name: "varchar", size, maximum: undefined };
    case "text":
    case "mediumtext":
    case "longtext":
    case "tinytext":
    case "clob":
      // PostgreSQL keeps long texts like short ones.
      return {
        family: kind === "postgresql" ? "text" : "blob",
        name: kind === "postgresql" ? "varchar" : name,
        size: name === "tinytext" && kind === "mysql" ? 255 : undefined,
        maximum: undefined,
      };
    case "blob":
    case "longblob":
    case "mediumblob":
    case "bytea":
      return { family: "blob", name, size: undefined, maximum: undefined };
    case "datetime":
    case "date":
    case "timestamp":
    case "time":
      return { family: "date", name, size: undefined, maximum: undefined };
    default:
      return { family: "other", name, size, maximum: undefined };
  }
}

/** Bytes that a column takes in an index of InnoDB, four for each character; undefined for types without a bound. */
export function indexBytes(
  { family, size, name }: ValueType,
  prefix: number | undefined,
): number | undefined {
  if (family === "text") return 4 * Math.min(prefix ?? size ?? 0, size ?? Infinity);
  if (family === "blob") return prefix === undefined ? undefined : /blob/.test(name) ? prefix : 4 * prefix;
  return 8;
}
