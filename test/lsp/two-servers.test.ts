import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeLens } from "vscode-languageserver";
import { makeTexts } from "../../server/src/l10n/texts.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const uri = "file:///ws/Acme.sopm";

/** A world with a package in it, and a German of one text. */
function worldWith(files: Readonly<Record<string, string>>) {
  const disk = new MemoryWorkspace(files);
  const texts = makeTexts(() => ({ "Preview SQL": "SQL ansehen" }));
  return { disk, world: memoryWorld({ ...filesOf(disk), texts }) };
}

const packaged = Object.fromEntries(Object.entries(goodPackage).map(([path, text]) => [`/ws/${path}`, text]));

test("two servers in one process share neither language nor documents nor what they know of files", async (t) => {
  const first = worldWith(packaged);
  const second = worldWith({ "/ws/Acme.sopm": goodSpec });
  const german = await serverInProcess(t, first.world, { locale: "de" });
  const english = await serverInProcess(t, second.world, { locale: "en" });

  await german.open(uri, goodSpec);
  await english.open(uri, goodSpec);
  await english.until(() => english.published(uri)?.includes("file-not-found") === true);
  await german.until(() => german.published(uri)?.length === 0);

  const titles = await Promise.all(
    [german, english].map(async ({ client }) => {
      const lenses: CodeLens[] = await client.sendRequest("textDocument/codeLens", { textDocument: { uri } });
      return lenses.map(({ command }) => command?.title).find((title) => title?.includes("SQL"));
    }),
  );
  assert.deepEqual(titles, ["SQL ansehen", "Preview SQL"]);

  await german.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  assert.equal(await german.client.sendRequest("textDocument/hover", at(5)), null);
  assert.notEqual(await english.client.sendRequest("textDocument/hover", at(5)), null);
});

test("a package is built by a server that has no disk", async (t) => {
  const { disk, world } = worldWith(packaged);
  const { client } = await serverInProcess(t, world);
  const built: { kind: string; path?: string } = await client.sendRequest("sopm/build", {
    uri,
    force: false,
  });
  assert.deepEqual([built.kind, built.path], ["built", "/ws/Acme-1.0.0.opm"]);
  assert.ok(disk.files.has("/ws/Acme-1.0.0.opm"));
});

function at(line: number) {
  return { textDocument: { uri }, position: { line, character: 6 } };
}
