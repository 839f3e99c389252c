import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  CancellationTokenSource,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient } from "../support/language-client.ts";
import { codesOf, PullingEditor, pullingClient, rulesOf } from "../support/pulling-editor.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const nonsense = `<?xml version="1.0" encoding="utf-8" ?>\n<nonsense/>\n`;
/** No system takes it and the others, so that they may have the same file. */
const misnamed = goodSpec.replaceAll("Acme<", "Other<").replace("7.1.x", "7.0.x");

/** A workspace with a package that lacks its file in each of some folders. */
function workspaceOf(context: TestContext, ...names: readonly string[]): string {
  return temporaryFolder(context, Object.fromEntries(names.map((name) => [`${name}/Acme.sopm`, goodSpec])));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** What was reported, each as the folder of the file and its findings. */
function shown(reports: readonly WorkspaceDocumentDiagnosticReport[]): string[] {
  return reports.map((report) => `${dirname(report.uri).split("/").at(-1)}: ${rulesOf(report)}`);
}

test("findings are given to a client that asks, and never pushed to it", async (context) => {
  const folder = temporaryFolder(context, goodPackage);
  const editor = await PullingEditor.started(context, { folders: [folder] });
  assert.deepEqual(editor.capabilities.diagnosticProvider, {
    identifier: "sopm",
    interFileDependencies: false,
    workspaceDiagnostics: true,
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  await editor.openText(uri, misnamed);
  const first = await editor.pull(uri);
  assert.deepEqual(rulesOf(first), ["spec-filename-mismatch"]);
  assert.equal(rulesOf(await editor.pull(uri, first.resultId)), "unchanged");
  await editor.changeText(uri, 2, goodSpec);
  const second = await editor.pull(uri, first.resultId);
  assert.deepEqual(rulesOf(second), []);
  await editor.changeText(uri, 3, `${goodSpec}\n`);
  assert.equal(rulesOf(await editor.pull(uri, second.resultId)), "unchanged");
  assert.deepEqual(rulesOf(await editor.pull(uri, "of another server")), []);
  assert.deepEqual(editor.pushed, []);
});

test("the first answer is already one for the settings of the document", async (context) => {
  const editor = await PullingEditor.started(context, { settings: { rules: { "root-unknown": "off" } } });
  await editor.openText("untitled:Acme.sopm", nonsense);
  assert.deepEqual(rulesOf(await editor.pull("untitled:Acme.sopm")), []);
});

test("a client is told to ask again when files come and go, and only when that changes something", async (context) => {
  const folder = workspaceOf(context, "one");
  const editor = await PullingEditor.started(context, { folders: [folder] });
  const uri = fileUri(join(folder, "one/Acme.sopm"));
  const file = join(folder, "one/Kernel/System/Acme.pm");
  await editor.openText(uri, goodSpec);
  let report = await editor.pull(uri);
  const follows = async (rules: readonly string[]) => {
    while (`${rulesOf(report)}` !== `${rules}`) {
      const { refreshes } = editor;
      report = await editor.pull(uri, report.resultId);
      if (`${rulesOf(report)}` === `${rules}`) return;
      await editor.until("a refresh", () => editor.refreshes > refreshes);
    }
  };
  await follows(["file-not-found"]);
  const before = editor.refreshes;
  write(file, "1;\n");
  await editor.changeFiles([file, 1]);
  await editor.until("a refresh", () => editor.refreshes > before);
  await follows([]);
  rmSync(file);
  await editor.changeFiles([file, 3]);
  await editor.until("a refresh", () => editor.refreshes > before + 1);
  await follows(["file-not-found"]);
  const other = join(folder, "one/Kernel/System/Other.pm");
  write(other, "1;\n");
  await editor.changeFiles([other, 1]);
  write(file, "1;\n");
  await editor.changeFiles([file, 1]);
  await editor.until("a refresh", () => editor.refreshes > before + 2);
  assert.equal(editor.refreshes, before + 3);
  assert.deepEqual(editor.pushed, []);
});

test("new settings have a client ask again", async (context) => {
  const editor = await PullingEditor.started(context);
  const uri = "untitled:Acme.sopm";
  await editor.openText(uri, nonsense);
  const { resultId } = await editor.pull(uri);
  editor.settings = { rules: { "root-unknown": "off" } };
  await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await editor.until("a refresh", () => editor.refreshes === 1);
  assert.deepEqual(rulesOf(await editor.pull(uri, resultId)), []);
});

test("who asks while it is typed gets the newest, and a question that is withdrawn ends at once", async (context) => {
  const editor = await PullingEditor.started(context);
  const uri = "untitled:Acme.sopm";
  const files = Array.from({ length: 3_000 }, (_, n) => `<File Location="a${n}.pm"/>\n`).join("");
  const text = `<otrs_package version="1.0"><Filelist>\n${files}</Filelist></otrs_package>`;
  await editor.openText(uri, text);
  const early = editor.pull(uri);
  const cancellation = new CancellationTokenSource();
  const withdrawn = editor.connection.sendRequest(
    "textDocument/diagnostic",
    { textDocument: { uri } },
    cancellation.token,
  );
  await editor.changeText(uri, 2, nonsense);
  cancellation.cancel();
  await assert.rejects(withdrawn, { code: -32800 });
  assert.deepEqual(rulesOf(await early), ["root-unknown"]);
});

test("a document that is closed before it was checked is answered like its file", async (context) => {
  const folder = workspaceOf(context, "one");
  const editor = await PullingEditor.started(context, { folders: [folder] });
  const pull = editor.pullWorkspace();
  await editor.until("the spec", () => pull.reports.length > 0);
  const uri = fileUri(join(folder, "one/Acme.sopm"));
  await editor.openText(uri, misnamed);
  const asked = editor.pull(uri);
  await editor.closeText(uri);
  assert.deepEqual(rulesOf(await asked), ["file-not-found"]);
  await editor.openText("untitled:Acme.sopm", misnamed);
  const gone = editor.pull("untitled:Acme.sopm");
  await editor.closeText("untitled:Acme.sopm");
  assert.deepEqual(rulesOf(await gone), []);
});

test("closed specs are reported piece by piece, and the question stays open while nothing changes", async (context) => {
  const folder = workspaceOf(context, "one", "two");
  for (const [path, text] of Object.entries(goodPackage)) write(join(folder, "good", path), text);
  const editor = await PullingEditor.started(context, { folders: [folder] });
  const pull = editor.pullWorkspace();
  await editor.until("both", () => pull.reports.length === 2);
  assert.deepEqual(shown(pull.reports).sort(), ["one: file-not-found", "two: file-not-found"]);
  const file = join(folder, "one/Kernel/System/Acme.pm");
  // The same findings as before are no news.
  writeFileSync(join(folder, "two/Acme.sopm"), goodSpec);
  await editor.changeFiles([join(folder, "two/Acme.sopm"), 2]);
  write(file, "1;\n");
  await editor.changeFiles([file, 1]);
  await editor.until("one", () => pull.reports.length > 2);
  writeFileSync(join(folder, "two/Acme.sopm"), misnamed);
  await editor.changeFiles([join(folder, "two/Acme.sopm"), 2]);
  await editor.until("two", () => pull.reports.length > 3);
  renameSync(join(folder, "two"), join(folder, "three"));
  await editor.changeFiles([join(folder, "two"), 3], [join(folder, "three"), 1]);
  await editor.until("two and three", () => pull.reports.length > 5);
  assert.deepEqual(shown(pull.reports).slice(2), [
    "one: ",
    "two: spec-filename-mismatch,file-not-found",
    "two: ",
    "three: spec-filename-mismatch,file-not-found",
  ]);
  pull.cancel();
  await assert.rejects(pull.ended, { code: -32800 });
  assert.deepEqual(editor.pushed, []);
});

test("a client that wants one answer gets it when all is known, and the next when there is something new", async (context) => {
  const folder = workspaceOf(context, "one", "two");
  const editor = await PullingEditor.started(context, { folders: [folder] });
  const ask = (previous: readonly WorkspaceDocumentDiagnosticReport[]) =>
    editor.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: previous.flatMap(({ uri, resultId }) =>
        resultId ? [{ uri, value: resultId }] : [],
      ),
    });
  const first = await ask([]);
  assert.deepEqual(shown(first.items).sort(), ["one: file-not-found", "two: file-not-found"]);
  let isAnswered = false;
  const next = ask(first.items).finally(() => {
    isAnswered = true;
  });
  await editor.caughtUp();
  assert.equal(isAnswered, false);
  writeFileSync(join(folder, "one/Acme.sopm"), misnamed);
  await editor.changeFiles([join(folder, "one/Acme.sopm"), 2]);
  const second = await next;
  assert.deepEqual(shown(second.items), ["one: spec-filename-mismatch,file-not-found", "two: unchanged"]);
  // Who has lost what was said is told again, and of what has gone meanwhile.
  rmSync(join(folder, "two"), { recursive: true });
  await editor.changeFiles([join(folder, "two"), 3]);
  const third = await ask(second.items.map((item) => ({ ...item, resultId: "lost" })));
  assert.deepEqual(shown(third.items).sort(), ["one: spec-filename-mismatch,file-not-found", "two: "]);
});

test("what is told of a document that closes is told whatever it was before", async (context) => {
  const folder = workspaceOf(context, "one");
  const outside = fileUri(join(temporaryFolder(context), "Acme.sopm"));
  const editor = await PullingEditor.started(context, { folders: [folder] });
  const pull = editor.pullWorkspace();
  const uri = fileUri(join(folder, "one/Acme.sopm"));
  await editor.until("the spec", () => pull.reports.length === 1);
  await editor.openText(uri, misnamed);
  await editor.pull(uri);
  await editor.closeText(uri);
  await editor.until("the file", () => pull.reports.length === 2);
  await editor.openText(outside, misnamed);
  await editor.pull(outside);
  await editor.closeText(outside);
  await editor.until("the file outside", () => pull.reports.length === 3);
  assert.deepEqual(shown(pull.reports.slice(0, 2)), ["one: file-not-found", "one: file-not-found"]);
  assert.deepEqual(rulesOf(pull.reports[2]!), []);
  assert.equal(pull.reports[2]!.uri, outside);
  // Asked for a file that it has just closed, VS Code takes no answer but the next one.
  assert.deepEqual(rulesOf(await editor.pull(uri)), ["file-not-found"]);
  await editor.until("once more", () => pull.reports.length === 4);
  assert.deepEqual(shown(pull.reports.slice(3)), ["one: file-not-found"]);
  assert.deepEqual(editor.pushed, []);
});

test("closed specs are pushed to a client that asks about documents alone, until it asks about all", async (context) => {
  const folder = workspaceOf(context, "one", "two");
  const editor = await PullingEditor.started(context, { folders: [folder] });
  await editor.until("both", () => editor.pushed.length === 2);
  const uri = fileUri(join(folder, "one/Acme.sopm"));
  await editor.openText(uri, goodSpec);
  await editor.until("it is taken back", () => editor.pushed.length === 3);
  assert.deepEqual(editor.pushed[2], { uri, diagnostics: [] });
  assert.ok((await editor.pull(uri)).kind === "full");
  const pull = editor.pullWorkspace();
  await editor.until("the other one is taken back, too", () => editor.pushed.length === 4);
  await editor.until("it is an answer now", () => pull.reports.length === 1);
  assert.deepEqual(editor.pushed[3]!.diagnostics, []);
  assert.deepEqual(shown(pull.reports), ["two: file-not-found"]);
});

test("a client that cannot be told to ask again is told the findings, and gets no others", async (context) => {
  const textDocument = pullingClient.textDocument!;
  const editor = await PullingEditor.started(context, {
    capabilities: { ...fullClient.capabilities, textDocument },
  });
  assert.equal(editor.capabilities.diagnosticProvider, undefined);
  await editor.openText("untitled:Acme.sopm", nonsense);
  await editor.until("findings", () => editor.pushed.length > 0);
  assert.deepEqual(codesOf(editor.pushed[0]!.diagnostics), ["root-unknown"]);
  await assert.rejects(editor.pull("untitled:Acme.sopm"), { code: -32601 });
  await assert.rejects(editor.pullWorkspace().ended, { code: -32601 });
});

test("questions that are open when the client leaves are ended", async (context) => {
  const editor = await PullingEditor.started(context);
  const pull = editor.pullWorkspace();
  await editor.caughtUp();
  await editor.stop();
  assert.deepEqual(await pull.ended, { items: [] });
});

test("1,000 specs, large ones, links in a circle and a folder that vanishes are answered", async (context) => {
  const folder = temporaryFolder(context, { "large/Acme.sopm": `${goodSpec}${" ".repeat(20_000_000)}` });
  const count = 1_000;
  for (let index = 1; index < count; index++) write(join(folder, `many/${index}/Acme.sopm`), goodSpec);
  symlinkSync("..", join(folder, "many/1/up"), "junction");
  const editor = await PullingEditor.started(context, { folders: [folder] });
  const pull = editor.pullWorkspace();
  await editor.until("something", () => pull.reports.length > 0);
  const uri = "untitled:Acme.sopm";
  await editor.openText(uri, nonsense);
  assert.deepEqual(rulesOf(await editor.pull(uri)), ["root-unknown"]);
  assert.ok(pull.reports.length < count, "the closed ones were not all checked before");
  await editor.until("all", () => pull.reports.length >= count, 120);
  assert.equal(new Set(pull.reports.map((report) => report.uri)).size, count);
  const large = pull.reports.find((report) => report.uri.includes("/large/"))!;
  assert.match(large.kind === "full" ? `${large.items[0]!.message}` : "", /only while it is open/);
  rmSync(join(folder, "many"), { recursive: true });
  await editor.changeFiles([join(folder, "many"), 3]);
  await editor.until("they are gone", () => pull.reports.length >= 2 * count - 1, 60);
  assert.ok(pull.reports.slice(count).every((report) => report.kind === "full" && report.items.length === 0));
});
