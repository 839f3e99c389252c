import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { notificationShapes, requestShapes } from "../../server/src/lsp/message-shapes.ts";
import { paths } from "../../server/src/node/paths.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient, serverBundle } from "../support/language-client.ts";
import { MemoryDisk, MemoryFileSystem } from "../support/memory-file-system.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { pullingClient } from "../support/pulling-editor.ts";
import { RawClient, type RawMessage, type RawTalk, RawTalkHere } from "../support/raw-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const shapes = requestShapes(paths);

/** Values of every kind that no parameter should be mistaken for. */
const oddValues: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, 2 ** 53, "", "\0", "x".repeat(10_000), "constructor", "../../etc"],
  ...[
    "untitled:x",
    "http://example.com/x.sopm",
    "vscode-vfs://github/x.sopm",
    "file:///%zz",
    "file:///a%00b",
  ],
  ...["file://host/share/x.opm", "file:", "%", "\ud800", [], [null], {}, { kind: "x" }, { __proto__: null }],
];

/** URIs that lie on no disk of ours, or nowhere at all. */
const strangeUris = oddValues.filter((value): value is string => typeof value === "string");

/** Everything a client can send, with parameters that are right. */
function goodParameters(folder: string): Readonly<Record<string, unknown>> {
  const uri = fileUri(join(folder, "Acme.sopm"));
  const textDocument = { uri };
  const position = { line: 4, character: 8 };
  const range = { start: position, end: { line: 5, character: 2 } };
  const formatting = { tabSize: 4, insertSpaces: true };
  const about = { textDocument, position, workDoneToken: "t", partialResultToken: 1 };
  const sandbox = join(folder, "storage/sandboxes/box");
  const dryRun = {
    uri,
    operation: "install",
    system: { kind: "product", product: "Znuny 7.1.3" },
    from: { kind: "text", text: goodSpec, origin: "v0" },
    force: true,
    assume: { "code CodeInstall#1": "fails" },
    documented: true,
    workspacePackages: true,
    filesMayHaveChanged: true,
  };
  const listed = fileUri(join(folder, "Kernel/System/Acme.pm"));
  const renamedFiles = { files: [{ oldUri: listed, newUri: fileUri(join(folder, "Kernel/System/New.pm")) }] };
  const deletedFiles = { files: [{ uri: listed }] };
  return {
    "textDocument/hover": about,
    "textDocument/documentSymbol": { textDocument },
    "textDocument/foldingRange": { textDocument },
    "textDocument/documentLink": { textDocument },
    "textDocument/codeLens": { textDocument },
    "textDocument/inlayHint": { textDocument, range },
    "inlayHint/resolve": { position, label: "x", data: { uri, version: 1, kind: "phases", about: 40 } },
    "textDocument/semanticTokens/full": { textDocument },
    "textDocument/semanticTokens/full/delta": { textDocument, previousResultId: "1" },
    "textDocument/semanticTokens/range": { textDocument, range },
    "textDocument/documentHighlight": about,
    "textDocument/definition": about,
    "workspace/symbol": { query: "acme" },
    "textDocument/prepareRename": { ...about, position: { line: 2, character: 12 } },
    "textDocument/rename": { ...about, position: { line: 2, character: 12 }, newName: "Other" },
    "textDocument/references": { ...about, context: { includeDeclaration: true } },
    "textDocument/linkedEditingRange": about,
    "textDocument/selectionRange": { textDocument, positions: [position] },
    "textDocument/codeAction": { textDocument, range, context: { diagnostics: [], only: ["quickfix"] } },
    "textDocument/formatting": { textDocument, options: formatting, workDoneToken: "t" },
    "textDocument/rangeFormatting": { textDocument, range, options: formatting },
    "textDocument/onTypeFormatting": { textDocument, position, ch: ">", options: formatting },
    "textDocument/completion": { ...about, context: { triggerKind: 2, triggerCharacter: "<" } },
    "completionItem/resolve": {
      label: "Name",
      data: {
        ...{ dialect: "znuny-7", element: "Insert", attribute: "Table", uri },
        name: { kind: "table", name: "users", owner: "" },
      },
    },
    "textDocument/diagnostic": { textDocument, previousResultId: "x" },
    "workspace/diagnostic": { previousResultIds: [{ uri, value: "x" }] },
    "workspace/executeCommand": { command: "sopm.server.dryRun", arguments: [{ uri }], workDoneToken: "t" },
    "sopm/autoClose": { uri, position },
    "sopm/bumpVersion": { uri, part: "minor", text: "Say more." },
    "sopm/commitSubjects": { uri },
    "sopm/fileFixes": { uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
    "sopm/sqlPreview": { uri, database: "oracle", section: position },
    "sopm/introPreview": { uri },
    "sopm/perlView": { uri, position },
    "sopm/databaseDiagram": { uri, version: "1.0.0", withHistory: true },
    "sopm/exportDatabaseDiagram": { uri, version: "1.0.0", format: "svg", theme: "dark" },
    "sopm/upgradeMatrix": { uri, versionsMayHaveChanged: true },
    "sopm/exportUpgradeMatrix": { uri, format: "markdown" },
    // A file is no folder to be served, and no server is started.
    "sopm/serve": { folder: join(folder, "Acme.sopm"), port: 0 },
    "sopm/stopServing": {},
    "sopm/begunReleases": { folders: [fileUri(folder)] },
    "sopm/release": {
      ...{ uri, action: "ask", raise: "minor", changeLog: "New.", tag: false, index: false, force: false },
    },
    // The settings name none, and nothing is started.
    "sopm/runOnTestSystem": { uri, operation: "install", system: "box", readsLog: false },
    "sopm/testSystemTask": { system: "box", task: "clear-caches" },
    "sopm/phases": { uri },
    "sopm/runPhase": { uri, system: "box", section: "CodeInstall", phase: "post", from: "1.0.0" },
    "sopm/linkPackage": { uri, system: "box", work: "link", perform: true },
    "sopm/runUnitTests": { system: "box", run: "1", files: ["scripts/test/Acme.t"] },
    "sopm/newPackageChoices": {},
    "sopm/newPackage": {
      ...{ folder: join(folder, "new"), name: "AcmeNew", vendor: "Acme", products: ["Znuny 7.1"] },
      ...{ url: "https://acme.example/", license: "MIT", parts: ["module"], checkOnly: true },
    },
    // The sandbox knows no repository and does not come to know one, so that nothing is asked of anybody.
    "sopm/repositories": {},
    "sopm/offers": { folder: sandbox, source: "Ours" },
    "sopm/fetchRepositories": {
      folder: sandbox,
      proxy: { address: "http://127.0.0.1:1", exceptFor: [], authorization: "" },
      workDoneToken: "t",
    },
    "sopm/changeRepositories": {
      folder: join(folder, "absent"),
      add: { location: join(folder, "absent"), name: "A", vendor: "", isRoot: false },
      drop: "x",
    },
    "sopm/order": { folder: sandbox, wanted: { kind: "package", name: "A" } },
    "sopm/performOrder": { folder: sandbox, wanted: { kind: "all" }, agreed: [] },
    "sopm/offeredArchive": { folder: sandbox, source: join(folder, "absent"), file: "A.opm" },
    "sopm/build": { uri, force: true, outputFolder: join(folder, "out"), workDoneToken: 5 },
    "sopm/dryRun": dryRun,
    // For a sandbox nothing is executed, and no engine is started.
    "sopm/verify": {
      uri,
      operations: ["install"],
      database: "embedded",
      system: { kind: "sandbox", folder },
    },
    "sopm/exportDryRun": { ...dryRun, format: "json" },
    "sopm/systems": { uri },
    "sopm/scenarios": { uri },
    "sopm/trials": { uri },
    "sopm/runTrial": { uri, trial: "Znuny 7.1.7/install/", filesMayHaveChanged: true },
    "sopm/createSandbox": { name: "other", framework: { kind: "product", product: "Znuny 7.1.3" } },
    "sopm/applyToSandbox": {
      uri,
      operation: "install",
      folder: sandbox,
      force: false,
      assume: { x: "succeeds" },
      workDoneToken: "t",
    },
    "sopm/sandboxOperations": { folder: sandbox },
    "sopm/undoInSandbox": { folder: sandbox, to: 0, workDoneToken: "t" },
    "sopm/repairSandbox": { folder: sandbox },
    "sopm/dropSandbox": { folder: join(folder, "no sandbox") },
    "sopm/deployCheck": { folder: sandbox },
    "sopm/setBaseFolder": { uri, folder: sandbox },
    "sopm/frameworkText": { uri: "sopm-framework:/users.xml?Znuny%207.1.7" },
    "sopm/nowhere": { uri, position },
    "sopm/changeFileList": { uris: [listed], change: "add", specs: [uri] },
    "sopm/fileBadges": {},
    "sopm/checkDatabases": {},
    "sopm/unlistedFiles": { uri },
    "sopm/archive": { of: { kind: "installed", folder: sandbox, name: "Acme" } },
    "sopm/archiveContent": { of: { kind: "file", uri: fileUri(join(folder, "Acme.opm")) }, file: 0 },
    "sopm/comparePackages": { before: { kind: "file", uri }, after: { kind: "file", uri } },
    "sopm/editArchive": {
      of: { kind: "file", uri: fileUri(join(folder, "Acme.opm")) },
      folder: join(folder, "edited"),
      force: false,
    },
    "sopm/sandboxPackages": { folder: sandbox },
    "sopm/sandboxDetails": { folder: sandbox },
    "sopm/outlook": {
      uri,
      system: { kind: "sandbox", folder: sandbox },
      operations: ["fitting", "uninstall"],
    },
    "sopm/shownIntro": { uri, operation: "install", phase: "pre" },
    "sopm/packages": {},
    "sopm/packageContents": { uri },
    "sopm/versions": { uri },
    "sopm/versionText": { uri, version: "1.0.0" },
    "workspace/willRenameFiles": renamedFiles,
    "workspace/willDeleteFiles": deletedFiles,
    "$/cancelRequest": { id: 1 },
    "$/setTrace": { value: "off" },
    "textDocument/didOpen": { textDocument: { uri, languageId: "sopm", version: 1, text: goodSpec } },
    "textDocument/didChange": {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: "<x" }],
    },
    "textDocument/didClose": { textDocument },
    "textDocument/didSave": { textDocument },
    "workspace/didChangeConfiguration": { settings: { sopm: {} } },
    "workspace/didChangeWatchedFiles": { changes: [{ uri, type: 1 }] },
    "workspace/didChangeWorkspaceFolders": {
      event: { added: [{ uri: fileUri(folder), name: "x" }], removed: [{ uri: "file:///gone", name: "y" }] },
    },
    "workspace/didRenameFiles": renamedFiles,
    "workspace/didDeleteFiles": deletedFiles,
    "sopm/trust": {},
    initialized: {},
  };
}

/** The value with each of its parts in turn replaced by odd ones, and left out. */
function* damaged(value: unknown, odd = oddValues): Iterable<unknown> {
  yield* odd;
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const without = Array.isArray(value) ? [...value, part] : { ...value, [key]: undefined };
    yield without;
    for (const each of damaged(part, odd)) {
      yield Array.isArray(value) ? value.with(Number(key), each) : { ...value, [key]: each };
    }
  }
}

function packageFolder(context: TestContext): string {
  const folder = temporaryFolder(context, goodPackage);
  mkdirSync(join(folder, "out"));
  mkdirSync(join(folder, "storage"));
  return folder;
}

/** What is answered to clients that ask for findings, which are told to this one. */
const notOffered: readonly string[] = ["textDocument/diagnostic", "workspace/diagnostic"];

/** What a client can ask that does nothing special. */
const offered = Object.keys(shapes).filter(
  (method) => method !== "initialize" && method !== "shutdown" && !notOffered.includes(method),
);

async function started(context: TestContext, folder: string, more: object = {}): Promise<RawClient> {
  const client = new RawClient(context);
  await begin(client, folder, more);
  return client;
}

async function begin(client: RawTalk, folder: string, more: object = {}): Promise<void> {
  await client.initialize({
    initializationOptions: {
      trusted: false,
      locale: "en",
      storageFolder: join(folder, "storage"),
      ownCommands: true,
    },
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    capabilities: { ...fullClient.capabilities, workspace: { workspaceFolders: true } },
    ...more,
  });
  client.open(fileUri(join(folder, "Acme.sopm")), goodSpec);
  await client.request("sopm/createSandbox", {
    name: "box",
    framework: { kind: "product", product: "Znuny 7.1.3" },
  });
}

/** A folder with the package and a server that has it open. */
interface Scene {
  readonly folder: string;
  readonly client: RawTalk;
}

const scenes = {
  async "on the disk"(context: TestContext): Promise<Scene> {
    const folder = packageFolder(context);
    return { folder, client: await started(context, folder) };
  },
  async "in memory"(context: TestContext): Promise<Scene> {
    const folder = "/ws";
    const files = new MemoryFileSystem(new MemoryDisk());
    await files.makeFolders([{ path: folder }, { path: `${folder}/storage` }]);
    const placed = Object.entries(goodPackage).map(([path, text]) => [`${folder}/${path}`, text]);
    const { texts, knowledge } = nodeWorld();
    const disk = filesOf(new MemoryWorkspace(Object.fromEntries(placed)));
    const world = memoryWorld({ texts, knowledge, ...disk, files: () => files });
    const client = new RawTalkHere(context, world);
    await begin(client, folder);
    return { folder, client };
  },
};

const isFull = process.env.SOPM_FULL === "1";

/**
 * Where something is tried: in memory, and in a process on the disk if that says more there, such as of paths that no
 * system takes, or all is wanted.
 */
function scenesFor(isReal: boolean) {
  const wanted = isReal || isFull ? scenes : { "in memory": scenes["in memory"] };
  return Object.entries(wanted);
}

/** Every request was answered once, and the next one still is. */
async function assertAnswered(client: RawTalk, ids: readonly number[]): Promise<void> {
  for (const id of ids) await client.answer(id);
  const uri = "untitled:Good.sopm";
  client.open(uri, goodSpec);
  const { result } = await client.request("textDocument/hover", {
    textDocument: { uri },
    position: { line: 4, character: 8 },
  });
  assert.match(JSON.stringify(result), /Framework/);
  for (const id of ids) assert.equal(client.answersTo(id), 1);
}

test("parameters are known for everything that is answered or heard", (context) => {
  const known = Object.keys(goodParameters(packageFolder(context)));
  const wanted = [...Object.keys(shapes), ...Object.keys(notificationShapes)];
  assert.deepEqual(wanted.filter((method) => !known.includes(method)).sort(), [
    "exit",
    "initialize",
    "shutdown",
  ]);
});

/** A renaming that cannot be is refused with an error, as the protocol has it. */
function isRefusal({ code }: { readonly code: number }): boolean {
  return code === -32803;
}

/** Requests whose names are not those that they are announced by. */
const announcedElsewhere: Readonly<Record<string, string>> = {
  documentFormattingProvider: "textDocument/formatting",
  documentRangeFormattingProvider: "textDocument/rangeFormatting",
  documentOnTypeFormattingProvider: "textDocument/onTypeFormatting",
  workspaceSymbolProvider: "workspace/symbol",
};

test("what the server announces is what it answers", async (context) => {
  const folder = packageFolder(context);
  const client = await started(context, folder);
  const { result } = client.received.find(({ id }) => id === 1)!;
  const { capabilities } = result as { readonly capabilities: Readonly<Record<string, unknown>> };
  for (const name of Object.keys(capabilities).filter((each) => each.endsWith("Provider"))) {
    const method = announcedElsewhere[name] ?? `textDocument/${name.replace("Provider", "")}`;
    assert.ok(Object.hasOwn(shapes, method) || Object.hasOwn(shapes, `${method}/full`), method);
  }
  const parameters = goodParameters(folder);
  for (const method of offered) {
    const { error } = await client.request(method, parameters[method]);
    assert.equal(error, undefined, method);
  }
  assert.equal((await client.stop()).stderr, "");
});

for (const [where, start] of scenesFor(true))
  test(`each request with odd parameters gets one answer, and only those of a wrong shape an error, ${where}`, async (context) => {
    const { folder, client } = await start(context);
    const parameters = goodParameters(folder);
    // A disk is asked for texts only.
    const odd = where === "on the disk" && !isFull ? strangeUris : oddValues;
    const asked = new Map<number, string>();
    for (const method of offered) {
      for (const params of damaged(parameters[method], odd)) {
        const shown = JSON.stringify(params)?.slice(0, 300);
        asked.set(client.ask(method, params), `${method} ${shown}`);
      }
    }
    await assertAnswered(client, [...asked.keys()]);
    for (const [id, request] of asked) {
      const { error } = await client.answer(id);
      assert.ok(
        error === undefined || error.code === -32602 || isRefusal(error),
        `${request}: ${JSON.stringify(error)}`,
      );
    }
    const mistakes = client.received.filter(({ method }) => method === "window/logMessage");
    assert.deepEqual(
      mistakes.map(({ params }) => params?.message),
      [],
    );
    assert.equal((await client.stop()).stderr, "");
  });

test("questions for findings with odd parameters get one answer", async (context) => {
  const folder = packageFolder(context);
  const client = await started(context, folder, {
    capabilities: { ...pullingClient, workspace: { diagnostics: { refreshSupport: true } } },
  });
  const parameters = goodParameters(folder);
  const asked = notOffered.flatMap((method) =>
    [...damaged(parameters[method])].map((params) => {
      const id = client.ask(method, params);
      // There may be nothing to say for ever.
      if (method === "workspace/diagnostic") client.notify("$/cancelRequest", { id });
      return id;
    }),
  );
  await assertAnswered(client, asked);
  for (const id of asked) {
    const { error } = await client.answer(id);
    assert.ok(error === undefined || error.code === -32602 || error.code === -32800, JSON.stringify(error));
  }
  assert.equal((await client.stop()).stderr, "");
});

for (const [where, start] of scenesFor(false))
  test(`notifications with odd parameters are passed over, and change nothing, ${where}`, async (context) => {
    const { folder, client } = await start(context);
    const parameters = goodParameters(folder);
    for (const method of Object.keys(notificationShapes)) {
      if (method === "exit") continue;
      for (const params of damaged(parameters[method])) client.notify(method, params);
    }
    await assertAnswered(client, []);
    for (const { params } of client.received.filter(({ method }) => method === "window/logMessage")) {
      assert.match(String(params?.message), /^A notification was dropped: /);
    }
    assert.equal((await client.stop()).stderr, "");
  });

for (const [where, start] of scenesFor(false))
  test(`documents of any URI are served, and questions about those that are not open are answered, ${where}`, async (context) => {
    const { folder, client } = await start(context);
    const ids: number[] = [];
    for (const uri of strangeUris) {
      for (const isOpen of [true, false]) {
        if (isOpen) client.open(uri, goodSpec.replace("</Vendor>", ""));
        const parameters = JSON.parse(
          JSON.stringify(goodParameters(folder)).replaceAll(
            JSON.stringify(fileUri(join(folder, "Acme.sopm"))),
            () => JSON.stringify(uri),
          ),
        ) as Readonly<Record<string, unknown>>;
        for (const method of offered) ids.push(client.ask(method, parameters[method]));
        if (isOpen) {
          await client.message(
            ({ method, params }) => method === "textDocument/publishDiagnostics" && params?.uri === uri,
          );
          client.notify("textDocument/didClose", { textDocument: { uri } });
        }
      }
    }
    await assertAnswered(client, ids);
    for (const id of ids) {
      const { error } = await client.answer(id);
      assert.ok(error === undefined || isRefusal(error), JSON.stringify(error));
    }
    const mistakes = client.received.filter(({ method }) => method === "window/logMessage");
    assert.deepEqual(
      mistakes.map(({ params }) => params?.message),
      [],
    );
    assert.equal((await client.stop()).stderr, "");
  });

for (const [where, start] of scenesFor(false))
  test(`changes of any order, place and version lead to the text that they say, ${where}`, async (context) => {
    const { client } = await start(context);
    const uri = "untitled:Changed.sopm";
    const change = (version: number, ...contentChanges: readonly unknown[]) =>
      client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
    const at = (line: number, character: number) => ({ line, character });
    change(5, { text: "never opened" });
    client.open(uri, "<a>1</a>");
    change(7, { range: { start: at(0, 4), end: at(0, 3) }, text: "2" });
    change(3, { range: { start: at(9999, 9999), end: at(1e15, 1e15) }, text: "\n<!-- end -->" });
    change(3);
    change(-1, { range: { start: at(1, 9999), end: at(0, 8) }, text: "" });
    client.open(uri, "<a>\ud800</a>");
    change(1, { range: { start: at(0, 4), end: at(0, 3) }, text: "<b>" }, { text: goodSpec });
    const { result } = await client.request("textDocument/documentSymbol", { textDocument: { uri } });
    assert.match(JSON.stringify(result), /Acme 1\.0\.0/);
    client.notify("textDocument/didClose", { textDocument: { uri } });
    client.notify("textDocument/didClose", { textDocument: { uri } });
    change(9, { text: "closed" });
    assert.equal((await client.request("textDocument/foldingRange", { textDocument: { uri } })).result, null);
    const published = client.received.filter(
      ({ method, params }) => method === "textDocument/publishDiagnostics" && params?.uri === uri,
    );
    assert.deepEqual(published.at(-1)?.params?.diagnostics, []);
    assert.equal((await client.stop()).stderr, "");
  });

test("a server whose own files and folder are taken away answers all the same", async (context) => {
  const missing = /A part of SOPM is missing|Ein Teil von SOPM fehlt/;
  for (const [locale, isUsed] of [
    ["en", false],
    ["de", false],
    // Then it has read its data, and the thread that builds is what it misses.
    ["en", true],
  ] as const) {
    const home = temporaryFolder(context);
    // Other processes keep compiled code there, and what they are writing may be gone the next moment.
    const isLasting = (path: string) => !path.endsWith(".tmp");
    cpSync(dirname(serverBundle), join(home, "dist"), { recursive: true, filter: isLasting });
    const folder = packageFolder(context);
    const client = new RawClient(context, { server: join(home, "dist/server.js"), cwd: join(home, "dist") });
    await client.initialize({ locale, initializationOptions: { storageFolder: join(folder, "storage") } });
    const parameters = goodParameters(folder);
    const open = () => client.open(fileUri(join(folder, "Acme.sopm")), goodSpec);
    const use = async () => {
      open();
      for (const method of ["textDocument/hover", "textDocument/completion", "sopm/frameworkText"])
        await client.request(method, parameters[method]);
      await client.message(({ method }) => method === "textDocument/publishDiagnostics");
    };
    if (isUsed) await use();
    rmSync(home, { recursive: true });
    open();
    const build = await client.request("sopm/build", parameters["sopm/build"]);
    assert.match(JSON.stringify(build.result), missing);
    const ids: number[] = [];
    for (const method of Object.keys(shapes)) {
      if (method !== "initialize" && method !== "shutdown") ids.push(client.ask(method, parameters[method]));
    }
    for (const id of ids) await client.answer(id);
    for (const id of ids) assert.equal(client.answersTo(id), 1);
    // A reader who has asked for nothing is told once, and once more of the command that was asked for.
    const isTold = ({ method }: RawMessage) => method === "window/showMessage";
    if (!isUsed) assert.match(JSON.stringify(await client.message(isTold)), missing);
    assert.equal(client.received.filter(isTold).length, isUsed ? 1 : 2);
    assert.equal((await client.stop()).stderr, "");
  }
});
