import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { DryRunResult } from "../../server/src/protocol/dry-run.ts";
import type { ExportedMatrix, MatrixResult } from "../../server/src/protocol/matrix.ts";
import { GitRepository, testWithGit } from "../support/git-repository.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { madeSpec } from "../support/made-history.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const id = '<Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>';
const note = '<Column Name="note" Type="VARCHAR" Size="200" Required="false"/>';
const uninstall = '<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>';
const older = `<DatabaseInstall>\n<TableCreate Name="acme">${id}</TableCreate>\n</DatabaseInstall>${uninstall}`;
const present = `<DatabaseInstall>\n<TableCreate Name="acme">${id}${note}</TableCreate>\n</DatabaseInstall>${uninstall}`;
const spec = madeSpec({ version: "2.0.0", sections: present });

interface Matrix {
  readonly client: LanguageClient;
  readonly uri: string;
  readonly ask: () => Promise<MatrixResult>;
}

const released = {
  "Acme.sopm": spec,
  "Acme-1.0.0.opm": madeSpec({ version: "1.0.0", sections: older }),
  "Acme-1.5.0.opm": madeSpec({ version: "1.5.0", sections: older }),
};

async function opened(
  t: TestContext,
  folder = temporaryFolder(t, released),
  options: { readonly trusted?: boolean } = {},
): Promise<Matrix> {
  const client = new LanguageClient();
  t.after(() => client.stop());
  await client.initialize({
    locale: "de",
    workspaceFolders: [{ uri: fileUri(folder), name: "acme" }],
    initializationOptions: { trusted: true, ownCommands: true, ...options },
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  await client.open(uri, spec);
  return { client, uri, ask: () => client.request<MatrixResult>("sopm/upgradeMatrix", { uri }) };
}

test("it is a table in the reader's language, with a place and a fix for each difference", async (t) => {
  const matrix = await opened(t);
  const shown = await matrix.ask();
  assert.deepEqual(
    shown.paths.map(({ start, isStepByStep }) => [start, isStepByStep]),
    [
      [null, false],
      ["1.0.0", false],
      ["1.0.0", true],
      ["1.5.0", false],
    ],
  );
  assert.match(shown.html, /<th scope="row">von 1\.0\.0<\/th>/);
  const last = shown.systems.length - 1;
  assert.match(shown.html, new RegExp(`<td class="differs"><button [^>]*data-row="3" data-column="${last}"`));
  const [, start, end] = /class="place" data-start="(\d+)" data-end="(\d+)"/.exec(shown.html)!;
  assert.equal(spec.slice(Number(start), Number(end)), note);
  assert.equal(shown.fixes.length, 1);
  assert.match(shown.html, /<button type="button" class="fix" data-fix="0">/);
});

test("a lens tells how many paths differ", async (t) => {
  const matrix = await opened(t);
  await matrix.ask();
  const lenses = await matrix.client.request<readonly { command: { title: string; command: string } }[]>(
    "textDocument/codeLens",
    { textDocument: { uri: matrix.uri } },
  );
  const [lens] = lenses.filter(({ command }) => command.command === "sopm.showUpgradeMatrix");
  assert.equal(lens?.command.title, "Aktualisierungsmatrix: 3 Wege weichen ab oder scheitern");
});

test("a cell is tried as its path says: on its system, with the versions between", async (t) => {
  const matrix = await opened(t);
  const dryRun = (isStepByStep: boolean) =>
    matrix.client.request<DryRunResult>("sopm/dryRun", {
      uri: matrix.uri,
      operation: "upgrade",
      system: { kind: "product", product: "Znuny 7.1.7" },
      database: "oracle",
      from: { kind: "found", of: matrix.uri, version: "1.0.0", isStepByStep },
    });
  for (const [isStepByStep, from] of [
    [false, "1.0.0"],
    [true, "1.5.0"],
  ] as const) {
    const result = await dryRun(isStepByStep);
    assert.ok(result.kind === "report", JSON.stringify(result));
    assert.equal(result.upgradedFrom, from);
    assert.match(result.heading, /Znuny 7\.1\.7 .*Oracle/);
    assert.equal(/Schritt für Schritt/.test(result.html), isStepByStep);
  }
});

test("a number is enough to name a version that is found", async (t) => {
  const matrix = await opened(t);
  const result = await matrix.client.request<DryRunResult>("sopm/dryRun", {
    uri: matrix.uri,
    operation: "upgrade",
    from: { kind: "version", version: "1.0.0" },
  });
  assert.ok(result.kind === "report", JSON.stringify(result));
  assert.match(result.html, /1\.0\.0 ist installiert, so wie das Archiv Acme-1\.0\.0\.opm es tut/);
});

test("a version that is not found any more is told", async (t) => {
  const matrix = await opened(t);
  const result = await matrix.client.request<DryRunResult>("sopm/dryRun", {
    uri: matrix.uri,
    operation: "upgrade",
    from: { kind: "found", of: matrix.uri, version: "0.9.0", isStepByStep: false },
  });
  assert.ok(result.kind === "failed");
  assert.match(result.message, /0\.9\.0/);
});

test("it is exported as a file", async (t) => {
  const matrix = await opened(t);
  const ask = (format: string) =>
    matrix.client.request<ExportedMatrix>("sopm/exportUpgradeMatrix", { uri: matrix.uri, format });
  assert.match((await ask("markdown")).text, /^# Aktualisierungsmatrix von Acme 2\.0\.0\n/);
  const html = (await ask("html")).text;
  assert.match(html, /^<!DOCTYPE html>/);
  assert.doesNotMatch(html, /<button/);
});

test("it follows what is typed, and the fix makes all paths the same", async (t) => {
  const matrix = await opened(t);
  const { fixes } = await matrix.ask();
  await matrix.client.change(
    matrix.uri,
    fixes[0]!.edits.map(({ range, newText }) => ({ range, text: newText })),
  );
  const mended = await matrix.ask();
  assert.doesNotMatch(mended.html, /<td class="(?!same)/);
  assert.deepEqual(mended.fixes, []);
});

test("a document that is not open has none", async (t) => {
  const matrix = await opened(t);
  const uri = "untitled:Other.sopm";
  assert.equal(await matrix.client.request("sopm/upgradeMatrix", { uri }), null);
});

testWithGit("versions that Git has are looked up in a trusted workspace alone", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": madeSpec({ version: "1.0.0", sections: older }) }, "v1.0.0");
  repository.write({ "Acme.sopm": spec });
  for (const trusted of [false, true]) {
    const { ask } = await opened(t, repository.folder, { trusted });
    const { paths } = await ask();
    assert.deepEqual(
      paths.map(({ start }) => start),
      trusted ? [null, "1.0.0"] : [null],
    );
  }
});
