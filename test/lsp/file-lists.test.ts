import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { CodeAction, TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type {
  ChangeFileListParams,
  ChangeFileListResult,
  FileBadge,
} from "../../server/src/protocol/files.ts";
import { SourceText } from "../../server/src/text/source-text.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodSpec } from "../support/cli-package.ts";
import { fullClient } from "../support/language-client.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

/** With a mistake, so that something is said of one that is closed. */
const faulty = goodSpec.replace("<Vendor>Acme Inc.</Vendor>", "");
const openUri = "file:///ws/a/Acme.sopm";
const closedUri = "file:///ws/b/Beta.sopm";
const texts: Readonly<Record<string, string>> = {
  "/ws/a/Acme.sopm": goodSpec,
  "/ws/a/Kernel/System/Acme.pm": "1;\n",
  "/ws/a/Kernel/New & ä.pm": "1;\n",
  "/ws/a/Kernel/Two.pm": "1;\n",
  "/ws/a/README.md": "x\n",
  "/ws/b/Beta.sopm": faulty,
  "/ws/b/var/httpd/x.js": "1;\n",
  "/ws/c/One.sopm": faulty,
  "/ws/c/Two.sopm": faulty.replace("Kernel/System/Acme.pm", "Kernel/Other.pm"),
  "/ws/c/Kernel/System/Acme.pm": "1;\n",
  "/ws/c/Kernel/Other.pm": "1;\n",
  "/ws/c/Kernel/Third.pm": "1;\n",
};

/** An editor, our own, with four specs, of which the first is open. */
async function editor(context: TestContext, disk = new MemoryWorkspace(texts)) {
  // Timers of a server keep no process alive; its connection does, which is only memory here.
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
  const server = await serverInProcess(context, memoryWorld(filesOf(disk)), {
    workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
    initializationOptions: { ownCommands: true },
  });
  await server.open(openUri, goodSpec);
  const all = [openUri, closedUri, "file:///ws/c/One.sopm", "file:///ws/c/Two.sopm"];
  await server.until(() => all.every((uri) => server.last(uri)) && server.published(openUri)!.length > 0);
  const badges = async () => {
    const found: readonly FileBadge[] = await server.client.sendRequest("sopm/fileBadges", {});
    return found
      .map(({ uri, kind, tooltip }) => `${kind} ${decodeURIComponent(uri.slice(11))}: ${tooltip}`)
      .sort();
  };
  const change = async (params: ChangeFileListParams) => {
    const result: ChangeFileListResult = await server.client.sendRequest("sopm/changeFileList", params);
    if (result.kind !== "edits") return result.kind === "choose" ? result.specs : result.reason;
    return result.documents.map(({ uri, version, edits }) => {
      const text = texts[uri.slice("file://".length)]!;
      const source = SourceText.of(text);
      const after = applyEdits(
        text,
        edits.map(({ range, newText }) => ({
          span: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) },
          newText,
        })),
      );
      const listed = [...after.matchAll(/Location="(.*?)"/g)].map(([, path]) => path);
      return `${uri} ${version}: ${listed.join(", ")}`;
    });
  };
  return { server, badges, change };
}

test("files that no package of a folder lists have badges, and specs whose files are missing", async (t) => {
  const { badges } = await editor(t);
  assert.deepEqual(await badges(), [
    "incomplete b/Beta.sopm: Listed files are missing: Kernel/System/Acme.pm",
    "unlisted a/Kernel/New & ä.pm: Not in the file list of Acme.sopm",
    "unlisted a/Kernel/Two.pm: Not in the file list of Acme.sopm",
    "unlisted b/var/httpd/x.js: Not in the file list of Beta.sopm",
    "unlisted c/Kernel/Third.pm: Not in the file list of One.sopm, Two.sopm",
  ]);
});

test("an editor that has asked for badges is told when there are others", async (t) => {
  const { server, badges } = await editor(t);
  await badges();
  const told = new Promise((resolve) => server.client.onNotification("sopm/fileBadgesChanged", resolve));
  await server.client.sendNotification("textDocument/didChange", {
    textDocument: { uri: openUri, version: 2 },
    contentChanges: [{ text: goodSpec.replace("Kernel/System/Acme.pm", "Kernel/Two.pm") }],
  });
  await told;
  assert.deepEqual(
    (await badges()).filter((each) => each.includes(" a/")),
    [
      "unlisted a/Kernel/New & ä.pm: Not in the file list of Acme.sopm",
      "unlisted a/Kernel/System/Acme.pm: Not in the file list of Acme.sopm",
    ],
  );
});

test("files and folders are listed in the package that they lie in, open or not", async (t) => {
  const { change } = await editor(t);
  const add = (...uris: readonly string[]) => change({ uris, change: "add" });
  assert.deepEqual(await add("file:///ws/a/Kernel/New%20%26%20%C3%A4.pm", "file:///ws/a/README.md"), [
    `${openUri} 1: Kernel/System/Acme.pm, Kernel/New &amp; ä.pm, README.md`,
  ]);
  assert.deepEqual(await add("file:///ws/b/var/httpd/x.js"), [
    `${closedUri} null: Kernel/System/Acme.pm, var/httpd/x.js`,
  ]);
  assert.equal(
    await add("file:///ws/a/Kernel/System/Acme.pm", "file:///ws/a/None.pm"),
    "All of these files are listed already, or there is none that could be.",
  );
  for (const uri of ["file:///elsewhere/x", "untitled:x", "file:///ws/a"])
    assert.equal(await add(uri), "There is no package whose base folder holds these files.", uri);
});

test("where several packages lie in one folder, one is chosen", async (t) => {
  const { change } = await editor(t);
  const uris = ["file:///ws/c/Kernel/Third.pm"];
  const specs = await change({ uris, change: "add" });
  assert.deepEqual([...specs].sort(), ["file:///ws/c/One.sopm", "file:///ws/c/Two.sopm"]);
  assert.deepEqual(await change({ uris, change: "add", specs: ["file:///ws/c/Two.sopm"] }), [
    "file:///ws/c/Two.sopm null: Kernel/Other.pm, Kernel/Third.pm",
  ]);
});

test("files and folders are taken out of all lists that have them", async (t) => {
  const { change } = await editor(t);
  const remove = (...uris: readonly string[]) => change({ uris, change: "remove" });
  assert.deepEqual(await remove("file:///ws/a/Kernel"), [].concat(`${openUri} 1: ` as never));
  assert.deepEqual(await remove("file:///ws/c/Kernel/Other.pm", "file:///ws/c/Kernel/Third.pm"), [
    "file:///ws/c/Two.sopm null: ",
  ]);
  assert.equal(await remove("file:///ws/a/README.md"), "None of these files is listed.");
});

test("where several files are not listed, our extension asks which of them are to be", async (t) => {
  const { server } = await editor(t);
  const line = goodSpec.slice(0, goodSpec.indexOf("<Filelist>")).split("\n").length - 1;
  const at = { line, character: 6 };
  const actions: readonly CodeAction[] = await server.client.sendRequest("textDocument/codeAction", {
    textDocument: { uri: openUri },
    range: { start: at, end: at },
    context: { diagnostics: [] },
  });
  const chosen = actions.find(({ command }) => command?.command === "sopm.addUnlistedFiles");
  assert.deepEqual(
    [chosen?.title, chosen?.command?.arguments],
    ["Choose files to add to the list…", [openUri]],
  );
  const unlisted = await server.client.sendRequest("sopm/unlistedFiles", { uri: openUri });
  assert.deepEqual(unlisted, [
    { path: "Kernel/New & ä.pm", uri: "file:///ws/a/Kernel/New%20%26%20%C3%A4.pm" },
    { path: "Kernel/Two.pm", uri: "file:///ws/a/Kernel/Two.pm" },
  ]);
});

test("a list that is typed in while the disk is asked gets edits of the text as it is then", async (t) => {
  const disk = new MemoryWorkspace(texts);
  const { server } = await editor(t, disk);
  const packageDisk = disk.packageDisk.bind(disk);
  const typed = `<!-- above -->\n${goodSpec}`;
  let isTyped = false;
  disk.packageDisk = (baseFolder) => ({
    ...packageDisk(baseFolder),
    async scan(folders) {
      if (!isTyped) {
        isTyped = true;
        await server.client.sendNotification("textDocument/didChange", {
          textDocument: { uri: openUri, version: 2 },
          contentChanges: [{ text: typed }],
        });
        const textDocument = { uri: openUri };
        await server.client.sendRequest("textDocument/foldingRange", { textDocument });
      }
      return packageDisk(baseFolder).scan(folders);
    },
  });
  const result: ChangeFileListResult = await server.client.sendRequest("sopm/changeFileList", {
    uris: ["file:///ws/a/Kernel/Two.pm"],
    change: "add",
  });
  assert.ok(isTyped && result.kind === "edits");
  const [{ version, edits } = { version: 0, edits: [] }] = result.documents;
  const source = SourceText.of(version === 1 ? goodSpec : typed);
  const [{ range } = { range: undefined }] = edits;
  const before = range && source.slice(0, source.offsetAt(range.start)).trimEnd();
  assert.match(before?.split("\n").at(-1) ?? "", /<File /);
});

test("files that have moved without an event are offered once, by what they were committed as", async (t) => {
  const timer = setInterval(() => {}, 1000);
  t.after(() => clearInterval(timer));
  const { capabilities } = fullClient;
  const disk = new MemoryWorkspace({ "/ws/a/Acme.sopm": goodSpec, "/ws/a/Kernel/It's new.pm": "moved" });
  const committed = {
    before: async (_base: string, paths: readonly string[]) => new Map(paths.map((path) => [path, "1"])),
    now: async (_base: string, paths: readonly string[]) => new Map(paths.map((path) => [path, "1"])),
  };
  const server = await serverInProcess(
    t,
    { ...memoryWorld(filesOf(disk)), committed },
    {
      capabilities: { ...capabilities, workspace: { ...capabilities.workspace, applyEdit: true } },
    },
  );
  const messages: string[] = [];
  const applied = new Promise<WorkspaceEdit>((resolve) => {
    server.client.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
      messages.push(message);
      return { title: "Update" };
    });
    server.client.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
      resolve(edit);
      return { applied: true };
    });
  });
  await server.open(openUri, goodSpec);
  const [change] = (await applied).documentChanges as TextDocumentEdit[];
  assert.deepEqual(
    change!.edits.map((edit) => (edit as TextEdit).newText),
    ["Kernel/It's new.pm"],
  );
  assert.deepEqual(messages, [
    "“Kernel/System/Acme.pm” is missing, and the same file is at “Kernel/It's new.pm”. Update the file list of Acme.sopm?",
  ]);
  const { start } = change!.edits[0]!.range;
  const actions: readonly CodeAction[] = await server.client.sendRequest("textDocument/codeAction", {
    textDocument: { uri: openUri },
    range: { start, end: start },
    context: { diagnostics: [] },
  });
  const follow = actions.find(({ title }) => title === "Follow the file to “Kernel/It's new.pm”");
  assert.deepEqual(follow?.edit?.documentChanges, [change]);
});

test("files of closed specs that have moved without an event are offered together, with one question", async (t) => {
  const timer = setInterval(() => {}, 1000);
  t.after(() => clearInterval(timer));
  const specs = ["a", "b", "c", "d", "e"];
  const disk = new MemoryWorkspace(
    Object.fromEntries(
      specs.flatMap((name) => [
        [`/ws/${name}/${name}.sopm`, goodSpec],
        [`/ws/${name}/Kernel/${name === "e" ? "System/Acme" : "New"}.pm`, "moved"],
      ]),
    ),
  );
  const named = async (_base: string, paths: readonly string[]) => new Map(paths.map((path) => [path, "1"]));
  const server = await serverInProcess(
    t,
    { ...memoryWorld(filesOf(disk)), committed: { before: named, now: named } },
    {
      capabilities: { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } } },
      workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
    },
  );
  const messages: string[] = [];
  const applied = new Promise<WorkspaceEdit>((resolve) => {
    server.client.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
      messages.push(message);
      return { title: "Update" };
    });
    server.client.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
      resolve(edit);
      return { applied: true };
    });
  });
  const changes = (await applied).documentChanges as TextDocumentEdit[];
  assert.deepEqual(
    changes.map(({ textDocument: { uri, version }, edits }) => [
      uri,
      version,
      (edits as TextEdit[])[0]?.newText,
    ]),
    ["a", "b", "c", "d"].map((name) => [`file:///ws/${name}/${name}.sopm`, null, "Kernel/New.pm"]),
  );
  assert.deepEqual(messages, [
    "Listed files have moved: 4. Update the file list of a.sopm, b.sopm, c.sopm, …?",
  ]);
});
