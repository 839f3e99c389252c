import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { CancellationToken, type Connection, ResponseError } from "vscode-languageserver";
import { aboutDocuments } from "../../server/src/lsp/about-documents.ts";
// What tries packages is loaded before, so that nothing waits for the disk.
import "../../server/src/engine/simulate.ts";
import { changeDocument } from "../../server/src/lsp/change-document.ts";
import { clientCapabilities } from "../../server/src/lsp/client-capabilities.ts";
import { DiagnosticPublisher } from "../../server/src/lsp/diagnostics.ts";
import { BackgroundFailures } from "../../server/src/lsp/failure.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { OpenDocument } from "../../server/src/workspace/open-documents.ts";
import { fullClient } from "../support/language-client.ts";
import { memoryWorld } from "../support/memory-world.ts";

const files = Array.from({ length: 3_000 }, (_, n) => `<File Location="a${n}.pm"/>\n`).join("");
const manyFiles = `<otrs_package><Filelist>\n${files}</Filelist></otrs_package>`;

/** Publishes to an editor that only keeps what it is told. The clock goes on by a millisecond at each look. */
function publishing(text: string) {
  const published: { version: number; diagnostics: readonly unknown[] }[] = [];
  const connection = {
    sendDiagnostics: async (each: (typeof published)[number]) => void published.push(each),
    sendNotification: async () => undefined,
    console: { error: (message: string) => assert.fail(message) },
  } as unknown as Connection;
  const pauses = new Set<() => void>();
  const world = memoryWorld({
    knowledge,
    timers: {
      ...timers,
      after: (_, work) => {
        pauses.add(work);
        return () => pauses.delete(work);
      },
    },
  });
  const document = new OpenDocument(world, "untitled:Acme.sopm", "spec", 1, text);
  document.isConfigured = true;
  const open = new Set([document]);
  let time = 0;
  const clock = () => time++;
  const publisher = new DiagnosticPublisher(
    {
      ...{ connection, world, pageOf: String },
      isTrusted: () => true,
      documentOf: (uri) => [...open].find((each) => each.uri === uri),
      client: () => clientCapabilities(fullClient),
    },
    new BackgroundFailures({ connection, world }),
    () => ({ checked: () => assert.fail("nobody asks"), settled: () => {} }),
    () => {},
    clock,
  );
  const type = () => {
    const start = { line: 1, character: 1 };
    changeDocument(document, document.version + 1, [{ range: { start, end: start }, text: "x" }]);
    publisher.schedule(document);
  };
  /** Ends the pause that something waits for. */
  const pause = () => {
    const [work, ...others] = pauses;
    assert.deepEqual(others, []);
    pauses.clear();
    work!();
  };
  return { published, document, open, publisher, type, pauses, pause };
}

const { knowledge, timers } = nodeWorld();

async function until(isDone: () => boolean): Promise<number> {
  for (let turns = 0; ; turns++) {
    if (isDone()) return turns;
    await nextTurn();
  }
}

test("a thousand changes in a row are checked once, after the last", async () => {
  const { published, type } = publishing(manyFiles);
  // Messages are handled one in each turn.
  for (let edit = 0; edit < 1_000; edit++) {
    type();
    await nextTurn();
  }
  await until(() => published.length > 0);
  assert.deepEqual(
    published.map(({ version }) => version),
    [1_001],
  );
});

test("others get their turn while a document of very many files is checked", async () => {
  const { published, document, publisher } = publishing(manyFiles);
  publisher.schedule(document);
  const turns = await until(() => published.length > 0);
  assert.ok(turns > 20, `${turns}`);
  assert.equal(published[0]!.diagnostics.length, 1_000);
});

test("a change in the middle of a check ends it, and nothing of the version before is told", async () => {
  const { published, document, publisher, type } = publishing(manyFiles);
  publisher.schedule(document);
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  assert.equal(published.length, 0);
  type();
  await until(() => published.length > 0);
  assert.deepEqual(
    published.map(({ version }) => version),
    [2],
  );
});

test("a trial that is interrupted by what becomes known goes on without another pause in typing", async () => {
  const sections = `<DatabaseInstall><TableDrop Name="acme"/></DatabaseInstall>`;
  const spec = `<otrs_package version="1.0"><Name>Acme</Name><Version>1.0.0</Version><Framework>7.1.x</Framework>${sections}</otrs_package>`;
  const { published, document, publisher, pauses, pause } = publishing(spec);
  publisher.schedule(document);
  await until(() => published.length > 0);
  pause();
  publisher.schedule(document);
  await until(() => pauses.size > 0 || !document.waitsForSimulation);
  assert.equal(document.waitsForSimulation, false);
});

test("who asks what is wrong gets it for the version they mean, or nothing", async () => {
  const { document, open, publisher, type } = publishing(manyFiles);
  const asked = publisher.found(document);
  assert.equal((await asked)!.findings, document.found!.findings);
  type();
  const cutOff = publisher.found(document);
  type();
  assert.equal(await cutOff, undefined);
  const closed = publisher.found(document);
  open.delete(document);
  assert.equal(await closed, undefined);
});

test("questions about documents are not answered when they are withdrawn, and with nothing when none is open", async () => {
  const { document } = publishing("<otrs_package/>");
  let answered = 0;
  const answer = aboutDocuments((uri) => (uri === document.uri ? document : undefined))(() => ++answered);
  const about = (uri: string) => ({ textDocument: { uri } });
  assert.equal(await answer(about(document.uri), CancellationToken.None), 1);
  assert.equal(await answer(about("untitled:Other.sopm"), CancellationToken.None), null);
  const withdrawn = await answer(about(document.uri), CancellationToken.Cancelled);
  assert.ok(withdrawn instanceof ResponseError && withdrawn.code === -32800);
  assert.equal(answered, 1);
});

test("features need no check", () => {
  const { document } = publishing(manyFiles);
  assert.equal(document.forFeatures().spec.files.length, 3_000);
  assert.equal(document.found, undefined);
});
