import assert from "node:assert/strict";
import { test } from "node:test";
import { type MadeVersion, madeMatrix } from "../support/made-history.ts";

const id = '<Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>';
const name = '<Column Name="name" Type="VARCHAR" Size="100" Required="true"/>';
const note = '<Column Name="note" Type="VARCHAR" Size="200" Required="false"/>';
const rank = '<Column Name="rank_no" Type="INTEGER" Required="true" Default="1"/>';
const index = '<Index Name="acme_rank"><IndexColumn Name="rank_no"/></Index>';
const unique = '<Unique Name="acme_name"><UniqueColumn Name="name"/></Unique>';
const item = `<TableCreate Name="acme_item">${id}<Column Name="acme_id" Type="BIGINT" Required="false"/><ForeignKey ForeignTable="acme"><Reference Local="acme_id" Foreign="id"/></ForeignKey></TableCreate>`;
const row = '<Insert Table="acme_kind"><Data Key="title" Type="Quote">second</Data></Insert>';
const kind = `<TableCreate Name="acme_kind">${id}<Column Name="title" Type="VARCHAR" Size="50" Required="true"/></TableCreate><Insert Table="acme_kind"><Data Key="title" Type="Quote">first</Data></Insert>`;

const first: MadeVersion = {
  version: "1.0.0",
  sections: `<DatabaseInstall Type="post"><TableCreate Name="acme">${id}${name}<Column Name="old" Type="INTEGER" Required="false"/></TableCreate><TableCreate Name="acme_gone">${id}</TableCreate><TableCreate Name="acme_before">${id}</TableCreate>${kind}</DatabaseInstall>
<DatabaseUninstall Type="pre"><TableDrop Name="acme_before"/><TableDrop Name="acme_gone"/><TableDrop Name="acme_kind"/><TableDrop Name="acme"/></DatabaseUninstall>`,
  files: { "Kernel/System/Acme.pm": "1;", "Kernel/System/AcmeOld.pm": "1;" },
};

const upgrade2 = `<TableAlter Name="acme" Version="1.1.0"><ColumnAdd Name="note" Type="VARCHAR" Size="200" Required="false"/></TableAlter><TableDrop Name="acme_gone" Version="1.1.0"/>`;
const second: MadeVersion = {
  version: "1.1.0",
  sections: `<DatabaseInstall Type="post"><TableCreate Name="acme">${id}${name}<Column Name="old" Type="INTEGER" Required="false"/>${note}</TableCreate><TableCreate Name="acme_before">${id}</TableCreate>${kind}</DatabaseInstall>
<DatabaseUpgrade Type="post">${upgrade2}</DatabaseUpgrade>
<DatabaseUninstall Type="pre"><TableDrop Name="acme_before"/><TableDrop Name="acme_kind"/><TableDrop Name="acme"/></DatabaseUninstall>`,
  files: { "Kernel/System/Acme.pm": "1; # 2" },
};

const upgrade3 = `<TableAlter Name="acme" Version="2.0.0"><ColumnAdd Name="rank_no" Type="INTEGER" Required="true" Default="1"/></TableAlter>
<TableAlter Name="acme" Version="2.0.0"><ColumnDrop Name="old"/></TableAlter>
<TableAlter Name="acme" Version="2.0.0"><IndexCreate Name="acme_rank"><IndexColumn Name="rank_no"/></IndexCreate></TableAlter>
<TableAlter Name="acme" Version="2.0.0"><UniqueCreate Name="acme_name"><UniqueColumn Name="name"/></UniqueCreate></TableAlter>
<TableAlter NameOld="acme_before" NameNew="acme_after" Version="2.0.0"/>
${item.replace("<TableCreate ", '<TableCreate Version="2.0.0" ')}
${row.replace("<Insert ", '<Insert Version="2.0.0" ')}`;
const third: MadeVersion = {
  version: "2.0.0",
  sections: `<DatabaseInstall Type="post"><TableCreate Name="acme">${id}${name}${note}${rank}${index}${unique}</TableCreate><TableCreate Name="acme_after">${id}</TableCreate>${kind}${row}${item}</DatabaseInstall>
<DatabaseUpgrade Type="post">${upgrade2}${upgrade3}</DatabaseUpgrade>
<DatabaseUninstall Type="pre"><TableDrop Name="acme_item"/><TableDrop Name="acme_after"/><TableDrop Name="acme_kind"/><TableDrop Name="acme"/></DatabaseUninstall>`,
  files: { "Kernel/System/Acme.pm": "1; # 3" },
};

/** What is done to the last version, in the first text that fits, and how it is named: kind, table, name, cause. */
const faults: readonly (readonly [what: string, from: string, to: string, ...expected: string[]])[] = [
  [
    "gate too low for a column",
    '<TableAlter Name="acme" Version="2.0.0"><ColumnAdd',
    '<TableAlter Name="acme" Version="1.0.0"><ColumnAdd',
    "column acme rank_no gate",
  ],
  [
    "gate of the last version for a table",
    '<TableCreate Version="2.0.0"',
    '<TableCreate Version="1.1.0"',
    "table acme_item  gate",
  ],
  [
    "gate too low for a drop",
    'Version="2.0.0"><ColumnDrop',
    'Version="1.1.0"><ColumnDrop',
    "column acme old gate",
  ],
  [
    "gate too low for an index",
    'Version="2.0.0"><IndexCreate',
    'Version="1.0.0"><IndexCreate',
    "key acme acme_rank gate",
  ],
  ["gate too low for a row", '<Insert Version="2.0.0"', '<Insert Version="1.1.0"', "row acme_kind  gate"],
  [
    "gate too high, which runs twice",
    '<TableAlter Name="acme" Version="1.1.0">',
    '<TableAlter Name="acme" Version="1.2.0">',
    "fails ColumnAdd(acme.note)",
  ],
  [
    "column missing in the upgrade",
    '<ColumnAdd Name="rank_no" Type="INTEGER" Required="true" Default="1"/>',
    '<ColumnAdd Name="rank_other" Type="INTEGER" Required="true" Default="1"/>',
    "column acme rank_no not-in-upgrade",
  ],
  ["column missing in the install", note, "", "column acme note not-in-install"],
  [
    "older column missing in the install",
    `${name}${note}${rank}${index}${unique}`,
    `${note}${rank}${index}`,
    "column acme name left",
  ],
  [
    "other size in the upgrade",
    '<ColumnAdd Name="note" Type="VARCHAR" Size="200"',
    '<ColumnAdd Name="note" Type="VARCHAR" Size="250"',
    "column-size acme note otherwise",
  ],
  ["other size in the install", name, name.replace("100", "120"), "column-size acme name not-in-upgrade"],
  [
    "other type in the upgrade",
    '<ColumnAdd Name="rank_no" Type="INTEGER"',
    '<ColumnAdd Name="rank_no" Type="BIGINT"',
    "column-type acme rank_no otherwise",
  ],
  [
    "other default in the upgrade",
    '<ColumnAdd Name="rank_no" Type="INTEGER" Required="true" Default="1"',
    '<ColumnAdd Name="rank_no" Type="INTEGER" Required="true" Default="2"',
    "column-default acme rank_no otherwise",
  ],
  ["other default in the install", rank, rank.replace('"1"', '"3"'), "column-default acme rank_no otherwise"],
  [
    "not required in the upgrade",
    '<ColumnAdd Name="rank_no" Type="INTEGER" Required="true"',
    '<ColumnAdd Name="rank_no" Type="INTEGER" Required="false"',
    "column-required acme rank_no otherwise",
  ],
  [
    "required in the install alone",
    note,
    note.replace('"false"', '"true"'),
    "column-required acme note otherwise",
  ],
  ["index missing in the install", index, "", "key acme acme_rank not-in-install"],
  [
    "index of another name",
    '<IndexCreate Name="acme_rank">',
    '<IndexCreate Name="acme_ranks">',
    "key-name acme acme_rank not-in-upgrade",
  ],
  ["unique missing in the install", unique, "", "key acme acme_name not-in-install"],
  [
    "unique is an index in the install",
    unique,
    unique.replaceAll("Unique", "Index"),
    "key acme acme_name otherwise",
  ],
  [
    "row missing in the upgrade",
    `${row.replace("<Insert ", '<Insert Version="2.0.0" ')}`,
    "",
    "row acme_kind  not-in-upgrade",
  ],
  ["row missing in the install", row, "", "row acme_kind  not-in-install"],
  [
    "other value in the upgrade",
    '<Insert Version="2.0.0" Table="acme_kind"><Data Key="title" Type="Quote">second',
    '<Insert Version="2.0.0" Table="acme_kind"><Data Key="title" Type="Quote">zweite',
    "row acme_kind ",
  ],
  [
    "table renamed in the install alone",
    '<TableAlter NameOld="acme_before" NameNew="acme_after" Version="2.0.0"/>',
    "",
    "table acme_after  not-in-upgrade",
  ],
  [
    "table renamed in the upgrade alone",
    `<TableCreate Name="acme_after">${id}</TableCreate>`,
    `<TableCreate Name="acme_before">${id}</TableCreate>`,
    "table acme_before  otherwise",
  ],
  [
    "table dropped in the install alone",
    '<TableDrop Name="acme_gone" Version="1.1.0"/>',
    "",
    "table acme_gone  left",
  ],
  [
    "table dropped in the upgrade alone",
    '<TableCreate Name="acme_after">',
    `<TableCreate Name="acme_gone">${id}</TableCreate><TableCreate Name="acme_after">`,
    "table acme_gone  otherwise",
  ],
  [
    "foreign key missing in the install",
    '<ForeignKey ForeignTable="acme"><Reference Local="acme_id" Foreign="id"/></ForeignKey>',
    "",
    "foreign-key acme_item acme_id not-in-install",
  ],
  [
    "column dropped in the install alone",
    '<TableAlter Name="acme" Version="2.0.0"><ColumnDrop Name="old"/></TableAlter>',
    "",
    "column acme old left",
  ],
  [
    "upgrade in a phase that never runs",
    '<DatabaseUpgrade Type="post">',
    '<DatabaseUpgrade Type="pre">',
    "column acme rank_no not-in-upgrade",
  ],
];

/** What follows from a fault, and is true as well. */
const consequences: Readonly<Record<string, readonly string[]>> = {
  "gate too low for a column": ["key acme acme_rank fails", "fails IndexCreate(acme.acme_rank)"],
  "gate of the last version for a table": ["fails TableDrop(acme_item)"],
  "column missing in the upgrade": [
    "column acme rank_other not-in-install",
    "key acme acme_rank fails",
    "fails IndexCreate(acme.acme_rank)",
  ],
  "column missing in the install": ["column acme note left"],
  "older column missing in the install": ["key acme acme_name not-in-install"],
  // On Oracle, where both are numbers.
  "other type in the upgrade": ["column-size acme rank_no otherwise"],
  "required in the install alone": ["column-required acme note not-in-upgrade"],
  "table renamed in the install alone": ["table acme_before  left", "fails TableDrop(acme_after)"],
  "table renamed in the upgrade alone": ["table acme_after  not-in-install", "fails TableDrop(acme_after)"],
  "table dropped in the upgrade alone": ["table acme_gone  not-in-upgrade"],
  "upgrade in a phase that never runs": [
    "column acme note not-in-upgrade",
    "column acme old left",
    "key acme acme_name not-in-upgrade",
    "key acme acme_rank not-in-upgrade",
    "table acme_after  not-in-upgrade",
    "row acme_kind  not-in-upgrade",
    "table acme_item  not-in-upgrade",
    "table acme_gone  left",
    "table acme_before  left",
    "fails TableDrop(acme_item)",
    "fails TableDrop(acme_after)",
  ],
};

test("the histories that faults are planted in show no difference", async () => {
  const { counts, differences, failures } = await madeMatrix([first, second, third]);
  assert.deepEqual([differences, failures], [[], []]);
  assert.equal(counts.same, 4 * 3);
});

for (const [what, from, to, expected] of faults) {
  test(`found and named: ${what}`, async () => {
    assert.ok(third.sections.includes(from), "there is a place for it");
    const report = await madeMatrix([
      first,
      second,
      { ...third, sections: third.sections.replace(from, to) },
    ]);
    const named = [
      ...report.differences.map(
        ({ thing: { kind, table, name, parting } }) => `${kind} ${table} ${name} ${parting.cause}`,
      ),
      ...report.failures.map(({ thing }) => `fails ${thing.label}`),
    ];
    assert.ok(
      named.some((each) => each.startsWith(expected!) || each.includes(expected!)),
      `${expected}, not ${named.join("; ")}`,
    );
    const allowed = new Set(consequences[what]);
    assert.deepEqual(
      named.filter((each) => !each.startsWith(expected!) && !allowed.has(each)),
      [],
      "something else is named",
    );
  });
}

const setting = (name: string) =>
  `<?xml version="1.0" encoding="utf-8"?><otrs_config version="2.0" init="Application"><Setting Name="${name}" Required="1" Valid="1"><Description Translatable="1">x</Description><Navigation>Core</Navigation><Value><Item ValueType="String">1</Item></Value></Setting></otrs_config>`;
const settingsFile = "Kernel/Config/Files/XML/Acme.xml";
const namesOf = async (versions: readonly MadeVersion[]) =>
  (await madeMatrix(versions)).differences.map(
    ({ thing: { kind, table, name, operation, parting } }) =>
      `${kind} ${table} ${name} ${parting.cause} ${operation}`,
  );

test("settings and files that go with a version differ nowhere", async () => {
  const files = { ...first.files, [settingsFile]: setting("Acme::Old") };
  const last = { ...third, files: { ...third.files, [settingsFile]: setting("Acme::New") } };
  assert.deepEqual(await namesOf([{ ...first, files }, second, last]), []);
});

test("found and named: a setting that has lost its value, which upgraded systems keep", async () => {
  const lost = setting("Acme::Color").replace(/<Value>.*<\/Value>/, "");
  const files = { ...first.files, [settingsFile]: setting("Acme::Color") };
  const last = { ...third, files: { ...third.files, [settingsFile]: lost } };
  assert.deepEqual(await namesOf([{ ...first, files }, last]), ["setting  Acme::Color left upgrade"]);
});

test("found and named: a file where an older version had a folder", async () => {
  const folder = { ...first.files, "Kernel/System/Acme/Parts.pm": "1;" };
  const last = { ...third, files: { ...third.files, "Kernel/System/Acme": "1;" } };
  assert.deepEqual(await namesOf([{ ...first, files: folder }, last]), [
    "file  Kernel/System/Acme not-in-upgrade upgrade",
    "file  Kernel/System/Acme left uninstall",
  ]);
});

test("found and named: a table that an uninstall leaves after upgrades alone", async () => {
  const more = `<TableCreate Name="acme_more">${id}</TableCreate>`;
  const before = first.sections
    .replace("</DatabaseInstall>", `${more}</DatabaseInstall>`)
    .replace('<TableDrop Name="acme"/>', '<TableDrop Name="acme_more"/><TableDrop Name="acme"/>');
  assert.deepEqual(await namesOf([{ ...first, sections: before }, third]), ["table acme_more  left upgrade"]);
});
