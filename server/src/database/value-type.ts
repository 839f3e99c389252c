import { type DatabaseKind, databaseKinds, type Engine, engines } from "./engines.ts";

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

const known = Object.fromEntries(databaseKinds.map((kind) => [kind, new Map()])) as Readonly<
  Record<DatabaseKind, Map<string, ValueType>>
>;

function read(type: string, kind: DatabaseKind): ValueType {
  const [, word = "", first, second, rest = ""] =
    /^\s*([a-z]\w*)\s*(?:\(\s*(\d+)\s*(?:,\s*(-?\d+)\s*)?\))?(.*)$/is.exec(type) ?? [];
  const name = word.toLowerCase();
  const size = first === undefined ? undefined : Number(first);
  const integer = Object.hasOwn(integers, name) ? integers[name] : undefined;
  const engine = engines[kind];
  if (integer && engine.hasIntegers && !(engine.hasBooleans && name.startsWith("bool"))) {
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
      const given = size ?? (name === "number" ? undefined : engine.decimalDigits);
      if (given === undefined) return { family: "decimal", ...plain, name: "decimal" };
      const scale = Math.max(0, Number(second ?? 0));
      // Oracle's own integers are numbers without a fraction.
      if (name === "number" && scale === 0) {
        const maximum = 10n ** BigInt(Math.min(given, 38)) - 1n;
        return { family: "integer", name: `number ${given}`, size: given, maximum, minimum: -maximum };
      }
      return { family: "decimal", name: "decimal", size: given - scale, maximum: undefined, scale };
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
      // A CHAR without a size is one character long.
      return {
        family: "text",
        name: "varchar",
        size: size ?? (name === "varchar" && engine.hasUnboundTexts ? undefined : 1),
        maximum: undefined,
      };
    case "text":
    case "mediumtext":
    case "longtext":
    case "tinytext":
    case "clob":
    case "nclob":
      if (engine.longTextsAreTexts) return { family: "text", ...plain, name: "varchar" };
      return { family: "blob", ...plain, ...bytesOf(engine, name) };
    case "blob":
    case "tinyblob":
    case "longblob":
    case "mediumblob":
    case "bytea":
      return { family: "blob", ...plain, ...bytesOf(engine, name) };
    case "datetime":
    case "date":
    case "timestamp":
    case "timestamptz":
      return { family: "date", ...plain };
    default:
      return { family: "other", name, size, maximum: undefined };
  }
}

function bytesOf({ longTextBytes }: Engine, name: string): { readonly bytes?: number } {
  return Object.hasOwn(longTextBytes, name) ? { bytes: longTextBytes[name]! } : {};
}

/**
 * Bytes that a column takes in an index of InnoDB; undefined for types without a bound.
 *
 * @param prefix the characters of it that are indexed, of binary values the bytes; undefined for all of it
 */
export function indexBytes(
  { family, size, name, maximum }: ValueType,
  prefix: number | undefined,
  characterBytes: number,
): number | undefined {
  if (family === "text") return characterBytes * Math.min(prefix ?? size ?? 0, size ?? Infinity);
  if (family === "blob") return prefix && prefix * (isBinary(name) ? 1 : characterBytes);
  if (family === "integer") return Math.ceil((maximum ?? 0n).toString(2).length / 8);
  return name === "date" ? 3 : family === "date" ? 5 : 8;
}

function isBinary(name: string): boolean {
  return name.includes("blob");
}

/** As many characters of a long text as an index of some bytes takes, or bytes of a binary value. */
export function longestPrefix({ name }: ValueType, { mostKeyBytes = 0, characterBytes }: Engine): number {
  return isBinary(name) ? mostKeyBytes : Math.floor(mostKeyBytes / characterBytes);
}

/** Bytes that a column takes in a row of MySQL, whose bound counts long texts as little as the others. */
export function rowBytes(type: ValueType, characterBytes: number): number {
  const { family, size = 0, name } = type;
  if (family === "text") return characterBytes * size + (characterBytes * size > 255 ? 2 : 1);
  if (family === "blob")
    return 8 + (/^tiny/.test(name) ? 1 : /^medium/.test(name) ? 3 : /^long/.test(name) ? 4 : 2);
  return indexBytes(type, undefined, characterBytes) ?? 8;
}
