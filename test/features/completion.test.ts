import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CompletionList,
  type CompletionOptions,
  completion,
  describeCompletion,
} from "../../server/src/features/completion.ts";
import { joinKnowledge } from "../../server/src/knowledge/join-knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument, file, type Surroundings } from "../support/feature-document.ts";
import { packagesIn, packageText } from "../support/known-packages.ts";
import { withCaret } from "../support/marked.ts";
import { namedWorkspace } from "../support/named-workspace.ts";

interface Expected extends Surroundings, Pick<CompletionOptions, "others" | "installed"> {
  /** All labels, in the order in which they are shown. */
  readonly labels?: readonly string[];
  /** The first labels. */
  readonly first?: readonly string[];
  readonly has?: readonly string[];
  readonly hasNot?: readonly string[];
  /** The text after an item was chosen; places of snippets stand there as they are written. */
  readonly chosen?: readonly [label: string, text: string];
  /** What stands behind labels. */
  readonly details?: Readonly<Record<string, string | undefined>>;
  readonly isIncomplete?: boolean;
}

function completionAt(
  markedText: string,
  { others, installed, ...surroundings }: Surroundings & Pick<CompletionOptions, "others" | "installed"> = {},
): CompletionList & { text: string } {
  const { text, caret } = withCaret(markedText);
  const document = featureDocument(text, surroundings);
  const list = completion(document, caret, {
    now: "2024-05-02 10:00:00",
    translate: english,
    others,
    ...(installed ? { installed } : {}),
  });
  for (const { label, edit, additionalEdits = [] } of list.items) {
    assert.ok(edit.span.start <= caret && caret <= edit.span.end, `${label} is not at the caret`);
    assert.doesNotMatch(text.slice(edit.span.start, edit.span.end), /[\r\n]/, `${label} spreads over lines`);
    assert.doesNotThrow(() => applyEdits(text, [edit, ...additionalEdits]), `the edits of ${label} overlap`);
  }
  const items = [...list.items].sort((a, b) =>
    a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0,
  );
  return { items, isIncomplete: list.isIncomplete, text };
}

function checkCompletion(markedText: string, expected: Expected): void {
  const { items, isIncomplete, text } = completionAt(markedText, expected);
  const labels = items.map(({ label }) => label);
  if (expected.labels) assert.deepEqual(labels, expected.labels);
  if (expected.first) assert.deepEqual(labels.slice(0, expected.first.length), expected.first);
  for (const label of expected.has ?? []) assert.ok(labels.includes(label), `no ${label} in ${labels}`);
  for (const label of expected.hasNot ?? []) assert.ok(!labels.includes(label), `${label} is offered`);
  for (const [label, detail] of Object.entries(expected.details ?? {})) {
    const item = items.find((each) => each.label === label);
    assert.ok(item, `no ${label} in ${labels}`);
    assert.equal(item.detail, detail, label);
  }
  if (expected.chosen) {
    const [label, result] = expected.chosen;
    const item = items.find((each) => each.label === label);
    assert.ok(item, `no ${label} in ${labels}`);
    assert.equal(applyEdits(text, [item.edit, ...(item.additionalEdits ?? [])]), result);
  }
  assert.equal(isIncomplete, expected.isIncomplete ?? false, "whether the list is incomplete");
}

type Cases = readonly (readonly [name: string, markedText: string, expected: Expected])[];

function checkAll(subject: string, cases: Cases): void {
  for (const [name, markedText, expected] of cases) {
    test(`completion of ${subject}: ${name}`, () => checkCompletion(markedText, expected));
  }
}

checkAll("tags", [
  [
    "required ones first, single ones only once",
    "<otrs_package>\n    <Name>A</Name>\n    |\n    <Vendor/>\n</otrs_package>",
    {
      first: ["Version", "URL", "License", "Description", "Framework", "ChangeLog"],
      hasNot: ["Name", "Vendor", "CVS", "BuildDate", "IntroInstallPre", "File", "TableCreate"],
      details: { Version: "required", Description: "required", Framework: "required", ChangeLog: undefined },
    },
  ],
  [
    "repeated ones are no longer required, but still there",
    "<otrs_package>\n    <Framework>7.1.x</Framework>\n    |\n</otrs_package>",
    {
      details: { Framework: undefined },
      first: ["Name", "Version", "Vendor", "URL", "License", "Description"],
    },
  ],
  [
    "a whole element on an empty line",
    "<otrs_package>\n    |\n</otrs_package>",
    { chosen: ["Name", "<otrs_package>\n    <Name>$1</Name>\n</otrs_package>"] },
  ],
  [
    "the typed letters are replaced",
    "<otrs_package>\n    Ven|\n</otrs_package>",
    { chosen: ["Vendor", "<otrs_package>\n    <Vendor>$1</Vendor>\n</otrs_package>"] },
  ],
  [
    "behind a bracket the rest of it",
    "<otrs_package>\n    <|\n    <Name>A</Name>\n</otrs_package>",
    {
      hasNot: ["Name"],
      chosen: ["Vendor", "<otrs_package>\n    <Vendor>$1</Vendor>\n    <Name>A</Name>\n</otrs_package>"],
    },
  ],
  [
    "between two brackets",
    "<otrs_package>\n    <|>\n</otrs_package>",
    { chosen: ["Vendor", "<otrs_package>\n    <Vendor>$1</Vendor>\n</otrs_package>"] },
  ],
  [
    "a name that is begun",
    "<otrs_package>\n    <Ven|\n    <Name>A</Name>\n</otrs_package>",
    { chosen: ["Vendor", "<otrs_package>\n    <Vendor>$1</Vendor>\n    <Name>A</Name>\n</otrs_package>"] },
  ],
  [
    "a name with its bracket but without end tag",
    "<otrs_package>\n    <Ven|>\n</otrs_package>",
    { chosen: ["Vendor", "<otrs_package>\n    <Vendor>$1</Vendor>\n</otrs_package>"] },
  ],
  [
    "only the name where the rest is there",
    '<otrs_package>\n    <Desc| Lang="en">x</Desc>\n</otrs_package>',
    { chosen: ["Description", '<otrs_package>\n    <Description Lang="en">x</Desc>\n</otrs_package>'] },
  ],
  [
    "the name in both tags where they differ",
    "<otrs_package>\n    <Vend|>x</Vendr>\n</otrs_package>",
    { chosen: ["Vendor", "<otrs_package>\n    <Vendor>x</Vendor>\n</otrs_package>"] },
  ],
  [
    "only the name where attributes follow",
    '<otrs_package><Filelist>\n    <F| Location="x"/>\n</Filelist></otrs_package>',
    { chosen: ["File", '<otrs_package><Filelist>\n    <File Location="x"/>\n</Filelist></otrs_package>'] },
  ],
  [
    "the name at the caret does not count as given",
    "<otrs_package>\n    <Vend|or>x</Vendor>\n</otrs_package>",
    { has: ["Vendor"], hasNot: ["</Vendor>"] },
  ],
  [
    "in a section",
    "<otrs_package><DatabaseInstall>\n    |\n</DatabaseInstall></otrs_package>",
    { labels: ["TableCreate", "TableAlter", "TableDrop", "Insert", "<!-- -->"] },
  ],
  [
    "in a table",
    '<otrs_package><DatabaseInstall><TableCreate Name="a">\n    <|\n</TableCreate></DatabaseInstall></otrs_package>',
    { labels: ["Column", "Index", "Unique", "ForeignKey", "<!-- -->"], details: { Column: "required" } },
  ],
  [
    "with blanks of the document's own",
    "<otrs_package>\n  <Name>A</Name>\n  |\n</otrs_package>",
    {
      chosen: [
        "Filelist",
        '<otrs_package>\n  <Name>A</Name>\n  <Filelist>\n  <File Permission="${1|660,644,770,755|}" Location="$0"/>\n</Filelist>\n</otrs_package>',
      ],
    },
  ],
  [
    "the newest release line of the product",
    "<otobo_package>\n    |\n</otobo_package>",
    {
      dialect: "otobo-11",
      chosen: ["Framework", "<otobo_package>\n    <Framework>${1:11.1.x}</Framework>\n</otobo_package>"],
    },
  ],
  [
    "a change with the package's version and the present time",
    "<otrs_package>\n    <Version>2.1.0</Version>\n    |\n</otrs_package>",
    {
      chosen: [
        "ChangeLog",
        '<otrs_package>\n    <Version>2.1.0</Version>\n    <ChangeLog Version="${1:2.1.0}" Date="${2:2024-05-02 10:00:00}">$0</ChangeLog>\n</otrs_package>',
      ],
    },
  ],
  [
    "code in CDATA, calling the package's own module",
    "<otrs_package>\n    <Name>AcmeContracts</Name>\n    <|\n</otrs_package>",
    {
      chosen: [
        "CodeInstall",
        "<otrs_package>\n    <Name>AcmeContracts</Name>\n    <CodeInstall Type=\"${1|post,pre|}\"><![CDATA[\n    \\$Kernel::OM->Get('var::packagesetup::${2:AcmeContracts}')->CodeInstall();\n]]></CodeInstall>\n</otrs_package>",
      ],
    },
  ],
  [
    "what another dialect knows is left out",
    "<otobo_package>\n    <Framework>3.3.x</Framework>\n    |\n</otobo_package>",
    { dialect: "otrs-legacy", hasNot: ["PackageMerge", "PackageIsVisible"], has: ["ChangeLog"] },
  ],
  ["below a root with a wrong name", "<package>\n    |\n</package>", { has: ["Name", "Filelist"] }],
  [
    "behind an element that nothing closes, what comes after it",
    "<otrs_package>\n    <Name>Acme\n    <|\n    <Version>1.0.0</Version>\n</otrs_package>",
    { first: ["Vendor", "URL"], has: ["</Name>"], hasNot: ["Name", "Version", "</otrs_package>"] },
  ],
  ["nothing in a text", "<otrs_package><Vendor>Ac|</Vendor></otrs_package>", { labels: [] }],
  [
    "nothing in code",
    "<otrs_package><CodeInstall><![CDATA[ Na| ]]></CodeInstall></otrs_package>",
    { labels: [] },
  ],
  ["nothing in a comment", "<otrs_package><!-- <| --></otrs_package>", { labels: [] }],
  [
    "an archive may hold what builders write",
    "<otrs_package>\n    |\n</otrs_package>",
    { kind: "archive", has: ["BuildDate"] },
  ],
]);

checkAll("roots", [
  [
    "a package in an empty document",
    "|",
    {
      first: ["<otrs_package> Znuny 7", "<otobo_package> OTOBO 11"],
      has: ["<otrs_package> OTRS 6", '<?xml version="1.0" encoding="utf-8" ?>', "<!-- -->"],
      fileName: "AcmeContracts.sopm",
      chosen: [
        "<otrs_package> Znuny 7",
        '<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0">\n    <Name>${1:AcmeContracts}</Name>\n    <Version>${2:1.0.0}</Version>\n    <Framework>${3:7.3.x}</Framework>\n    <Vendor>${4:Acme Inc.}</Vendor>\n    <URL>${5:https://acme.example/}</URL>\n    <License>${6:GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007}</License>\n    <Description Lang="en">${7:What the package does.}</Description>\n    <Filelist>\n        <File Permission="660" Location="$0"/>\n    </Filelist>\n</otrs_package>',
      ],
    },
  ],
  ["the setting's dialect first", "|", { dialect: "otobo-11", first: ["<otobo_package> OTOBO 11"] }],
  [
    "behind a bracket the declaration goes before it",
    "<|",
    { first: ["<otrs_package> Znuny 7"], has: ["<otobo_package> OTOBO 10"] },
  ],
  ["behind a declaration", '<?xml version="1.0"?>\n<ot|', { first: ["<otrs_package> Znuny 7"] }],
  ["the name of the root where it is there", "<otrs|><Name/></otrs>", { labels: ["otrs_package"] }],
  ["no second root", "<otrs_package/>\n<|", { labels: ["<!-- -->"] }],
  ["a declaration at the start", "<?x|", { labels: ['<?xml version="1.0" encoding="utf-8" ?>'] }],
  ["no declaration further on", '<?xml version="1.0"?>\n<?|', { labels: [] }],
]);

test("completion of roots: a package behind a bracket brings its declaration along", () => {
  const { items, text } = completionAt("\n<|");
  const { edit, additionalEdits } = items[0]!;
  assert.match(
    applyEdits(text, [edit, ...additionalEdits!]),
    /^<\?xml version="1\.0" encoding="utf-8" \?>\n\n<otrs_package version="1\.0">\n/,
  );
});

checkAll("attributes", [
  [
    "needed ones first",
    "<otrs_package><Filelist><File |/></Filelist></otrs_package>",
    { labels: ["Permission", "Location", "Type"], details: { Permission: "required", Type: undefined } },
  ],
  [
    "those given are left out",
    '<otrs_package><Filelist><File Location="x" |/></Filelist></otrs_package>',
    {
      labels: ["Permission", "Type"],
      chosen: [
        "Permission",
        '<otrs_package><Filelist><File Location="x" Permission="$1"/></Filelist></otrs_package>',
      ],
    },
  ],
  [
    "with a choice of values",
    "<otrs_package><CodeUpgrade |></CodeUpgrade></otrs_package>",
    {
      labels: ["Type", "Version", "IfPackage", "IfNotPackage"],
      chosen: [
        "Type",
        '<otrs_package><CodeUpgrade Type="${1|pre,post,merge|}"></CodeUpgrade></otrs_package>',
      ],
    },
  ],
  [
    "a blank where one is needed",
    '<otrs_package><Filelist><File Location="x"|Type="replace"/></Filelist></otrs_package>',
    {
      chosen: [
        "Permission",
        '<otrs_package><Filelist><File Location="x" Permission="$1" Type="replace"/></Filelist></otrs_package>',
      ],
    },
  ],
  [
    "the name alone where a value follows",
    '<otrs_package><Filelist><File Loc|="x"/></Filelist></otrs_package>',
    { chosen: ["Location", '<otrs_package><Filelist><File Location="x"/></Filelist></otrs_package>'] },
  ],
  [
    "in a tag without end",
    "<otrs_package><Filelist>\n<File Perm|\n<File/></Filelist></otrs_package>",
    {
      chosen: [
        "Permission",
        '<otrs_package><Filelist>\n<File Permission="$1"\n<File/></Filelist></otrs_package>',
      ],
    },
  ],
  [
    "behind the name of a tag without end",
    "<otrs_package><Filelist>\n<File |\n<File/></Filelist></otrs_package>",
    { labels: ["Permission", "Location", "Type"] },
  ],
  [
    "obsolete ones are left out",
    "<otrs_package><DatabaseInstall><Insert><Data |/></Insert></DatabaseInstall></otrs_package>",
    { has: ["Key", "Type"], hasNot: ["Value"] },
  ],
  [
    "nothing between slash and bracket",
    "<otrs_package><Filelist><File /|></Filelist></otrs_package>",
    { labels: [] },
  ],
  ["nothing for an unknown element", "<otrs_package><Fil |/></otrs_package>", { labels: [] }],
]);

const disk = {
  "Kernel/System/Acme.pm": file(),
  "Kernel/System/Acme/Contract.pm": file(),
  "Kernel/Config/Files/ZZZAAuto.pm": file(),
  "bin/acme.pl": file(),
  "doc/en/A&B.md": file(),
  Kernel: { kind: "directory" },
} as const;

checkAll("paths", [
  [
    "unlisted files first, no folders, nothing the framework leaves out",
    '<otrs_package><Filelist>\n<File Location="Kernel/System/Acme.pm"/>\n<File Location="|"/></Filelist></otrs_package>',
    {
      disk,
      labels: ["bin/acme.pl", "doc/en/A&B.md", "Kernel/System/Acme/Contract.pm", "Kernel/System/Acme.pm"],
      details: { "bin/acme.pl": undefined, "Kernel/System/Acme.pm": "listed already" },
    },
  ],
  [
    "the whole path is replaced",
    '<otrs_package><Filelist><File Location="Kernel/Sys|tem/Old.pm"/></Filelist></otrs_package>',
    {
      disk,
      chosen: [
        "Kernel/System/Acme.pm",
        '<otrs_package><Filelist><File Location="Kernel/System/Acme.pm"/></Filelist></otrs_package>',
      ],
    },
  ],
  [
    "what is there itself does not count as listed",
    '<otrs_package><Filelist><File Location="bin/acme.pl|"/></Filelist></otrs_package>',
    { disk, details: { "bin/acme.pl": undefined } },
  ],
  [
    "with the quotes that are missing",
    "<otrs_package><Filelist><File Location=|/></Filelist></otrs_package>",
    {
      disk,
      chosen: [
        "bin/acme.pl",
        '<otrs_package><Filelist><File Location="bin/acme.pl"/></Filelist></otrs_package>',
      ],
    },
  ],
  [
    "with the quote that is missing at the end",
    '<otrs_package><Filelist>\n<File Location="Ker|\n<File Location="x"/></Filelist></otrs_package>',
    {
      disk,
      chosen: [
        "Kernel/System/Acme.pm",
        '<otrs_package><Filelist>\n<File Location="Kernel/System/Acme.pm"\n<File Location="x"/></Filelist></otrs_package>',
      ],
    },
  ],
  [
    "escaped where XML wants it",
    '<otrs_package><Filelist><File Location="|"/></Filelist></otrs_package>',
    {
      disk,
      chosen: [
        "doc/en/A&B.md",
        '<otrs_package><Filelist><File Location="doc/en/A&amp;B.md"/></Filelist></otrs_package>',
      ],
    },
  ],
  [
    "nothing yet while the disk has not answered",
    '<otrs_package><Filelist><File Location="|"/></Filelist></otrs_package>',
    { labels: [], isIncomplete: true },
  ],
]);

test("completion of paths: of many files those that fit what is typed", () => {
  const names = Array.from({ length: 1000 }, (_, index) => `Kernel/System/Acme/Module${index}.pm`);
  const many = Object.fromEntries([...names, "var/acme.css"].map((name) => [name, file()]));
  const all = completionAt('<a><Filelist><File Location="|"/></Filelist></a>', { disk: many });
  assert.equal(all.items.length, 200);
  assert.equal(all.isIncomplete, true);
  const typed = completionAt('<a><Filelist><File Location="ACME.c|"/></Filelist></a>', { disk: many });
  assert.deepEqual(
    typed.items.map(({ label }) => label),
    ["var/acme.css"],
  );
  const scattered = completionAt('<a><Filelist><File Location="kerm99|"/></Filelist></a>', { disk: many });
  assert.ok(scattered.items.some(({ label }) => label === "Kernel/System/Acme/Module99.pm"));
});

/** Of these releases of Znuny, the newest last. */
function znuny(...versions: readonly string[]) {
  return joinKnowledge(versions.map((version) => knowledgeFor("Znuny", version)));
}

const knowledge = {
  release: "Znuny 7.1.7",
  tableNames: () => ["ticket", "users"],
  table: (name: string) =>
    name === "users"
      ? { name, columns: ["id", "login"].map(columnFact), indexes: [], uniques: [], foreignKeys: [] }
      : null,
};

function columnFact(name: string) {
  return {
    name,
    type: "INTEGER",
    size: undefined,
    required: true,
    primaryKey: false,
    autoIncrement: false,
    default: undefined,
  };
}

const tables =
  '<DatabaseInstall><TableCreate Name="acme"><Column Name="id"/><Column Name="title"/>CARET</TableCreate></DatabaseInstall>';
const withTables = (inner: string, rest = "") =>
  `<otrs_package>${tables.replace("CARET", inner)}${rest}</otrs_package>`;

checkAll("values", [
  [
    "listed ones, the default told",
    '<otrs_package><CodeInstall Type="|"></CodeInstall></otrs_package>',
    {
      labels: ["pre", "post"],
      details: { pre: undefined, post: "default" },
      chosen: ["pre", '<otrs_package><CodeInstall Type="pre"></CodeInstall></otrs_package>'],
    },
  ],
  ["true and false", withTables('<Column Required="|"/>'), { labels: ["true", "false"] }],
  ["types of columns", withTables('<Column Type="|"/>'), { has: ["VARCHAR", "LONGBLOB"] }],
  [
    "versions of the package, then those of the change log",
    '<otrs_package><Version>2.0.0</Version><ChangeLog Version="2.0.0"/><ChangeLog Version="1.9.0"/><CodeUpgrade Version="|"/></otrs_package>',
    { labels: ["2.0.0", "1.9.0"] },
  ],
  [
    "no versions of ours for other packages",
    '<otrs_package><Version>2.0.0</Version><PackageRequired Version="|">x</PackageRequired></otrs_package>',
    { labels: [] },
  ],
  [
    "patch levels of the line in the text",
    '<otrs_package><Framework Minimum="|">7.1.x</Framework></otrs_package>',
    { knowledge, labels: ["7.1.7", "7.1.1"] },
  ],
  [
    "patch levels of all lines",
    '<otrs_package><Framework Minimum="|"></Framework></otrs_package>',
    { labels: ["7.3.1", "7.2.1", "7.1.7", "7.1.1", "7.0.9", "7.0.1"] },
  ],
  [
    "the patch levels that are known of several releases",
    '<otrs_package><Framework Minimum="|">7.1.x</Framework></otrs_package>',
    { knowledge: znuny("6.5.4", "7.1.7", "7.3.1"), labels: ["7.1.7", "7.1.1"] },
  ],
  [
    "patch levels of a line that several products have",
    '<otrs_package><Framework Maximum="|">6.0.x</Framework></otrs_package>',
    {
      labels: ["6.0.41", "6.0.36", "6.0.31", "6.0.30", "6.0.1"],
      details: { "6.0.41": "OTRS 6", "6.0.36": "Znuny 6", "6.0.31": "Znuny 6" },
    },
  ],
  [
    "patch levels of all lines with a major version",
    '<otobo_package><Framework Minimum="|">11.x.x</Framework></otobo_package>',
    { dialect: "otobo-10", labels: ["11.1.1", "11.0.6", "11.0.1"], details: { "11.0.6": "OTOBO 11" } },
  ],
  [
    "languages, unused ones first",
    '<otrs_package><Description Lang="en">x</Description><Description Lang="|">y</Description></otrs_package>',
    { first: ["de", "es"], has: ["en", "zh_CN"], details: { de: "Deutsch", en: "English" } },
  ],
  [
    "modes of programs",
    '<otrs_package><Filelist><File Permission="|" Location="bin/acme.pl"/></Filelist></otrs_package>',
    { labels: ["770", "755", "660", "644"] },
  ],
  [
    "modes of other files",
    '<otrs_package><Filelist><File Permission="|" Location="Kernel/A.pm"/></Filelist></otrs_package>',
    { labels: ["660", "644", "770", "755"] },
  ],
  [
    "now and today",
    '<otrs_package><ChangeLog Date="|"/></otrs_package>',
    { labels: ["2024-05-02 10:00:00", "2024-05-02"] },
  ],
  [
    "absorbed packages",
    '<otrs_package><PackageMerge Name="Old" TargetVersion="1.0.0"/><PackageRequired Version="1">Other</PackageRequired><CodeInstall IfPackage="|"/></otrs_package>',
    { labels: ["Old"] },
  ],
  [
    "absorbed and required packages",
    '<otrs_package><PackageMerge Name="Old" TargetVersion="1.0.0"/><PackageRequired Version="1">Other</PackageRequired><CodeInstall IfNotPackage="|"/></otrs_package>',
    { labels: ["Old", "Other"] },
  ],
  [
    "tables, our own first",
    withTables('<ForeignKey ForeignTable="|"/>'),
    {
      knowledge,
      labels: ["acme", "ticket", "users"],
      details: { acme: "of this package", users: "Znuny 7.1.7" },
    },
  ],
  [
    "only our own tables to drop",
    withTables("", '<DatabaseUninstall><TableDrop Name="|"/></DatabaseUninstall>'),
    { knowledge, labels: ["acme"] },
  ],
  [
    "no names for a new table",
    '<otrs_package><DatabaseInstall><TableCreate Name="|"/></DatabaseInstall></otrs_package>',
    { knowledge, labels: [] },
  ],
  [
    "columns of the table around",
    withTables('<Index Name="a"><IndexColumn Name="|"/></Index>'),
    { labels: ["id", "title"] },
  ],
  [
    "columns not in the index yet",
    withTables('<Index Name="a"><IndexColumn Name="id"/><IndexColumn Name="|"/></Index>'),
    { labels: ["title"] },
  ],
  [
    "columns of the other table",
    withTables('<ForeignKey ForeignTable="users"><Reference Local="id" Foreign="|"/></ForeignKey>'),
    { knowledge, labels: ["id", "login"], details: { login: "INTEGER" } },
  ],
  [
    "columns of the newest of several releases",
    withTables('<ForeignKey ForeignTable="mention"><Reference Local="id" Foreign="|"/></ForeignKey>'),
    { knowledge: znuny("6.3.4", "6.4.5"), first: ["id", "user_id"] },
  ],
  [
    "no columns of an older release",
    withTables(
      '<ForeignKey ForeignTable="cloud_service_config"><Reference Local="id" Foreign="|"/></ForeignKey>',
    ),
    { knowledge: znuny("6.5.4", "7.0.9"), labels: [] },
  ],
  [
    "columns of the table that gets a row",
    withTables(
      "",
      '<DatabaseInstall><Insert Table="acme"><Data Key="id">1</Data><Data Key="|"/></Insert></DatabaseInstall>',
    ),
    { labels: ["title"] },
  ],
  [
    "columns of the table that is altered, added ones too",
    withTables(
      "",
      '<DatabaseUpgrade><TableAlter Name="acme"><ColumnAdd Name="owner"/><ColumnDrop Name="|"/></TableAlter></DatabaseUpgrade>',
    ),
    { labels: ["id", "title", "owner"], details: { id: undefined } },
  ],
  [
    "the present name as the new one",
    withTables(
      "",
      '<DatabaseUpgrade><TableAlter Name="acme"><ColumnChange NameOld="title" NameNew="|"/></TableAlter></DatabaseUpgrade>',
    ),
    { labels: ["title"] },
  ],
  ["nothing where anything goes", '<otrs_package><IntroInstall Title="|"/></otrs_package>', { labels: [] }],
]);

const others = packagesIn({
  "/ws/Basis.sopm": packageText("Basis", "1.10.0"),
  "/ws/Basis-1.9.0.opm": packageText("Basis", "1.9.0"),
  "/ws/R&amp;D.sopm": packageText("R&amp;D", "1.0.0"),
  "/ws/Own-0.9.0.opm": packageText("Own", "0.9.0"),
  "/list/otrs.xml":
    "<otrs_package_list><Package><Name>Zeta</Name><Version>2.0.0</Version></Package></otrs_package_list>",
});
const installed = () => [
  { name: "Basis", version: "1.10.1" },
  { name: "Yard", version: "3.0.0" },
];
const named = (inner: string) => `<otrs_package><Name>Own</Name>${inner}</otrs_package>`;

checkAll("packages", [
  [
    "those that are known, with their highest versions, without the own one",
    named("<PackageRequired>|</PackageRequired>"),
    {
      others,
      installed,
      labels: ["Basis", "R&D", "Zeta", "Yard"],
      details: { Basis: "1.10.1", Zeta: "2.0.0", Yard: "3.0.0" },
      chosen: ["R&D", named("<PackageRequired>R&amp;D</PackageRequired>")],
    },
  ],
  [
    "none twice",
    named("<PackageRequired>Zeta</PackageRequired><PackageRequired>|</PackageRequired>"),
    { others, labels: ["Basis", "R&D"] },
  ],
  [
    "the whole of a name that is there",
    named("<PackageRequired>\n  Za|rt und R&amp;X\n</PackageRequired>"),
    { others, chosen: ["Zeta", named("<PackageRequired>\n  Zeta\n</PackageRequired>")] },
  ],
  [
    "their versions, highest first, and where they were found",
    named('<PackageRequired Version="|">Basis</PackageRequired>'),
    {
      others,
      installed,
      labels: ["1.10.1", "1.10.0", "1.9.0"],
      details: { "1.10.1": "in the sandbox", "1.10.0": "in the workspace", "1.9.0": "in an archive" },
    },
  ],
  [
    "those to absorb, and the versions up to which they are",
    named('<PackageMerge Name="Zeta"/><PackageMerge Name=\'|\' TargetVersion=""/>'),
    {
      others,
      labels: ["Basis", "R&D"],
      chosen: ["R&D", named('<PackageMerge Name="Zeta"/><PackageMerge Name=\'R&amp;D\' TargetVersion=""/>')],
    },
  ],
  [
    "the version of one that is absorbed",
    named('<PackageMerge Name="Zeta" TargetVersion="|"/>'),
    { others, labels: ["2.0.0"], details: { "2.0.0": "in an index" } },
  ],
  [
    "conditions: absorbed ones before others",
    named('<PackageMerge Name="Zeta"/><CodeInstall IfPackage="|"/>'),
    { others, labels: ["Zeta", "Basis", "R&D"] },
  ],
]);

test("completion of packages: of thousands those that fit what is typed", () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({ name: `Acme${index}`, version: "1.0.0" }));
  let asked = 0;
  const { items, isIncomplete } = completionAt(named("<PackageRequired>Acme99|</PackageRequired>"), {
    installed: () => {
      asked++;
      return many;
    },
  });
  assert.equal(isIncomplete, true);
  assert.equal(asked, 1);
  assert.deepEqual(
    items.map(({ label }) => label),
    many
      .map(({ name }) => name)
      .filter((name) => /9\d*9/.test(name))
      .toSorted(),
  );
});

const shipping = {
  disk: {},
  texts: {
    "Kernel/System/Own.pm":
      "package Kernel::System::Own;\nuse strict;\nuse Text::Acme 1.20 qw(x);\nuse Geo::Map;\n",
    "bin/own.pl": "use Text::Acme v1.3.1;\nuse JSON::XS;\n",
  },
  knowledge: { isFrameworkFile: () => false },
};
const ship = (inner: string) =>
  named(`${inner}<Filelist><File Location="Kernel/System/Own.pm"/><File Location="bin/own.pl"/></Filelist>`);

checkAll("modules", [
  [
    "those that files use and nobody has asked for, then usual ones",
    ship("<ModuleRequired>|</ModuleRequired>"),
    {
      ...shipping,
      first: ["Geo::Map", "Text::Acme", "Apache2::Reload"],
      has: ["JSON::XS"],
      details: { "Geo::Map": "used in Kernel/System/Own.pm", "JSON::XS": undefined },
    },
  ],
  [
    "none that is asked for already",
    ship("<ModuleRequired>Geo::Map</ModuleRequired><ModuleRequired>Text::Acme|</ModuleRequired>"),
    { ...shipping, first: ["Text::Acme"], hasNot: ["Geo::Map"] },
  ],
  [
    "the versions that files ask for, highest first",
    ship('<ModuleRequired Version="|">Text::Acme</ModuleRequired>'),
    { ...shipping, labels: ["1.20", "1.3.1"] },
  ],
]);

const coded = {
  disk: {},
  texts: {
    "var/packagesetup/Own.pm":
      "package var::packagesetup::Own;\nsub new {}\nsub CodeInstall {}\nsub _Insert {}\nsub CodeUpgrade {}\n1;\n",
  },
  knowledge: { release: "Znuny 7.1.7", moduleNames: () => ["Kernel::System::DB", "Kernel::System::Ticket"] },
};
const code = (inner: string, rest = "") =>
  named(
    `<CodeInstall><![CDATA[${inner}]]></CodeInstall>${rest}<Filelist><File Location="Kernel/System/Own.pm"/><File Location="var/packagesetup/Own.pm"/><File Location="bin/own.pl"/></Filelist>`,
  );
const allModules = [
  "var::packagesetup::Own",
  "Kernel::System::Own",
  "Kernel::System::DB",
  "Kernel::System::Ticket",
];

checkAll("code", [
  [
    "modules for the object manager: setup modules, those of the package, those of the framework",
    code("$Kernel::OM->Get('|');"),
    {
      ...coded,
      labels: allModules,
      details: { "var::packagesetup::Own": "of this package", "Kernel::System::DB": "Znuny 7.1.7" },
      chosen: ["Kernel::System::DB", code("$Kernel::OM->Get('Kernel::System::DB');")],
    },
  ],
  [
    "all of a name that is there",
    code("\n  my $X = $Kernel::OM->Get('Kernel::Sys|tem::DB')->Do();\n"),
    {
      ...coded,
      chosen: [
        "Kernel::System::Ticket",
        code("\n  my $X = $Kernel::OM->Get('Kernel::System::Ticket')->Do();\n"),
      ],
    },
  ],
  [
    "quotes where they are missing",
    code("$Kernel::OM->Create(|);"),
    { ...coded, chosen: ["Kernel::System::DB", code("$Kernel::OM->Create('Kernel::System::DB');")] },
  ],
  [
    "the quote that is missing at the end",
    code('$Kernel::OM->Get( ObjectName => "Ker|'),
    {
      ...coded,
      chosen: ["Kernel::System::DB", code('$Kernel::OM->Get( ObjectName => "Kernel::System::DB"')],
    },
  ],
  [
    "no quotes behind use",
    code("use |"),
    { ...coded, labels: allModules, chosen: ["Kernel::System::DB", code("use Kernel::System::DB")] },
  ],
  [
    "in text that is no CDATA",
    named("<CodeInstall>$Kernel::OM->Get('|')</CodeInstall>"),
    { ...coded, labels: ["Kernel::System::DB", "Kernel::System::Ticket"] },
  ],
  ["nothing in a comment", code("# $Kernel::OM->Get('|');"), { ...coded, labels: [] }],
  ["nothing in an introduction", named("<IntroInstall>$Kernel::OM->Get('|</IntroInstall>"), { labels: [] }],
  [
    "methods of a setup module",
    code("$Kernel::OM->Get('var::packagesetup::Own')->|"),
    {
      ...coded,
      labels: ["new", "CodeInstall", "CodeUpgrade", "_Insert"],
      chosen: ["CodeInstall", code("$Kernel::OM->Get('var::packagesetup::Own')->CodeInstall")],
    },
  ],
  [
    "methods of a variable, in place of the whole name",
    code("my $Setup = $Kernel::OM->Get('var::packagesetup::Own');\n  $Setup->Code|Foo();\n"),
    {
      ...coded,
      has: ["CodeInstall", "CodeUpgrade"],
      hasNot: ["CodeFoo"],
      chosen: [
        "CodeUpgrade",
        code("my $Setup = $Kernel::OM->Get('var::packagesetup::Own');\n  $Setup->CodeUpgrade();\n"),
      ],
    },
  ],
  [
    "methods of a class",
    code("require var::packagesetup::Own; var::packagesetup::Own->n|;"),
    { ...coded, has: ["new", "CodeInstall"] },
  ],
  [
    "methods of the framework that are called elsewhere",
    code(
      "$Kernel::OM->Get('Kernel::System::DB')->|;",
      "<CodeUpgrade><![CDATA[ $Kernel::OM->Get('Kernel::System::DB')->Prepare(); ]]></CodeUpgrade>",
    ),
    { ...coded, labels: ["Prepare"] },
  ],
  ["nothing of what nobody knows", code("$Self->|"), { ...coded, labels: [] }],
]);

test("completion of code: a module that is not read yet may have more", () => {
  const { items, isIncomplete } = completionAt(code("$Kernel::OM->Get('var::packagesetup::Own')->|"), {
    unread: true,
  });
  assert.deepEqual(items, []);
  assert.equal(isIncomplete, true);
});

checkAll("texts", [
  [
    "zero and one",
    "<otrs_package><PackageIsVisible>|</PackageIsVisible></otrs_package>",
    { labels: ["0", "1"], details: { "1": "default" } },
  ],
  [
    "release lines that are not there yet, newest first",
    "<otrs_package><Framework>7.1.x</Framework><Framework>7|</Framework></otrs_package>",
    {
      first: ["7.3.x", "7.2.x"],
      hasNot: ["7.1.x"],
      chosen: [
        "7.0.x",
        "<otrs_package><Framework>7.1.x</Framework><Framework>7.0.x</Framework></otrs_package>",
      ],
    },
  ],
  [
    "the name of the file",
    "<otrs_package><Name>|</Name></otrs_package>",
    { fileName: "Acme.sopm", first: ["Acme"] },
  ],
  [
    "the version of the change log",
    '<otrs_package><Version>|</Version><ChangeLog Version="1.2.3"/></otrs_package>',
    { first: ["1.2.3"] },
  ],
  ["a first version", "<otrs_package><Version>|</Version></otrs_package>", { first: ["1.0.0"] }],
  [
    "release lines of other products with the same root, and major versions",
    "<otrs_package><Framework>|</Framework></otrs_package>",
    {
      dialect: "otrs-6",
      first: ["6.0.x", "8.0.x", "7.0.x", "5.0.x", "4.0.x"],
      has: ["6.5.x", "7.3.x", "6.x.x", "7.x.x"],
      hasNot: ["10.1.x", "11.x.x"],
      details: { "6.0.x": "OTRS 6, Znuny 6", "7.3.x": "Znuny 7", "7.x.x": "OTRS 7 and 8, Znuny 7" },
    },
  ],
  [
    "names of licences, in place of the whole of what is there",
    "<otrs_package><License>GNU GEN|ERAL</License></otrs_package>",
    {
      first: ["GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007"],
      has: ["MIT"],
      chosen: [
        "GNU GENERAL PUBLIC LICENSE Version 2, June 1991",
        "<otrs_package><License>GNU GENERAL PUBLIC LICENSE Version 2, June 1991</License></otrs_package>",
      ],
    },
  ],
  ["operating systems", "<otrs_package><OS>|</OS></otrs_package>", { first: ["linux"] }],
  [
    "the present time in a row",
    '<otrs_package><DatabaseInstall><Insert Table="a"><Data Key="b">|</Data></Insert></DatabaseInstall></otrs_package>',
    { first: ["current_timestamp"] },
  ],
  [
    "CDATA for code",
    "<otrs_package>\n    <CodeInstall>|</CodeInstall>\n</otrs_package>",
    {
      labels: ["<![CDATA[ ]]>"],
      chosen: [
        "<![CDATA[ ]]>",
        "<otrs_package>\n    <CodeInstall><![CDATA[\n    $0\n]]></CodeInstall>\n</otrs_package>",
      ],
    },
  ],
  [
    "CDATA that is begun",
    "<otrs_package>\n    <CodeInstall><![CD|</CodeInstall>\n</otrs_package>",
    {
      chosen: [
        "<![CDATA[ ]]>",
        "<otrs_package>\n    <CodeInstall><![CDATA[\n    $0\n]]></CodeInstall>\n</otrs_package>",
      ],
    },
  ],
  [
    "a comment that is begun",
    "<otrs_package>\n    <!|\n    <Name/>\n</otrs_package>",
    { chosen: ["<!-- -->", "<otrs_package>\n    <!-- $0 -->\n    <Name/>\n</otrs_package>"] },
  ],
]);

checkAll("end tags", [
  [
    "behind a slash",
    "<otrs_package>\n    <Name>Acme</|\n    <Version/>\n</otrs_package>",
    {
      labels: ["</Name>"],
      chosen: ["</Name>", "<otrs_package>\n    <Name>Acme</Name>\n    <Version/>\n</otrs_package>"],
    },
  ],
  [
    "in the middle of a name",
    "<otrs_package>\n    <Name>Acme</N|a>\n</otrs_package>",
    { chosen: ["</Name>", "<otrs_package>\n    <Name>Acme</Name>\n</otrs_package>"] },
  ],
  [
    "a forgotten slash",
    "<otrs_package>\n    <Name>Acme<Na|me>\n</otrs_package>",
    { chosen: ["</Name>", "<otrs_package>\n    <Name>Acme</Name>\n</otrs_package>"] },
  ],
  [
    "a name without bracket",
    "<otrs_package>\n    <Name>Acme</Nam|\n</otrs_package>",
    { chosen: ["</Name>", "<otrs_package>\n    <Name>Acme</Name>\n</otrs_package>"] },
  ],
  [
    "behind a bracket",
    "<otrs_package>\n    <Filelist>\n    <|",
    {
      has: ["File", "</Filelist>", "</otrs_package>"],
      chosen: ["</Filelist>", "<otrs_package>\n    <Filelist>\n    </Filelist>"],
    },
  ],
  ["on an empty line", "<otrs_package>\n    <Filelist>\n    |", { has: ["</Filelist>", "</otrs_package>"] }],
  ["none where all is closed", "<otrs_package>\n    |\n</otrs_package>", { hasNot: ["</otrs_package>"] }],
]);

test("completion: a blank brings attributes to light, but no tags", () => {
  const labelsAt = (markedText: string) => {
    const { text, caret } = withCaret(markedText);
    const options = { now: "2024-05-02 10:00:00", translate: english, trigger: " " };
    return completion(featureDocument(text), caret, options).items.map(({ label }) => label);
  };
  assert.deepEqual(labelsAt("<otrs_package>\n  |\n</otrs_package>"), []);
  assert.deepEqual(labelsAt("<otrs_package><PackageIsVisible> |</PackageIsVisible></otrs_package>"), []);
  assert.deepEqual(labelsAt("<otrs_package><ChangeLog |/></otrs_package>"), ["Version", "Date"]);
});

test("completion: what a chosen attribute may hold is asked for at once", () => {
  const { items } = completionAt("<otrs_package><Filelist><File |/></Filelist></otrs_package>");
  const asks = items.filter(({ asksAgain }) => asksAgain).map(({ label }) => label);
  assert.deepEqual(asks, ["Permission", "Location"]);
});

test("completion: everything from the tag schema can be described", () => {
  const { items } = completionAt("<otrs_package>\n    <Filelist/>\n    |\n</otrs_package>");
  const described = items.filter(({ subject }) => subject);
  assert.ok(described.length > 20);
  for (const { subject } of described) {
    assert.match(describeCompletion(subject!, english) ?? "", new RegExp(`<${subject!.element}>`));
  }
  const attribute = { dialect: "znuny-7", element: "File", attribute: "Location" } as const;
  assert.match(describeCompletion(attribute, english)!, /Where the file goes/);
  assert.equal(describeCompletion({ dialect: "znuny-7", element: "Nothing" }, english), undefined);
});

test("completion: the life of a table is told with its items", () => {
  const text = withTables("", '<DatabaseUninstall><TableDrop Name="|"/></DatabaseUninstall>');
  const { items } = completionAt(text);
  const subject = items.find(({ label }) => label === "acme")?.subject;
  assert.deepEqual(subject?.name, { kind: "table", name: "acme", owner: undefined });
  const document = featureDocument(withCaret(text).text);
  const { known } = namedWorkspace({ "/ws/Basis.sopm": packageText("Basis", "1.10.0") }, "/ws/Own.sopm");
  assert.match(
    describeCompletion(subject!, english, { document, known })!,
    /Install: created, with 2 columns/,
  );
  assert.doesNotMatch(describeCompletion(subject!, english)!, /created, with/);
});

test("completion: what is known of a package is told with its items", () => {
  const text = named("<PackageRequired>|</PackageRequired>");
  const subject = completionAt(text, { others }).items.find(({ label }) => label === "Basis")?.subject;
  const document = featureDocument(withCaret(text).text);
  const { known } = namedWorkspace({ "/ws/Basis.sopm": packageText("Basis", "1.10.0") }, "/ws/Own.sopm");
  assert.match(
    describeCompletion(subject!, english, { document, known })!,
    /Known of `Basis`:\s[\s\S]*1\.10\.0/,
  );
});

test("completion: whatever is broken, it neither throws nor offers what overlaps", () => {
  const whole =
    '<?xml version="1.0"?>\n<otrs_package version="1.0">\n  <Name>A</Name>\n  <Filelist>\n    <File Permission="660" Location="a.pm"/>\n  </Filelist>\n  <CodeInstall Type="post"><![CDATA[ 1; ]]></CodeInstall>\n  <!-- end -->\n</otrs_package>\n';
  const more =
    "  <PackageRequired Version='1'>Ba</PackageRequired><License>GNU &amp; x</License>\n  <CodeUpgrade><![CDATA[\n$Kernel::OM->Get('var::packagesetup::Own')->Co; # x\n]]></CodeUpgrade><CodeInstall>$X-&gt;Get( use A;</CodeInstall>\n";
  const text = whole.replace("  <Filelist>", `${more}  <Filelist>`);
  const known = { disk, texts: coded.texts, others, installed };
  let places = 0;
  for (let cut = 0; cut <= text.length; cut++, places++) completionAt(`${text.slice(0, cut)}|`, known);
  for (let at = 0; at < text.length; at++, places++)
    completionAt(`${text.slice(0, at)}|${text.slice(at + 1)}`, known);
  assert.equal(places, 2 * text.length + 1, "all places were asked");
});
