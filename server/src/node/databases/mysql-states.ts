import type { Query, Session, States } from "./driver.ts";
import { quotedName } from "./mysql-text.ts";

/** A table as it can be made anew. */
interface KeptTable {
  /** The statement that makes it. */
  readonly made: string;
  /** What all its rows together come to. */
  readonly checksum: string;
  /** Its rows in the words of the server, in pieces. */
  readonly inserts: readonly string[];
}

type Kept = ReadonlyMap<string, KeptTable>;

/**
 * States of a server that commits each change of a table at once: what a state was made of is kept here, and the tables
 * that are otherwise now are made anew. Most tables never change, and cost a look.
 */
export function mysqlStates({ query, execute }: Session): States {
  const states = new Map<number, Kept>();
  let last: Kept = new Map();
  let next = 0;

  /** The tables as they are, without their rows. */
  async function look(): Promise<ReadonlyMap<string, Omit<KeptTable, "inserts">>> {
    const names = (await query("SHOW FULL TABLES WHERE table_type = 'BASE TABLE'")).map(([name]) => name!);
    if (names.length === 0) return new Map();
    const sums = await query(`CHECKSUM TABLE ${names.map(quotedName).join(", ")}`);
    const tables = names.map(async (name, index) => {
      const [row] = await query(`SHOW CREATE TABLE ${quotedName(name)}`);
      return [name, { made: row![1]!, checksum: sums[index]![1] ?? "" }] as const;
    });
    return new Map(await Promise.all(tables));
  }

  async function rowsOf(name: string): Promise<readonly string[]> {
    const columns = await query(`SHOW COLUMNS FROM ${quotedName(name)}`);
    if (columns.length === 0) return [];
    const values = columns.map(([column, type]) =>
      /blob|binary|bit/.test(type!)
        ? `IF(${quotedName(column!)} IS NULL, 'NULL', CONCAT('x''', HEX(${quotedName(column!)}), ''''))`
        : `QUOTE(${quotedName(column!)})`,
    );
    const rows = await query(`SELECT ${values.join(", ")} FROM ${quotedName(name)}`);
    const inserts: string[] = [];
    for (let start = 0; start < rows.length; start += 200) {
      const some = rows.slice(start, start + 200).map((row) => `(${row.join(",")})`);
      inserts.push(`INSERT INTO ${quotedName(name)} VALUES ${some.join(",")}`);
    }
    return inserts;
  }

  async function keep(): Promise<Kept> {
    const kept = new Map<string, KeptTable>();
    for (const [name, table] of await look()) {
      const known = last.get(name);
      const isKnown = known?.made === table.made && known.checksum === table.checksum;
      kept.set(name, isKnown ? known : { ...table, inserts: await rowsOf(name) });
    }
    return kept;
  }

  async function makeAgain(wanted: Kept): Promise<void> {
    const now = await look();
    const isSame = (name: string) =>
      now.get(name)?.made === wanted.get(name)?.made &&
      now.get(name)?.checksum === wanted.get(name)?.checksum;
    const gone = [...now.keys()].filter((name) => !isSame(name));
    const lost = [...wanted].filter(([name]) => !isSame(name));
    if (gone.length > 0) await query(`DROP TABLE ${gone.map(quotedName).join(", ")}`);
    for (const [, { made }] of lost) await query(made);
    for (const [, { inserts }] of lost) for (const insert of inserts) await query(insert);
  }

  return {
    execute,
    async mark() {
      last = await asCopied(query, keep);
      states.set(next, last);
      return next++;
    },
    restore(number) {
      const wanted = states.get(number)!;
      for (const later of [...states.keys()].filter((each) => each > number)) states.delete(later);
      return asCopied(query, () => makeAgain(wanted));
    },
  };
}

/**
 * Reads or makes tables and rows that were there before in the same way: in any order, with the values that they had, and in
 * the words that a server has by itself, whatever mode its statements are read by.
 */
export async function asCopied<T>(query: Query, work: () => Promise<T>): Promise<T> {
  await query("SET @mode = @@sql_mode, @foreign = @@foreign_key_checks, @unique = @@unique_checks");
  await query("SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0, unique_checks = 0");
  try {
    return await work();
  } finally {
    await query("SET sql_mode = @mode, foreign_key_checks = @foreign, unique_checks = @unique");
  }
}
