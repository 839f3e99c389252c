import assert from "node:assert/strict";
import { test } from "node:test";
import { diagramVersions } from "../../server/src/engine/database-diagram.ts";
import { drawDiagram } from "../../server/src/engine/draw-diagram.ts";
import type { DiagramLayout, LayoutGraph } from "../../server/src/host/diagram-layout.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { bounded, usualLimits } from "../../server/src/report/diagram-model.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { besides, databaseText, diagramOf, diagramText } from "../support/diagram-of.ts";
import { memoryWorld } from "../support/memory-world.ts";

const items = `<TableCreate Name="acme_item">
  <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
  <Column Name="title" Required="true" Type="VARCHAR" Size="200"/>
  <Column Name="owner" Required="false" Type="INTEGER"/>
  <Unique Name="acme_title"><UniqueColumn Name="title"/></Unique>
  <Index Name="acme_owner"><IndexColumn Name="owner"/></Index>
  <ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKey>
</TableCreate>`;
const install = (statements: string) => `<DatabaseInstall Type="post">${statements}</DatabaseInstall>`;
const upgrade = (statements: string) => `<DatabaseUpgrade Type="post">${statements}</DatabaseUpgrade>`;

test("own tables have their columns and keys, those of a framework what is referred to", () => {
  assert.equal(
    diagramText(diagramOf(databaseText(install(items)))),
    `acme_item (own)
  id BIGINT PK
  title VARCHAR(200) U
  owner INTEGER FK I
users (framework Znuny 7.1.7)
  id INTEGER PK
  10 more
acme_item.owner -> users.id`,
  );
});

test("what is added to a table of others is told apart from what it has", () => {
  const added = '<TableAlter Name="ticket"><ColumnAdd Name="acme" Type="DATE"/></TableAlter>';
  const text = diagramText(diagramOf(databaseText(install(added))));
  assert.match(text, /^ticket \(framework Znuny 7\.1\.7\)\n {2}acme DATE added\n {2}\d+ more$/);
});

test("what is added to a table of others is new where the version before left the table alone", () => {
  const added = (column: string) =>
    `<TableAlter Name="ticket"><ColumnAdd Name="${column}" Type="INTEGER"/><ForeignKeyCreate ForeignTable="users"><Reference Local="${column}" Foreign="id"/></ForeignKeyCreate></TableAlter>`;
  const now = databaseText(install(added("acme")));
  const lines = (before: string) =>
    diagramText(diagramOf(now, { "/Acme-1.0.0.opm": databaseText(before, "1.0.0") })).split("\n");
  const fresh = lines("");
  assert.equal(fresh[1], "  +acme INTEGER FK added");
  assert.equal(fresh.at(-1), "+ticket.acme -> users.id");
  const same = lines(install(added("acme")));
  assert.deepEqual([same[1], same.at(-1)], ["  acme INTEGER FK added", "ticket.acme -> users.id"]);
});

test("a table of another package is shown with its package, one that is made nowhere as such", () => {
  const reference = (table: string) =>
    `<ForeignKey ForeignTable="${table}"><Reference Local="${table}_id" Foreign="id"/></ForeignKey>`;
  const statements = `<TableCreate Name="acme_link"><Column Name="other_id" Type="BIGINT"/><Column Name="lost_id" Type="BIGINT"/>${reference("other")}${reference("lost")}</TableCreate>`;
  const other = databaseText(
    install(
      '<TableCreate Name="Other"><Column Name="id" Type="BIGINT"/><Column Name="x" Type="DATE"/></TableCreate>',
    ),
    "1.0.0",
    "Other",
  );
  assert.equal(
    diagramText(diagramOf(databaseText(install(statements)), { "/Other-1.0.0.opm": other })),
    `acme_link (own)
  other_id BIGINT FK
  lost_id BIGINT FK
other (package Other)
  id BIGINT
  1 more
lost (unknown)
  id
  ? more
acme_link.other_id -> other.id
acme_link.lost_id -> lost.id`,
  );
});

test("what the newest older version does not have is new, whatever even older ones have", () => {
  const older = databaseText(
    install(
      '<TableCreate Name="ACME_ITEM"><Column Name="id" Type="INTEGER"/><Column Name="title" Type="VARCHAR" Size="200"/></TableCreate>',
    ),
    "1.1.0",
  );
  const documents = {
    "/Acme-1.0.0.opm": databaseText("", "1.0.0"),
    "/Acme-1.1.0.opm": older,
    // Of a later version nothing counts.
    "/Acme-3.0.0.opm": databaseText(install(items), "3.0.0"),
  };
  const log = '<TableCreate Name="acme_log"><Column Name="id" Type="BIGINT"/></TableCreate>';
  const diagram = diagramOf(databaseText(install(items + log)), documents);
  assert.equal(diagram.comparedWith, "1.1.0");
  assert.equal(
    diagramText(diagram),
    `acme_item (own)
  ~id BIGINT PK
  title VARCHAR(200) U
  +owner INTEGER FK I
+acme_log (own)
  id BIGINT
users (framework Znuny 7.1.7)
  id INTEGER PK
  10 more
+acme_item.owner -> users.id`,
  );
});

test("older versions can be shown, each beside the one before it, with the places of the spec", () => {
  const text = databaseText(install(items));
  const documents = {
    "/Acme-1.0.0.opm": databaseText("", "1.0.0"),
    "/Acme-1.1.0.opm": databaseText(
      install(
        '<TableCreate Name="acme_item"><Column Name="title" Type="DATE"/><Column Name="gone" Type="DATE"/></TableCreate>',
      ),
      "1.1.0",
    ),
  };
  const spec = specOf(SyntaxTree.parse(text));
  const versions = diagramVersions(spec, besides(spec, documents)).map(({ version }) => version);
  assert.deepEqual(versions, ["1.0.0", "1.1.0", "2.0.0"]);
  const shown = diagramOf(text, documents, "1.1.0");
  assert.equal(diagramText(shown), "+acme_item (own)\n  title DATE\n  gone DATE");
  const [title, gone] = shown.tables[0]!.columns;
  assert.equal(text.slice(title!.place!.start, title!.place!.end).slice(0, 20), '<Column Name="title"');
  assert.equal(gone!.place, undefined);
  assert.equal(diagramText(diagramOf(text, documents, "1.0.0")), "");
});

test("without an older version nothing is called new", () => {
  const diagram = diagramOf(databaseText(install(items)));
  assert.equal(diagram.comparedWith, undefined);
  assert.doesNotMatch(diagramText(diagram), /[+~]/);
});

test("a table that only upgrades make is there, and says so", () => {
  const text = upgrade(
    '<TableCreate Name="acme_late" Version="1.5.0"><Column Name="id" Type="DATE"/></TableCreate>',
  );
  assert.equal(diagramText(diagramOf(databaseText(text))), "acme_late (own) by upgrades\n  id DATE");
  const dropped = `${install(`${items}<TableDrop Name="acme_late"/>`)}${text}`;
  assert.doesNotMatch(diagramText(diagramOf(databaseText(dropped))), /acme_late/);
});

test("everything leads to its place, also behind renames and changes", () => {
  const text = databaseText(
    install(
      `${items}<TableAlter NameOld="acme_item" NameNew="acme_thing"/><TableAlter Name="acme_thing"><ColumnAdd Name="flag" Type="SMALLINT"/><ColumnChange NameOld="title" NameNew="name" Type="DATE"/></TableAlter>`,
    ),
  );
  const { tables, references } = diagramOf(text);
  const at = (place: { start: number; end: number } | undefined) => text.slice(place!.start, place!.end);
  assert.match(at(tables[0]!.place), /^<TableCreate Name="acme_item"/);
  assert.deepEqual(
    tables[0]!.columns.map(({ name, place }) => [name, /Name\w*="[^"]*"/.exec(at(place))![0]]),
    [
      ["id", 'Name="id"'],
      ["owner", 'Name="owner"'],
      ["flag", 'Name="flag"'],
      ["name", 'NameOld="title"'],
    ],
  );
  assert.equal(at(references[0]!.place), '<Reference Local="owner" Foreign="id"/>');
});

const many = (count: number) =>
  [...Array(count).keys()]
    .map(
      (index) =>
        `<TableCreate Name="t${index}"><Column Name="id" Type="BIGINT"/><Column Name="up" Type="BIGINT"/><Column Name="user" Type="BIGINT"/><ForeignKey ForeignTable="t${(index + 1) % count}"><Reference Local="up" Foreign="id"/></ForeignKey><ForeignKey ForeignTable="users"><Reference Local="user" Foreign="id"/></ForeignKey></TableCreate>`,
    )
    .join("");

test("of many tables the columns are folded, of very many only own ones remain, and both is said", () => {
  const some = diagramOf(databaseText(install(many(usualLimits.withColumns))));
  // With that of the framework there are too many for columns.
  assert.equal(some.tables.length, usualLimits.withColumns + 1);
  assert.deepEqual(some.tables.map(({ columns, moreColumns }) => [columns.length, moreColumns]).slice(-2), [
    [0, 3],
    [0, 11],
  ]);
  assert.deepEqual(
    some.notes.map(({ text }) => text),
    ["There are {count} tables, so that their columns are folded."],
  );
  const all = diagramOf(databaseText(install(many(2500))));
  assert.equal(all.tables.length, usualLimits.tables);
  assert.ok(all.tables.every(({ owner }) => owner === "own"));
  assert.equal(all.notes.length, 3);
  // The ring of references is open where its tables end.
  assert.equal(all.references.length, usualLimits.tables - 1);
});

test("of a table with very many columns and of very many references the first ones are shown", () => {
  const columns = [...Array(300).keys()].map((index) => `<Column Name="c${index}" Type="DATE"/>`).join("");
  const [table] = diagramOf(
    databaseText(install(`<TableCreate Name="wide">${columns}</TableCreate>`)),
  ).tables;
  assert.deepEqual([table!.columns.length, table!.moreColumns], [200, 100]);
  const model = diagramOf(databaseText(install(items)));
  const few = bounded(model, { ...usualLimits, references: 0 });
  assert.deepEqual(few.references, []);
  assert.equal(few.notes.at(-1)!.values!.count, 1);
});

test("too many tables are not laid out by references, and the picture says so; the others once for the same", async () => {
  const asked: LayoutGraph[] = [];
  const diagrams: DiagramLayout = {
    layOut: async (graph) => {
      asked.push(graph);
      return { boxes: graph.boxes.map(() => ({ x: 0, y: 0 })), lines: graph.lines.map(() => []) };
    },
  };
  const world = memoryWorld({ diagrams });
  for (let time = 0; time < 2; time++)
    assert.equal((await drawDiagram(diagramOf(databaseText(install(items))), world)).model.notes.length, 0);
  assert.equal(asked.length, 1);
  const large = await drawDiagram(diagramOf(databaseText(install(many(2500)))), world);
  assert.equal(asked.length, 1);
  assert.match(large.model.notes.at(-1)!.text, /too many/);
  const places = new Set(large.placed.boxes.map(({ x, y }) => `${x} ${y}`));
  assert.equal(places.size, usualLimits.tables);
});

test("where nobody lays out, boxes do not overlap and lines end at them", async () => {
  const { drawn, placed, model } = await drawDiagram(
    diagramOf(databaseText(install(many(30)))),
    memoryWorld(),
  );
  for (const [index, one] of placed.boxes.entries()) {
    for (const [other, two] of placed.boxes.entries()) {
      const isApart =
        one.x + drawn[index]!.width <= two.x ||
        two.x + drawn[other]!.width <= one.x ||
        one.y + drawn[index]!.height <= two.y ||
        two.y + drawn[other]!.height <= one.y;
      assert.ok(isApart || index === other, `${index} ${other}`);
    }
  }
  for (const [index, { from, to }] of model.references.entries()) {
    const line = placed.lines[index]!;
    assert.equal(line[0]!.x, placed.boxes[from]!.x);
    assert.equal(line.at(-1)!.x, placed.boxes[to]!.x + drawn[to]!.width);
  }
});
