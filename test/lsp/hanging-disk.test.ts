import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { CompletionList } from "vscode-languageserver";
import type { World } from "../../server/src/host/world.ts";
import { makeTexts } from "../../server/src/l10n/texts.ts";
import { timers } from "../../server/src/node/timers.ts";
import type { Operation } from "../../server/src/protocol/operations.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { withCaret } from "../support/marked.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const good = "file:///good/Acme.sopm";
const bad = "file:///bad/Acme.sopm";

/** Two packages, and a clock that is in a hurry. */
function worldOf(disk: MemoryWorkspace, locale = "en"): World {
  const texts = makeTexts(() => ({ "The disk with “{path}” does not answer.": "„{path}“ antwortet nicht." }));
  texts.choose(locale);
  return memoryWorld({
    ...filesOf(disk),
    texts,
    timers: { ...timers, after: (milliseconds, work) => timers.after(milliseconds / 1000, work) },
  });
}

function twoPackages(): MemoryWorkspace {
  const rows = Object.entries(goodPackage).flatMap(([path, text]) =>
    ["/good", "/bad"].map((folder) => [`${folder}/${path}`, text]),
  );
  return new MemoryWorkspace(Object.fromEntries(rows));
}

function dryRun(uri: string, operation: Operation = "install", more: object = {}) {
  return ["sopm/dryRun", { uri, operation, ...more }] as const;
}

/** The server's own timers keep no process alive. */
function stayAlive(context: TestContext): void {
  const alive = setInterval(() => {}, 1000);
  context.after(() => clearInterval(alive));
}

interface Answer {
  readonly kind: string;
  readonly message?: string;
  readonly hint?: string;
}

test("what is asked of a disk that does not answer fails with its name, and others are served meanwhile", {
  timeout: 60_000,
}, async (context) => {
  stayAlive(context);
  const disk = twoPackages();
  disk.files.set("/bad/Acme-0.9.0.opm", "x");
  disk.hanging.add("/bad").add("/bad/Acme.sopm").add("/bad/Acme-0.9.0.opm");
  const { client, open } = await serverInProcess(context, worldOf(disk), { locale: "de" });
  await open(good, goodSpec);
  await open(bad, goodSpec);
  const archive = "file:///bad/Acme-0.9.0.opm";
  const from = { kind: "file", uri: archive };
  const failing = [
    dryRun(bad),
    dryRun(archive),
    dryRun(good, "upgrade", { from }),
    dryRun(good, "upgrade", { from: { ...from, uri: bad } }),
  ].map(async ([method, params]): Promise<Answer> => client.sendRequest(method, params));
  const served: Answer = await client.sendRequest(...dryRun(good));
  assert.equal(served.kind, "report");
  for (const [index, { kind, message, hint }] of (await Promise.all(failing)).entries()) {
    assert.equal(kind, "failed");
    assert.equal(
      message,
      `„${["/bad", "/bad/Acme-0.9.0.opm", "/bad/Acme-0.9.0.opm", "/bad/Acme.sopm"][index]}“ antwortet nicht.`,
    );
    assert.match(hint ?? "", /^Look at the disk/);
  }
  disk.hanging.clear();
  assert.equal((await client.sendRequest<Answer>(...dryRun(bad))).kind, "report", "it answers again");
});

test("findings that hang on one disk keep none back that come from another one", {
  timeout: 60_000,
}, async (context) => {
  stayAlive(context);
  const disk = twoPackages();
  const { client, open, until, published } = await serverInProcess(context, worldOf(disk));
  const isMissed = (uri: string) => published(uri)?.includes("file-not-found") === true;
  await open(bad, goodSpec);
  await open(good, goodSpec);
  await until(() => published(good)?.length === 0 && published(bad)?.length === 0);

  disk.hanging.add("/bad");
  for (const folder of ["/good", "/bad"]) disk.files.delete(`${folder}/Kernel/System/Acme.pm`);
  const look = () =>
    client.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: good, type: 2 }] });
  await look();
  await until(() => isMissed(good));
  assert.equal(isMissed(bad), false);
  disk.files.set("/good/Kernel/System/Acme.pm", "1;\n");
  await look();
  await until(() => !isMissed(good));
});

test("completion does not wait for a disk that does not answer", { timeout: 60_000 }, async (context) => {
  stayAlive(context);
  const disk = twoPackages();
  disk.hanging.add("/bad");
  const { client, open, until, published } = await serverInProcess(context, worldOf(disk));
  const text = withCaret(goodSpec.replace(/(?<=<File [^>]*Location=")[^"]*/, "Ker|"));
  await open(bad, text.text);
  await until(() => published(bad) !== undefined);
  const lines = text.text.slice(0, text.caret).split("\n");
  const { isIncomplete } = await client.sendRequest<CompletionList>("textDocument/completion", {
    textDocument: { uri: bad },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  });
  assert.equal(isIncomplete, true, "the editor asks again");
});
