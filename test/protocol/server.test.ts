import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { CodeAction, DocumentSymbol, Hover } from "vscode-languageserver";
import type { BuildOutcome } from "../../server/src/protocol/build.ts";
import type { BumpVersionResult } from "../../server/src/protocol/editing.ts";
import { goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient, type PublishedDiagnostics } from "../support/language-client.ts";

function codesOf({ diagnostics }: PublishedDiagnostics): unknown[] {
  return diagnostics.map(({ code }) => code);
}

/** An LSP range around the first occurrence of a text. */
function rangeOf(text: string, part: string) {
  const place = (offset: number) => {
    const before = text.slice(0, offset).split("\n");
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  const start = text.indexOf(part);
  assert.ok(start >= 0, `no ${part}`);
  return { start: place(start), end: place(start + part.length) };
}

describe("the server over stdio", () => {
  let client: LanguageClient;
  let folder: string;
  let spec: string;
  let uri: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sopm-protocol-"));
    mkdirSync(join(folder, "Kernel/System"), { recursive: true });
    writeFileSync(join(folder, "Kernel/System/Acme.pm"), "package Kernel::System::Acme;\n1;\n");
    spec = join(folder, "Acme.sopm");
    writeFileSync(spec, goodSpec);
    uri = fileUri(spec);
    client = new LanguageClient();
    await client.initialize({ workspaceFolders: [{ uri: fileUri(folder), name: "ws" }] });
  });

  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  test("finds nothing in a good package, and each mistake at its place as it is typed", async () => {
    const opened = await client.open(uri, goodSpec);
    assert.deepEqual(codesOf(opened), []);
    const version = rangeOf(goodSpec, "Version>1.0.0");
    const misspelt = {
      start: version.start,
      end: { ...version.start, character: version.start.character + 7 },
    };
    const wrong = await client.change(uri, [{ range: misspelt, text: "Versoin" }]);
    const [first] = wrong.diagnostics;
    assert.ok(codesOf(wrong).includes("xml-not-wellformed"), `${codesOf(wrong)}`);
    assert.equal(first!.source, "sopm");
    assert.match(first!.codeDescription!.href, /docs\/rules\/[\w-]+\.md$/);
    const mended = await client.change(uri, [{ range: misspelt, text: "Version" }]);
    assert.deepEqual(codesOf(mended), []);
  });

  test("applies several changes of one notification in their order", async () => {
    const { start } = rangeOf(goodSpec, "<Vendor>");
    const both = await client.change(uri, [
      { range: { start, end: start }, text: "<!-- one" },
      {
        range: {
          start: { ...start, character: start.character + 8 },
          end: { ...start, character: start.character + 8 },
        },
        text: " -->",
      },
    ]);
    assert.deepEqual(codesOf(both), []);
    const back = { start, end: { ...start, character: start.character + 12 } };
    assert.deepEqual(codesOf(await client.change(uri, [{ range: back, text: "" }])), []);
  });

  test("hears of files that come and go", async () => {
    const file = join(folder, "Kernel/System/Acme.pm");
    const content = readFileSync(file);
    rmSync(file);
    const missing = client.diagnostics(
      (each) => each.uri === uri && codesOf(each).includes("file-not-found"),
    );
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: fileUri(file), type: 3 }],
    });
    await missing;
    writeFileSync(file, content);
    const there = client.diagnostics((each) => each.uri === uri && each.diagnostics.length === 0);
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: fileUri(file), type: 1 }],
    });
    await there;
  });

  test("asks the settings of a document and obeys them", async () => {
    const other = fileUri(join(folder, "Other.sopm"));
    const named = await client.open(other, goodSpec, (each) => each.diagnostics.length > 0);
    assert.deepEqual(codesOf(named), ["spec-filename-mismatch"]);
    client.settings = { rules: { "spec-filename-mismatch": "off" } };
    const silenced = client.diagnostics((each) => each.uri === other && each.diagnostics.length === 0);
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await silenced;
    client.settings = {};
  });

  test("hovers, outlines, folds and links", async () => {
    const { start } = rangeOf(goodSpec, "Framework>");
    const hover = await client.request<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: start,
    });
    assert.match((hover.contents as { value: string }).value, /framework/i);
    const [outline] = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", {
      textDocument: { uri },
    });
    assert.equal(outline!.name, "Acme 1.0.0");
    const folds = await client.request<unknown[]>("textDocument/foldingRange", { textDocument: { uri } });
    assert.equal(folds.length, 2, "the root and the file list");
    const links = await client.request<{ target: string }[]>("textDocument/documentLink", {
      textDocument: { uri },
    });
    assert.ok(links.some(({ target }) => target === fileUri(join(folder, "Kernel/System/Acme.pm"))));
  });

  test("mends a finding", async () => {
    const text = goodSpec.replace('Location="Kernel', 'Location="/Kernel');
    const broken = fileUri(join(folder, "Acme.broken.sopm"));
    client.settings = { rules: { "spec-filename-mismatch": "off" } };
    const { diagnostics } = await client.open(broken, text, (each) =>
      codesOf(each).includes("file-absolute"),
    );
    const diagnostic = diagnostics.find(({ code }) => code === "file-absolute")!;
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: broken },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    assert.deepEqual(fix?.edit?.documentChanges, [
      { textDocument: { uri: broken, version: 1 }, edits: [{ range: diagnostic.range, newText: "" }] },
    ]);
    client.settings = {};
  });

  test("raises the version", async () => {
    const bump = await client.request<BumpVersionResult>("sopm/bumpVersion", { uri, part: "minor" });
    assert.equal(bump.kind, "bumped");
    assert.ok(bump.kind === "bumped" && bump.to === "1.1.0" && bump.edits.length === 2);
  });

  test("builds, and leaves nothing but the archive", async () => {
    const output = join(folder, "out");
    mkdirSync(output);
    const built = await client.request<BuildOutcome>("sopm/build", {
      uri,
      force: false,
      outputFolder: output,
    });
    assert.equal(built.kind, "built", JSON.stringify(built));
    assert.deepEqual(readdirSync(output), ["Acme-1.0.0.opm"]);
    assert.ok(built.kind === "built" && built.files === 1);
  });

  test("does not build with errors, and says which", async () => {
    const broken = join(folder, "Broken.sopm");
    writeFileSync(broken, goodSpec.replace("<Vendor>Acme Inc.</Vendor>", ""));
    const outcome = await client.request<BuildOutcome>("sopm/build", { uri: fileUri(broken), force: false });
    assert.equal(outcome.kind, "blocked");
    assert.ok(
      outcome.kind === "blocked" &&
        !outcome.canForce &&
        outcome.messages.some((text) => text.includes("Vendor")),
    );
  });

  test("answers nonsense without falling over", async () => {
    const unknown = {
      textDocument: { uri: "file:///nowhere.sopm" },
      position: { line: 1e6, character: 1e6 },
    };
    assert.equal(await client.request("textDocument/hover", unknown), null);
    await assert.rejects(client.request("textDocument/nonsense", {}));
    const far = { textDocument: { uri }, position: { line: 1e6, character: 1e6 } };
    assert.equal(await client.request("textDocument/hover", far), null);
    const change = await client.change(uri, [
      { range: { start: { line: 1e6, character: 0 }, end: { line: 1e6, character: 5 } }, text: "" },
    ]);
    // Another spec was put into the folder above, of which the server may have heard meanwhile.
    assert.deepEqual(
      codesOf(change).filter((code) => code !== "spec-multiple"),
      [],
    );
  });
});

test("the server speaks German to a German reader", async () => {
  const client = new LanguageClient();
  await client.initialize({ locale: "de" });
  const { diagnostics } = await client.open(
    "untitled:Acme.sopm",
    goodSpec.replace('Location="Kernel', 'Location="/Kernel'),
  );
  await client.stop();
  const message = String(diagnostics.find(({ code }) => code === "file-absolute")?.message);
  assert.match(message, /Framework/);
  assert.doesNotMatch(message, /The framework/);
});

test("a document is checked by the defaults when its settings never come, and the server lives on", async () => {
  const client = new LanguageClient();
  client.connection.onRequest("workspace/configuration", () => {
    throw new Error("no settings today");
  });
  await client.initialize();
  const wrong = goodSpec.replace('Location="Kernel', 'Location="/Kernel');
  const opened = await client.open("untitled:Acme.sopm", wrong);
  assert.ok(codesOf(opened).includes("file-absolute"), `${codesOf(opened)}`);
  const again = await client.open("untitled:Other.sopm", wrong);
  assert.ok(codesOf(again).includes("file-absolute"), `${codesOf(again)}`);
  await client.stop();
});

test("folders and files that the system has no path for are served all the same", async () => {
  const client = new LanguageClient();
  await client.initialize({ workspaceFolders: [{ uri: "file:///packages%2Fhere", name: "ws" }] });
  const opened = await client.open("file:///packages%2Fhere/Acme.sopm", goodSpec);
  assert.deepEqual(
    codesOf(opened).filter((code) => code !== "spec-filename-mismatch"),
    [],
  );
  await client.stop();
});

test("the server ends when its client is gone", async () => {
  const client = new LanguageClient();
  await client.initialize();
  const ended = new Promise((resolve) => client.process.once("exit", resolve));
  client.process.stdin!.end();
  await ended;
});
