import assert from "node:assert/strict";
import { test } from "node:test";
import { Database } from "../../server/src/database/database.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import { runScript, scriptOf } from "../../server/src/database/kept-scripts.ts";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { databaseTags } from "../support/database-tags.ts";
import { runElements } from "../support/run-elements.ts";

const release: FrameworkRelease = { dialect: "znuny-7", version: "7.1.7" };
const elements = `<TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>
<TableCreate Name="acme"><Column Name="id" Type="INTEGER"/></TableCreate>
<Insert Table="acme"><Data Key="id">1</Data></Insert>
<Insert Table="acme"><Data Key="id">1</Data></Insert>
<Insert Table="acme"><Data Key="id">current_timestamp</Data></Insert>`;
const tags = databaseTags(elements, "znuny-7");
const now = "2026-01-02 03:04:05";

test("the same tags come to the same script, though somebody lists them anew", () => {
  const script = scriptOf(tags, "mysql", release, { now });
  assert.deepEqual(script, generateSql(tags, "mysql", release, { now }));
  assert.equal(scriptOf([...tags], "mysql", release, { now }), script);
});

test("fewer tags, another database, another release and another time come to scripts of their own", () => {
  const asked = [
    [tags.slice(0, -3), "mysql", release, now],
    [tags, "oracle", release, now],
    [tags, "mysql", { dialect: "otrs-6", version: "6.0.1" }, now],
    [tags, "mysql", release, "2026-01-02 03:04:06"],
    [[], "mysql", release, now],
  ] as const;
  for (const _ of ["first", "again"]) {
    for (const [parts, kind, of, time] of asked) {
      const expected = generateSql(parts, kind, of, { now: time });
      assert.deepEqual(scriptOf(parts, kind, of, { now: time }), expected);
    }
  }
});

test("a script comes to what its statements come to one by one, those that fail included", () => {
  const before = new Database("mysql", knowledgeFor("Znuny", "7.1.7"));
  const script = scriptOf(tags, "mysql", { dialect: "znuny-7" }, { now: "1970-01-01 00:00:00" });
  const run = runScript(before, script);
  const each = runElements(elements, "mysql", before);
  assert.deepEqual(
    run.outcomes.filter((outcome) => outcome !== undefined),
    each.outcomes,
  );
  assert.deepEqual(each.refused.slice(0, 2), ["table-exists", "value-twice"]);
  assert.ok(run.database.isAs(each.database));
  assert.equal(runScript(before, script), run);
  const behind = runScript(run.database, script);
  assert.ok(behind.outcomes.every((outcome) => outcome === undefined || outcome.kind === "failed"));
});
