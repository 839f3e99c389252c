import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readReleaseFacts } from "../../scripts/read-release-facts.ts";
import { type ReleaseFacts, renderKnowledge } from "../../scripts/render-knowledge.ts";
import type { Knowledge } from "../../server/src/knowledge/knowledge.ts";
import { NameLists } from "../../server/src/knowledge/name-lists.ts";
import {
  foldersLeftOut,
  readKnowledge,
  type Section,
  sections,
} from "../../server/src/knowledge/read-knowledge.ts";
import { type Release, releases } from "../../server/src/knowledge/releases.ts";
import { knowledgeFor, knowledgeOf as knowledgeOfReleases } from "../../server/src/node/knowledge.ts";
import { sharedFolder } from "../support/shared.ts";

const column = {
  size: undefined,
  required: false,
  primaryKey: false,
  autoIncrement: false,
  default: undefined,
};

const older: ReleaseFacts = {
  id: "older",
  files: ["Kernel/System/Old.pm", "Kernel/System/Ticket.pm", "README"],
  settings: [{ name: "Home", init: "Framework", file: "Framework.xml" }],
  tables: [
    {
      name: "groups",
      columns: [
        { ...column, name: "id", type: "INTEGER", required: true, primaryKey: true, autoIncrement: true },
      ],
      indexes: [],
      uniques: [{ name: undefined, columns: ["id"] }],
      foreignKeys: [],
    },
  ],
  events: [],
  valueTypes: [],
};

const newer: ReleaseFacts = {
  id: "newer",
  files: ["Kernel/Config/Files/Base.pm", "Kernel/System/Ticket.pm", "Kernel/cpan-lib/JSON.pm", "README"],
  settings: [
    { name: "Home", init: "Framework", file: "Framework.xml" },
    { name: "Home", init: "Application", file: "Ticket.xml" },
    { name: "Ticket::Hook", init: "Application", file: "Ticket.xml" },
  ],
  tables: [
    {
      name: "groups",
      columns: [
        { ...column, name: "id", type: "BIGINT", required: true },
        { ...column, name: "title", type: "VARCHAR", size: "200", default: "a b" },
        { ...column, name: "price", type: "DECIMAL", size: "10,2", default: "" },
      ],
      indexes: [
        {
          name: "groups_title",
          columns: [
            { name: "title", size: "100" },
            { name: "id", size: undefined },
          ],
        },
      ],
      uniques: [{ name: "groups_id", columns: ["id", "title"] }],
      foreignKeys: [{ table: "valid", references: [{ local: "id", foreign: "id" }] }],
    },
  ],
  events: [{ name: "TicketCreate", sources: ["code Kernel::System::Ticket", "setting Events###Ticket"] }],
  valueTypes: ["Checkbox", "Date"],
};

const texts = renderKnowledge([older, newer]);

function releaseOf(id: string, own: Partial<Release> = {}): Release {
  const patches = { first: 0, last: Number.POSITIVE_INFINITY };
  return { id, product: "Znuny", version: id, patches, tablesOnly: false, extraFiles: false, ...own };
}

function knowledgeOf(id: string, own: Partial<Release> = {}): Knowledge {
  return readKnowledge(releaseOf(id, own), (section) => new NameLists(texts[section]));
}

test("what is written is read back", () => {
  for (const facts of [older, newer]) assertSame(knowledgeOf(facts.id), facts);
});

test("a name is known in the release that has it, and surely unknown in the other", () => {
  const knowledge = knowledgeOf("newer");
  assert.equal(knowledge.release, "Znuny newer");
  assert.equal(knowledge.isFrameworkFile("README"), true);
  assert.equal(knowledge.isFrameworkFile("Kernel/System/Old.pm"), false);
  assert.equal(knowledge.isFrameworkSetting("Ticket::Hook"), true);
  assert.equal(knowledgeOf("older").isFrameworkSetting("Ticket::Hook"), false);
  assert.equal(knowledge.table("users"), null);
  assert.equal(knowledge.table("groups")?.columns[1]?.default, "a b");
});

test("modules are the Perl files of the framework's own", () => {
  const knowledge = knowledgeOf("newer");
  assert.deepEqual(knowledge.moduleNames(), ["Kernel::System::Ticket"]);
  assert.equal(knowledge.isFrameworkModule("Kernel::System::Ticket"), true);
  assert.equal(knowledge.isFrameworkModule("Kernel::System::Old"), false);
});

test("of a release that was read among files of others, a listed file proves nothing", () => {
  const knowledge = knowledgeOf("older", { extraFiles: true });
  assert.equal(knowledge.isFrameworkFile("README"), undefined);
  assert.equal(knowledge.isFrameworkModule("Kernel::System::Ticket"), undefined);
  assert.equal(knowledge.isFrameworkFile("Kernel/System/New.pm"), false);
});

test("a section is loaded once, when something of it is asked for", () => {
  const loaded: Section[] = [];
  const knowledge = readKnowledge(releaseOf("newer"), (section) => {
    loaded.push(section);
    return new NameLists(texts[section]);
  });
  assert.deepEqual(loaded, []);
  knowledge.table("groups");
  knowledge.tableNames();
  knowledge.isFrameworkFile("README");
  knowledge.isFrameworkModule("Kernel::System::Ticket");
  assert.deepEqual(loaded, ["tables", "files"]);
});

test("of paths in folders of bundled software and texts nothing is known", () => {
  const files = ["doc/README", "i18n/otrs/de.po", "var/httpd/htdocs/js/thirdparty/jquery/jquery.js"];
  const [text] = [renderKnowledge([{ ...newer, files: [...newer.files!, ...files] }]).files];
  const knowledge = readKnowledge(releaseOf("newer"), () => new NameLists(text));
  for (const path of [...files, "doc/Acme.md", "i18n/Acme/de.po"]) {
    assert.equal(knowledge.isFrameworkFile(path), undefined, path);
  }
  assert.equal(knowledge.isFrameworkFile("documentation"), false);
  assert.deepEqual(knowledge.fileNames(), newer.files!.toSorted());
});

test("of what was not read of a release nothing is known, which is not the same as that it has none", () => {
  const tablesOnly: ReleaseFacts = { id: "tables", tables: older.tables! };
  const read = renderKnowledge([older, tablesOnly]);
  const knowledge = readKnowledge(releaseOf("tables"), (section) => new NameLists(read[section]));
  assertSame(knowledge, tablesOnly);
  assert.equal(knowledge.table("users"), null);
  assert.equal(knowledge.isFrameworkFile("README"), undefined);
  assert.equal(knowledge.isFrameworkModule("Kernel::System::Ticket"), undefined);
  assert.equal(knowledge.isFrameworkModule("Acme"), undefined);
  assert.equal(knowledge.isFrameworkSetting("Home"), undefined);
  assert.equal(knowledge.settingSources("Home"), undefined);
});

test("columns that releases have in another order keep the order of each", () => {
  const orders = ["a b c d", "d a c", "c b a e", "e", "a b c d"];
  const releases = orders.map((order, index): ReleaseFacts => {
    const columns = order.split(" ").map((name) => ({ ...column, name, type: "DATE" }));
    return {
      id: `r${index}`,
      tables: [{ name: "acme", columns, indexes: [], uniques: [], foreignKeys: [] }],
    };
  });
  const { tables } = renderKnowledge(releases);
  for (const facts of releases) {
    assertSame(
      readKnowledge(releaseOf(facts.id), () => new NameLists(tables)),
      { id: facts.id, tables: facts.tables! },
      ["tables"],
    );
  }
});

test("more masks than letters of one byte are told apart, and names that have much in common", () => {
  const ids = Array.from({ length: 20 }, (_, bit) => `r${bit}`);
  const prefix = "x".repeat(150);
  const releases = ids.map((id, bit): ReleaseFacts => {
    const numbers = Array.from({ length: 400 }, (_, index) => (index + 1) * 2_621);
    const valueTypes = numbers.filter((mask) => (mask >> bit) & 1).map((mask) => prefix + mask);
    return { id, valueTypes: valueTypes.sort() };
  });
  const text = renderKnowledge(releases)["value-types"];
  assert.ok(text.split("\n")[1]!.split(" ").length > 350);
  for (const { id, valueTypes } of releases) {
    const knowledge = readKnowledge(releaseOf(id), () => new NameLists(text));
    assert.deepEqual(knowledge.valueTypes(), valueTypes);
  }
});

test("versions are given the facts of their release line, and the same object each time", () => {
  const expected = [
    ["OTRS 2.4.7", undefined],
    ["OTRS 3.1.20", "OTRS 3.1"],
    ["OTRS 3.2.18", undefined],
    ["OTRS 3.3.1", "OTRS 3.3.10"],
    ["OTRS 4.0.33", "OTRS 4.0.13"],
    ["OTRS 5.0.x", "OTRS 5.0.26"],
    ["OTRS 6.0.1", "OTRS 6.0.30"],
    ["OTRS 6.0.x", "OTRS 6.0.30"],
    ["OTRS 6.0.31", "OTRS 6.0.41"],
    ["OTRS 6.0.41", "OTRS 6.0.41"],
    ["OTRS 6.1.1", undefined],
    ["OTRS 6.9.9", undefined],
    ["OTRS 8.0.37", undefined],
    ["Znuny 6.0.48", "Znuny 6.0.36"],
    ["Znuny 6.4.1", "Znuny 6.4.5"],
    ["Znuny 6.5.x", "Znuny 6.5.4"],
    ["Znuny 7", undefined],
    ["Znuny 7.0.9", "Znuny 7.0.9"],
    ["Znuny 7.1", "Znuny 7.1.7"],
    ["Znuny 7.2.3", "Znuny 7.2"],
    ["Znuny 7.3.8", "Znuny 7.3"],
    ["Znuny 7.10.1", undefined],
    ["Znuny 9.9.9", undefined],
    ["OTOBO 10.0.1", "OTOBO 10.0.22"],
    ["OTOBO 10.1.12", "OTOBO 10.1.11"],
    ["OTOBO 11.0.x", "OTOBO 11.0.6"],
    ["OTOBO 11.1.0", "OTOBO 11.1"],
    ["OTOBO 12.0.1", undefined],
  ] as const;
  for (const [name, release] of expected) {
    const [product = "", version = ""] = name.split(" ");
    assert.equal(knowledgeFor(product, version).release, release, name);
  }
  assert.equal(knowledgeFor("OTOBO", "11.0.1"), knowledgeFor("OTOBO", "11.0.5"));
  assert.equal(knowledgeFor("OTRS", "8.0.1").isFrameworkFile("Kernel/System/Ticket.pm"), undefined);
  assert.equal(knowledgeFor("OTRS", "3.1.1").isFrameworkFile("Kernel/System/Ticket.pm"), undefined);
});

test("a release has what it has, and not what its neighbours have", () => {
  const columnsOf = (product: string, version: string, table: string) =>
    knowledgeFor(product, version)
      .table(table)
      ?.columns.map(({ name, type, size }) => `${name} ${type}${size ?? ""}`);
  const groups = (product: string, version: string) =>
    ["groups", "permission_groups", "groups_table"].filter((name) =>
      knowledgeFor(product, version).table(name),
    );
  assert.deepEqual(groups("Znuny", "6.0.36"), ["groups"]);
  assert.deepEqual(groups("Znuny", "6.1.1"), ["permission_groups"]);
  assert.deepEqual(groups("OTRS", "6.0.41"), ["groups"]);
  assert.deepEqual(groups("OTOBO", "10.0.1"), ["groups_table"]);
  assert.equal(columnsOf("Znuny", "7.0.9", "ticket_flag")?.[0], "ticket_id BIGINT");
  assert.equal(columnsOf("Znuny", "7.1.1", "ticket_flag")?.[0], "id BIGINT");
  assert.ok(columnsOf("OTOBO", "10.1.1", "dynamic_field_value")?.includes("id INTEGER"));
  assert.ok(columnsOf("OTOBO", "11.0.1", "dynamic_field_value")?.includes("id BIGINT"));
  assert.equal(knowledgeFor("OTOBO", "10.1.1").table("article_version"), null);
  assert.ok(knowledgeFor("Znuny", "7.3.1").table("sendmail_config"));
  assert.equal(knowledgeFor("Znuny", "7.2.1").table("sendmail_config"), null);
  assert.equal(knowledgeFor("OTRS", "6.0.30").table("oauth2_token"), null);
  assert.equal(knowledgeFor("OTRS", "3.3.1").valueTypes()?.length, 0);
  assert.equal(knowledgeFor("Znuny", "7.2.1").valueTypes(), undefined);
});

test("every release of the list is in the data, and its tables at least are known", () => {
  for (const release of releases) {
    const known = knowledgeOfReleases([release]);
    assert.ok(known.tableNames()!.length > 50, release.id);
    assert.equal(known.fileNames() === undefined, release.tablesOnly, release.id);
  }
});

const folder = sharedFolder("knowledge");
if (folder !== undefined) {
  // A state of development of OTOBO 11.0; what differs from 11.0.6 is left out of the release.
  const superseded = ["otobo-11.0"];

  test("every reference list is taken in", () => {
    const listed = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
    const taken = [...releases.map(({ id }) => id), ...superseded];
    assert.deepEqual(taken.sort(), listed.sort());
  });

  for (const release of releases) {
    test(`our data says the same as the reference lists: ${release.id}`, () => {
      const facts = readReleaseFacts(folder, release.id);
      const known = knowledgeOfReleases([release]);
      assertSame(known, facts);
      for (const path of facts.files ?? []) {
        const isKnown = !foldersLeftOut.some((each) => path.startsWith(each)) && !release.extraFiles;
        assert.equal(known.isFrameworkFile(path), isKnown || undefined, path);
      }
      const modules = join(folder, release.id, "modules.txt");
      if (!existsSync(modules)) return;
      const names = readFileSync(modules, "utf8").split("\n").filter(Boolean);
      assert.deepEqual(known.moduleNames(), names.sort());
    });
  }
}

function assertSame(knowledge: Knowledge, facts: ReleaseFacts, about: readonly Section[] = sections): void {
  if (about.includes("files")) {
    const files = facts.files?.filter((path) => !foldersLeftOut.some((each) => path.startsWith(each)));
    assert.deepEqual(knowledge.fileNames(), files?.toSorted());
  }
  if (about.includes("settings")) {
    const { settings } = facts;
    assert.deepEqual(knowledge.settingNames(), settings && [...new Set(settings.map(nameOf))].sort());
    for (const { name } of settings ?? []) {
      const sources = settings!.filter((setting) => setting.name === name);
      assert.deepEqual(sorted(knowledge.settingSources(name)), sorted(sources), name);
    }
  }
  if (about.includes("tables")) {
    assert.deepEqual(knowledge.tableNames(), facts.tables?.map(nameOf).sort());
    for (const table of facts.tables ?? []) assert.deepEqual(knowledge.table(table.name), table);
  }
  if (about.includes("events")) assert.deepEqual(knowledge.events(), facts.events);
  if (about.includes("value-types")) assert.deepEqual(knowledge.valueTypes(), facts.valueTypes);
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function sorted(sources: readonly { init: string; file: string }[] | undefined): readonly string[] {
  return (sources ?? []).map(({ init, file }) => `${init} ${file}`).sort();
}
