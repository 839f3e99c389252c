import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient, type PublishedDiagnostics } from "../support/language-client.ts";

describe("configurations in an editor", () => {
  let client: LanguageClient;
  let folder: string;

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const uriOf = (path: string) => fileUri(join(folder, path));
  const codesOf = ({ diagnostics }: PublishedDiagnostics) =>
    diagnostics.map(({ code, severity }) => `${code} ${severity}`);
  const findings = (path: string, codes: readonly string[]) =>
    client.diagnostics((each) => each.uri === uriOf(path) && `${codesOf(each)}` === `${codes}`);
  const tell = (path: string, type: 1 | 2 | 3) =>
    client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uriOf(path), type }],
    });

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "sopm-configuration-")));
    write("one/Acme.sopm", goodSpec);
    write("two/Acme.sopm", goodSpec);
    write("sopm.json", '{ "rules": { "file-not-found": "hint" } }');
    client = new LanguageClient();
    const first = ["one/Acme.sopm", "two/Acme.sopm"].map((path) => findings(path, ["file-not-found 4"]));
    await client.initialize({
      capabilities: {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
      },
      workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    });
    await Promise.all(first);
  });

  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  test("hold for closed specs, each by the nearest, as soon as they change", async () => {
    const near = findings("two/Acme.sopm", ["file-not-found 3"]);
    write("two/sopm.json", '{ "rules": { "file-not-found": "information" } }');
    await tell("two/sopm.json", 1);
    await near;
    const far = findings("two/Acme.sopm", ["file-not-found 4"]);
    rmSync(join(folder, "two/sopm.json"));
    await tell("two/sopm.json", 3);
    await far;
  });

  test("hold for open specs, and what the editor says comes first", async () => {
    await client.open(uriOf("one/Acme.sopm"), goodSpec, (each) => `${codesOf(each)}` === "file-not-found 4");
    const changed = findings("one/Acme.sopm", ["file-not-found 2"]);
    write("sopm.json", '{ "rules": { "file-not-found": "warning" } }');
    await tell("sopm.json", 2);
    await changed;
    const edited = findings("one/Acme.sopm", ["file-not-found 1"]);
    client.settings = { rules: { "file-not-found": "error" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await edited;
    const back = findings("one/Acme.sopm", ["file-not-found 2"]);
    client.settings = {};
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await back;
  });

  test("give way to the editor for closed specs also where it says what holds for their folder already", async () => {
    const near = findings("two/Acme.sopm", ["file-not-found 3"]);
    write("two/sopm.json", '{ "rules": { "file-not-found": "information" } }');
    await tell("two/sopm.json", 1);
    await near;
    const edited = findings("two/Acme.sopm", ["file-not-found 2"]);
    client.settings = { rules: { "file-not-found": "warning" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await edited;
    const back = findings("two/Acme.sopm", ["file-not-found 3"]);
    client.settings = {};
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await back;
    const gone = findings("two/Acme.sopm", ["file-not-found 2"]);
    rmSync(join(folder, "two/sopm.json"));
    await tell("two/sopm.json", 3);
    await gone;
  });

  test("are told what is wrong with them where it stands, and specs go by what can be read", async () => {
    const wrong = findings("sopm.json", ["configuration-wrong 1"]);
    const checked = findings("one/Acme.sopm", ["file-not-found 3"]);
    write("sopm.json", '{\n  "rules": { "file-not-found": "information" },\n  "profil": "strict"\n}');
    await tell("sopm.json", 2);
    const { diagnostics } = await wrong;
    assert.deepEqual(diagnostics[0]?.range.start, { line: 2, character: 2 });
    assert.match(String(diagnostics[0]!.message), /Did you mean “profile”\?/);
    await checked;
    const right = findings("sopm.json", []);
    write("sopm.json", "{}");
    await tell("sopm.json", 2);
    await right;
  });

  test("have no say in what leads out of a workspace that nobody trusts", async () => {
    const wrong = findings("sopm.json", ["configuration-wrong 2"]);
    write("sopm.json", '{ "build.outputFolder": "../.." }');
    await tell("sopm.json", 2);
    await wrong;
    const right = findings("sopm.json", []);
    await client.connection.sendNotification("sopm/trust", {});
    await right;
  });

  test("count as they are typed", async () => {
    const uri = uriOf("sopm.json");
    const typed = findings("sopm.json", ["configuration-wrong 1"]);
    const checked = findings("one/Acme.sopm", ["file-not-found 4"]);
    const text = '{ "rules": { "file-not-found": "hint" }, "rulse": {} }';
    await client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "jsonc", version: 1, text },
    });
    await typed;
    await checked;
    const closed = findings("one/Acme.sopm", ["file-not-found 1"]);
    const right = findings("sopm.json", []);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await closed;
    await right;
  });
});
