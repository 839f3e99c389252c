import type { MadeVersion } from "./made-history.ts";
import { type Random, randomFrom } from "./random.ts";

/** A mistake in the last version of a history that was right. */
export interface PlantedFault {
  readonly title: string;
  readonly versions: readonly MadeVersion[];
  /** What a database shows of it: part, table and name as in a catalogue; undefined where it shows nothing. */
  readonly difference: string | undefined;
  /** The element whose statement fails; undefined where none does. */
  readonly failing: string | undefined;
  /** Whether it shows after upgrades from a version. */
  readonly isMet: (start: string) => boolean;
  /** The element of the uninstall that finds nothing, which fails on some databases; undefined where there is none. */
  readonly missed: string | undefined;
  /** What is left by an uninstall; undefined where nothing is. */
  readonly left: string | undefined;
}

/** What is put into the sections of the last version, and what comes of it. */
interface Planting
  extends Partial<Pick<PlantedFault, "difference" | "failing" | "isMet" | "missed" | "left">> {
  readonly inTable?: string;
  readonly inInstall?: string;
  readonly inUpgrade?: string;
  readonly inUninstall?: string;
}

/** The table that is met, a version, and the one before it. */
type Kind = (table: string, last: string, before: string) => Planting;

const column = (element: string, more = 'Type="INTEGER" Required="false"') =>
  `<${element} Name="planted" ${more}/>`;
const altered = (table: string, version: string, part: string) =>
  `<TableAlter Name="${table}" Version="${version}">${part}</TableAlter>`;
const made = (version?: string) =>
  `<TableCreate Name="planted_t"${version === undefined ? "" : ` Version="${version}"`}><Column Name="id" Type="INTEGER" Required="true"/></TableCreate>`;
const row = '<Insert Table="planted_t"><Data Key="id">7</Data></Insert>';
const dropped = '<TableDrop Name="planted_t"/>';
const text = (size: number, more = 'Required="false"') => `Type="VARCHAR" Size="${size}" ${more}`;

/** Each is in one part of the spec, or in two that do not say the same. */
const kinds: Readonly<Record<string, Kind>> = {
  "column in the install alone": (table) => ({
    inTable: column("Column"),
    difference: `column ${table} planted`,
  }),
  "column in the upgrade alone": (table, last) => ({
    inUpgrade: altered(table, last, column("ColumnAdd")),
    difference: `column ${table} planted`,
  }),
  "gate too low": (table, _, before) => ({
    inTable: column("Column"),
    inUpgrade: altered(table, before, column("ColumnAdd")),
    difference: `column ${table} planted`,
    isMet: (start) => start === before,
  }),
  "column added twice": (table, last) => ({
    inTable: column("Column"),
    inUpgrade: altered(table, last, column("ColumnAdd").repeat(2)),
    failing: "ColumnAdd(planted)",
  }),
  "other size": (table, last) => ({
    inTable: column("Column", text(100)),
    inUpgrade: altered(table, last, column("ColumnAdd", text(110))),
    difference: `type ${table} planted`,
  }),
  "other default": (table, last) => ({
    inTable: column("Column", text(100, 'Required="false" Default="a"')),
    inUpgrade: altered(table, last, column("ColumnAdd", text(100, 'Required="false" Default="b"'))),
    difference: `default ${table} planted`,
  }),
  "required in the upgrade alone": (table, last) => ({
    inTable: column("Column", text(100, 'Required="false" Default="a"')),
    inUpgrade: altered(table, last, column("ColumnAdd", text(100, 'Required="true" Default="a"'))),
    difference: `nullable ${table} planted`,
  }),
  "index in the install alone": (table) => ({
    inTable: '<Index Name="planted_k"><IndexColumn Name="id"/></Index>',
    difference: `index ${table} planted_k`,
  }),
  "unique in the install is an index in the upgrade": (table, last) => ({
    inTable: '<Unique Name="planted_k"><UniqueColumn Name="id"/></Unique>',
    inUpgrade: altered(table, last, '<IndexCreate Name="planted_k"><IndexColumn Name="id"/></IndexCreate>'),
    difference: `index ${table} planted_k`,
  }),
  "table in the install alone": () => ({
    inInstall: made(),
    inUninstall: dropped,
    difference: "table planted_t",
    missed: "TableDrop(planted_t)",
  }),
  "row in the install alone": (_, last) => ({
    inInstall: made() + row,
    inUpgrade: made(last),
    inUninstall: dropped,
    difference: "rows planted_t",
  }),
  "table that an uninstall leaves": (_, last) => ({
    inInstall: made(),
    inUpgrade: made(last),
    left: "table planted_t",
  }),
};

/** Plants a fault in a history, another one at each seed. Nothing else in it depends on what is planted. */
export function plantFault(versions: readonly MadeVersion[], seed: number): PlantedFault {
  const random = randomFrom(seed * 7 + 3);
  const [before, last] = versions.slice(-2) as [MadeVersion, MadeVersion];
  const titles = Object.keys(kinds);
  const title = titles[seed % titles.length]!;
  const table = pickTable(last.sections, random);
  const planting = kinds[title]!(table, last.version, before.version);
  const { inTable, inInstall = "", inUpgrade = "", inUninstall = "" } = planting;
  let { sections } = last;
  if (!sections.includes("<DatabaseUpgrade ")) {
    sections = sections.replace(
      "    <DatabaseUninstall ",
      '    <DatabaseUpgrade Type="post">\n    </DatabaseUpgrade>\n    <DatabaseUninstall ',
    );
  }
  if (inTable !== undefined) {
    // In the install, which comes first.
    const start = sections.indexOf(`<TableCreate Name="${table}">`);
    const end = sections.indexOf("</TableCreate>", start);
    sections = `${sections.slice(0, end)}${inTable}${sections.slice(end)}`;
  }
  sections = sections
    .replace("    </DatabaseInstall>", `${inInstall}    </DatabaseInstall>`)
    .replace("    </DatabaseUpgrade>", `${inUpgrade}    </DatabaseUpgrade>`)
    .replace("    </DatabaseUninstall>", `${inUninstall}    </DatabaseUninstall>`);
  const { difference, failing, isMet = () => true, missed, left } = planting;
  return {
    title,
    versions: [...versions.slice(0, -1), { ...last, sections }],
    ...{ difference, failing, isMet, missed, left },
  };
}

function pickTable(sections: string, random: Random): string {
  const install = sections.slice(0, sections.indexOf("</DatabaseInstall>"));
  return random.pick([...install.matchAll(/<TableCreate Name="(\w+)">/g)].map(([, name]) => name!));
}
