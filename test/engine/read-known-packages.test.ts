import assert from "node:assert/strict";
import { test } from "node:test";
import { type KnownDocument, readKnownPackages } from "../../server/src/engine/read-known-packages.ts";
import { type KnownPackage, KnownPackages } from "../../server/src/host/known-packages.ts";
import { packageText } from "../support/known-packages.ts";

const archive: KnownDocument = { kind: "archive", path: "/ws/Mine-1.0.0.opm" };
const spec: KnownDocument = { kind: "spec", path: "/ws/Mine.sopm" };

function read(document: KnownDocument, more: string): KnownPackage {
  const text = packageText("Mine", "1.0.0", { more });
  const [known] = readKnownPackages(document, new TextEncoder().encode(text));
  assert.ok(known);
  return known;
}

const create = (table: string) =>
  `<TableCreate Name="${table}"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></TableCreate>`;
const install = (inside: string) => `<DatabaseInstall Type="post">${inside}</DatabaseInstall>`;
const code = '<CodeUpgrade Type="post" Version="0.9.0"><![CDATA[ Mend("acme_hall"); ]]></CodeUpgrade>';

const merge = `<PackageMerge Name="Old" TargetVersion="1.0.0"><DatabaseUpgrade Type="post">${create("acme_old")}</DatabaseUpgrade></PackageMerge>`;

test("an archive tells what its sections make, and a spec what its database sections do", () => {
  const sections = `${merge}<PackageMerge Name="Older"/>${install(create("acme_room"))}${code}`;
  const shape = read(archive, sections).shape()!;
  assert.deepEqual([...shape.tables.keys()], ["acme_room"]);
  assert.deepEqual([...shape.tables.get("acme_room")!.columns], [["id", "BIGINT"]]);
  assert.deepEqual([...shape.gates.code], ["0.9.0"]);
  assert.equal(shape.mentions("ACME_HALL"), true);
  assert.equal(shape.upgrades.size, 0);
  const ofSpec = read(spec, sections).shape()!;
  assert.deepEqual([...ofSpec.tables.keys()], ["acme_room"]);
  assert.deepEqual([...ofSpec.gates.code], []);
});

test("what stands in comments and in sections without an end is no section", () => {
  const shape = read(
    archive,
    `<!-- ${install(create("acme_room"))} -->${install(create("acme_key"))}`,
  ).shape()!;
  assert.deepEqual([...shape.tables.keys()], ["acme_key"]);
  const endless = read(archive, `<DatabaseInstall>${create("acme_room")}`);
  assert.equal(endless.shape()?.tables.size, 0);
});

test("sections longer than a bound are not kept, of one package and of all together", () => {
  const long = `<CodeInstall>${"$x;".repeat(333_334)}</CodeInstall>`;
  const known = read(archive, long);
  assert.equal(known.sections, undefined);
  assert.equal(known.shape(), undefined);

  const all = new KnownPackages();
  const some = read(archive, `<CodeInstall>${"$x;".repeat(300_000)}</CodeInstall>`);
  const paths = Array.from({ length: 60 }, (_, index) => `/ws/Mine-1.0.${index}.opm`);
  for (const path of paths) all.tell(path, [{ ...some, document: path }]);
  const kept = () => [...all.all()].filter(({ sections }) => sections !== undefined).length;
  assert.equal(kept(), 55);
  // What goes makes room.
  all.tell(paths[0]!, []);
  all.tell(paths[1]!, []);
  all.tell(paths[59]!, [{ ...some, document: paths[59]! }]);
  assert.equal(kept(), 54);
});
