import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { InitializeParams, TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { SourceText } from "../../server/src/text/source-text.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodSpec } from "../support/cli-package.ts";
import { fullClient } from "../support/language-client.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess, type TalkingServer } from "../support/server-in-process.ts";

const listed = "Kernel/System/Acme.pm";
/** With a mistake, so that something is said of one that is closed. */
const faulty = goodSpec.replace("<Vendor>Acme Inc.</Vendor>", "");
const openUri = "file:///ws/a/Acme.sopm";
const closedUri = "file:///ws/b/Beta.sopm";

const texts: Readonly<Record<string, string>> = {
  "/ws/a/Acme.sopm": goodSpec,
  "/ws/a/Kernel/System/Acme.pm": "1;\n",
  "/ws/a/Two.sopm": faulty,
  "/ws/b/Beta.sopm": faulty,
  "/ws/b/Kernel/System/Acme.pm": "1;\n",
};

const all = { willRename: true, willDelete: true, didRename: true, didDelete: true };

/** An editor with three specs, of which the first is open; what it can do beside the usual. */
async function editor(
  context: TestContext,
  workspace: object,
  settings: unknown = null,
  disk = new MemoryWorkspace(texts),
): Promise<TalkingServer> {
  // Timers of a server keep no process alive; its connection does, which is only memory here.
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
  const { capabilities } = fullClient;
  const params: Partial<InitializeParams> = {
    capabilities: { ...capabilities, workspace: { ...capabilities.workspace, ...workspace } },
    workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
  };
  const server = await serverInProcess(context, memoryWorld(filesOf(disk)), params, settings);
  await server.open(openUri, goodSpec);
  await server.until(() => [openUri, closedUri, "file:///ws/a/Two.sopm"].every((uri) => server.last(uri)));
  return server;
}

const rename = (server: TalkingServer, ...files: readonly (readonly [string, string])[]) =>
  server.client.sendRequest<WorkspaceEdit | null>("workspace/willRenameFiles", {
    files: files.map(([oldUri, newUri]) => ({ oldUri, newUri })),
  });

/** The specs after an edit, as “address: paths that are listed”. */
function after(edit: WorkspaceEdit | null): readonly string[] {
  const documents = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  const plain = Object.entries(edit?.changes ?? {}).map(([uri, edits]) => [uri, edits] as const);
  const changed = [
    ...documents.map(({ textDocument, edits }) => [textDocument.uri, edits] as const),
    ...plain,
  ];
  return changed.map(([uri, edits]) => {
    const text = uri === openUri ? goodSpec : faulty;
    const source = SourceText.of(text);
    const whole = applyEdits(
      text,
      (edits as TextEdit[]).map(({ range, newText }) => ({
        span: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) },
        newText,
      })),
    );
    return `${uri}: ${[...whole.matchAll(/Location="(.*?)"/g)].map(([, path]) => path).join(", ")}`;
  });
}

test("all specs whose files move follow in one edit, open ones for their version, closed ones for none", async (t) => {
  const server = await editor(t, { fileOperations: all });
  const edit = await rename(server, [
    `file:///ws/a/${listed}`,
    "file:///ws/a/Kernel/System/New%20%26%20%C3%A4.pm",
  ]);
  assert.deepEqual(after(edit), [
    `${openUri}: Kernel/System/New &amp; ä.pm`,
    "file:///ws/a/Two.sopm: Kernel/System/New &amp; ä.pm",
  ]);
  assert.deepEqual(
    (edit!.documentChanges as TextDocumentEdit[]).map(({ textDocument }) => textDocument.version),
    [1, null],
  );
  const folder = await rename(server, ["file:///ws/b/Kernel", "file:///ws/b/Custom/Kernel"]);
  assert.deepEqual(after(folder), [`${closedUri}: Custom/Kernel/System/Acme.pm`]);
});

test("an entry whose file is deleted or leaves its package goes", async (t) => {
  const server = await editor(t, { fileOperations: all });
  const gone = await server.client.sendRequest<WorkspaceEdit | null>("workspace/willDeleteFiles", {
    files: [{ uri: "file:///ws/b/Kernel" }],
  });
  assert.deepEqual(after(gone), [`${closedUri}: `]);
  const left = await rename(server, [`file:///ws/b/${listed}`, "file:///ws/other/Acme.pm"]);
  assert.deepEqual(after(left), [`${closedUri}: `]);
});

test("nothing is written where nothing of a list moves", async (t) => {
  const server = await editor(t, { fileOperations: all });
  for (const [from, to] of [
    ["file:///ws/a", "file:///ws/c"],
    ["file:///ws", "file:///elsewhere"],
    ["file:///ws/b/README.md", "file:///ws/b/x.md"],
    ["file:///ws/b/Kernel/System/Acme.p", "file:///ws/b/x"],
    ["file:///ws/x", "file:///ws/b/Kernel/System/Other.pm"],
    [openUri, "file:///ws/a/Other.sopm"],
    ["untitled:x", "file:///ws/b/x"],
    ["file:///ws/b/..%2fKernel", "file:///ws/b/x"],
    [`file:///ws/b/${"x".repeat(4096)}`, "file:///ws/b/y"],
  ] as const)
    assert.equal(await rename(server, [from, to]), null, from);
  const both = await rename(
    server,
    [closedUri, "file:///ws/c/Beta.sopm"],
    ["file:///ws/b/Kernel", "file:///ws/c/Kernel"],
  );
  assert.equal(both, null, "a spec and its files that move together");
});

test("settings say whether lists follow", async (t) => {
  const never = await editor(t, { fileOperations: all }, { updateFileListOnMove: "never" });
  assert.equal(await rename(never, [`file:///ws/b/${listed}`, "file:///ws/b/x"]), null);
  const prompt = { updateFileListOnMove: "prompt" };
  const annotations = { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } };
  const shown = await editor(t, { fileOperations: all, ...annotations }, prompt);
  const edit = await rename(shown, [`file:///ws/b/${listed}`, "file:///ws/b/x"]);
  assert.deepEqual(after(edit), [`${closedUri}: x`]);
  assert.deepEqual(edit?.changeAnnotations, {
    "file-list": { label: "Update the file list", needsConfirmation: true },
  });
  for (const answer of ["Update", "Leave as it is", undefined]) {
    const asked = await editor(t, { fileOperations: all }, prompt);
    const messages: string[] = [];
    asked.client.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
      messages.push(message);
      return answer === undefined ? null : { title: answer };
    });
    const wanted = await rename(asked, [`file:///ws/b/${listed}`, "file:///ws/b/x"]);
    assert.deepEqual(messages, ["Listed files are moved or deleted. Update the file list of Beta.sopm?"]);
    assert.deepEqual(after(wanted), answer === "Update" ? [`${closedUri}: x`] : []);
  }
});

test("an editor that only tells afterwards is sent the edit, and one that asks before is not", async (t) => {
  const did = { didRename: true, didDelete: true };
  const server = await editor(t, { fileOperations: did, applyEdit: true });
  const applied = new Promise<WorkspaceEdit>((resolve) => {
    server.client.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
      resolve(edit);
      return { applied: true };
    });
  });
  await server.client.sendNotification("workspace/didRenameFiles", {
    files: [{ oldUri: `file:///ws/b/${listed}`, newUri: "file:///ws/b/x" }],
  });
  assert.deepEqual(after(await applied), [`${closedUri}: x`]);
  const capabilities = async (workspace: object) => {
    const { initialized } = await editor(t, workspace);
    const { fileOperations = {} } = (
      initialized as { capabilities: { workspace: { fileOperations?: object } } }
    ).capabilities.workspace;
    return Object.keys(fileOperations);
  };
  assert.deepEqual(await capabilities({}), []);
  const watching = { didChangeWatchedFiles: { dynamicRegistration: true } };
  assert.deepEqual(await capabilities({ fileOperations: all, ...watching }), ["willRename", "willDelete"]);
  assert.deepEqual(await capabilities({ fileOperations: all }), Object.keys(all));
});

test("an editor that knows no versions gets plain changes", async (t) => {
  const server = await editor(t, { fileOperations: all, workspaceEdit: {} });
  assert.deepEqual(Object.keys((await rename(server, [`file:///ws/b/${listed}`, "file:///ws/b/x"])) ?? {}), [
    "changes",
  ]);
});

test("a closed spec that editors would spoil stays, and that is told", async (t) => {
  const disk = new MemoryWorkspace(texts);
  const read = disk.read.bind(disk);
  disk.read = async (path, limit) => {
    const file = await read(path, limit);
    if (path !== "/ws/b/Beta.sopm" || file.kind !== "read") return file;
    const latin = faulty.replace("utf-8", "iso-8859-1").replace("Contracts", "Vertr\u00e4ge");
    return { ...file, bytes: Uint8Array.from(latin, (character) => character.charCodeAt(0)) };
  };
  const server = await editor(t, { fileOperations: all }, null, disk);
  const told = new Promise((resolve) => {
    server.client.onNotification("window/showMessage", resolve);
    server.client.onRequest("window/showMessageRequest", (params) => {
      resolve(params);
      return null;
    });
  });
  assert.equal(await rename(server, [`file:///ws/b/${listed}`, "file:///ws/b/x"]), null);
  assert.match(
    ((await told) as { message: string }).message,
    /^The file list of “\/ws\/b\/Beta\.sopm” does not follow/,
  );
});

test("a closed spec is read as editors read it, whatever it says of its encoding", async (t) => {
  const path = "/ws/b/Beta.sopm";
  const text = `\ufeff<?xml version="1.0" encoding="iso-8859-1"?><otrs_package><Name>Bäta</Name><Filelist><File Location="${listed}"/></Filelist></otrs_package>`;
  const server = await editor(
    t,
    { fileOperations: all },
    null,
    new MemoryWorkspace({ ...texts, [path]: text }),
  );
  const edit = await rename(server, [`file:///ws/b/${listed}`, "file:///ws/b/x"]);
  const [{ edits } = { edits: [] }] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  // Editors do not count a byte order mark.
  const [line = ""] = text.slice(1).split("\n");
  assert.deepEqual(
    (edits as TextEdit[]).map(({ range: { start, end } }) => line.slice(start.character, end.character)),
    [listed],
  );
});
