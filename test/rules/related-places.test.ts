import { checkRows, inRoot, type RuleRow } from "../support/rule-rows.ts";

/** Lines in a package, so that what stands in the n-th of them stands in line n + 1. */
const lines = (...rows: readonly string[]) => inRoot(`\n${rows.join("\n")}\n`);

const column = (name: string, more = "") => `<Column Name="${name}" Type="INTEGER" ${more}/>`;
const id = column("id", 'PrimaryKey="true" AutoIncrement="true" Required="true"');
const install = (...rows: readonly string[]) => ["<DatabaseInstall>", ...rows, "</DatabaseInstall>"];
const upgrade = (...rows: readonly string[]) => [
  '<DatabaseUpgrade Type="post">',
  ...rows,
  "</DatabaseUpgrade>",
];
const alter = (change: string) => `<TableAlter Name="a" Version="1.1.0">${change}</TableAlter>`;

const drift = "install-upgrade-drift";
const textColumn = '<Column Name="t" Type="VARCHAR" Size="100000"/>';

/** One row for each rule that speaks of another place; those of files, texts and requirements have theirs elsewhere. */
const rows: readonly RuleRow[] = [
  [
    "column-duplicate",
    lines(
      ...install('<TableCreate Name="a">', column("b"), column("[[b]]"), column("[[B]]"), "</TableCreate>"),
    ),
    { related: [["4:15 The first of them stands here."], ["4:15 The first of them stands here."]] },
  ],
  [
    "fk-duplicate",
    lines(
      ...install(
        '<TableCreate Name="a">',
        '<ForeignKey ForeignTable="users"><Reference Local="b" Foreign="id"/></ForeignKey>',
        '<ForeignKey ForeignTable="users">[[<Reference Local="b" Foreign="id"/>]]</ForeignKey>',
        "</TableCreate>",
      ),
    ),
    { related: [["4:34 The first of them stands here."]] },
  ],
  [
    "fk-name-collision",
    lines(
      ...install(
        '<TableCreate Name="a">',
        '<ForeignKey ForeignTable="users"><Reference Local="b" Foreign="id"/></ForeignKey>',
        '<ForeignKey ForeignTable="ticket">[[<Reference Local="b" Foreign="id"/>]]</ForeignKey>',
        "</TableCreate>",
      ),
    ),
    { related: [["4:34 The other reference stands here."]] },
  ],
  [
    "index-name-duplicate",
    lines(
      ...install(
        `<TableCreate Name="a">${column("b")}<Index Name="i"><IndexColumn Name="b"/></Index></TableCreate>`,
        `<TableCreate Name="c">${column("b")}<Index Name="[[i]]"><IndexColumn Name="b"/></Index></TableCreate>`,
      ),
    ),
    { related: [["3:70 The name is given here first."]] },
  ],
  [
    "table-exists",
    lines(
      ...install(
        `<TableCreate Name="a">${id}</TableCreate>`,
        `<TableCreate Name="[[a]]">${id}</TableCreate>`,
      ),
    ),
    { related: [["3:20 The table is created here first."]] },
  ],
  [
    "column-exists",
    lines(
      ...install(
        '<TableCreate Name="a">',
        column("b"),
        "</TableCreate>",
        '<TableAlter Name="a"><ColumnAdd Name="[[b]]" Type="INTEGER"/></TableAlter>',
      ),
    ),
    { related: [["4:15 The column is defined here."]] },
  ],
  [
    "column-change-shrinks",
    lines(
      ...install(
        '<TableCreate Name="a">',
        '<Column Name="b" Type="VARCHAR" Size="100"/>',
        "</TableCreate>",
        '<TableAlter Name="a"><[[ColumnChange]] NameOld="b" NameNew="b" Type="VARCHAR" Size="50"/></TableAlter>',
      ),
    ),
    { related: [["4:15 The column is defined here."]] },
  ],
  [
    "fk-type-mismatch",
    lines(
      ...install(
        `<TableCreate Name="a">${id}</TableCreate>`,
        '<TableCreate Name="c">',
        '<Column Name="a_id" Type="BIGINT"/>',
        '<ForeignKey ForeignTable="a"><Reference Local="[[a_id]]" Foreign="id"/></ForeignKey>',
        "</TableCreate>",
      ),
    ),
    { related: [["3:37 The column is defined here.", "5:15 The column is defined here."]] },
  ],
  [
    "table-drop-order",
    lines(
      ...install(
        `<TableCreate Name="a">${id}</TableCreate>`,
        `<TableCreate Name="c">${id}<ForeignKey ForeignTable="a"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>`,
      ),
      "<DatabaseUninstall>",
      '<TableDrop Name="[[a]]"/>',
      '<TableDrop Name="c"/>',
      "</DatabaseUninstall>",
    ),
    { related: [["8:18 “c” is dropped here."]] },
  ],
  [
    "column-pk-composite",
    lines(
      ...install(
        '<TableCreate Name="a">',
        '<Column Name="b" [[PrimaryKey="true"]] Type="INTEGER"/>',
        '<Column Name="c" PrimaryKey="true" Type="INTEGER"/>',
        "</TableCreate>",
      ),
    ),
    { related: [["5:18 This is the one that counts."]] },
  ],
  [
    "column-autoincrement-not-first",
    lines(
      ...install(
        '<TableCreate Name="a">',
        column("b"),
        '<Column Name="id" PrimaryKey="true" [[AutoIncrement="true"]] Type="INTEGER"/>',
        "</TableCreate>",
      ),
    ),
    { dialect: "znuny-6", related: [["4:15 The first column that is missing stands here."]] },
  ],
  [
    "uninstall-post-drop",
    lines(
      '<CodeUninstall Type="post"><![CDATA[ "SELECT 1 FROM acme" ]]></CodeUninstall>',
      "<DatabaseUninstall>",
      '<TableDrop Name="[[acme]]"/>',
      "</DatabaseUninstall>",
    ),
    { related: [["2:2 The code that speaks of it stands here."]] },
  ],
  [
    "changelog-order",
    lines('<ChangeLog Version="1.9.0">A</ChangeLog>', '<ChangeLog [[Version="1.10.0"]]>B</ChangeLog>'),
    { related: [["2:2 The older entry stands here."]] },
  ],
  [
    "changelog-version-mismatch",
    lines("<Version>[[1.1.0]]</Version>", '<ChangeLog Version="1.0.0">A</ChangeLog>'),
    { related: [["3:2 The newest entry stands here."]] },
  ],
  [
    "db-type-inherited",
    lines('<DatabaseInstall Type="pre"/>', "<[[DatabaseInstall]]/>"),
    { related: [["2:18 It takes over the Type of this section."]] },
  ],
  [
    "merge-leaks-type",
    lines('<DatabaseUpgrade Type="merge"/>', "<[[DatabaseUpgrade]]/>"),
    { related: [["2:18 It takes over the Type of this section."]] },
  ],
  [
    "code-early-return",
    lines(
      "<CodeInstall><![CDATA[ [[return]]; ]]></CodeInstall>",
      "<CodeInstall><![CDATA[ f(); ]]></CodeInstall>",
    ),
    { related: [["3:2 This section is skipped."]] },
  ],
  [
    "merge-version-above-target",
    lines(
      '<PackageMerge Name="A" TargetVersion="1.0.0">',
      '<CodeUpgrade Type="merge" Version="[[1.1.0]]">f();</CodeUpgrade>',
      "</PackageMerge>",
    ),
    { related: [["2:39 TargetVersion stands here."]] },
  ],
  [
    "element-order",
    lines("<Version>1.0.0</Version>", "<[[Name]]>A</Name>"),
    { related: [["2:2 <Version> stands here."]] },
  ],
  [
    "index-size-missing",
    lines(
      ...install(
        '<TableCreate Name="a">',
        textColumn,
        '<Index Name="a_t"><IndexColumn Name="[[t]]"/></Index>',
        "</TableCreate>",
      ),
    ),
    { related: [["4:15 The column is defined here."]] },
  ],
  [
    "index-size-invalid",
    lines(
      ...install(
        '<TableCreate Name="a">',
        column("t"),
        '<Index Name="a_t"><IndexColumn Name="t" Size="[[10]]"/></Index>',
        "</TableCreate>",
      ),
    ),
    { related: [["4:15 The column is defined here."]] },
  ],
  [
    "unique-on-text",
    lines(
      ...install(
        '<TableCreate Name="a">',
        textColumn,
        '<Unique Name="a_t"><UniqueColumn Name="[[t]]"/></Unique>',
        "</TableCreate>",
      ),
    ),
    { related: [["4:15 The column is defined here."]] },
  ],
  [
    "code-install-pre-uses-package",
    lines(
      "<Name>Acme</Name>",
      '<CodeInstall Type="pre"><![CDATA[ require [[var::packagesetup::Acme]]; ]]></CodeInstall>',
      "<Filelist>",
      '<File Location="var/packagesetup/Acme.pm"/>',
      "</Filelist>",
    ),
    { related: [["5:17 The file is listed here."]] },
  ],
  [
    "code-uninstall-post-uses-package",
    lines(
      "<Name>Acme</Name>",
      '<CodeUninstall Type="post"><![CDATA[ require [[var::packagesetup::Acme]]; ]]></CodeUninstall>',
      "<Filelist>",
      '<File Location="var/packagesetup/Acme.pm"/>',
      "</Filelist>",
    ),
    { related: [["5:17 The file is listed here."]] },
  ],
  [
    "xml-not-wellformed",
    '<otrs_package version="1.0">\n<Vendor>A</[[Vendr]]>\n</otrs_package>',
    { related: [["2:2 <Vendor> starts here."]] },
  ],
  [
    drift,
    lines(
      ...install('<TableCreate Name="a">', id, "</TableCreate>"),
      ...upgrade(alter('<ColumnAdd Name="[[b]]" Type="INTEGER"/>')),
    ),
    { related: [["3:20 The installation creates the table here."]] },
  ],
  [
    drift,
    lines(
      ...install('<TableCreate Name="a">', column("b"), "</TableCreate>"),
      ...upgrade(alter('<ColumnAdd Name="[[b]]" Type="BIGINT"/>')),
    ),
    { related: [["4:15 The column is defined here."]] },
  ],
  [
    drift,
    lines(
      ...install('<TableCreate Name="a">', column("b"), "</TableCreate>"),
      ...upgrade(alter('<ColumnDrop Name="[[b]]"/>')),
    ),
    { related: [["4:15 The column is defined here."]] },
  ],
  [
    drift,
    lines(
      ...install('<TableCreate Name="a">', column("b"), "</TableCreate>"),
      ...upgrade('<TableDrop Name="[[a]]" Version="1.1.0"/>'),
    ),
    { related: [["3:20 The installation creates the table here."]] },
  ],
  [
    drift,
    lines(
      ...install('<TableCreate Name="a">', column("b"), column("c"), "</TableCreate>"),
      ...upgrade(`<TableCreate Name="[[a]]" Version="1.1.0">${column("b")}</TableCreate>`),
    ),
    { related: [["5:15 The column is defined here."]] },
  ],
];

checkRows(rows);
