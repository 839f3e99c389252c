import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type {
  CodeAction,
  CodeActionOptions,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  Hover,
  InitializeParams,
  SymbolInformation,
} from "vscode-languageserver";
import { goodSpec } from "../support/cli-package.ts";
import {
  fileUri,
  fullClient,
  LanguageClient,
  type PublishedDiagnostics,
} from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const clients = { full: fullClient.capabilities, plain: {} } as const;

interface Opened {
  readonly client: LanguageClient;
  readonly uri: string;
  readonly published: PublishedDiagnostics;
  ask<Result>(method: string, params?: object): Promise<Result>;
}

/** Opens a text in an editor that can do something, and is gone after the test. */
async function opened(
  context: TestContext,
  params: Partial<InitializeParams>,
  text = goodSpec,
  until: (published: PublishedDiagnostics) => boolean = () => true,
): Promise<Opened> {
  const client = new LanguageClient();
  context.after(() => client.stop());
  await client.initialize(params);
  const uri = fileUri(join(temporaryFolder(context), "Acme.sopm"));
  const published = await client.open(uri, text, until);
  const ask = <Result>(method: string, more: object = {}) =>
    client.request<Result>(method, { textDocument: { uri }, ...more });
  return { client, uri, published, ask };
}

const atVersion = { line: 3, character: 6 };

test("a hover is Markdown for those who show it, and plain text for others", async (context) => {
  const [full, plain] = await Promise.all(
    Object.values(clients).map(async (capabilities) => {
      const { ask } = await opened(context, { capabilities });
      return (await ask<Hover>("textDocument/hover", { position: atVersion })).contents;
    }),
  );
  assert.ok(typeof full === "object" && "kind" in full && typeof plain === "object" && "kind" in plain);
  assert.equal(full.kind, "markdown");
  assert.match(full.value, /^\*\*`<Version>`\*\* /);
  assert.match(full.value, /^```xml$/m);
  assert.equal(plain.kind, "plaintext");
  assert.match(plain.value, /^<Version> /);
  assert.doesNotMatch(plain.value, /`|\*\*/);
  assert.equal(plain.value, full.value.replace(/```(xml)?\n?|`|\*\*/g, "").trimEnd());
});

test("an outline is a tree, or a list that says what each entry is in", async (context) => {
  const { ask } = await opened(context, { capabilities: clients.full });
  const [root] = await ask<DocumentSymbol[]>("textDocument/documentSymbol");
  assert.equal(root!.name, "Acme 1.0.0");
  const names = (symbols: readonly DocumentSymbol[]): string[] =>
    symbols.flatMap(({ name, children }) => [name, ...names(children ?? [])]);

  const flat = await opened(context, { capabilities: clients.plain });
  const list = await flat.ask<SymbolInformation[]>("textDocument/documentSymbol");
  assert.deepEqual(
    list.map(({ name }) => name),
    names([root!]),
  );
  assert.deepEqual(list[0], {
    name: "Acme 1.0.0",
    kind: root!.kind,
    location: { uri: flat.uri, range: root!.range },
  });
  assert.equal(list[1]!.containerName, "Acme 1.0.0");
});

const withTable = goodSpec.replace(
  "</Filelist>",
  `</Filelist>
    <DatabaseInstall>
        <TableCreate Name="acme"><Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/></TableCreate>
    </DatabaseInstall>`,
);

test("kinds that the first protocol did not have go only to those who know them", async (context) => {
  const kindsOf = async (capabilities: InitializeParams["capabilities"]) => {
    const { ask } = await opened(context, { capabilities }, withTable);
    const symbols = await ask<readonly (DocumentSymbol | SymbolInformation)[]>("textDocument/documentSymbol");
    const all = (each: DocumentSymbol | SymbolInformation): number[] => [
      each.kind,
      ...(("children" in each && each.children) || []).flatMap(all),
    ];
    const list = await ask<CompletionList>("textDocument/completion", {
      position: { line: 14, character: 31 },
    });
    return { symbols: symbols.flatMap(all), items: list.items.map(({ kind }) => kind ?? 0) };
  };
  const full = await kindsOf(clients.full);
  assert.ok(Math.max(...full.symbols) > 18, `${full.symbols}`);
  const plain = await kindsOf(clients.plain);
  assert.equal(plain.symbols.length, full.symbols.length);
  assert.ok(Math.max(...plain.symbols) <= 18, `${plain.symbols}`);
  assert.ok(Math.max(0, ...plain.items) <= 18, `${plain.items}`);
});

test("a completion has tab stops for those who go through them, and is plain text for others", async (context) => {
  const item = async (params: Partial<InitializeParams>) => {
    const text = goodSpec.replace("    <Filelist>", "    <\n    <Filelist>");
    const { ask } = await opened(context, params, text);
    const { items } = await ask<CompletionList>("textDocument/completion", {
      position: { line: 10, character: 5 },
      context: { triggerKind: 2, triggerCharacter: "<" },
    });
    const found = items.find(({ label }) => /^<?CodeInstall/.test(label));
    assert.ok(found, `${items.map(({ label }) => label)}`);
    assert.ok(items.every(({ command }) => command === undefined || params.initializationOptions));
    const resolved = await ask<CompletionItem>("completionItem/resolve", found);
    return { ...resolved, newText: found.textEdit!.newText };
  };
  const full = await item({ capabilities: clients.full });
  assert.equal(full.insertTextFormat, 2);
  assert.equal(full.insertTextMode, 2);
  assert.match(full.newText, /\$\{?\d/);
  assert.equal((full.documentation as { kind: string }).kind, "markdown");
  const plain = await item({ capabilities: clients.plain });
  assert.equal(plain.insertTextFormat, 1);
  assert.equal(plain.insertTextMode, undefined);
  assert.match(plain.newText, /CodeInstall Type="post"><!\[CDATA/);
  assert.doesNotMatch(plain.newText, /\$\{?\d|\\/);
  assert.equal((plain.documentation as { kind: string }).kind, "plaintext");
});

test("only our own extension is told to ask again after a completion", async (context) => {
  const commands = async (initializationOptions: object) => {
    const text = goodSpec.replace(/<File [^>]*>/, "<File />");
    const { ask } = await opened(context, { initializationOptions }, text);
    const { items } = await ask<CompletionList>("textDocument/completion", {
      position: { line: 11, character: 14 },
      context: { triggerKind: 1 },
    });
    assert.ok(items.length > 0);
    return items.flatMap(({ command }) => command?.command ?? []);
  };
  assert.ok((await commands({ ownCommands: true })).includes("editor.action.triggerSuggest"));
  assert.deepEqual(await commands({}), []);
});

const wrong = goodSpec.replace('Location="Kernel', 'Location="/Kernel');
const isAbsolute = ({ code }: Diagnostic) => code === "file-absolute";
const isMisnamed = ({ code }: Diagnostic) => code === "spec-filename-mismatch";

test("an edit is for one version of the document where the client knows such edits", async (context) => {
  const textDocument = clients.full.textDocument!;
  const edits = async (workspaceEdit: object) => {
    const { ask, uri, published } = await opened(
      context,
      { capabilities: { workspace: { workspaceEdit }, textDocument } },
      wrong,
      ({ diagnostics }) => diagnostics.some(isAbsolute),
    );
    const diagnostic = published.diagnostics.find(isAbsolute)!;
    const actions = await ask<CodeAction[]>("textDocument/codeAction", {
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    const { edit } = actions.find(({ isPreferred }) => isPreferred)!;
    return { edit, uri, expected: [{ range: diagnostic.range, newText: "" }] };
  };
  const versioned = await edits({ documentChanges: true });
  assert.deepEqual(versioned.edit, {
    documentChanges: [{ textDocument: { uri: versioned.uri, version: 1 }, edits: versioned.expected }],
  });
  const others = await edits({});
  assert.deepEqual(others.edit, { changes: { [others.uri]: others.expected } });
});

test("a file gets another name from an edit where the client knows such edits", async (context) => {
  const actions = async (resourceOperations: readonly string[]) => {
    const workspaceEdit = { documentChanges: true, resourceOperations };
    const { ask, uri, published } = await opened(
      context,
      { capabilities: { workspace: { workspaceEdit }, textDocument: clients.full.textDocument! } } as Pick<
        InitializeParams,
        "capabilities"
      >,
      goodSpec.replace(/<Name>\w+/, "<Name>AcmeOther"),
      ({ diagnostics }) => diagnostics.some(isMisnamed),
    );
    const diagnostic = published.diagnostics.find(isMisnamed)!;
    const offered = await ask<CodeAction[]>("textDocument/codeAction", {
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    return { uri, offered: offered.filter(({ title }) => /^(Rename|Write) /.test(title)) };
  };
  const able = await actions(["create", "rename"]);
  assert.deepEqual(
    able.offered.map(({ title }) => title),
    ["Rename the file to AcmeOther.sopm", "Write “Acme”"],
  );
  const newUri = able.uri.replace(/[^/]*$/, "AcmeOther.sopm");
  assert.deepEqual(able.offered[0]!.edit, {
    documentChanges: [{ kind: "rename", oldUri: able.uri, newUri }],
  });
  const unable = await actions(["create"]);
  assert.deepEqual(
    unable.offered.map(({ title, isPreferred }) => [title, isPreferred]),
    [["Write “Acme”", false]],
  );
});

test("fixes, rewriting and changes of the whole document are offered to those who take more than commands", async (context) => {
  const { client } = await opened(context, { capabilities: clients.full });
  const { codeActionKinds } = client.capabilities.codeActionProvider as CodeActionOptions;
  // An editor takes a kind to stand for those that begin like it, so that each must be below one that it knows.
  const known = ["quickfix", "refactor.rewrite", "source"];
  const isBelow = (kind: string, above: string) => kind === above || kind.startsWith(`${above}.`);
  for (const kind of codeActionKinds!)
    assert.ok(
      known.some((above) => isBelow(kind, above)),
      kind,
    );
  for (const asked of ["quickfix", "refactor.rewrite", "source.fixAll"])
    assert.ok(
      codeActionKinds!.some((kind) => isBelow(kind, asked)),
      asked,
    );
  const { client: plain } = await opened(context, { capabilities: clients.plain });
  assert.equal(plain.capabilities.codeActionProvider, undefined);
});

test("findings have a version, a page and a tag for those who know of these", async (context) => {
  const text = wrong.replace("<Vendor>", "<Vendor></Vendor>\n    <Vendor>");
  const seen = async (capabilities: InitializeParams["capabilities"]) => {
    const { published } = await opened(context, { capabilities }, text);
    return published;
  };
  const full = await seen(clients.full);
  assert.equal(full.version, 1);
  assert.match(full.diagnostics[0]!.codeDescription!.href, /\.md$/);
  const plain = await seen(clients.plain);
  assert.equal(plain.diagnostics.length, full.diagnostics.length);
  assert.ok(!("version" in plain));
  for (const each of plain.diagnostics) assert.ok(!("codeDescription" in each) && !("tags" in each));
});

test("changes of settings and folders are asked for where the client says that it tells them", async (context) => {
  const registered = async (capabilities: InitializeParams["capabilities"]) => {
    const client = new LanguageClient();
    context.after(() => client.stop());
    const methods: string[] = [];
    client.connection.onRequest("client/registerCapability", ({ registrations }) => {
      methods.push(...registrations.map(({ method }: { method: string }) => method));
    });
    await client.initialize({ capabilities });
    await client.open("untitled:Acme.sopm", goodSpec);
    return { methods, folders: client.capabilities.workspace?.workspaceFolders };
  };
  const full = await registered(clients.full);
  assert.deepEqual(full.methods, ["workspace/didChangeConfiguration"]);
  assert.deepEqual(full.folders, { supported: true, changeNotifications: true });
  assert.deepEqual(await registered(clients.plain), { methods: [], folders: undefined });
});

test("settings that a client sends by itself count where it cannot be asked", async (context) => {
  const { client, uri, published } = await opened(
    context,
    { capabilities: clients.plain },
    wrong,
    ({ diagnostics }) => diagnostics.some(isAbsolute),
  );
  assert.ok(published.diagnostics.some(isAbsolute));
  const silenced = client.diagnostics((each) => each.uri === uri && !each.diagnostics.some(isAbsolute));
  await client.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: { sopm: { rules: { "file-absolute": "off" } } },
  });
  await silenced;
});

test("capabilities that are nonsense count as none", async (context) => {
  const odd: readonly object[] = [
    { workspace: null, textDocument: 1 },
    { textDocument: { hover: { contentFormat: 7 } } },
  ];
  for (const capabilities of odd) {
    const { ask } = await opened(context, { capabilities });
    const { contents } = await ask<Hover>("textDocument/hover", { position: atVersion });
    assert.equal((contents as { kind: string }).kind, "plaintext");
  }
});

/** A package that lacks its one file, open in an editor that knows so. */
async function openedPackage(context: TestContext, didChangeWatchedFiles: object) {
  const folder = temporaryFolder(context, { "Acme.sopm": goodSpec, "Kernel/System/Other.pm": "1;\n" });
  const client = new LanguageClient();
  context.after(() => client.stop());
  const registered: { method: string; registerOptions: unknown }[] = [];
  client.connection.onRequest("client/registerCapability", ({ registrations }) => {
    registered.push(...registrations);
  });
  await client.initialize({ capabilities: { workspace: { didChangeWatchedFiles } } });
  const uri = fileUri(join(folder, "Acme.sopm"));
  const file = join(folder, "Kernel/System/Acme.pm");
  const sees = (isMissing: boolean) =>
    client.diagnostics(
      (each) =>
        each.uri === uri && each.diagnostics.some(({ code }) => code === "file-not-found") === isMissing,
    );
  const missing = sees(true);
  await client.open(uri, goodSpec);
  await missing;
  return { client, uri, file, sees, registered };
}

test("files are watched where the client does it, and looked at when a document is saved", async (context) => {
  const { client, uri, file, sees, registered } = await openedPackage(context, { dynamicRegistration: true });
  const watching = registered.filter(({ method }) => method === "workspace/didChangeWatchedFiles");
  assert.deepEqual(
    watching.map(({ registerOptions }) => registerOptions),
    [{ watchers: [{ globPattern: "**/*" }] }],
  );
  const { save } = client.capabilities.textDocumentSync as { readonly save?: unknown };
  assert.equal(save, true);
  const there = sees(false);
  writeFileSync(file, "1;\n");
  await client.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  await there;
});

test("files that come and go are seen although the client does not watch any", async (context) => {
  const { file, sees, registered } = await openedPackage(context, {});
  assert.deepEqual(registered, []);
  const there = sees(false);
  writeFileSync(file, "1;\n");
  await there;
  const missing = sees(true);
  rmSync(file);
  await missing;
});
