import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { SqlPreviewParams, SqlPreviewResult } from "../../server/src/protocol/sql-preview.ts";
import { LanguageClient } from "../support/language-client.ts";
import { specWithSql } from "../support/spec-with-sql.ts";

const uri = "untitled:Acme.sopm";

describe("the preview of SQL over stdio", () => {
  let client: LanguageClient;

  before(async () => {
    client = new LanguageClient();
    await client.initialize({});
    await client.open(uri, specWithSql);
  });
  after(() => client.stop());

  test("ranges are lines and characters of both texts", async () => {
    const { text, ranges, isReadable } = await preview({ uri, database: "postgresql" });
    assert.equal(isReadable, true);
    const statement = linesOf(text).findIndex((line) => line.startsWith("CREATE TABLE acme"));
    const range = ranges.find((each) => each.preview.start.line === statement);
    assert.deepEqual(range?.preview.start, { line: statement, character: 0 });
    const element = linesOf(specWithSql).findIndex((line) => line.includes("<TableCreate"));
    assert.deepEqual(range?.spec.start, { line: element, character: 8 });
    assert.equal(linesOf(specWithSql)[range!.spec.end.line]?.trim(), "</TableCreate>");
  });

  test("it follows what is typed, and tells when nothing can be read", async () => {
    const line = linesOf(specWithSql).findIndex((each) => each.includes('<TableDrop Name="acme_old"'));
    const character = linesOf(specWithSql)[line]!.indexOf("acme_old");
    const start = { line, character };
    await client.change(uri, [{ range: { start, end: { line, character: character + 8 } }, text: "typed" }]);
    assert.match((await preview({ uri })).text, /DROP TABLE IF EXISTS typed;/);
    await client.change(uri, [{ range: { start, end: start }, text: "<" }]);
    const broken = await preview({ uri });
    assert.equal(broken.isReadable, false);
    assert.deepEqual(broken.ranges, []);
  });

  test("a document that is not open has none", async () => {
    assert.equal(await client.request("sopm/sqlPreview", { uri: "untitled:Other.sopm" }), null);
  });

  function preview(params: SqlPreviewParams): Promise<SqlPreviewResult> {
    return client.request("sopm/sqlPreview", params);
  }
});

function linesOf(text: string): readonly string[] {
  return text.split("\n");
}
