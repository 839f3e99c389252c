import assert from "node:assert/strict";
import { test } from "node:test";
import {
  defaultLintSettings,
  type LintSettings,
  type LintSurroundings,
  lint,
} from "../../server/src/engine/lint.ts";
import { Simulation, type SimulationLimits } from "../../server/src/engine/simulate.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeFor, knowledgeOf } from "../../server/src/node/knowledge.ts";
import type { DatabaseKind } from "../../server/src/protocol/databases.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { toTheEnd } from "../../server/src/rules/steps.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { packagesIn } from "../support/known-packages.ts";
import { simulatedLint } from "../support/simulated-lint.ts";

interface Tried {
  readonly framework?: string;
  readonly rules?: LintSettings["rules"];
  readonly databases?: readonly DatabaseKind[];
  readonly limits?: SimulationLimits;
  /** The sections of versions that were released before, by version. */
  readonly released?: Readonly<Record<string, string>>;
}

/** What trying a package with these sections comes to. */
function found(sections: string, tried: Tried = {}): readonly Finding[] {
  const { framework = "7.1.x", rules = {}, released, ...how } = tried;
  const text = packageWith(sections, framework);
  const settings: LintSettings = { ...defaultLintSettings, rules };
  const { findings } = simulatedLint(SyntaxTree.parse(text), settings, surroundings(released), how);
  return findings.filter(({ rule }) => /^(statement|simulation)-/.test(rule));
}

function surroundings(released?: Tried["released"]): LintSurroundings {
  return {
    fileName: "Acme.sopm",
    kind: "spec",
    folder: noFolder,
    knowledge: knowledgeOf,
    today: "2024-05-02",
    others: released && packagesIn(archivesOf(released)),
  };
}

function archivesOf(released: NonNullable<Tried["released"]>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(released).map(([version, sections]) => [
      `/ws/Acme-${version}.opm`,
      packageWith(sections).replace("2.0.0", version),
    ]),
  );
}

function packageWith(sections: string, framework = "7.1.x"): string {
  return `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>2.0.0</Version>
    <Framework>${framework}</Framework>
${sections}
</otrs_package>
`;
}

/** The same as texts: rule, severity, what is pointed at, and what is said. */
function said(sections: string, tried: Tried = {}): readonly string[] {
  const text = packageWith(sections, tried.framework);
  return found(sections, tried).map((finding) => {
    const { rule, severity, span } = finding;
    return `${rule} ${severity} at ${text.slice(span.start, span.end)}: ${findingText(finding, english)}`;
  });
}

function install(inside: string, phase = "post"): string {
  return `<DatabaseInstall Type="${phase}">${inside}</DatabaseInstall>`;
}

function upgrade(inside: string): string {
  return `<DatabaseUpgrade Type="post">${inside}</DatabaseUpgrade>`;
}

function uninstall(...tables: readonly string[]): string {
  const drops = tables.map((table) => `<TableDrop Name="${table}"/>`).join("");
  return `<DatabaseUninstall Type="pre">${drops}</DatabaseUninstall>`;
}

function create(table: string, inside = "", gate = ""): string {
  const version = gate && ` Version="${gate}"`;
  return `<TableCreate Name="${table}"${version}><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>${inside}</TableCreate>`;
}

function alter(table: string, gate: string, inside: string): string {
  return `<TableAlter Name="${table}" Version="${gate}">${inside}</TableAlter>`;
}

const owner = '<Column Name="owner_id" Required="false" Type="INTEGER"/>';
const title = '<Column Name="title" Required="true" Size="200" Type="VARCHAR"/>';

function index(name: string, column = "title"): string {
  return `<Index Name="${name}"><IndexColumn Name="${column}"/></Index>`;
}

test("a sound package has nothing that databases refuse", () => {
  const sections = [
    install(create("acme_contract", `${title}${owner}${index("acme_contract_title")}`)),
    upgrade(
      alter("acme_contract", "1.1.0", '<ColumnAdd Name="owner_id" Required="false" Type="INTEGER"/>') +
        alter(
          "acme_contract",
          "1.2.0",
          '<IndexCreate Name="acme_contract_title"><IndexColumn Name="title"/></IndexCreate>',
        ),
    ),
    uninstall("acme_contract"),
  ];
  assert.deepEqual(said(sections.join("")), []);
});

test("what a rule has said of an element is not said again", () => {
  const add = '<ColumnAdd Name="owner_id" Required="false" Type="INTEGER"/>';
  const sections = [
    install(create("acme_contract", owner)),
    upgrade(alter("acme_contract", "1.1.0", add) + alter("acme_contract", "1.2.0", add)),
    uninstall("acme_contract"),
  ].join("");
  assert.deepEqual(said(sections), []);
  // Where nobody wants to hear that rule, what it is about is told in these words.
  assert.deepEqual(said(sections, { rules: { "column-exists": "off" } }), [
    "statement-makes-twice error at owner_id: This ColumnAdd fails in upgrades from below 1.1.0. “acme_contract” has a column “owner_id” already.",
  ]);
  const [finding] = found(sections, { rules: { "column-exists": "off" } });
  const text = packageWith(sections);
  const [first] = finding!.related!;
  assert.equal(first!.message, "It is made here.");
  assert.ok("span" in first! && first.span.start === text.indexOf("owner_id", text.indexOf("ColumnAdd")));
});

test("a table that is made twice", () => {
  const sections = [
    install(create("acme_contract")),
    upgrade(create("acme_contract", "", "1.1.0") + create("acme_contract", owner, "1.2.0")),
    uninstall("acme_contract"),
  ].join("");
  assert.deepEqual(said(sections, { rules: { "table-exists": "off" } }), [
    "statement-makes-twice error at acme_contract: This TableCreate fails in upgrades from below 1.1.0. There is a table “acme_contract” already.",
  ]);
});

test("an index that is made twice, which guards keep quiet about", () => {
  const again = '<IndexCreate Name="acme_contract_title"><IndexColumn Name="title"/></IndexCreate>';
  const sections = [
    install(create("acme_contract", title + index("acme_contract_title"))),
    upgrade(alter("acme_contract", "1.1.0", again) + alter("acme_contract", "1.2.0", again)),
    uninstall("acme_contract"),
  ].join("");
  assert.deepEqual(said(sections), [
    "statement-without-effect warning at acme_contract_title: This IndexCreate makes nothing in upgrades from below 1.1.0, without a word in any log. There is a table, an index or a constraint “acme_contract_title” already.",
  ]);
});

test("names that tables, indexes and constraints have from one pool", () => {
  const line = create(
    "acme_line",
    `${title}<Unique Name="acme_contract"><UniqueColumn Name="title"/></Unique>`,
  );
  assert.deepEqual(said(install(create("acme_contract") + line) + uninstall("acme_line", "acme_contract")), [
    "statement-makes-twice error at acme_line: This TableCreate fails in installations on PostgreSQL. There is a table, an index or a constraint “acme_contract” already.",
  ]);
});

test("an index with the name of one of the framework", () => {
  const sections = install(create("acme_line", title + index("ticket_title"))) + uninstall("acme_line");
  const [finding, ...others] = found(sections);
  assert.deepEqual(others, []);
  assert.match(
    findingText(finding!, english),
    /^This Index makes nothing in installations on PostgreSQL \(Znuny 7\.1\.\d+\), Oracle \(Znuny 7\.1\.\d+\), without a word in any log\. There is a table, an index or a constraint “ticket_title” already\.$/,
  );
  assert.equal(finding!.severity, "warning");
});

test("a child before its parent, which only an installation puts right", () => {
  const child = (gate = "") =>
    create(
      "acme_line",
      '<Column Name="contract_id" Required="true" Type="BIGINT"/><ForeignKey ForeignTable="acme_contract"><Reference Local="contract_id" Foreign="id"/></ForeignKey>',
      gate,
    );
  const parent = (gate = "") => create("acme_contract", "", gate);
  const installing = install(child() + parent());
  const removing = uninstall("acme_line", "acme_contract");
  assert.deepEqual(said(installing + upgrade(parent("1.1.0") + child("1.1.0")) + removing), []);
  const sections = installing + upgrade(child("1.1.0") + parent("1.1.0")) + removing;
  assert.deepEqual(said(sections), [
    "statement-misses error at contract_id: This Reference fails in upgrades from below 1.1.0. There is no table “acme_contract”.",
  ]);
  const [{ related, fixes }] = found(sections) as [Finding];
  assert.equal(related![0]!.message, "It is made here, which is too late.");
  const mended = applyEdits(packageWith(sections), fixes![0]!.edits);
  assert.equal(mended, packageWith(installing + upgrade(parent("1.1.0") + child("1.1.0")) + removing));
});

test("a table is not moved in front of what it needs itself", () => {
  const referring = (table: string, foreign: string, gate = "") =>
    create(
      table,
      `<Column Name="other_id" Required="true" Type="BIGINT"/><ForeignKey ForeignTable="${foreign}"><Reference Local="other_id" Foreign="id"/></ForeignKey>`,
      gate,
    );
  const [line, contract, kind] = [
    (gate = "") => referring("acme_line", "acme_contract", gate),
    (gate = "") => referring("acme_contract", "acme_kind", gate),
    (gate = "") => create("acme_kind", "", gate),
  ];
  const sections =
    install(line() + contract() + kind()) +
    upgrade(line("1.1.0") + kind("1.1.0") + contract("1.1.0")) +
    uninstall("acme_line", "acme_contract", "acme_kind");
  assert.deepEqual(
    found(sections).map(({ fixes }) => fixes),
    [undefined],
  );
});

test("a column that is dropped while a key stands on it", () => {
  const reference = '<Reference Local="owner_id" Foreign="id"/>';
  const key = `<ForeignKeyCreate ForeignTable="users">${reference}</ForeignKeyCreate>`;
  const add = `<ColumnAdd Name="owner_id" Required="false" Type="INTEGER"/>${key}`;
  const drop = '<ColumnDrop Name="owner_id"/>';
  const dropKey = `<ForeignKeyDrop ForeignTable="users">${reference}</ForeignKeyDrop>`;
  const around = (changes: string) =>
    install(create("acme_line", title)) +
    upgrade(alter("acme_line", "1.1.0", add) + alter("acme_line", "1.2.0", changes)) +
    uninstall("acme_line");
  assert.deepEqual(said(around(dropKey + drop)), []);
  assert.deepEqual(said(around(drop)), [
    "statement-drops-used error at owner_id: This ColumnDrop fails in upgrades from below 1.1.0 on MariaDB. The foreign key “FK_acme_line_owner_id_id” needs the column “owner_id”. Drop the key first.",
  ]);
});

test("a column of which only the present installation tells makes nothing sure", () => {
  const comments = '<Column Name="comments" Required="true" Size="200" Type="VARCHAR"/>';
  const insert =
    '<Insert Table="acme_state" Version="1.1.0"><Data Key="title" Type="Quote">new</Data><Data Key="comments" Type="Quote"></Data></Insert>';
  const around = (changes: string) =>
    install(create("acme_state", title + comments)) + upgrade(changes + insert) + uninstall("acme_state");
  assert.deepEqual(said(around("")), [
    "statement-value-refused warning at acme_state: This Insert most likely fails in upgrades from below 1.1.0 on Oracle, which is not sure, because it depends on what older versions have made. “comments” may not be NULL, and no value is given.",
  ]);
  // Once it was changed, nobody knows what it was before.
  const change =
    '<ColumnChange NameOld="comments" NameNew="comments" Required="true" Size="200" Type="VARCHAR"/>';
  assert.deepEqual(said(around(alter("acme_state", "1.0.5", change))), []);
});

test("an empty text in a required column, which is none on Oracle", () => {
  const comments = '<Column Name="comments" Required="true" Size="200" Type="VARCHAR"/>';
  const insert =
    '<Insert Table="acme_state"><Data Key="title" Type="Quote">new</Data><Data Key="comments" Type="Quote"></Data></Insert>';
  const sections = install(create("acme_state", title + comments) + insert) + uninstall("acme_state");
  assert.deepEqual(said(sections), [
    "statement-value-refused warning at acme_state: This Insert fails in installations on Oracle. “comments” may not be NULL, and no value is given.",
  ]);
  assert.deepEqual(said(sections, { databases: ["mysql", "postgresql"] }), []);
});

test("a value too long for its column, in a row that also refers to none", () => {
  const key = '<ForeignKey ForeignTable="acme_state"><Reference Local="state_id" Foreign="id"/></ForeignKey>';
  const line = `${title}<Column Name="state_id" Required="true" Type="BIGINT"/>${key}`;
  const row = `<Data Key="title" Type="Quote">${"x".repeat(300)}</Data><Data Key="state_id">7</Data>`;
  const sections =
    install(
      `${create("acme_state", title) + create("acme_line", line)}<Insert Table="acme_line">${row}</Insert>`,
    ) +
    uninstall("acme_line") +
    uninstall("acme_state");
  assert.deepEqual(said(sections), [
    "statement-value-refused error at acme_line: This Insert fails in installations. The value for “title” has 300 characters; it takes 200.",
  ]);
});

test("a row in a table of the framework that the second installation finds", () => {
  const insert = '<Insert Table="link_object"><Data Key="name" Type="Quote">Acme</Data></Insert>';
  assert.deepEqual(said(install(insert)), [
    "statement-row-twice warning at link_object: This Insert fails when the package is installed again after it was uninstalled. “Acme” would be in “link_object_name” twice, which allows each value once.",
  ]);
  // Code may have taken it out.
  const code = "<CodeUninstall Type=\"pre\"><![CDATA[ $Self->Remove(Name => 'Acme'); ]]></CodeUninstall>";
  assert.deepEqual(said(install(insert) + code), []);
});

test("what fails only because something else has failed is not told", () => {
  const sections =
    install(
      create("acme_line", `${title}<Unique Name="acme_contract"><UniqueColumn Name="title"/></Unique>`) +
        create("acme_contract") +
        '<TableAlter Name="acme_contract"><ColumnAdd Name="weight" Type="INTEGER"/></TableAlter>' +
        '<Insert Table="acme_contract"><Data Key="weight">1</Data></Insert>',
    ) + uninstall("acme_line", "acme_contract");
  const told = said(sections, { databases: ["postgresql"] });
  assert.deepEqual(told, [
    "statement-makes-twice error at acme_contract: This TableCreate fails in installations. There is a table “acme_contract” already.",
  ]);
});

test("older versions may have had what the present sections do not tell of", () => {
  const old = `${alter(
    "acme_old",
    "1.1.0",
    '<IndexCreate Name="acme_old_kind"><IndexColumn Name="kind"/></IndexCreate><ColumnChange NameOld="kind" NameNew="sort" Required="true" Type="INTEGER"/>',
  )}<TableDrop Name="acme_old" Version="1.2.0"/>`;
  assert.deepEqual(said(install(create("acme_line")) + upgrade(old) + uninstall("acme_line")), []);
});

test("of tables of required packages nothing is known", () => {
  const required = '<PackageRequired Version="1.0.0">Base</PackageRequired>';
  const add =
    '<TableAlter Name="base_item"><ColumnAdd Name="acme_weight" Required="false" Type="INTEGER"/></TableAlter>';
  assert.deepEqual(said(required + install(add)), []);
  // No system installs it like this, which is not the fault of the table.
  assert.deepEqual(said(`<PackageRequired>Base</PackageRequired>${install(add)}`), []);
});

test("a key to a table that nobody makes is told once, by the rule about it", () => {
  const key = '<ForeignKey ForeignTable="acme_team"><Reference Local="team_id" Foreign="id"/></ForeignKey>';
  const table = create("acme_line", `<Column Name="team_id" Required="false" Type="BIGINT"/>${key}`);
  const sections = install(table) + uninstall("acme_line");
  assert.deepEqual(said(sections), []);
  assert.equal(found(sections, { rules: { "fk-table-unknown": "off" } }).length, 1);
});

test("of a framework of which nobody knows the tables nothing is claimed", () => {
  const insert = '<Insert Table="system_user"><Data Key="login" Type="Quote">acme</Data></Insert>';
  assert.deepEqual(said(install(insert), { framework: "2.4.x" }), []);
});

test("what code may do to a table beforehand", () => {
  const drop = uninstall("acme_made_by_code");
  const code =
    "<CodeInstall Type=\"pre\"><![CDATA[ $DBObject->Do(SQL => 'CREATE TABLE acme_made_by_code (id INTEGER)'); ]]></CodeInstall>";
  const rules = { "table-drop-unknown": "off" } as const;
  assert.equal(said(drop, { rules }).length, 1);
  assert.deepEqual(said(code + drop, { rules }), []);
});

test("settings and comments speak to it as to every rule", () => {
  const sections = install(create("acme_line", title + index("ticket_title"))) + uninstall("acme_line");
  assert.deepEqual(said(sections, { rules: { "statement-without-effect": "off" } }), []);
  assert.equal(found(sections, { rules: { "statement-without-effect": "hint" } })[0]!.severity, "hint");
  assert.deepEqual(said(`${sections}<!-- sopm-disable-file statement-without-effect -->`), []);
});

test("where not everything is tried it is said", () => {
  const sections =
    install(create("acme_a") + create("acme_b") + create("acme_c")) + uninstall("acme_a", "acme_b", "acme_c");
  assert.deepEqual(said(sections, { limits: { statements: 10, length: 10_000 } }), [
    "simulation-incomplete information at <Name>: Not all operations of the package were tried on databases, because that would take too long: the trial ended after 10 statements.",
  ]);
  assert.deepEqual(said(sections, { limits: { statements: 10_000, length: 100 } }), [
    "simulation-incomplete information at <Name>: The package was not tried on databases, because its database sections are too long for that.",
  ]);
});

test("nothing is tried where tags do not fit together", () => {
  assert.deepEqual(said(`${install(create("acme_line", title + index("ticket_title")))}<b>`), []);
});

test("an upgrade that needs two gates to fail fails from below the first of them", () => {
  const key = (name: string) => `<IndexCreate Name="${name}"><IndexColumn Name="title"/></IndexCreate>`;
  const sections =
    install(create("acme_line", title + index("acme_title"))) +
    upgrade(
      alter("acme_line", "1.1.0", '<IndexDrop Name="acme_title"/>') +
        alter("acme_line", "1.2.0", key("acme_title")) +
        alter("acme_line", "1.3.0", key("acme_title")),
    ) +
    uninstall("acme_line");
  assert.deepEqual(
    said(sections).map((text) => text.replace(/, without.*/, "")),
    [
      "statement-without-effect warning at acme_title: This IndexCreate makes nothing in upgrades from below 1.2.0",
    ],
  );
});

test("what an older version may have taken from a table of the framework is not relied on", () => {
  const create = '<IndexCreate Name="ticket_title"><IndexColumn Name="title"/></IndexCreate>';
  const sections = upgrade(
    alter("ticket", "1.1.0", '<IndexDrop Name="ticket_title"/>') + alter("ticket", "1.2.0", create),
  );
  const rules = { "install-upgrade-drift": "off", "framework-alter-not-reverted": "off" } as const;
  assert.deepEqual(said(sections, { rules }), []);
});

test("versions from which it does not fail are left out of the range", () => {
  const add = '<ColumnAdd Name="owner_id" Required="false" Type="INTEGER"/>';
  const sections =
    install(create("acme_line", owner)) +
    upgrade(
      alter("acme_line", "1.1.0", add) +
        alter("acme_line", "1.2.0", add) +
        alter("acme_line", "1.3.0", add) +
        alter("acme_line", "1.4.0", '<ColumnDrop Name="owner_id"/>'),
    ) +
    uninstall("acme_line");
  const rules = { "column-exists": "off", "install-upgrade-drift": "off" } as const;
  assert.deepEqual(
    said(sections, { rules }).map((text) => /from below [\d.]+\d/.exec(text)![0]),
    ["from below 1.1.0", "from below 1.2.0"],
  );
});

test("a table that nobody makes may be one of another package", () => {
  const alter =
    '<TableAlter Name="other_item"><ColumnAdd Name="acme_weight" Required="false" Type="INTEGER"/></TableAlter>';
  const [finding, ...others] = found(install(alter));
  assert.deepEqual(others, []);
  assert.match(
    findingText(finding!, english),
    /^This ColumnAdd fails in installations on Znuny 7\.1\.\d+, unless another package has made its table\. There is no table “other_item”\.$/,
  );
  assert.equal(finding!.severity, "warning");
});

const team = '<Column Name="team_id" Required="false" Type="BIGINT"/>';
const teamKey = '<ForeignKey ForeignTable="acme_team"><Reference Local="team_id" Foreign="id"/></ForeignKey>';

test("a column is dropped on which a key of a released version stands", () => {
  const now =
    install(create("acme_team") + create("acme_date")) +
    upgrade(alter("acme_date", "2.0.0", '<ColumnDrop Name="team_id"/>')) +
    uninstall("acme_date", "acme_team");
  const before = install(create("acme_team") + create("acme_date", team + teamKey));
  assert.deepEqual(said(now), []);
  assert.deepEqual(said(now, { released: { "1.0.0": before } }), [
    "statement-drops-used error at team_id: This ColumnDrop fails in upgrades from what was released as 1.0.0, on MariaDB. The foreign key “FK_acme_date_team_id_id” needs the column “team_id”. Drop the key first.",
  ]);
  // The version is named, and its archive is a related place.
  const [first] = found(now, { released: { "1.0.0": before } });
  assert.deepEqual(
    first?.related?.map((each) => "document" in each && each.document),
    ["/ws/Acme-1.0.0.opm"],
  );
  // With the key dropped first it goes well.
  const mended = now.replace(
    '<ColumnDrop Name="team_id"/>',
    '<ForeignKeyDrop ForeignTable="acme_team"><Reference Local="team_id" Foreign="id"/></ForeignKeyDrop><ColumnDrop Name="team_id"/>',
  );
  assert.deepEqual(said(mended, { released: { "1.0.0": before } }), []);
});

test("an upgrade from a version that is older than the last is less grave", () => {
  const now =
    install(create("acme_date")) + upgrade(alter("acme_date", "2.0.0", '<ColumnDrop Name="team_id"/>'));
  const released = { "1.1.0": install(create("acme_date", team)), "1.0.0": install(create("acme_date")) };
  assert.deepEqual(said(now, { released, databases: ["mysql"] }), [
    "statement-misses warning at team_id: This ColumnDrop fails in upgrades from what was released as 1.0.0. “acme_date” has no column “team_id”.",
  ]);
});

test("what is known of a released version is not guessed", () => {
  const comments = (required: boolean) =>
    `<Column Name="comments" Required="${required}" Size="200" Type="VARCHAR"/>`;
  const insert = (gate: string) =>
    `<Insert Table="acme_state" Version="${gate}"><Data Key="title" Type="Quote">new</Data><Data Key="comments" Type="Quote"></Data></Insert>`;
  const now = (gate: string) =>
    install(create("acme_state", title + comments(true))) + upgrade(insert(gate)) + uninstall("acme_state");
  const before = install(create("acme_state", title + comments(false)));
  const databases = ["oracle"] as const;
  assert.match(
    said(now("1.1.0"), { databases })[0] ?? "",
    /most likely fails in upgrades from below 1\.1\.0/,
  );
  assert.deepEqual(said(now("1.1.0"), { databases, released: { "1.0.0": before } }), []);
  // Of versions that nothing is known of it still is.
  assert.match(
    said(now("1.1.0"), { databases, released: { "1.2.0": before } })[0] ?? "",
    /most likely fails in upgrades from below 1\.1\.0/,
  );
});

test("code of either version may have changed the tables of a released one", () => {
  const now =
    install(create("acme_date")) + upgrade(alter("acme_date", "2.0.0", '<ColumnDrop Name="team_id"/>'));
  const code = "<CodeUpgrade Type=\"pre\"><![CDATA[ Mend('acme_date'); ]]></CodeUpgrade>";
  const before = install(create("acme_date"));
  const databases = ["mysql"] as const;
  assert.equal(said(now, { databases, released: { "1.0.0": before } }).length, 1);
  assert.deepEqual(said(now + code, { databases, released: { "1.0.0": before } }), []);
  assert.deepEqual(said(now, { databases, released: { "1.0.0": before + code } }), []);
});

test("upgrades are tried again when another archive is known, and not while the same is", () => {
  const text = packageWith(
    install(create("acme_date")) +
      upgrade(alter("acme_date", "2.0.0", '<ColumnDrop Name="team_id"/>')) +
      uninstall("acme_date"),
  );
  const spec = specOf(SyntaxTree.parse(text));
  const context = lint(spec.tree, defaultLintSettings, surroundings());
  const simulation = new Simulation(knowledgeFor);
  const others = packagesIn(archivesOf({ "1.0.0": install(create("acme_date")) }));
  assert.equal(toTheEnd(simulation.run(spec, context, ["mysql"])).length, 0);
  assert.equal(simulation.known(spec, context, ["mysql"], others), undefined);
  assert.equal(toTheEnd(simulation.run(spec, context, ["mysql"], others)).length, 1);
  const same = packagesIn(archivesOf({ "1.0.0": install(create("acme_date")) }));
  assert.equal(simulation.known(spec, context, ["mysql"], same)?.length, 1);
});
