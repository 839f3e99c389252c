import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver";
import { SourceText } from "../../server/src/text/source-text.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { goodSpec } from "../support/cli-package.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const uri = "file:///work/Acme.sopm";

/** A server that has a text open, and what actions of a kind make of it. */
async function open(context: TestContext, text: string) {
  // Timers of a server keep no process alive; its connection does, which is only memory here.
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
  const server = await serverInProcess(context, memoryWorld());
  await server.open(uri, text);
  await server.until(() => server.last(uri) !== undefined);
  const ask = async (only: readonly string[] | undefined) =>
    ((await server.client.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: [], only },
    })) ?? []) as readonly CodeAction[];
  const after = async (kind: string) => {
    const [action] = await ask([kind]);
    if (!action) return undefined;
    const [change] = action.edit!.documentChanges as TextDocumentEdit[];
    const source = SourceText.of(text);
    return applyEdits(
      text,
      change!.edits.map((edit) => ({
        span: { start: source.offsetAt(edit.range.start), end: source.offsetAt(edit.range.end) },
        newText: (edit as { newText: string }).newText,
      })),
    );
  };
  return { server, ask, after };
}

const faulty = goodSpec
  .replaceAll("Framework>", "Framewrk>")
  .replace(/<(\/?)ChangeLog/g, "<$1Changelog")
  .replace("    <URL>", "    <Nope/>\n    <URL>");

test("all that needs no decision is fixed at once, in as few lines as there are, and then nothing is left", async (t) => {
  const { after, ask } = await open(t, faulty);
  const fixed = await after("source.fixAll");
  assert.equal(fixed, goodSpec.replace("    <URL>", "    <Nope/>\n    <URL>"));
  const [action] = await ask(["source.fixAll.sopm"]);
  const [change] = action!.edit!.documentChanges as TextDocumentEdit[];
  assert.equal(change!.edits.length, 2, "one for each group of lines");
  const again = await open(t, fixed!);
  assert.deepEqual(await again.ask(["source.fixAll"]), []);
});

test("fixes that only the first ones make possible are made as well", async (t) => {
  const { after } = await open(t, goodSpec.replace(/<(\/?)Name>/g, "<$1name>").replace(">Acme<", "> Acme <"));
  assert.equal(await after("source.fixAll"), goodSpec);
});

test("files and elements are sorted", async (t) => {
  const text = goodSpec
    .replace("        <File", '        <File Permission="660" Location="z"/>\n        <File')
    .replace(/( +<Name>.*\n)(.*\n)/, "$2$1");
  const { after } = await open(t, text);
  assert.match((await after("source.organizeFiles"))!, /Acme\.pm"\/>\n +<File Permission="660" Location="z"/);
  assert.match((await after("source.orderElements"))!, /<Name>.*\n.*<Version>.*\n.*<Framework>/);
});

test("what changes all of a spec is offered to whoever asks for that, and to nobody else", async (t) => {
  const { ask } = await open(t, goodSpec.replaceAll("Framework>", "Framewrk>"));
  assert.deepEqual(
    (await ask(["source"])).map(({ kind }) => kind),
    ["source.fixAll.sopm", "source.orderElements"],
  );
  assert.deepEqual((await ask(["source.organizeImports"])).length, 0);
  assert.deepEqual((await ask(["source.fix"])).length, 0);
  for (const only of [undefined, ["quickfix"], ["refactor"]]) {
    for (const { kind } of await ask(only)) assert.equal(kind, "quickfix");
  }
});
