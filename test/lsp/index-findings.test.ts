import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { filesOf } from "../support/bare-world.ts";
import { fullClient } from "../support/language-client.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess, type TalkingServer } from "../support/server-in-process.ts";

const uri = "file:///ws/otrs.xml";
const inWorkspace = { workspaceFolders: [{ uri: "file:///ws", name: "ws" }] };

function entry(name: string, version: string): string {
  return `<Package><Name>${name}</Name><Version>${version}</Version><Framework>7.1.x</Framework><File>${name}.opm</File></Package>\n`;
}

function index(...entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package_list version="1.0">\n${entries.join("")}</otrs_package_list>\n`;
}

function archive(name: string, version: string): string {
  return `<otrs_package version="1.0"><Name>${name}</Name><Version>${version}</Version><Framework>7.1.x</Framework></otrs_package>`;
}

const twice = index(entry("Acme", "1.0.0"), entry("Acme", "1.0.0"));

/** Timers of a server keep no process alive; its connection does, which is only memory here. */
function keepAlive(context: TestContext): void {
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
}

async function editor(t: TestContext, files: Readonly<Record<string, string>>, params: object = {}) {
  keepAlive(t);
  const disk = new MemoryWorkspace(files);
  const server = await serverInProcess(t, memoryWorld(filesOf(disk)), params);
  return { disk, server };
}

function open(server: TalkingServer, text: string, address = uri): Promise<void> {
  const textDocument = { uri: address, languageId: "xml", version: 1, text };
  return server.client.sendNotification("textDocument/didOpen", { textDocument });
}

function change(server: TalkingServer, text: string, version = 2): Promise<void> {
  const textDocument = { uri, version };
  return server.client.sendNotification("textDocument/didChange", {
    textDocument,
    contentChanges: [{ text }],
  });
}

test("an open index has its findings in itself, and loses them when they are mended", async (t) => {
  const { server } = await editor(t, { "/ws/Acme.opm": archive("Acme", "1.0.0") });
  await open(server, twice);
  await server.until(() => server.published(uri)?.includes("index-duplicate") === true);
  const [found] = server.last(uri)!.diagnostics;
  assert.deepEqual(found!.range.start, { line: 3, character: 15 });
  const [first] = found!.relatedInformation!;
  assert.deepEqual([first!.location.uri, first!.location.range.start], [uri, { line: 2, character: 15 }]);
  await change(server, index(entry("Acme", "1.0.0")));
  await server.until(() => server.published(uri)?.length === 0);
});

test("an open index is compared with the archives beside it, again when they change", async (t) => {
  const { server, disk } = await editor(t, { "/ws/Acme.opm": archive("Acme", "1.0.0") });
  await open(server, index(entry("Acme", "1.0.1")));
  await server.until(() => server.published(uri)?.includes("index-entry-stale") === true);
  disk.files.set("/ws/Acme.opm", archive("Acme", "1.0.1"));
  const changes = [{ uri: "file:///ws/Acme.opm", type: 2 }];
  await server.client.sendNotification("workspace/didChangeWatchedFiles", { changes });
  await server.until(() => server.published(uri)?.length === 0);
});

test("no feature takes an index for a spec", async (t) => {
  const { server } = await editor(t, {});
  await open(server, twice);
  const asked = { textDocument: { uri }, position: { line: 2, character: 12 } };
  for (const method of ["textDocument/hover", "textDocument/completion", "textDocument/documentSymbol"])
    assert.deepEqual(await server.client.sendRequest(method, asked), null, method);
});

test("XML of others is let alone, whatever is in it", async (t) => {
  const textDocument = {
    ...fullClient.capabilities.textDocument,
    synchronization: { dynamicRegistration: true },
  };
  const { server } = await editor(t, {}, { capabilities: { ...fullClient.capabilities, textDocument } });
  const others = [
    "<project><Name>x</Name></project>",
    "",
    "<",
    '<otrs_package version="1.0"/>',
    "<!--".repeat(5000),
  ];
  for (const [at, text] of others.entries()) await open(server, text, `file:///ws/pom${at}.xml`);
  await open(server, twice);
  await server.until(() => server.published(uri) !== undefined);
  for (const at of others.keys()) assert.equal(server.published(`file:///ws/pom${at}.xml`), undefined);
});

test("an index in the workspace has its findings while it is not open, until it is gone", async (t) => {
  const { server, disk } = await editor(
    t,
    { "/ws/otrs.xml": twice, "/ws/node_modules/otrs.xml": twice },
    inWorkspace,
  );
  await server.until(() => server.published(uri)?.includes("index-duplicate") === true);
  assert.equal(server.published("file:///ws/node_modules/otrs.xml"), undefined);
  disk.files.delete("/ws/otrs.xml");
  await server.client.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 3 }] });
  await server.until(() => server.published(uri)?.length === 0);
});

test("when an index is closed, what is on the disk counts again", async (t) => {
  const { server } = await editor(t, { "/ws/otrs.xml": twice }, inWorkspace);
  await open(server, index("<Package><Name>A</Name><Version>1</Version><File>A.opm</File></Package>"));
  await server.until(() => server.published(uri)?.includes("index-framework-missing") === true);
  await server.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  await server.until(() => server.published(uri)?.includes("index-duplicate") === true);
});

test("hostile indexes do no harm while they are open", async (t) => {
  const { server } = await editor(t, {});
  const deep = "<otrs_package_list>".repeat(20_000);
  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaa">]>${index(entry("&a;", "1"))}`;
  const long = index(`<Package><Name>${"a".repeat(1_000_000)}</Name></Package>`);
  const names = index(entry("__proto__", "1.0.0"), entry("../../etc/passwd", "1.0.0"));
  await open(server, index());
  for (const [at, text] of [deep, bomb, long, names, twice.slice(0, 150)].entries())
    await change(server, text, at + 2);
  await change(server, twice, 9);
  await server.until(() => server.published(uri)?.includes("index-duplicate") === true);
});
