import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { CompletionList } from "vscode-languageserver";
import type { ApplyOutcome, CreateSandboxResult } from "../../server/src/protocol/sandbox.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient, LanguageClient } from "../support/language-client.ts";
import { withCaret } from "../support/marked.ts";

/** What is open; each test replaces what stands at the mark. */
const two = goodSpec.replaceAll("Acme<", "Two<");

/** Closed specs with a mistake, so that something is said of them. */
const acme = goodSpec.replace("<Vendor>Acme Inc.</Vendor>", "");

const module = goodPackage["Kernel/System/Acme.pm"];
const files: Readonly<Record<string, string>> = {
  "ws/acme/Acme.sopm": acme,
  "ws/old/Acme.sopm": acme.replaceAll("1.0.0", "0.9.0"),
  "ws/two/Two.sopm": two,
  "ws/two/Kernel/System/Acme.pm": module,
  "elsewhere/Three.sopm": goodSpec.replaceAll("Acme<", "Three<"),
  "elsewhere/Kernel/System/Acme.pm": module,
};

describe("completion that knows, over stdio", () => {
  let client: LanguageClient;
  let folder: string;
  let uri: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sopm-completing-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    uri = fileUri(join(folder, "ws/two/Two.sopm"));
    client = new LanguageClient();
    client.settings = { sandbox: "Mine", checkClosedSpecs: true };
    const read = ["acme", "old"].map((each) => fileUri(join(folder, `ws/${each}/Acme.sopm`)));
    // Packages are read before closed specs are checked.
    const checked = Promise.all(read.map((each) => client.diagnostics((found) => found.uri === each)));
    await client.initialize({
      ...fullClient,
      initializationOptions: { trusted: true, locale: "en", storageFolder: join(folder, "storage") },
      workspaceFolders: [{ uri: fileUri(join(folder, "ws")), name: "ws" }],
    });
    await Promise.all([checked, client.open(uri, two)]);
  });

  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  /** What is offered at the mark when a text stands in front of the file list. */
  async function offered(inserted: string): Promise<readonly string[]> {
    const { text, caret } = withCaret(two.replace("    <Filelist>", `${inserted}\n    <Filelist>`));
    await client.change(uri, [{ text }]);
    const before = text.slice(0, caret).split("\n");
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    for (;;) {
      const list = await client.request<CompletionList>("textDocument/completion", {
        textDocument: { uri },
        position,
      });
      // What a sandbox has is looked up behind the answer, and the editor asks again.
      if (!list.isIncomplete) return list.items.map(({ label, detail }) => `${label} ${detail ?? ""}`.trim());
    }
  }

  test("packages of the workspace, then those of the sandbox", async () => {
    assert.deepEqual(await offered("<PackageRequired>|</PackageRequired>"), ["Acme 1.0.0"]);
    const versions = '<PackageRequired Version="|">Acme</PackageRequired>';
    assert.deepEqual(await offered(versions), ["1.0.0 in the workspace", "0.9.0 in the workspace"]);
    const made = await client.request<CreateSandboxResult>("sopm/createSandbox", {
      name: "Mine",
      framework: { kind: "product", product: "Znuny 7.1.3" },
    });
    assert.ok(made.kind === "made", JSON.stringify(made));
    const applied = await client.request<ApplyOutcome>("sopm/applyToSandbox", {
      uri: fileUri(join(folder, "elsewhere/Three.sopm")),
      operation: "install",
      folder: made.sandbox.folder,
    });
    assert.equal(applied.kind, "applied", JSON.stringify(applied));
    // What is offered first is of the time when the sandbox was last looked at.
    let found: readonly string[] = [];
    for (let asked = 0; asked < 100 && !found.includes("Three 1.0.0"); asked++)
      found = await offered("<PackageRequired>|</PackageRequired>");
    assert.deepEqual(await offered('<PackageRequired Version="|">Three</PackageRequired>'), [
      "1.0.0 in the sandbox",
    ]);
    // As a process leaves it that is killed when all its work is done.
    const journal = join(made.sandbox.folder, "journal.data");
    renameSync(join(made.sandbox.folder, "undo/1/done.data"), journal);
    for (let asked = 0; asked < 50; asked++)
      assert.deepEqual(await offered("<PackageRequired>|</PackageRequired>"), ["Acme 1.0.0", "Three 1.0.0"]);
    assert.ok(existsSync(journal), "completion has changed the sandbox");
  });
});
