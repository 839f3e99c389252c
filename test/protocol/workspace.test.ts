import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient, type PublishedDiagnostics } from "../support/language-client.ts";

/** Another package, with another file. */
const misnamed = goodSpec.replaceAll("Acme<", "Other<").replace("System/Acme.pm", "System/Other.pm");

function codesOf({ diagnostics }: PublishedDiagnostics): unknown[] {
  return diagnostics.map(({ code }) => code);
}

describe("the specs of a workspace that are not open", () => {
  let client: LanguageClient;
  let folder: string;

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const uriOf = (path: string) => fileUri(join(folder, path));
  const findings = (path: string, codes: readonly string[]) =>
    client.diagnostics((each) => each.uri === uriOf(path) && `${codesOf(each)}` === `${codes}`);
  const tell = (...changes: (readonly [path: string, type: 1 | 2 | 3])[]) =>
    client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: changes.map(([path, type]) => ({ uri: uriOf(path), type })),
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sopm-workspace-"));
    for (const name of ["one", "two", "three"]) write(`${name}/Acme.sopm`, goodSpec);
    for (const [path, text] of Object.entries(goodPackage)) write(`good/${path}`, text);
    write("good/node_modules/Acme.sopm", goodSpec);
    symlinkSync("..", join(folder, "one/up"), "junction");
    client = new LanguageClient();
    const first = ["one", "two", "three"].map((name) => findings(`${name}/Acme.sopm`, ["file-not-found"]));
    await client.initialize({
      capabilities: { workspace: { configuration: true, workspaceFolders: true } },
      workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    });
    await Promise.all(first);
  });

  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  test("are followed when they are created, changed and deleted", async () => {
    const created = findings("new/Acme.sopm", ["file-not-found"]);
    write("new/Acme.sopm", goodSpec);
    await tell(["new/Acme.sopm", 1]);
    await created;
    const changed = findings("new/Acme.sopm", ["spec-filename-mismatch", "file-not-found"]);
    write("new/Acme.sopm", misnamed);
    await tell(["new/Acme.sopm", 2]);
    await changed;
    const deleted = findings("new/Acme.sopm", []);
    rmSync(join(folder, "new/Acme.sopm"));
    await tell(["new/Acme.sopm", 3]);
    await deleted;
  });

  test("are checked again when their files come and go", async () => {
    const file = "two/Kernel/System/Acme.pm";
    const there = findings("two/Acme.sopm", []);
    write(file, "1;");
    await tell([file, 1]);
    await there;
    const gone = findings("two/Acme.sopm", ["file-not-found"]);
    rmSync(join(folder, file));
    await tell([file, 3]);
    await gone;
  });

  test("keep their findings when their document closes, those of the file on disk", async () => {
    const uri = uriOf("three/Acme.sopm");
    const opened = await client.open(uri, misnamed, (each) => each.diagnostics.length === 2);
    assert.deepEqual(codesOf(opened), ["spec-filename-mismatch", "file-not-found"]);
    const next = client.diagnostics((each) => each.uri === uri);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    assert.deepEqual(codesOf(await next), ["file-not-found"]);
  });

  test("are followed although nobody tells of files, while a document is open", async () => {
    await client.open(uriOf("good/Acme.sopm"), goodSpec);
    const file = "one/Kernel/System/Acme.pm";
    const there = findings("one/Acme.sopm", []);
    write(file, "1;");
    await there;
    const gone = findings("one/Acme.sopm", ["file-not-found"]);
    rmSync(join(folder, file));
    await gone;
    const textDocument = { uri: uriOf("good/Acme.sopm") };
    await client.connection.sendNotification("textDocument/didClose", { textDocument });
  });

  test("lose their findings with the folder that they lie in", async () => {
    write("going/deep/Acme.sopm", goodSpec);
    const came = findings("going/deep/Acme.sopm", ["file-not-found"]);
    await tell(["going", 1]);
    await came;
    const gone = findings("going/deep/Acme.sopm", []);
    const back = findings("moved/deep/Acme.sopm", ["file-not-found"]);
    renameSync(join(folder, "going"), join(folder, "moved"));
    await tell(["going", 3], ["moved", 1]);
    await Promise.all([gone, back]);
  });

  test("have no findings where the settings say so", async () => {
    const none = ["one", "two", "three"].map((name) => findings(`${name}/Acme.sopm`, []));
    client.settings = { checkClosedSpecs: false };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await Promise.all(none);
    const all = ["one", "two", "three"].map((name) => findings(`${name}/Acme.sopm`, ["file-not-found"]));
    client.settings = {};
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await Promise.all(all);
  });

  test("have no findings in folders that the settings ignore", async () => {
    const gone = findings("two/Acme.sopm", []);
    client.settings = { ignoredFolders: ["/two", 3] };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await gone;
    const back = findings("two/Acme.sopm", ["file-not-found"]);
    client.settings = { ignoredFolders: "two" };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await back;
  });

  test("are found in a workspace folder that comes, and forgotten with one that goes, on disk or not", async () => {
    const other = mkdtempSync(join(tmpdir(), "sopm-workspace-"));
    writeFileSync(join(other, "Acme.sopm"), goodSpec);
    const uri = fileUri(join(other, "Acme.sopm"));
    const folders = [other, join(other, "missing")].map((path) => ({ uri: fileUri(path), name: "other" }));
    const found = client.diagnostics((each) => each.uri === uri && each.diagnostics.length > 0);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: folders, removed: [] },
    });
    assert.deepEqual(codesOf(await found), ["file-not-found"]);
    rmSync(other, { recursive: true });
    const gone = client.diagnostics((each) => each.uri === uri && each.diagnostics.length === 0);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: folders },
    });
    await gone;
  });

  test("may be 2,000, while questions about an open document are answered", async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `many/${index}/Acme.sopm`);
    for (const name of names) write(name, goodSpec);
    const seen = new Set<string>();
    const all = client.diagnostics(({ uri }) => {
      if (uri.includes("/many/")) seen.add(uri);
      return seen.size === names.length;
    }, 120);
    const first = client.diagnostics(({ uri }) => uri.includes("/many/"));
    await tell(["many", 1]);
    await first;
    const uri = uriOf("good/Acme.sopm");
    assert.deepEqual(codesOf(await client.open(uri, goodSpec, (each) => each.diagnostics.length === 0)), []);
    const symbols = await client.request<{ name: string }[]>("textDocument/documentSymbol", {
      textDocument: { uri },
    });
    assert.equal(symbols[0]!.name, "Acme 1.0.0");
    assert.ok(seen.size < names.length, "the closed ones were not all checked before");
    await all;
  });
});
