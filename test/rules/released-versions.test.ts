import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { packageText } from "../support/known-packages.ts";
import { checkRows, type RuleRow } from "../support/rule-rows.ts";

const id = '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>';
const floor = '<Column Name="floor" Required="false" Size="100" Type="VARCHAR"/>';
const create = (table: string, inside = "", gate = "") =>
  `<TableCreate Name="${table}"${gate && ` Version="${gate}"`}>${id}${inside}</TableCreate>`;
const install = (...inside: readonly string[]) =>
  `<DatabaseInstall Type="post">${inside.join("")}</DatabaseInstall>`;
const upgrade = (...inside: readonly string[]) =>
  `<DatabaseUpgrade Type="post">${inside.join("")}</DatabaseUpgrade>`;
const alter = (table: string, gate: string, inside: string) =>
  `<TableAlter Name="${table}" Version="${gate}">${inside}</TableAlter>`;
const addFloor = '<ColumnAdd Name="floor" Required="false" Size="100" Type="VARCHAR"/>';
const code = (family: string, text: string, gate = "") =>
  `<${family} Type="post"${gate && ` Version="${gate}"`}><![CDATA[${text}]]></${family}>`;

/** The package as it is now. */
const now = (more: string, version = "1.2.0", frameworks = ["7.1.x"]) =>
  packageText("Mine", version, { more, frameworks });
/** Archives of it, by version. */
const released = (versions: Readonly<Record<string, string>>, frameworks = ["7.1.x"]) => ({
  beside: Object.fromEntries(
    Object.entries(versions).map(([version, more]) => [
      `/ws/Mine-${version}.opm`,
      packageText("Mine", version, { more, frameworks }),
    ]),
  ),
});

const missing = "upgrade-missing";
const gate = "db-upgrade-version-released";
const codeGate = "code-upgrade-version-released";
const version = "version-not-increased";
const tall = '<Column Name="tall" Required="false" Type="INTEGER"/>';
const rename = "upgrade-rename-missing";
const edited = "upgrade-edited";
const entry = "changelog-entry-edited";
const log = (of: string, text: string) => `<ChangeLog Version="${of}" Date="2024-01-15">${text}</ChangeLog>`;
const row = (of: string, name: string) =>
  `<Insert Table="acme_room"${of && ` Version="${of}"`}><Data Key="name" Type="Quote">${name}</Data></Insert>`;

const ticket = {
  ...noKnowledge,
  release: "Acme Desk 1",
  table: (name: string) =>
    name === "ticket" ? { name, columns: [], indexes: [], uniques: [], foreignKeys: [] } : null,
};
const alterTicket = `<TableAlter Name="ticket">${addFloor}</TableAlter>`;

const rows: readonly RuleRow[] = [
  // A table and a column that upgrades do not make.
  [
    missing,
    now(install(create("acme_room"), create("[[acme_key]]"))),
    {
      ...released({ "1.1.0": install(create("acme_room")), "1.0.0": "" }),
      messages: [
        "Systems with 1.1.0 get no table “acme_key” by upgrading: 1.1.0 was released without it, and no DatabaseUpgrade makes it.",
      ],
      related: [["/ws/Mine-1.1.0.opm:1:35 Mine 1.1.0 is here."]],
      severities: ["warning"],
    },
  ],
  [
    missing,
    now(install(create("acme_room", floor.replace("floor", "[[floor]]")))),
    {
      ...released({ "1.1.0": install(create("acme_room")) }),
      messages: [
        "Systems with 1.1.0 get no column “floor” in “acme_room” by upgrading: 1.1.0 was released without it, and no DatabaseUpgrade adds it.",
      ],
    },
  ],
  // Of those that are made for older versions alone the rule about gates speaks.
  [
    missing,
    now(install(create("acme_room", floor)) + upgrade(alter("acme_room", "1.1.0", addFloor))),
    released({ "1.1.0": install(create("acme_room")) }),
  ],
  // They are made, or the version that is built has no number yet.
  [
    missing,
    now(install(create("acme_room", floor)) + upgrade(alter("acme_room", "1.2.0", addFloor))),
    released({ "1.1.0": install(create("acme_room")) }),
  ],
  [
    missing,
    now(
      install(create("acme_room", floor), create("acme_key")) +
        upgrade(create("acme_room", "", "1.2.0"), create("acme_key", "", "1.2.0")),
    ),
    released({ "1.1.0": "" }),
  ],
  [missing, now(install(create("[[acme_room]]")), "0.0.0"), { ...released({ "1.1.0": "" }), fixed: null }],
  // The last version had them, made by an installation, an upgrade or most likely by code.
  [
    missing,
    now(install(create("acme_room", floor))),
    released({ "1.1.0": install(create("acme_room", floor)), "1.0.0": "" }),
  ],
  [
    missing,
    now(install(create("acme_room", floor))),
    released({ "1.1.0": install(create("acme_room")) + upgrade(alter("acme_room", "1.1.0", addFloor)) }),
  ],
  [
    missing,
    now(install(create("acme_room"))),
    released({ "1.1.0": code("CodeInstall", "$DB->Do('CREATE TABLE acme_room');") }),
  ],
  [
    missing,
    now(install(create("acme_room")) + code("CodeUpgrade", "$DB->Do('CREATE TABLE acme_room');")),
    released({ "1.1.0": "" }),
  ],
  [
    missing,
    packageText("Mine", "1.2.0", {
      more: install(create("acme_room")),
      files: ["var/packagesetup/Mine.pm"],
    }),
    {
      ...released({ "1.1.0": "" }),
      texts: { "var/packagesetup/Mine.pm": "sub Up { Create('acme_room'); }" },
    },
  ],
  // Where the upgrade has it, but not so that it runs, other rules say that.
  [missing, now(install(create("acme_room")) + upgrade(create("acme_room"))), released({ "1.1.0": "" })],
  // While a build puts the version in, those for other frameworks may be later ones.
  [missing, now(install(create("acme_room")), "0.0.0"), released({ "1.1.0": "" }, ["6.0.x"])],
  // A table that gets another name.
  [
    missing,
    now(
      install(create("acme_room", floor)) +
        upgrade('<TableAlter NameOld="acme_hall" NameNew="acme_room" Version="1.2.0"/>'),
    ),
    released({ "1.1.0": install(create("acme_hall")) }),
  ],
  // Beside other packages alone, of an archive, of a newer or an equal version, nothing is said.
  [
    missing,
    now(install(create("acme_room")).replace("<DatabaseInstall", '<DatabaseInstall IfPackage="Other"')),
    released({ "1.1.0": "" }),
  ],
  [missing, now(install(create("acme_room"))), { ...released({ "1.1.0": "" }), kind: "archive" }],
  [missing, now(install(create("acme_room"))), released({ "1.2.0": "", "1.3.0": "" })],
  [missing, now(install(create("acme_room"))), { beside: { "/ws/Mine.sopm": packageText("Mine", "1.1.0") } }],
  // Columns of the framework's tables.
  [
    missing,
    now(install(alterTicket.replace('"floor"', '"[[floor]]"'))),
    { ...released({ "1.1.0": "" }), knowledge: ticket },
  ],
  [missing, now(install(alterTicket)), { ...released({ "1.1.0": install(alterTicket) }), knowledge: ticket }],
  [missing, now(install(alterTicket)), released({ "1.1.0": "" })],

  // A change for upgrades from below a version that was released without it.
  [
    gate,
    now(install(create("acme_room", floor)) + upgrade(alter("acme_room", "[[1.1.0]]", addFloor))),
    {
      ...released({ "1.1.0": install(create("acme_room")), "1.0.0": install(create("acme_room")) }),
      messages: [
        "Systems with 1.1.0 never get this change: 1.1.0 was released without it, and only upgrades from below 1.1.0 make it.",
      ],
      related: [["/ws/Mine-1.1.0.opm:1:35 Mine 1.1.0 is here."]],
      fixed: now(install(create("acme_room", floor)) + upgrade(alter("acme_room", "1.2.0", addFloor))),
    },
  ],
  [gate, now(upgrade(create("acme_room", "", "[[1.0.5]]"))), released({ "1.1.0": "", "1.0.0": "" })],
  [
    gate,
    now(upgrade('<TableDrop Name="acme_room" Version="[[1.1.0]]"/>')),
    released({ "1.1.0": install(create("acme_room")), "1.0.0": "" }),
  ],
  [
    gate,
    now(upgrade(alter("acme_room", "[[1.1.0]]", '<ColumnDrop Name="floor"/>'))),
    released({ "1.1.0": install(create("acme_room", floor)), "1.0.0": "" }),
  ],
  [
    gate,
    now(
      upgrade(
        alter(
          "acme_room",
          "[[1.1.0]]",
          '<ColumnChange NameOld="floor" NameNew="floor" Type="VARCHAR" Size="200"/>',
        ),
      ),
    ),
    released({ "1.1.0": install(create("acme_room", floor)), "1.0.0": "" }),
  ],
  [
    gate,
    now(upgrade('<TableAlter NameOld="acme_hall" NameNew="acme_room" Version="[[1.1.0]]"/>')),
    released({ "1.1.0": install(create("acme_hall")), "1.0.0": "" }),
  ],
  [
    gate,
    now(upgrade(alter("ticket", "[[1.1.0]]", addFloor))),
    { ...released({ "1.1.0": "", "1.0.0": "" }), knowledge: ticket },
  ],
  // One of the versions between had it not, as on a branch.
  [
    gate,
    now(upgrade(create("acme_room", "", "[[1.0.5]]"))),
    released({ "1.1.1": install(create("acme_room")), "1.1.0": "", "1.0.0": "" }),
  ],
  // It was released with it: in the installation, in upgrades bound to whatever version, or by code.
  [
    gate,
    now(upgrade(create("acme_room", "", "1.1.0"))),
    released({ "1.1.0": install(create("acme_room")), "1.0.0": "" }),
  ],
  [
    gate,
    now(upgrade(create("acme_room", "", "1.1.0"))),
    released({ "1.1.0": upgrade(create("acme_room", "", "1.0.9")), "1.0.0": "" }),
  ],
  [
    gate,
    now(upgrade(create("acme_room", "", "1.1.0"))),
    released({ "1.1.0": code("CodeUpgrade", "acme_room"), "1.0.0": "" }),
  ],
  // What is done once more for those is no miss.
  [
    gate,
    now(upgrade(create("acme_room", "", "1.1.0"), create("acme_room", "", "1.2.0"))),
    released({ "1.1.0": "", "1.0.0": "" }),
  ],
  // Rows, indexes and keys may be there in another way.
  [
    gate,
    now(
      upgrade(
        alter("acme_room", "1.1.0", '<IndexCreate Name="acme_x"><IndexColumn Name="id"/></IndexCreate>'),
      ),
    ),
    released({ "1.1.0": install(create("acme_room")), "1.0.0": "" }),
  ],
  // Nothing is known below the first version.
  [
    gate,
    now(upgrade(create("acme_room", "", "[[1.0.0]]"))),
    {
      ...released({ "1.0.0": install(create("acme_room")) }),
      severities: ["information"],
      messages: [
        "Upgrades never make this change, because it is for those from below 1.0.0, and no version before 1.0.0 is known.",
      ],
    },
  ],
  [
    gate,
    now(`${upgrade(create("acme_room", "", "1.0.0"))}<ChangeLog Version="0.9.0">A</ChangeLog>`),
    released({ "1.0.0": install(create("acme_room")) }),
  ],
  [
    gate,
    now(upgrade(create("acme_room", "", "1.0.0"))),
    released({ "1.0.0": install(create("acme_room")) + upgrade(create("acme_room", "", "0.5.0")) }),
  ],

  // The same of code.
  [
    codeGate,
    now(code("CodeUpgrade", "Run();", "[[1.1.0]]")),
    {
      ...released({ "1.1.0": "", "1.0.0": "" }),
      messages: [
        "Systems with 1.1.0 never run this code: 1.1.0 was released without it, and only upgrades from below 1.1.0 run it.",
      ],
      severities: ["warning"],
      fixed: now(code("CodeUpgrade", "Run();", "1.2.0")),
    },
  ],
  // Between two versions it may be meant for the older ones alone.
  [codeGate, now(code("CodeUpgrade", "Run();", "1.0.5")), released({ "1.1.0": "", "1.0.0": "" })],
  [codeGate, now(code("CodeUpgrade", "Run();", "1.2.0")), released({ "1.1.0": "", "1.0.0": "" })],
  [
    codeGate,
    now(code("CodeUpgrade", "RunBetter();", "1.1.0")),
    released({ "1.1.0": code("CodeUpgrade", "Run();", "1.1.0"), "1.0.0": "" }),
  ],
  [
    codeGate,
    now(code("CodeUpgrade", "Run();", "1.1.0")),
    released({ "1.1.0": code("CodeUpgrade", "Run();"), "1.0.0": "" }),
  ],
  [
    codeGate,
    now(code("CodeUpgrade", "Run();", "1.1.0")),
    released({ "1.1.0": code("CodeInstall", "\nRun();\n"), "1.0.0": "" }),
  ],
  [
    codeGate,
    now('<CodeUpgrade Type="merge" Version="1.1.0">Run();</CodeUpgrade>'),
    released({ "1.1.0": "", "1.0.0": "" }),
  ],
  [
    codeGate,
    now(code("CodeUpgrade", "Run();", "[[0.9.0]]")),
    {
      ...released({ "1.0.0": "" }),
      severities: ["information"],
      messages: [
        "Upgrades never run this code, because it is for those from below 0.9.0, and no version before 1.0.0 is known.",
      ],
    },
  ],

  // The version did not go up.
  [
    version,
    now(install(create("acme_room")), "[[1.2.0]]"),
    {
      ...released({ "1.2.0": "" }),
      severities: ["information"],
      messages: [
        "Version 1.2.0 has been built with another DatabaseInstall, and systems that have it take no upgrade to the same version. Raise the version, unless that archive was given to nobody.",
      ],
      related: [["/ws/Mine-1.2.0.opm:1:35 Mine 1.2.0 is here."]],
    },
  ],
  [
    version,
    now(code("CodeInstall", "Run();"), "[[1.2.0]]"),
    {
      ...released({ "1.3.0": code("CodeInstall", "RunBetter();") }),
      severities: ["warning"],
      messages: [
        "Version 1.2.0 is lower than 1.3.0, which has been built with another CodeInstall. Systems that have 1.3.0 take no upgrade to this one.",
      ],
    },
  ],
  [
    version,
    packageText("Mine", "[[1.2.0]]", { files: ["Kernel/System/A.pm"] }),
    { beside: { "/ws/Mine-1.2.0.opm": packageText("Mine", "1.2.0", { files: ["Kernel/System/B.pm"] }) } },
  ],
  // The same in another form, with another phase, or for another framework.
  [
    version,
    now(install(create("acme_room")) + code("CodeInstall", "Run();\r\n")),
    released({
      "1.2.0":
        "<DatabaseInstall>\n<TableCreate Type='post'\nName='acme_room' >\n" +
        `<Column Type="INTEGER" Required="true" PrimaryKey="true" AutoIncrement="true" Name="id"></Column></TableCreate></DatabaseInstall><CodeInstall>\nRun();</CodeInstall>`,
    }),
  ],
  [version, now(install(create("acme_room"))), released({ "1.3.0": "" }, ["6.0.x"])],
  [version, now(install(create("acme_room"))), released({ "1.1.0": "" })],
  [version, now(install(create("acme_room")), "0.0.0"), released({ "1.1.0": "" })],
  [version, now(""), released({ "1.3.0": "", "1.2.0": "" })],

  // Names that only installations give.
  [
    rename,
    now(install(create("[[acme_room]]", floor))),
    {
      ...released({ "1.1.0": install(create("acme_hall", floor)) }),
      severities: ["warning"],
      messages: [
        "Systems with 1.1.0 keep the table “acme_hall” and get no table “acme_room” by upgrading: 1.1.0 was released with the old name, and no DatabaseUpgrade renames it.",
      ],
      related: [["/ws/Mine-1.1.0.opm:1:35 Mine 1.1.0 is here."]],
    },
  ],
  [
    rename,
    now(install(create("acme_room", floor.replace('"floor"', '"[[storey]]"')))),
    {
      ...released({ "1.1.0": install(create("acme_room", floor)) }),
      messages: [
        "Systems with 1.1.0 keep the column “floor” in “acme_room” and get no column “storey” by upgrading: 1.1.0 was released with the old name, and no DatabaseUpgrade renames it.",
      ],
    },
  ],
  // The rule about what upgrades do not make leaves them to this one.
  [
    missing,
    now(install(create("acme_room", floor.replace("floor", "storey")))),
    released({ "1.1.0": install(create("acme_room", floor)) }),
  ],
  [
    missing,
    now(install(create("acme_room", floor))),
    released({ "1.1.0": install(create("acme_hall", floor)) }),
  ],
  // Upgrades see to them, or code may.
  [
    rename,
    now(
      install(create("acme_room", floor)) +
        upgrade('<TableAlter NameOld="acme_hall" NameNew="acme_room" Version="1.2.0"/>'),
    ),
    released({ "1.1.0": install(create("acme_hall", floor)) }),
  ],
  [
    rename,
    now(install(create("acme_room", floor)) + upgrade('<TableDrop Name="acme_hall" Version="1.2.0"/>')),
    released({ "1.1.0": install(create("acme_hall", floor)) }),
  ],
  [
    rename,
    now(
      install(create("acme_room", floor.replace("floor", "storey"))) +
        upgrade(
          alter(
            "acme_room",
            "1.2.0",
            '<ColumnChange NameOld="floor" NameNew="storey" Required="false" Size="100" Type="VARCHAR"/>',
          ),
        ),
    ),
    released({ "1.1.0": install(create("acme_room", floor)) }),
  ],
  [
    rename,
    now(
      install(create("acme_room", floor.replace("floor", "storey"))) +
        upgrade(alter("acme_room", "1.2.0", '<ColumnDrop Name="floor"/>')),
    ),
    released({ "1.1.0": install(create("acme_room", floor)) }),
  ],
  [
    rename,
    now(install(create("acme_room", floor)) + code("CodeUpgrade", "RENAME acme_hall", "1.2.0")),
    released({ "1.1.0": install(create("acme_hall", floor)) }),
  ],
  // A version that was released with the old name in its installation and renamed it in upgrades.
  [
    rename,
    now(install(create("acme_room", floor.replace("floor", "storey")))),
    released({
      "1.1.0":
        install(create("acme_room", floor)) +
        upgrade(
          alter(
            "acme_room",
            "1.1.0",
            '<ColumnChange NameOld="floor" NameNew="storey" Required="false" Size="100" Type="VARCHAR"/>',
          ),
        ),
    }),
  ],
  // Another place in its table.
  [
    rename,
    now(
      install(
        create("acme_room", `${tall}<Column Name="wide" Type="DATE"/>${floor.replace("floor", "storey")}`),
      ),
    ),
    released({ "1.1.0": install(create("acme_room", floor + tall)) }),
  ],
  // Another type, several that it may be, a table beside the old one, tables that have little in common.
  [
    rename,
    now(install(create("acme_room", '<Column Name="storey" Required="false" Type="INTEGER"/>'))),
    released({ "1.1.0": install(create("acme_room", floor)) }),
  ],
  [
    rename,
    now(install(create("acme_room", floor.replace("floor", "storey")))),
    released({ "1.1.0": install(create("acme_room", floor + floor.replace("floor", "level"))) }),
  ],
  [
    rename,
    now(install(create("acme_room", floor), create("acme_hall", floor))),
    released({ "1.1.0": install(create("acme_hall", floor)) }),
  ],
  [rename, now(install(create("acme_room"))), released({ "1.1.0": install(create("acme_hall")) })],
  // One table in place of two.
  [
    rename,
    now(install(create("acme_room", floor))),
    released({ "1.1.0": install(create("acme_hall", floor), create("acme_den", floor)) }),
  ],

  // What upgrades to a released version did.
  [
    edited,
    now(code("CodeUpgrade", "RunBetter();", "[[1.1.0]]")),
    {
      ...released({ "1.1.0": code("CodeUpgrade", "Run();", "1.1.0"), "1.0.0": "" }),
      severities: ["information"],
      messages: [
        "Systems with 1.1.0 do not do this as it stands now: 1.1.0 was released with something else for upgrades from below 1.1.0, and they have done that.",
      ],
      related: [["/ws/Mine-1.1.0.opm:1:35 Mine 1.1.0 is here."]],
    },
  ],
  [
    edited,
    now(upgrade(alter("acme_room", "[[1.1.0]]", addFloor.replace("100", "200")))),
    released({ "1.1.0": upgrade(alter("acme_room", "1.1.0", addFloor)), "1.0.0": "" }),
  ],
  [
    edited,
    now(upgrade(create("acme_room", "", "[[1.1.0]]").replace("<TableCreate", '<TableCreate IfPackage="A"'))),
    {
      ...released({ "1.1.0": upgrade(create("acme_room", "", "1.1.0")), "1.0.0": "" }),
      messages: [
        "Systems with 1.1.0 do not do this by the condition that it has now: 1.1.0 was released with another one for upgrades from below 1.1.0.",
      ],
    },
  ],
  // The same in another form, and what belongs to the version that comes.
  [
    edited,
    now(code("CodeUpgrade", "# better\n Run( 1 );\n", "1.1.0") + code("CodeUpgrade", "Other();", "1.2.0")),
    released({ "1.1.0": code("CodeUpgrade", "Run(1);", "1.1.0"), "1.0.0": "" }),
  ],
  // It has been so in one of the versions since.
  [
    edited,
    now(code("CodeUpgrade", "RunBetter();", "1.0.5")),
    released({
      "1.1.1": code("CodeUpgrade", "RunBest();", "1.0.5"),
      "1.1.0": code("CodeUpgrade", "RunBetter();", "1.0.5"),
    }),
  ],
  // What the sub of a setup module does stands in another file, however it is called.
  [
    edited,
    now(code("CodeUpgrade", "Get('var::packagesetup::Mine')->CodeUpgradeFrom_1_1_0();", "1.1.0")),
    released({
      "1.1.0": code(
        "CodeUpgrade",
        "my $F = 'CodeUpgradeFrom_1_1_0'; my $CodeModule = 'var::packagesetup::Mine'; $CodeModule->new()->$F();",
        "1.1.0",
      ),
    }),
  ],
  [
    edited,
    now(code("CodeUpgrade", "Get('var::packagesetup::Mine')->CodeUpgradeOther();", "[[1.1.0]]")),
    released({ "1.1.0": code("CodeUpgrade", "Get('var::packagesetup::Mine')->CodeUpgrade();", "1.1.0") }),
  ],
  // Marks for translators are no change.
  [
    edited,
    now(upgrade(row("1.1.0", "a").replace("<Data", '<Data Translatable="1"'))),
    released({ "1.1.0": upgrade(row("1.1.0", "a")) }),
  ],
  // Several that may have become one.
  [
    edited,
    now(code("CodeUpgrade", "RunBoth();", "1.1.0")),
    released({ "1.1.0": code("CodeUpgrade", "A();", "1.1.0") + code("CodeUpgrade", "B();", "1.1.0") }),
  ],
  // A row that comes to an upgrade that was released.
  [
    edited,
    now(upgrade(row("1.1.0", "a"), row("[[1.1.0]]", "b"))),
    {
      ...released({ "1.1.0": upgrade(row("1.1.0", "a")), "1.0.0": "" }),
      severities: ["warning"],
      messages: [
        "Systems with 1.1.0 never get this row: 1.1.0 was released without it, and only upgrades from below 1.1.0 insert it.",
      ],
      fixed: now(upgrade(row("1.1.0", "a"), row("1.2.0", "b"))),
    },
  ],
  [
    edited,
    now(upgrade(row("1.1.0", "a"), row("1.1.0", "b"))),
    released({ "1.1.0": install(row("", "b")) + upgrade(row("1.1.0", "a")), "1.0.0": "" }),
  ],
  // A gate that was raised or lowered.
  [
    edited,
    now(code("CodeUpgrade", "Run();", "[[1.2.0]]")),
    {
      ...released({ "1.1.0": code("CodeUpgrade", "Run();", "1.1.0"), "1.0.0": "" }),
      messages: [
        "Systems with 1.1.0 do this once more: 1.1.0 was released with it for upgrades from below 1.1.0, and now it is for those from below 1.2.0.",
      ],
      fixed: now(code("CodeUpgrade", "Run();", "1.1.0")),
    },
  ],
  // One that was released without it is why.
  [
    edited,
    now(code("CodeUpgrade", "Run();", "1.2.0")),
    released({ "1.1.0": code("CodeUpgrade", "Run();", "1.0.0"), "1.0.0": "" }),
  ],
  [
    edited,
    now(upgrade(row("[[1.0.0]]", "a"))),
    {
      ...released({ "1.1.0": upgrade(row("1.1.0", "a")), "1.0.5": "", "0.9.0": "" }),
      messages: [
        "Systems with 1.0.5 never do this: 1.1.0 was released with it for upgrades from below 1.1.0, and now it is only for those from below 1.0.0.",
      ],
    },
  ],
  // The same twice, on purpose.
  [
    edited,
    now(code("CodeUpgrade", "Run();", "1.1.0") + code("CodeUpgrade", "Run();", "1.2.0")),
    released({ "1.1.0": code("CodeUpgrade", "Run();", "1.1.0") }),
  ],

  // What was said of a released version.
  [
    entry,
    now(log("1.2.0", "C") + log("[[1.1.0]]", "Rooms have names and owners.")),
    {
      ...released({ "1.1.0": log("1.1.0", "Rooms have names.") }),
      severities: ["information"],
      messages: [
        "Readers were told something else of 1.1.0: 1.1.0 was released with another text of this entry. What was changed since then belongs to an entry for a later version.",
      ],
      related: [["/ws/Mine-1.1.0.opm:1:35 Mine 1.1.0 is here."]],
      fixed: now(
        log("1.2.0", "C") + log("1.2.0", "Rooms have names and owners.") + log("1.1.0", "Rooms have names."),
      ),
    },
  ],
  [
    entry,
    now(log("[[1.1.0]]", "Rooms have owners.") + log("1.1.0", "Rooms have names.")),
    {
      ...released({ "1.1.0": log("1.1.0", "Rooms have names.") }),
      messages: [
        "Readers take this for a part of 1.1.0, but 1.1.0 was released without this entry. What was changed since then belongs to an entry for a later version.",
      ],
      fixed: now(log("1.2.0", "Rooms have owners.") + log("1.1.0", "Rooms have names.")),
    },
  ],
  // A later version tells what was said of an earlier one.
  [
    entry,
    now(log("[[1.0.0]]", "First one")),
    released({ "1.1.0": log("1.1.0", "B") + log("1.0.0", "First") }),
  ],
  // Another form, an entry that was forgotten, and what one of the versions since said.
  [
    entry,
    now(log("1.1.0", "rooms  have Names").replace("Date", 'Date="2024-05-03" Other')),
    released({ "1.1.0": log("1.1.0", "Rooms have names.") }),
  ],
  [entry, now(log("1.1.0", "B")), released({ "1.1.0": log("1.0.0", "A") })],
  [
    entry,
    now(log("1.0.0", "A, and more")),
    released({ "1.1.0": log("1.0.0", "A, and more"), "1.0.0": log("1.0.0", "A") }),
  ],
  // Of the version that comes nothing has been said.
  [entry, now(log("1.2.0", "C")), released({ "1.1.0": log("1.1.0", "B") + log("1.2.0", "planned") })],
];

checkRows(rows);
