import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { readReleaseFacts } from "../../scripts/read-release-facts.ts";
import { type ReleaseFacts, renderKnowledge } from "../../scripts/render-knowledge.ts";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { knowledgeFor } from "../../server/src/host/node/knowledge.ts";
import type { Knowledge } from "../../server/src/knowledge/knowledge.ts";
import { readKnowledge, type Section } from "../../server/src/knowledge/read-knowledge.ts";
import { releaseFor } from "../../server/src/knowledge/releases.ts";
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

function knowledgeOf(id: string, extraFiles = false): Knowledge {
  return readKnowledge({ id, label: `Acme ${id}`, extraFiles }, (section) => texts[section]);
}

test("what is written is read back", () => {
  for (const facts of [older, newer]) assertSame(knowledgeOf(facts.id), facts);
});

test("a name is known in the release that has it, and surely unknown in the other", () => {
  const knowledge = knowledgeOf("newer");
  assert.equal(knowledge.release, "Acme newer");
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
  const knowledge = knowledgeOf("older", true);
  assert.equal(knowledge.isFrameworkFile("README"), undefined);
  assert.equal(knowledge.isFrameworkModule("Kernel::System::Ticket"), undefined);
  assert.equal(knowledge.isFrameworkFile("Kernel/System/New.pm"), false);
});

test("a section is loaded once, when something of it is asked for", () => {
  const loaded: Section[] = [];
  const knowledge = readKnowledge({ id: "newer", label: "Acme", extraFiles: false }, (section) => {
    loaded.push(section);
    return texts[section];
  });
  assert.deepEqual(loaded, []);
  knowledge.table("groups");
  knowledge.tableNames();
  knowledge.isFrameworkFile("README");
  knowledge.isFrameworkModule("Kernel::System::Ticket");
  assert.deepEqual(loaded, ["tables", "files"]);
});

test("dialects are given the facts of their release, and the same object each time", () => {
  const labels = dialectIds.map((dialect) => `${dialect}: ${knowledgeFor(dialect).release ?? "nothing"}`);
  assert.deepEqual(labels, [
    "otrs-legacy: OTRS 3.1",
    "otrs-5: nothing",
    "otrs-6: nothing",
    "otrs-8: nothing",
    "znuny-6: nothing",
    "znuny-7: Znuny 7.1.7",
    "otobo-10: OTOBO 11.0",
    "otobo-11: OTOBO 11.0",
  ]);
  assert.equal(knowledgeFor("otobo-10"), knowledgeFor("otobo-11"));
  assert.equal(knowledgeFor("znuny-6").isFrameworkFile("Kernel/System/Ticket.pm"), undefined);
  assert.equal(knowledgeFor("znuny-7").isFrameworkFile("Kernel/System/Ticket.pm"), true);
  assert.equal(knowledgeFor("otrs-legacy").isFrameworkFile("Kernel/System/Ticket.pm"), undefined);
  assert.equal(knowledgeFor("znuny-7").table("groups"), null);
  assert.equal(knowledgeFor("znuny-7").table("permission_groups")?.columns[0]?.type, "INTEGER");
});

const folder = sharedFolder("knowledge");
if (folder !== undefined) {
  test("our data says the same as the reference lists", () => {
    const releases = dialectIds.flatMap((dialect) => releaseFor(dialect)?.id ?? []);
    const listed = readdirSync(folder).filter((name) => !name.includes("README"));
    assert.deepEqual([...new Set(releases)].sort(), listed.sort());
    for (const dialect of ["znuny-7", "otobo-11", "otrs-legacy"] as const) {
      assertSame(knowledgeFor(dialect), readReleaseFacts(folder, releaseFor(dialect)!.id));
    }
  });
}

function assertSame(knowledge: Knowledge, facts: ReleaseFacts): void {
  assert.deepEqual(knowledge.fileNames(), facts.files.toSorted());
  assert.deepEqual(knowledge.settingNames(), [...new Set(facts.settings.map(({ name }) => name))].sort());
  for (const { name } of facts.settings) {
    const sources = facts.settings.filter((setting) => setting.name === name);
    assert.deepEqual(sorted(knowledge.settingSources(name)), sorted(sources), name);
  }
  assert.deepEqual(knowledge.tableNames(), facts.tables.map(({ name }) => name).sort());
  for (const table of facts.tables) assert.deepEqual(knowledge.table(table.name), table);
  assert.deepEqual(knowledge.events(), facts.events);
  assert.deepEqual(knowledge.valueTypes(), facts.valueTypes);
}

function sorted(sources: readonly { init: string; file: string }[] | undefined): readonly string[] {
  return (sources ?? []).map(({ init, file }) => `${init} ${file}`).sort();
}
