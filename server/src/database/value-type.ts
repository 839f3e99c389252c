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
  /** The smallest one, where it is not as far from zero as the largest. */
  readonly minimum?: bigint;
  /** Digits behind the point; undefined where there is no bound. */
  readonly scale?: number;
  /** Bytes of a long text of MySQL. */
  readonly bytes?: number;
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
  serial4: { name: "integer", maximum: 2_147_483_647n },
  serial8: { name: "bigint", maximum: 9_223_372_036_854_775_807n },
  smallserial: { name: "smallint", maximum: 32_767n },
  bool: { name: "tinyint", maximum: 127n },
  boolean: { name: "tinyint", maximum: 127n },
};

/** Bytes of the long texts of MySQL. */
const textBytes: Readonly<Record<string, number>> = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  tinyblob: 255,
  blob: 65_535,
  mediumblob: 16_777_215,
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
  const [, word = "", first, second, rest = ""] =
    /^\s*([a-z]\w*)\s*(?:\(\s*(\d+)\s*(?:,\s*(-?\d+)\s*)?\))?(.*)$/is.exec(type) ?? [];
  const name = word.toLowerCase();
  const size = first === undefined ? undefined : Number(first);
  const integer = Object.hasOwn(integers, name) ? integers[name] : undefined;
  if (integer && kind !== "oracle" && !(kind === "postgresql" && name.startsWith("bool"))) {
    if (!/\bunsigned\b/i.test(rest)) return { family: "integer", size: undefined, ...integer };
    return {
      family: "integer",
      name: `${integer.name} unsigned`,
      size: undefined,
      maximum: 2n * integer.maximum + 1n,
      minimum: 0n,
    };
  }
  const plain = { name, size: undefined, maximum: undefined };
  switch (name) {
    case "number":
    case "decimal":
    case "numeric":
    case "dec":
    case "fixed": {
      // Without digits PostgreSQL and Oracle's NUMBER have no bounds; the others take whole numbers.
      const hasBounds = size !== undefined || (kind !== "postgresql" && name !== "number");
      if (!hasBounds) return { family: "decimal", ...plain, name: "decimal" };
      const scale = Math.max(0, Number(second ?? 0));
      const digits = size ?? (kind === "oracle" ? 38 : 10);
      // Oracle's own integers are numbers without a fraction.
      if (name === "number" && scale === 0) {
        const maximum = 10n ** BigInt(Math.min(digits, 38)) - 1n;
        return { family: "integer", name: `number ${digits}`, size: digits, maximum, minimum: -maximum };
      }
      return { family: "decimal", name: "decimal", size: digits - scale, maximum: undefined, scale };
    }
    case "int":
    case "integer":
    case "smallint":
      return { family: "integer", ...plain, name: "number 38" };
    case "float":
    case "double":
    case "real":
    case "float4":
    case "float8":
      return { family: "decimal", ...plain, name: "float" };
    case "varchar":
    case "varchar2":
    case "nvarchar2":
    case "char":
    case "character":
      // A VARCHAR of PostgreSQL has no bound unless one is given; a CHAR is one character long.
      return {
        family: "text",
        name: "varchar",
        size: size ?? (name === "varchar" && kind === "postgresql" ? undefined : 1),
        maximum: undefined,
      };
    case "text":
    case "mediumtext":
    case "longtext":
    case "tinytext":
    case "clob":
    case "nclob":
      // PostgreSQL keeps long texts like short ones.
      if (kind === "postgresql") return { family: "text", ...plain, name: "varchar" };
      return { family: "blob", ...plain, ...bytesOf(kind, name) };
    case "blob":
    case "tinyblob":
    case "longblob":
    case "mediumblob":
    case "bytea":
      return { family: "blob", ...plain, ...bytesOf(kind, name) };
    case "datetime":
    case "date":
    case "timestamp":
    case "timestamptz":
      return { family: "date", ...plain };
    default:
      return { family: "other", name, size, maximum: undefined };
  }
}

function bytesOf(kind: DatabaseKind, name: string): { readonly bytes?: number } {
  const bytes = kind === "mysql" && Object.hasOwn(textBytes, name) ? textBytes[name] : undefined;
  return bytes === undefined ? {} : { bytes };
}

/** Bytes that a column takes in an index of InnoDB, four for each character; undefined for types without a bound. */
export function indexBytes(
  { family, size, name, maximum }: ValueType,
  prefix: number | undefined,
): number | undefined {
  if (family === "text") return 4 * Math.min(prefix ?? size ?? 0, size ?? Infinity);
  if (family === "blob") return prefix === undefined ? undefined : /blob/.test(name) ? prefix : 4 * prefix;
  if (family === "integer") return Math.ceil((maximum ?? 0n).toString(2).length / 8);
  return name === "date" ? 3 : family === "date" ? 5 : 8;
}

/** Bytes that a column takes in a row of MySQL, whose bound counts long texts as little as the others. */
export function rowBytes({ family, size = 0, name, maximum }: ValueType): number {
  if (family === "text") return 4 * size + (4 * size > 255 ? 2 : 1);
  if (family === "blob")
    return 8 + (/^tiny/.test(name) ? 1 : /^medium/.test(name) ? 3 : /^long/.test(name) ? 4 : 2);
  return indexBytes({ family, size, name, maximum }, undefined) ?? 8;
}
