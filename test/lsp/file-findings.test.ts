import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { FileFix } from "../../server/src/protocol/file-fixes.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const spec = "file:///ws/Acme.sopm";
const settingsPath = "Kernel/Config/Files/XML/Acme.xml";
const settings = `file:///ws/${settingsPath}`;
const withSettings = goodSpec.replace(
  "<Filelist>",
  `<Filelist><File Permission="660" Location="${settingsPath}"/>`,
);
const wrongRoot = `<?xml version="1.0" encoding="utf-8" ?>
<otobo_config version="2.0" init="Config"><Setting Name="Acme::A" Required="1" Valid="1"><Description>How many.</Description><Navigation>Core::Acme</Navigation><Value><Item>1</Item></Value></Setting></otobo_config>`;

/** Timers of a server keep no process alive; its connection does, which is only memory here. */
function keepAlive(context: TestContext): void {
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
}

function packaged(text: string): MemoryWorkspace {
  const files = Object.entries({ ...goodPackage, "Acme.sopm": withSettings, [settingsPath]: text });
  return new MemoryWorkspace(Object.fromEntries(files.map(([path, content]) => [`/ws/${path}`, content])));
}

test("a settings file has its findings while its spec is open, and loses them when they are mended", async (t) => {
  keepAlive(t);
  const disk = packaged(wrongRoot);
  const server = await serverInProcess(t, memoryWorld(filesOf(disk)));
  await server.open(spec, withSettings);
  await server.until(() => server.published(settings)?.includes("sysconfig-root") === true);
  assert.ok(!server.published(spec)?.includes("sysconfig-root"));
  disk.files.set(`/ws/${settingsPath}`, wrongRoot.replaceAll("otobo", "otrs"));
  await server.client.sendNotification("textDocument/didSave", { textDocument: { uri: spec } });
  await server.until(() => server.published(settings)?.length === 0);
});

test("the settings file of a spec that is not open has its findings in the workspace", async (t) => {
  keepAlive(t);
  const disk = packaged(wrongRoot);
  const server = await serverInProcess(t, memoryWorld(filesOf(disk)), {
    workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
  });
  await server.until(() => server.published(settings)?.includes("sysconfig-root") === true);
});

test("what is wrong with a settings file can be mended", async (t) => {
  keepAlive(t);
  const server = await serverInProcess(t, memoryWorld(filesOf(packaged(wrongRoot))));
  await server.open(spec, withSettings);
  await server.until(() => server.published(settings)?.length === 1);
  const range = server.last(settings)?.diagnostics[0]?.range;
  const fixes: readonly FileFix[] = await server.client.sendRequest("sopm/fileFixes", {
    uri: settings,
    range,
  });
  assert.deepEqual(
    fixes.map(({ title, rule, edits }) => [title, rule, edits.map(({ newText }) => newText)]),
    [["Rename to otrs_config", "sysconfig-root", ["otrs_config", "otrs_config"]]],
  );
  assert.deepEqual(await server.client.sendRequest("sopm/fileFixes", { uri: spec, range }), []);
});

test("a file that its spec names no more has nothing wrong", async (t) => {
  keepAlive(t);
  const server = await serverInProcess(t, memoryWorld(filesOf(packaged(wrongRoot))));
  await server.open(spec, withSettings);
  await server.until(() => server.published(settings)?.length === 1);
  await server.client.sendNotification("textDocument/didChange", {
    textDocument: { uri: spec, version: 2 },
    contentChanges: [{ text: goodSpec }],
  });
  await server.until(() => server.published(settings)?.length === 0);
});

test("what is typed in an open settings file counts, and not what is on the disk", async (t) => {
  keepAlive(t);
  const right = wrongRoot.replaceAll("otobo", "otrs");
  const server = await serverInProcess(t, memoryWorld(filesOf(packaged(wrongRoot))));
  await server.open(spec, withSettings);
  await server.until(() => server.published(settings)?.includes("sysconfig-root") === true);
  const textDocument = { uri: settings, languageId: "xml", version: 1, text: right };
  await server.client.sendNotification("textDocument/didOpen", { textDocument });
  await server.until(() => server.published(settings)?.length === 0);
  const version2 = { uri: settings, version: 2 };
  const start = right.indexOf("How many.") - right.indexOf("\n") - 1;
  await server.client.sendNotification("textDocument/didChange", {
    textDocument: version2,
    contentChanges: [
      {
        range: { start: { line: 1, character: start }, end: { line: 1, character: start + 3 } },
        text: "how",
      },
    ],
  });
  await server.until(() => server.published(settings)?.includes("sysconfig-description") === true);
  await server.client.sendNotification("textDocument/didClose", { textDocument: { uri: settings } });
  await server.until(() => server.published(settings)?.includes("sysconfig-root") === true);
});

test("a settings file that is open is no spec, and one of a closed spec is checked as it is typed", async (t) => {
  keepAlive(t);
  const server = await serverInProcess(
    t,
    memoryWorld(filesOf(packaged(wrongRoot.replaceAll("otobo", "otrs")))),
    {
      workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
    },
  );
  const textDocument = { uri: settings, languageId: "xml", version: 1, text: wrongRoot };
  await server.client.sendNotification("textDocument/didOpen", { textDocument });
  await server.until(() => server.published(settings)?.join() === "sysconfig-root");
});
