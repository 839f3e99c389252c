import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodeWorld } from "../../server/src/node/world.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage } from "../support/cli-package.ts";
import { fullClient } from "../support/language-client.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { randomFrom } from "../support/random.ts";
import { RawTalkHere } from "../support/raw-client.ts";
import { sharedFolder } from "../support/shared.ts";

/** How many specs are cut off, how often each, and at how many places of each all is asked. */
const [most, cuts, places] = process.env.SOPM_FULL === "1" ? [200, 3, 12] : [12, 2, 6];

const badNames = ["", " ", "acme_room", "\0", "x".repeat(300), "<&\"'>", "../../etc/passwd", "users"];
const options = { tabSize: 4, insertSpaces: true };

test("every request is answered at any place of specs that are cut off", async (context) => {
  const random = randomFrom(20261128);
  const { texts, knowledge } = nodeWorld();
  const placed = Object.entries(goodPackage).map(([path, text]) => [`/ws/${path}`, text]);
  const disk = filesOf(new MemoryWorkspace(Object.fromEntries(placed)));
  const client = new RawTalkHere(context, memoryWorld({ texts, knowledge, ...disk }));
  await client.initialize({
    capabilities: {
      ...fullClient.capabilities,
      workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true } },
      textDocument: {
        ...fullClient.capabilities.textDocument,
        rename: { prepareSupport: true },
      },
    },
    workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
  });
  const counts = new Map<string, number>();
  const refused = new Map<string, number>();
  const ask = async (method: string, params: unknown) => {
    const { error } = await client.request(method, params);
    counts.set(method, (counts.get(method) ?? 0) + 1);
    // Why something cannot be renamed is told as an error that is no failure.
    if (!error) return;
    assert.ok(method.endsWith("ename") && error.code === -32803, `${method}: ${JSON.stringify(error)}`);
    assert.match(error.message, /\p{L}.*\.$/u);
    refused.set(method, (refused.get(method) ?? 0) + 1);
  };

  for (const [index, text] of specs().entries()) {
    for (let cut = 0; cut < cuts; cut++) {
      const part = text.slice(0, random.below(text.length + 1));
      const uri = `file:///ws/part/Cut${index}-${cut}.sopm`;
      const textDocument = { uri };
      client.open(uri, part);
      const lines = part.split(/\r\n|\r|\n/);
      const anywhere = () => {
        const line = random.below(lines.length);
        return { line, character: random.below(lines[line]!.length + 1) };
      };
      const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
      for (const method of ["documentSymbol", "foldingRange", "documentLink", "codeLens"])
        await ask(`textDocument/${method}`, { textDocument });
      await ask("textDocument/semanticTokens/full", { textDocument });
      await ask("textDocument/formatting", { textDocument, options });
      await ask("textDocument/codeAction", {
        textDocument,
        range: whole,
        context: { diagnostics: [], only: ["source", "quickfix"] },
      });
      for (let place = 0; place < places; place++) {
        const position = anywhere();
        const other = anywhere();
        const range =
          other.line > position.line ? { start: position, end: other } : { start: other, end: position };
        const at = { textDocument, position };
        for (const method of ["hover", "completion", "definition", "documentHighlight", "linkedEditingRange"])
          await ask(`textDocument/${method}`, at);
        await ask("textDocument/references", { ...at, context: { includeDeclaration: true } });
        await ask("textDocument/prepareRename", at);
        await ask("textDocument/rename", { ...at, newName: random.pick(badNames) });
        await ask("textDocument/selectionRange", { textDocument, positions: [position] });
        await ask("textDocument/rangeFormatting", { textDocument, range, options });
        await ask("textDocument/onTypeFormatting", { ...at, ch: random.pick(["\n", ">"]), options });
        await ask("textDocument/inlayHint", { textDocument, range });
        await ask("textDocument/semanticTokens/range", { textDocument, range });
        await ask("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } });
      }
      client.notify("textDocument/didClose", { textDocument });
    }
  }
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0);
  console.log(
    `${total} requests answered, ${[...refused.values()].reduce((sum, each) => sum + each, 0)} of them with a reason to refuse`,
  );
  console.log(JSON.stringify(Object.fromEntries(counts)));
  const logged = client.received.filter(({ method }) => method === "window/logMessage");
  assert.deepEqual(
    logged.map(({ params }) => params?.message),
    [],
  );
});

function specs(): readonly string[] {
  const folder = sharedFolder("corpus") ?? join(import.meta.dirname, "../../examples");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sopm"))
    .sort();
  const step = Math.max(1, Math.floor(names.length / most));
  return names
    .filter((_, index) => index % step === 0)
    .slice(0, most)
    .map((name) => decodeText(readFileSync(join(folder, name))).text);
}
