import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import { filesOf } from "../support/bare-world.ts";
import { goodSpec } from "../support/cli-package.ts";
import { fullClient } from "../support/language-client.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const openUri = "file:///ws/a/Acme.sopm";
const closedPath = "/ws/b/Beta.sopm";
const table = (name: string) =>
  `<DatabaseInstall><TableCreate Name="${name}"><Column Name="id"/></TableCreate></DatabaseInstall>`;
const open = goodSpec.replace("<Filelist>", `${table("acme_item")}<Filelist>`);
/** With a mistake, so that something is said of it when its names are read. */
const closed = `<otrs_package>\n<Name>Beta</Name>\n<DatabaseInstall><Insert Table="acme_item"/></DatabaseInstall>\n</otrs_package>\n`;

/** Renames the table in an editor with two specs, the second of which is closed and has become another one. */
async function renamed(context: TestContext, now: string | Uint8Array): Promise<WorkspaceEdit | null> {
  // Timers of a server keep no process alive; its connection does, which is only memory here.
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
  const disk = new MemoryWorkspace({ "/ws/a/Acme.sopm": open, [closedPath]: closed });
  const { capabilities } = fullClient;
  const watching = { didChangeWatchedFiles: { dynamicRegistration: true } };
  const server = await serverInProcess(context, memoryWorld(filesOf(disk)), {
    capabilities: { ...capabilities, workspace: { ...capabilities.workspace, ...watching } },
    workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
  });
  await server.open(openUri, open);
  await server.until(() => [openUri, `file://${closedPath}`].every((uri) => server.last(uri)));
  disk.readPaths.length = 0;
  if (now !== closed) becomes(disk, now);
  const before = open.slice(0, open.indexOf("acme_item")).split("\n");
  const edit = await server.client.sendRequest<WorkspaceEdit | null>("textDocument/rename", {
    textDocument: { uri: openUri },
    position: { line: before.length - 1, character: before.at(-1)!.length },
    newName: "acme_thing",
  });
  assert.deepEqual(disk.readPaths, now === closed ? [] : [closedPath], "only what was written is read");
  return edit;
}

/** The closed spec is written, and nobody tells. */
function becomes(disk: MemoryWorkspace, now: string | Uint8Array): void {
  const [read, stampOf] = [disk.read.bind(disk), disk.stampOf.bind(disk)];
  const bytes = typeof now === "string" ? new TextEncoder().encode(now) : now;
  const stamp = "written";
  disk.stampOf = async (path) => (path === closedPath ? stamp : stampOf(path));
  disk.read = async (path, limit) => {
    if (path !== closedPath) return read(path, limit);
    disk.readPaths.push(path);
    return { kind: "read", bytes, stamp };
  };
}

test("a closed spec that is as it was read is changed with the open one", async (t) => {
  const edit = await renamed(t, closed);
  assert.deepEqual(
    ((edit?.documentChanges ?? []) as TextDocumentEdit[]).map(({ textDocument }) => textDocument),
    [
      { uri: openUri, version: 1 },
      { uri: `file://${closedPath}`, version: null },
    ],
  );
});

test("nothing is renamed while a closed spec is another one than its names are known of", async (t) => {
  await assert.rejects(
    renamed(t, closed.replace("\n", "\n<Version>1.0.0</Version>\n")),
    /“\/ws\/b\/Beta\.sopm” has changed on the disk/,
  );
});

test("nothing is renamed where editors would spoil a closed spec", async (t) => {
  const latin = closed.replace("Beta", "B\u00e4ta");
  await assert.rejects(
    renamed(
      t,
      Uint8Array.from(latin, (character) => character.charCodeAt(0)),
    ),
    /“\/ws\/b\/Beta\.sopm” .* UTF-8/,
  );
});
