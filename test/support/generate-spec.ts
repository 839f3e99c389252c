import { type Random, randomFrom } from "./random.ts";

/**
 * A well-formed spec of about so many lines, the same at every call, in the proportions of large specs: 45 % file
 * list, 35 % database, 12 % code, the rest a change log and what every spec has.
 *
 * @param lines from 40 on; fewer give the smallest spec there is
 */
export function generateSpec(lines: number, seed = 1): string {
  const random = randomFrom(seed);
  const spec: string[] = [...header];
  addUntil(spec, lines * 0.08, () => changeLogEntry(random, spec.length));
  spec.push("    <Filelist>");
  addUntil(spec, lines * 0.53, () => [fileEntry(random, spec.length)]);
  spec.push("    </Filelist>");
  spec.push('    <DatabaseInstall Type="post">');
  const tables: string[] = [];
  addUntil(spec, lines * 0.85, () => {
    tables.push(`generated_${spec.length}`);
    return tableCreate(random, tables.at(-1)!);
  });
  spec.push("    </DatabaseInstall>", '    <DatabaseUninstall Type="pre">');
  spec.push(...tables.map((table) => `        <TableDrop Name="${table}"/>`), "    </DatabaseUninstall>");
  addUntil(spec, lines - 2, () => codeUpgrade(random, spec.length));
  spec.push("</otrs_package>", "");
  return spec.join("\n");
}

function addUntil(spec: string[], lines: number, next: () => readonly string[]): void {
  do spec.push(...next());
  while (spec.length < lines);
}

const header = [
  '<?xml version="1.0" encoding="utf-8" ?>',
  '<otrs_package version="1.1">',
  "    <Name>GeneratedSpec</Name>",
  "    <Version>3.2.1</Version>",
  "    <Framework>7.1.x</Framework>",
  '    <Framework Minimum="7.0.4">7.0.x</Framework>',
  '    <PackageRequired Version="2.0.0">GeneratedBase</PackageRequired>',
  "    <Vendor>Somebody &amp; Daughters</Vendor>",
  "    <URL>https://www.example.com/</URL>",
  "    <License>GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007</License>",
  '    <Description Lang="en">Counts what nobody asked for &lt;yet&gt;.</Description>',
  '    <Description Lang="de">Zählt, wonach niemand gefragt hat – jedenfalls bisher.</Description>',
  "    <!-- Everything below is made up. -->",
];

const subjects = ["Calendar", "Counter", "Garden", "Ledger", "Mirror", "Parcel", "Ticket", "Umbrella"];
const things = ["Archive", "Backend", "Dialog", "Event", "Filter", "List", "Overview", "Widget"];
const verbs = ["Added", "Fixed", "Removed", "Renamed", "Tested"];
const columnTypes = ['Size="200" Type="VARCHAR"', 'Type="INTEGER"', 'Type="SMALLINT"', 'Type="DATE"'];

function changeLogEntry(random: Random, line: number): readonly string[] {
  const day = String(1 + random.below(28)).padStart(2, "0");
  const text = `${random.pick(verbs)} the ${random.pick(things)} of ${random.pick(subjects)} (${line}).`;
  // The newest comes first, and is that of the package.
  const version = line === header.length ? "3.2.1" : `1.${9999 - line}.0`;
  return [`    <ChangeLog Version="${version}" Date="2024-03-${day} 12:00:00">${text}</ChangeLog>`];
}

function fileEntry(random: Random, line: number): string {
  const folder = random.pick([
    "Kernel/Modules",
    "Kernel/System/Generated",
    "var/httpd/htdocs/js",
    "scripts/test",
  ]);
  const name = `${random.pick(subjects)}${random.pick(things)}${line}`;
  const permission = random.pick(["644", "660", "755"]);
  return `        <File Permission="${permission}" Location="${folder}/${name}.pm"/>`;
}

function tableCreate(random: Random, table: string): readonly string[] {
  const columns = Array.from(
    { length: 3 + random.below(9) },
    (_, index) =>
      `            <Column Name="column_${index}" Required="${random.pick(["true", "false"])}" ${random.pick(columnTypes)}/>`,
  );
  return [
    `        <TableCreate Name="${table}">`,
    '            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>',
    ...columns,
    `            <Index Name="${table}_index">`,
    '                <IndexColumn Name="column_0"/>',
    "            </Index>",
    "        </TableCreate>",
  ];
}

function codeUpgrade(random: Random, line: number): readonly string[] {
  const statements = Array.from({ length: 2 + random.below(20) }, (_, index) => {
    const subject = random.pick(subjects);
    return `        $Kernel::OM->Get('Kernel::System::${subject}')->Set(Key => ${index}, Value => 1 << 3 && $Done);`;
  });
  return [
    `    <CodeUpgrade Type="post" Version="1.${line}.0"><![CDATA[`,
    `        # Step ${line}`,
    ...statements,
    "    ]]></CodeUpgrade>",
  ];
}
