import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { CodeAction } from "vscode-languageserver";
import { goodSpec } from "../support/cli-package.ts";
import { fullClient } from "../support/language-client.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const uri = "file:///work/Acme.sopm";

/** The titles of what is offered for some lines, from 0, by the kinds that are asked for. */
async function titles(
  context: TestContext,
  [from, to]: readonly [number, number],
  only?: readonly string[],
  options: object = {},
) {
  // Timers of a server keep no process alive; its connection does, which is only memory here.
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
  const params = { capabilities: fullClient.capabilities, initializationOptions: options };
  const server = await serverInProcess(context, memoryWorld(), params);
  await server.open(uri, goodSpec);
  await server.until(() => server.last(uri) !== undefined);
  const actions = (await server.client.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: from, character: 0 }, end: { line: to, character: 0 } },
    context: { diagnostics: [], only },
  })) as readonly CodeAction[];
  return actions.filter(({ kind }) => kind === "refactor.rewrite.surround").map(({ title }) => title);
}

test("what is selected can be surrounded, with a tag of any name where the editor knows snippets", async (t) => {
  assert.deepEqual(await titles(t, [2, 4]), ["Surround with a comment"]);
  assert.deepEqual(await titles(t, [2, 4], ["refactor"], { ownCommands: true }), [
    "Surround with a comment",
    "Surround with a tag …",
  ]);
});

test("nothing is offered for a caret, nor to whoever asks for something else", async (t) => {
  assert.deepEqual(await titles(t, [2, 2]), []);
  assert.deepEqual(await titles(t, [2, 4], ["quickfix", "source"]), []);
});
