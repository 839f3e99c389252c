import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { Matrix, type MatrixRequest } from "../../server/src/engine/matrix.ts";
import type { PackageVersion } from "../../server/src/engine/package-version.ts";
import type { PackageReader, ReadPackage } from "../../server/src/engine/system-world.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { knowledgeFor, knowledgeOf } from "../../server/src/node/knowledge.ts";
import { triedDatabases } from "../../server/src/protocol/databases.ts";
import type { MatrixReport } from "../../server/src/report/matrix-report.ts";
import { toTheEndOf } from "../../server/src/rules/steps.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { type Random, randomFrom } from "./random.ts";

/** A released version of a made-up package: its sections and its files. */
export interface MadeVersion {
  readonly version: string;
  readonly sections: string;
  /** Location -> content. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The text of a spec. */
export function madeSpec({ version, sections, files = {} }: MadeVersion, framework = "7.1.x"): string {
  const list = Object.keys(files).map(
    (location) => `        <File Location="${location}" Permission="644"/>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>${version}</Version>
    <Vendor>Acme Inc.</Vendor>
    <Framework>${framework}</Framework>
    <Filelist>
${list.join("")}    </Filelist>
${sections}
</otrs_package>
`;
}

/** Reads the spec of a version with its files. */
export function readerOf(made: MadeVersion): PackageReader<ReadPackage> {
  const text = madeSpec(made);
  const tree = SyntaxTree.parse(text);
  const contents = new Map(
    Object.entries(made.files ?? {}).map(([location, content]) => [
      location,
      contentOf(new TextEncoder().encode(content)),
    ]),
  );
  return async (release = "znuny-7") => ({
    contents: contentsOfSpec(tree, release, "Acme.sopm", (location) => contents.get(location)),
    specText: text,
  });
}

/** The matrix of the last of some versions. */
export function madeMatrix(
  versions: readonly MadeVersion[],
  wanted: Partial<MatrixRequest> = {},
  matrix = new Matrix(madeWorld),
): Promise<MatrixReport> {
  const last = versions.at(-1)!;
  return toTheEndOf(
    matrix.run({
      read: readerOf(last),
      versions: versions.slice(0, -1).map(asReleased),
      products: [],
      databases: triedDatabases,
      since: undefined,
      kinds: ["straight", "step-by-step"],
      ...wanted,
    }),
  );
}

export const madeWorld = { knowledge: { knowledgeFor, knowledgeOf } };

function asReleased(made: MadeVersion): PackageVersion {
  const read = readerOf(made);
  const { version } = made;
  return {
    version,
    identity: JSON.stringify(made),
    source: { kind: "archive", path: `Acme-${version}.opm` },
    read,
  };
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly size?: number;
  readonly required: boolean;
  readonly default?: string;
}

interface Key {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
  /** A column, and the table whose id it is; foreign tables never go. */
  readonly foreign: readonly { readonly column: string; readonly table: string }[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/**
 * A history in which every upgrade makes what an install makes: each version is a few random changes of the one before it,
 * written down twice.
 *
 * @param versions how many; absent for three to six
 */
export function rightHistory(seed: number, versions?: number): readonly MadeVersion[] {
  const random = randomFrom(seed);
  const maker = new HistoryMaker(random);
  const few = 3 + random.below(4);
  const count = versions ?? few;
  return Array.from({ length: count }, (_, index) => maker.next(`1.${index}.0`));
}

class HistoryMaker {
  readonly #random: Random;
  #tables: Table[] = [];
  #files = new Map<string, string>();
  readonly #upgrades: string[] = [];
  #number = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  next(version: string): MadeVersion {
    const changes = this.#tables.length === 0 ? 2 : 1 + this.#random.below(3);
    for (let index = 0; index < changes; index++) this.#change(version);
    this.#changeFiles(version);
    const install = this.#tables.map((table) => tableText(table)).join("");
    const rows = this.#tables.flatMap(({ name, rows }) => rows.map((row) => insertText(name, row))).join("");
    const drops = this.#tables
      .toReversed()
      .map(({ name }) => `        <TableDrop Name="${name}"/>\n`)
      .join("");
    // The first version has nothing to upgrade from.
    if (version === "1.0.0") this.#upgrades.length = 0;
    const sections = [
      `    <DatabaseInstall Type="post">\n${install}${rows}    </DatabaseInstall>\n`,
      this.#upgrades.length === 0
        ? ""
        : `    <DatabaseUpgrade Type="post">\n${this.#upgrades.join("")}    </DatabaseUpgrade>\n`,
      `    <DatabaseUninstall Type="pre">\n${drops}    </DatabaseUninstall>\n`,
    ].join("");
    return { version, sections, files: Object.fromEntries(this.#files) };
  }

  #changeFiles(version: string): void {
    const files = [...this.#files.keys()];
    if (files.length > 1 && this.#random.below(3) === 0) this.#files.delete(this.#random.pick(files));
    this.#files.set(`Kernel/System/Acme${this.#random.below(6)}.pm`, `1; # ${version}\n`);
  }

  #change(version: string): void {
    const kinds: readonly ((table: Table, version: string) => void)[] = [
      (_, version) => this.#makeTable(version),
      this.#addColumn,
      this.#addColumn,
      this.#dropColumn,
      this.#changeColumn,
      this.#makeKey,
      this.#dropKey,
      this.#insert,
      this.#dropTable,
      this.#renameTable,
      this.#refer,
    ];
    if (this.#tables.length === 0) this.#makeTable(version);
    else this.#random.pick(kinds).call(this, this.#random.pick(this.#tables), version);
  }

  #name(prefix: string): string {
    this.#number++;
    return `${prefix}_${this.#number}`;
  }

  #column(isNew: boolean): Column {
    const random = this.#random;
    const type = random.pick(["VARCHAR", "INTEGER", "BIGINT", "SMALLINT", "DATE", "LONGBLOB"]);
    const required = random.below(2) === 0 && type !== "LONGBLOB" && type !== "DATE";
    const hasDefault =
      (type === "VARCHAR" || type.endsWith("INT") || type === "INTEGER") &&
      (required ? !isNew || random.below(2) === 0 : random.below(3) === 0);
    return {
      name: this.#name("col"),
      type,
      ...(type === "VARCHAR" ? { size: 50 + 50 * random.below(4) } : {}),
      required,
      ...(hasDefault ? { default: type === "VARCHAR" ? "none" : String(random.below(9)) } : {}),
    };
  }

  #upgrade(version: string, lines: string): void {
    this.#upgrades.push(
      lines.replace(/^( *<(?:TableAlter|TableCreate|TableDrop|Insert) )/m, `$1Version="${version}" `),
    );
  }

  #replace(table: Table, changed: Table): void {
    this.#tables = this.#tables.map((each) => (each === table ? changed : each));
  }

  #makeTable(version: string): void {
    const count = 1 + this.#random.below(3);
    const columns = Array.from({ length: count }, () => this.#column(true));
    const table: Table = { name: this.#name("acme"), columns, keys: [], foreign: [], rows: [] };
    this.#tables.push(table);
    this.#upgrade(version, tableText(table));
  }

  #addColumn(table: Table, version: string): void {
    const column = this.#column(false);
    // What a column is filled with is its default, so that rows differ from those of an install otherwise.
    this.#replace(table, { ...table, columns: [...table.columns, column] });
    this.#upgrade(version, alterText(table.name, columnText(column, "ColumnAdd")));
  }

  #dropColumn(table: Table, version: string): void {
    const used = new Set([
      ...table.keys.flatMap(({ columns }) => columns),
      ...table.foreign.map(({ column }) => column),
    ]);
    const isAlone = (name: string) => table.rows.some((row) => Object.keys(row).every((key) => key === name));
    const free = table.columns.filter(({ name }) => !used.has(name) && !isAlone(name));
    if (table.columns.length < 2 || free.length === 0) return;
    const column = this.#random.pick(free);
    this.#replace(table, {
      ...table,
      columns: table.columns.filter((each) => each !== column),
      rows: table.rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => name !== column.name)),
      ),
    });
    this.#upgrade(version, alterText(table.name, `<ColumnDrop Name="${column.name}"/>`));
  }

  #changeColumn(table: Table, version: string): void {
    const used = new Set([
      ...table.keys.flatMap(({ columns }) => columns),
      ...table.foreign.map(({ column }) => column),
    ]);
    // Oracle refuses to make a column NOT NULL that is that already.
    const texts = table.columns.filter(
      ({ type, name, required }) => type === "VARCHAR" && !required && !used.has(name),
    );
    if (texts.length === 0) return;
    const column = this.#random.pick(texts);
    const name = this.#random.below(2) === 0 ? column.name : this.#name("col");
    const changed = { ...column, name, size: column.size! + 10 };
    this.#replace(table, {
      ...table,
      columns: table.columns.map((each) => (each === column ? changed : each)),
      rows: table.rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key === column.name ? name : key, value]),
        ),
      ),
    });
    const text = columnText(changed, "ColumnChange").replace(
      ' Name="',
      ` NameOld="${column.name}" NameNew="`,
    );
    this.#upgrade(version, alterText(table.name, text));
  }

  #makeKey(table: Table, version: string): void {
    const fitting = table.columns.filter(({ type }) => type !== "LONGBLOB");
    if (fitting.length === 0) return;
    const unique = this.#random.below(2) === 0 && table.rows.length === 0;
    const key: Key = { name: this.#name("key"), unique, columns: [this.#random.pick(fitting).name] };
    if (table.keys.some(({ columns }) => columns.join() === key.columns.join())) return;
    this.#replace(table, { ...table, keys: [...table.keys, key] });
    this.#upgrade(version, alterText(table.name, keyText(key, "Create")));
  }

  #dropKey(table: Table, version: string): void {
    if (table.keys.length === 0) return;
    const key = this.#random.pick(table.keys);
    this.#replace(table, { ...table, keys: table.keys.filter((each) => each !== key) });
    const kind = key.unique ? "Unique" : "Index";
    this.#upgrade(version, alterText(table.name, `<${kind}Drop Name="${key.name}"/>`));
  }

  #insert(table: Table, version: string): void {
    if (table.foreign.length > 0) return;
    const row = Object.fromEntries(
      table.columns
        .filter(({ required, default: value }) => required || value === undefined)
        .filter(({ type }) => type !== "DATE" && type !== "LONGBLOB")
        .map(({ name, type }) => [
          name,
          type === "VARCHAR" ? this.#name("text") : String(this.#number++ % 9000),
        ]),
    );
    if (Object.keys(row).length === 0) return;
    this.#replace(table, { ...table, rows: [...table.rows, row] });
    this.#upgrade(version, insertText(table.name, row));
  }

  #dropTable(table: Table, version: string): void {
    const isUsed = this.#tables.some(({ foreign }) => foreign.some((key) => key.table === table.name));
    if (this.#tables.length < 2 || isUsed) return;
    this.#tables = this.#tables.filter((each) => each !== table);
    this.#upgrade(version, `        <TableDrop Name="${table.name}"/>\n`);
  }

  #renameTable(table: Table, version: string): void {
    const isUsed = this.#tables.some(({ foreign }) => foreign.some((key) => key.table === table.name));
    if (isUsed || table.foreign.length > 0) return;
    const name = this.#name("acme");
    this.#replace(table, { ...table, name });
    this.#upgrade(version, `        <TableAlter NameOld="${table.name}" NameNew="${name}"/>\n`);
  }

  /** Tables refer to those in front of them, which an install makes first. */
  #refer(table: Table, version: string): void {
    const place = this.#tables.indexOf(table);
    if (place === 0 || table.rows.length > 0) return;
    const other = this.#tables[this.#random.below(place)]!;
    const column: Column = { name: this.#name("ref"), type: "BIGINT", required: false };
    const foreign = { column: column.name, table: other.name };
    this.#replace(table, {
      ...table,
      columns: [...table.columns, column],
      foreign: [...table.foreign, foreign],
    });
    this.#upgrade(version, alterText(table.name, columnText(column, "ColumnAdd")));
    this.#upgrade(version, alterText(table.name, foreignText(foreign, "ForeignKeyCreate")));
  }
}

function tableText({ name, columns, keys, foreign }: Table): string {
  const parts = [
    '<Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>',
    ...columns.map((column) => columnText(column, "Column")),
    ...keys.map((key) => keyText(key, "")),
    ...foreign.map((key) => foreignText(key, "ForeignKey")),
  ];
  return `        <TableCreate Name="${name}">\n${parts.map((part) => `            ${part}\n`).join("")}        </TableCreate>\n`;
}

function alterText(table: string, part: string): string {
  return `        <TableAlter Name="${table}">\n            ${part}\n        </TableAlter>\n`;
}

function columnText({ name, type, size, required, default: value }: Column, element: string): string {
  const attributes = [
    `Name="${name}" Type="${type}"`,
    ...(size === undefined ? [] : [`Size="${size}"`]),
    `Required="${required}"`,
    ...(value === undefined ? [] : [`Default="${value}"`]),
  ];
  return `<${element} ${attributes.join(" ")}/>`;
}

function keyText({ name, unique, columns }: Key, suffix: string): string {
  const kind = unique ? "Unique" : "Index";
  const inside = columns.map((column) => `<${kind}Column Name="${column}"/>`).join("");
  return `<${kind}${suffix} Name="${name}">${inside}</${kind}${suffix}>`;
}

function foreignText({ column, table }: Table["foreign"][number], element: string): string {
  return `<${element} ForeignTable="${table}"><Reference Local="${column}" Foreign="id"/></${element}>`;
}

function insertText(table: string, row: Readonly<Record<string, string>>): string {
  const data = Object.entries(row).map(
    ([key, value]) =>
      `            <Data Key="${key}"${/^\d+$/.test(value) ? "" : ' Type="Quote"'}>${value}</Data>\n`,
  );
  return `        <Insert Table="${table}">\n${data.join("")}        </Insert>\n`;
}
