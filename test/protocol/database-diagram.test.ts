import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { DatabaseDiagramResult, ExportedDiagram } from "../../server/src/protocol/diagram.ts";
import { databaseText } from "../support/diagram-of.ts";
import { GitRepository, testWithGit } from "../support/git-repository.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const table = '<TableCreate Name="acme"><Column Name="id" Type="BIGINT"/></TableCreate>';
const spec = databaseText(`<DatabaseInstall>\n${table}</DatabaseInstall>`);

describe("the diagram of tables over stdio", () => {
  const uri = "untitled:Acme.sopm";
  let client: LanguageClient;
  before(async () => {
    client = new LanguageClient();
    await client.initialize({ locale: "de" });
    await client.open(uri, spec);
  });
  after(() => client.stop());

  const diagram = (asked = uri) =>
    client.request<DatabaseDiagramResult | null>("sopm/databaseDiagram", { uri: asked });

  test("it is a picture and a list in the reader's language, with places in the document", async () => {
    const shown = (await diagram())!;
    assert.match(shown.svg, /^<svg .*>eigene Tabelle</s);
    assert.match(shown.list, /^<h2>Datenbanktabellen von Acme 2\.0\.0<\/h2>/);
    assert.deepEqual([shown.versions, shown.shown, shown.isReadable], [["2.0.0"], 0, true]);
    const [, start, end] = /data-start="(\d+)" data-end="(\d+)"/.exec(shown.svg)!;
    assert.equal(spec.slice(Number(start), Number(end)), table);
  });

  test("it follows what is typed", async () => {
    const start = { line: 1, character: table.indexOf("acme") };
    const end = { line: 1, character: start.character + 4 };
    await client.change(uri, [{ range: { start, end }, text: "acme_new" }]);
    assert.match((await diagram())!.svg, />acme_new</);
  });

  test("it is exported as a file", async () => {
    const ask = (format: string, theme?: string) =>
      client.request<ExportedDiagram>("sopm/exportDatabaseDiagram", { uri, format, theme });
    assert.match((await ask("mermaid")).text, /^erDiagram\n {4}"acme_new" \{$/m);
    assert.match((await ask("svg", "light")).text, /^<\?xml .*<style>svg\{--d-paper:#fff/s);
    assert.match((await ask("svg")).text, /prefers-color-scheme:dark/);
  });

  test("a document that is not open has none", async () => {
    assert.equal(await diagram("untitled:Other.sopm"), null);
  });
});

test("older versions are those whose archives lie beside the spec", async (t) => {
  const folder = temporaryFolder(t, {
    "Acme.sopm": spec,
    "Acme-1.0.0.opm": databaseText("<DatabaseInstall/>", "1.0.0"),
  });
  const client = new LanguageClient();
  t.after(() => client.stop());
  await client.initialize({ workspaceFolders: [{ uri: fileUri(folder), name: "acme" }] });
  const uri = fileUri(join(folder, "Acme.sopm"));
  await client.open(uri, spec);
  const ask = (version?: string) =>
    client.request<DatabaseDiagramResult>("sopm/databaseDiagram", { uri, version });
  let shown = await ask();
  // Archives are read in the background.
  while (shown.versions.length < 2) shown = await ask();
  assert.deepEqual(shown.versions, ["1.0.0", "2.0.0"]);
  assert.match(shown.svg, />\+ new</);
  const older = await ask("1.0.0");
  assert.equal(older.shown, 0);
  assert.doesNotMatch(older.svg, />acme</);
});

testWithGit("versions that Git has are looked up when asked for, in a trusted workspace alone", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": databaseText("<DatabaseInstall/>", "1.0.0") }, "v1.0.0");
  repository.write({ "Acme.sopm": spec });
  const uri = fileUri(join(repository.folder, "Acme.sopm"));
  for (const trusted of [false, true]) {
    const client = new LanguageClient();
    t.after(() => client.stop());
    await client.initialize({ initializationOptions: { trusted } });
    await client.open(uri, spec);
    const ask = async (withHistory?: boolean) =>
      (await client.request<DatabaseDiagramResult>("sopm/databaseDiagram", { uri, withHistory })).versions;
    assert.deepEqual(await ask(), ["2.0.0"]);
    const all = trusted ? ["1.0.0", "2.0.0"] : ["2.0.0"];
    assert.deepEqual(await ask(true), all);
    assert.deepEqual(await ask(), all, "they are kept");
  }
});
