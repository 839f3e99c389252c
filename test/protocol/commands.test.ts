import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ClientCapabilities, CodeAction, CodeLens, InitializeParams } from "vscode-languageserver";
import { databaseKinds } from "../../server/src/protocol/databases.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient, type PublishedDiagnostics } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A package with something in its database. */
const withTable = goodSpec.replace(
  "</Filelist>",
  `</Filelist>
    <DatabaseInstall>
        <TableCreate Name="acme"><Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true"/></TableCreate>
    </DatabaseInstall>`,
);

interface Shown {
  readonly type: number;
  readonly message: string;
}

/** An editor that knows nothing of us but the protocol, with a package in it. */
async function editor(
  context: TestContext,
  { spec = goodSpec, ...params }: Partial<InitializeParams> & { readonly spec?: string } = {},
) {
  const folder = temporaryFolder(context, { ...goodPackage, "Acme.sopm": spec });
  const client = new LanguageClient();
  context.after(() => client.stop());
  const shown: Shown[] = [];
  const progress: unknown[] = [];
  const made: unknown[] = [];
  client.connection.onNotification("window/showMessage", (each: Shown) => void shown.push(each));
  client.connection.onNotification("$/progress", (each) => void progress.push(each));
  client.connection.onRequest("window/workDoneProgress/create", ({ token }) => {
    made.push(token);
  });
  await client.initialize({ workspaceFolders: [{ uri: fileUri(folder), name: "ws" }], ...params });
  const uri = fileUri(join(folder, "Acme.sopm"));
  await client.open(uri, spec);
  const execute = (command: string, ...given: readonly unknown[]) =>
    client.request<string | null>("workspace/executeCommand", { command, arguments: given });
  return { client, folder, uri, shown, progress, made, execute };
}

test("the lenses of an editor without commands of its own are commands that the server announces", async (context) => {
  const { client, uri, execute } = await editor(context);
  const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  assert.deepEqual(
    lenses.map(({ command }) => command!.title),
    ["Dry run: install", "reinstall", "uninstall", "Preview SQL", "Build Package"],
  );
  const { commands } = client.capabilities.executeCommandProvider!;
  assert.deepEqual(commands, [
    "sopm.server.build",
    "sopm.server.dryRun",
    "sopm.server.previewSql",
    "sopm.server.setBaseFolder",
  ]);
  for (const { command } of lenses) {
    assert.ok(commands.includes(command!.command));
    assert.equal(typeof (await execute(command!.command, ...command!.arguments!)), "string");
  }
});

test("an editor with commands of its own is announced none", async (context) => {
  const { client } = await editor(context, { initializationOptions: { ownCommands: true } });
  assert.equal(client.capabilities.executeCommandProvider, undefined);
  assert.deepEqual(client.capabilities.codeLensProvider, {});
});

test("an archive has no lenses for what is done with specs", async (context) => {
  const { client } = await editor(context);
  // An editor that knows nothing of packages calls both XML.
  const uri = "untitled:Acme.opm";
  await client.open(uri, goodSpec, () => true, "xml");
  const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  assert.deepEqual(
    lenses.map(({ command }) => command!.title),
    ["Dry run: install", "reinstall", "uninstall"],
  );
});

test("the build command builds, says so, and gives the path", async (context) => {
  const { folder, uri, shown, progress, execute } = await editor(context);
  const path = join(folder, "Acme-1.0.0.opm");
  assert.equal(await execute("sopm.server.build", { uri }), path);
  assert.ok(existsSync(path));
  assert.deepEqual(shown, [{ type: 3, message: `Built ${path}.` }]);
  assert.deepEqual(progress, []);
});

test("it shows how far it is to those who want that", async (context) => {
  const capabilities: ClientCapabilities = { window: { workDoneProgress: true } };
  const { client, uri, progress, made, execute } = await editor(context, { capabilities });
  await execute("sopm.server.build", { uri });
  const kinds = () => progress.map((each) => (each as { value: { kind: string } }).value.kind);
  assert.equal(made.length, 1);
  assert.deepEqual([kinds()[0], kinds().at(-1)], ["begin", "end"]);
  progress.length = 0;
  await client.request("workspace/executeCommand", {
    command: "sopm.server.build",
    arguments: [{ uri }],
    workDoneToken: "mine",
  });
  assert.equal(made.length, 1);
  assert.ok(progress.every((each) => (each as { token: unknown }).token === "mine"));
  assert.deepEqual([kinds()[0], kinds().at(-1)], ["begin", "end"]);
});

test("a build that errors are in the way of says which, and is forced by a word", async (context) => {
  const spec = goodSpec.replace("Version>1.0.0<", "Version>1.0.x<");
  const { uri, shown, execute } = await editor(context, { spec });
  assert.equal(await execute("sopm.server.build", { uri }), null);
  assert.equal(shown[0]!.type, 2);
  assert.match(
    shown[0]!.message,
    /^“Acme\.sopm” was not built, because of these errors: Upgrades from or to this version go wrong/,
  );
  assert.match(shown[0]!.message, /With “force” it is built all the same/);
  assert.match((await execute("sopm.server.build", { uri, force: true })) ?? "", /\.opm$/);
});

test("a build that fails says why", async (context) => {
  const { folder, uri, shown, execute } = await editor(context);
  const outputFolder = join(folder, "not/there");
  assert.equal(await execute("sopm.server.build", { uri, outputFolder }), null);
  assert.equal(shown.length, 1);
  assert.equal(shown[0]!.type, 1);
  assert.match(shown[0]!.message, /not\/there/);
});

test("the dry run command says what it comes to, and gives the report in the form asked for", async (context) => {
  const { uri, shown, execute } = await editor(context);
  const markdown = await execute("sopm.server.dryRun", { uri });
  assert.match(markdown ?? "", /^# Dry run: install Acme 1\.0\.0 on Znuny 7\.1/);
  assert.equal(shown.length, 1);
  assert.equal(shown[0]!.type, 3);
  assert.match(
    shown[0]!.message,
    /^Dry run: install Acme .*\. Znuny 7\.1\.\d+ would do this, and no step fails\.$/,
  );
  const json = await execute("sopm.server.dryRun", {
    ...{ uri, format: "json", operation: "upgrade" },
    from: { kind: "version", version: "0.9.0" },
    system: { kind: "product", product: "Znuny 7.1.3" },
  });
  assert.equal(JSON.parse(json ?? "").operation, "upgrade");
});

test("a product that nobody knows is named to the reader", async (context) => {
  const { uri, shown, execute } = await editor(context);
  const system = { kind: "product", product: "Zammad 6" };
  assert.equal(await execute("sopm.server.dryRun", { uri, system }), null);
  assert.equal(shown[0]!.type, 1);
  assert.match(shown[0]!.message, /^“Zammad 6” is no product/);
});

test("the SQL command gives the statements for the database asked for", async (context) => {
  const { uri, shown, execute } = await editor(context, { spec: withTable });
  assert.match((await execute("sopm.server.previewSql", { uri })) ?? "", /CREATE TABLE acme/);
  const oracle = await execute("sopm.server.previewSql", { uri, database: "oracle" });
  assert.match(oracle ?? "", /NUMBER \(20, 0\)/);
  assert.equal(shown.length, 0);
});

test("the SQL of a closed spec is that of the same spec when it is open", async (context) => {
  const { client, folder, uri, shown, execute } = await editor(context, { spec: withTable });
  const closed = fileUri(join(folder, "Other.sopm"));
  writeFileSync(join(folder, "Other.sopm"), withTable);
  for (const settings of [{}, { dialect: "otrs-5" }]) {
    client.settings = settings;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    for (const database of databaseKinds) {
      const open = await execute("sopm.server.previewSql", { uri, database });
      assert.match(open ?? "", /CREATE TABLE acme/);
      assert.equal(await execute("sopm.server.previewSql", { uri: closed, database }), open);
    }
  }
  writeFileSync(join(folder, "Other.sopm"), "<otrs_package>");
  assert.match((await execute("sopm.server.previewSql", { uri: closed })) ?? "", /not well-formed/);
  assert.equal(shown.length, 0);
  writeFileSync(join(folder, "Other.sopm"), Buffer.from(`\ufeff${withTable}`, "utf16le"));
  assert.equal(await execute("sopm.server.previewSql", { uri: closed }), null);
  assert.match(shown[0]!.message, /in no encoding that the frameworks read/);
});

test("every command does with a closed spec what it does with an open one", async (context) => {
  const { folder, shown, execute } = await editor(context);
  const uri = fileUri(join(folder, "Closed.sopm"));
  writeFileSync(join(folder, "Closed.sopm"), withTable.replace("Acme<", "Closed<"));
  assert.match((await execute("sopm.server.dryRun", { uri })) ?? "", /^# Dry run: install Closed 1\.0\.0/);
  assert.match((await execute("sopm.server.previewSql", { uri })) ?? "", /CREATE TABLE acme/);
  assert.equal(await execute("sopm.server.build", { uri }), join(folder, "Closed-1.0.0.opm"));
  const setting = await execute("sopm.server.setBaseFolder", { uri, folder });
  assert.deepEqual(JSON.parse(setting ?? ""), { "sopm.baseFolder": { "Closed.sopm": folder } });
  const archive = fileUri(join(folder, "Closed-1.0.0.opm"));
  assert.match((await execute("sopm.server.dryRun", { uri: archive })) ?? "", /install Closed/);
  assert.match((await execute("sopm.server.previewSql", { uri: archive })) ?? "", /CREATE TABLE acme/);
  assert.ok(shown.every(({ type }) => type === 3));
});

test("what no command can be done to is refused, and it is said why", {
  skip: process.platform === "win32",
}, async (context) => {
  const { client, folder, uri, shown, execute } = await editor(context);
  const elsewhere = temporaryFolder(context, { "Acme.sopm": goodSpec });
  mkdirSync(join(folder, "Folder.sopm"));
  writeFileSync(join(folder, "notes.txt"), goodSpec);
  writeFileSync(join(folder, "Acme.opm"), goodSpec);
  execFileSync("mkfifo", [join(folder, "Pipe.sopm")]);
  symlinkSync("nowhere", join(folder, "Link.sopm"));
  const openArchive = "untitled:Open.opm";
  await client.open(openArchive, goodSpec, () => true, "opm");
  const beside = (name: string) => fileUri(join(folder, name));
  const both = ["sopm.server.dryRun", "sopm.server.previewSql"];
  const specs = ["sopm.server.build", "sopm.server.setBaseFolder"];
  const refused: readonly (readonly [uri: string, commands: readonly string[], message: RegExp])[] = [
    [beside("Gone.sopm"), [...both, ...specs], /Gone\.sopm” is not there any more/],
    [beside("Gone.opm"), both, /Gone\.opm” is not there any more/],
    [beside("Link.sopm"), [...both, ...specs], /Link\.sopm” is not there any more/],
    [beside("Folder.sopm"), [...both, ...specs], /Folder\.sopm” is a folder, a device or a pipe/],
    [beside("Pipe.sopm"), [...both, ...specs], /Pipe\.sopm” is a folder, a device or a pipe/],
    [beside("notes.txt"), both, /notes\.txt” is no package: its name ends neither in \.sopm nor in \.opm/],
    [beside("notes.txt"), specs, /notes\.txt” is no spec: its name does not end in \.sopm/],
    [fileUri(folder), specs, /” is no spec/],
    [beside("Acme.opm"), specs, /Acme\.opm” is an archive/],
    [openArchive, specs, /Open\.opm” is an archive/],
    [fileUri(join(elsewhere, "Acme.sopm")), [...both, ...specs], /nor in a folder of the workspace/],
    [`${beside("..")}/../etc/Acme.sopm`, [...both, ...specs], /nor in a folder of the workspace/],
    ["untitled:Closed.sopm", [...both, ...specs], /nor a file on this computer/],
    ["http://example.com/Acme.sopm", [...both, ...specs], /nor a file on this computer/],
    ["", [...both, ...specs], /nor a file on this computer/],
  ];
  for (const [named, commands, message] of refused) {
    for (const command of commands) {
      shown.length = 0;
      const told = `${command} ${named}`;
      const more = command === "sopm.server.setBaseFolder" ? { folder } : {};
      assert.equal(await execute(command, { uri: named, ...more }), null, told);
      assert.deepEqual([shown.length, shown[0]?.type], [1, 1], told);
      assert.match(shown[0]!.message, message, told);
    }
  }
  for (const [base, message] of [
    [join(folder, "gone"), /There is no folder “.*gone”/],
    [join(folder, "notes.txt"), /notes\.txt” is no folder/],
  ] as const) {
    shown.length = 0;
    assert.equal(await execute("sopm.server.setBaseFolder", { uri, folder: base }), null);
    assert.match(shown[0]!.message, message);
  }
});

test("an open spec is served wherever it lies", async (context) => {
  const { client, execute } = await editor(context);
  const uri = fileUri(join(temporaryFolder(context, { ...goodPackage, "Acme.sopm": goodSpec }), "Acme.sopm"));
  await client.open(uri, goodSpec);
  assert.match((await execute("sopm.server.dryRun", { uri })) ?? "", /^# Dry run/);
  assert.match((await execute("sopm.server.build", { uri })) ?? "", /\.opm$/);
});

test("commands and parameters that there are not get an error", async (context) => {
  const { uri, shown, execute } = await editor(context);
  await assert.rejects(execute("editor.action.triggerSuggest"), { code: -32602 });
  for (const given of [[], [null], ["x"], [{}], [{ uri, force: "yes" }], [[uri]]]) {
    await assert.rejects(execute("sopm.server.build", ...given), { code: -32602 }, JSON.stringify(given));
  }
  assert.deepEqual(shown, []);
});

test("the fix for files that are elsewhere sets the base folder while the server runs", async (context) => {
  const folder = temporaryFolder(context, {
    "meta/Acme.sopm": goodSpec,
    "meta/Other.sopm": goodSpec.replace("Acme<", "Other<").replace("7.1.x", "7.0.x"),
    "src/Kernel/System/Acme.pm": "1;\n",
  });
  const rules = { "spec-multiple": "off" };
  const shownBy = async (params: Partial<InitializeParams>) => {
    const client = new LanguageClient();
    client.settings = { rules };
    context.after(() => client.stop());
    const shown: Shown[] = [];
    client.connection.onNotification("window/showMessage", (each: Shown) => void shown.push(each));
    await client.initialize({ workspaceFolders: [{ uri: fileUri(folder), name: "ws" }], ...params });
    const uri = fileUri(join(folder, "meta/Acme.sopm"));
    const codesOf = ({ diagnostics }: PublishedDiagnostics) => `${diagnostics.map(({ code }) => code)}`;
    const { diagnostics } = await client.open(
      uri,
      goodSpec,
      (each) => codesOf(each) === "base-folder-elsewhere",
    );
    const [action] = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: diagnostics[0]!.range,
      context: { diagnostics },
    });
    return { client, shown, uri, command: action!.command!, title: action!.title };
  };
  const src = join(folder, "src");
  const own = await shownBy({ initializationOptions: { ownCommands: true } });
  assert.equal(own.title, "Make “../src” the base folder of this spec");
  assert.equal(own.command.command, "sopm.setBaseFolder");
  assert.deepEqual(own.command.arguments, [{ uri: own.uri, folder: src }]);

  const { client, shown, uri, command } = await shownBy({});
  const gone = client.diagnostics((each) => each.uri === uri && each.diagnostics.length === 0);
  const setting = await client.request<string>("workspace/executeCommand", command);
  await gone;
  assert.deepEqual(JSON.parse(setting), { "sopm.baseFolder": { "meta/Acme.sopm": src } });
  assert.ok(shown[0]!.message.endsWith(setting), shown[0]!.message);
  const built = client.request<string>("workspace/executeCommand", {
    command: "sopm.server.build",
    arguments: [{ uri }],
  });
  assert.ok(existsSync(await built));

  // The other spec is not open, and the setting is for both.
  const other = fileUri(join(folder, "meta/Other.sopm"));
  const allGone = client.diagnostics((each) => each.uri === other && each.diagnostics.length === 0);
  client.settings = { rules, baseFolder: { "*.sopm": "../src" } };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await allGone;
});
