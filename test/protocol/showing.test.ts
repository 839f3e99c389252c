import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type {
  CodeLens,
  InitializeParams,
  InlayHint,
  SemanticTokens,
  SemanticTokensDelta,
} from "vscode-languageserver";
import { tokenModifiers, tokenTypes } from "../../server/src/features/token-legend.ts";
import type { SqlPreviewResult } from "../../server/src/protocol/sql-preview.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const spec = goodSpec.replace(
  "</Filelist>",
  `</Filelist>
    <CodeUpgrade Type="post" Version="0.9.0"><![CDATA[1;]]></CodeUpgrade>
    <DatabaseInstall>
        <TableCreate Name="acme"><Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/></TableCreate>
    </DatabaseInstall>
    <DatabaseReinstall><TableDrop Name="acme"/></DatabaseReinstall>
    <DatabaseUninstall Type="post"><TableDrop Name="acme"/></DatabaseUninstall>`,
);
const lines = spec.split("\n");
const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };

const tellSize = (hints: readonly string[]) => hints.some((hint) => hint.endsWith("bytes"));

/** A client that can be told to ask again, and what it was told. */
async function editor(context: TestContext, more: Partial<InitializeParams> = {}) {
  const folder = temporaryFolder(context, { ...goodPackage, "Acme.sopm": spec });
  const client = new LanguageClient();
  context.after(() => client.stop());
  const refreshed: string[] = [];
  const waiting: { readonly what: string; readonly resolve: () => void }[] = [];
  for (const what of ["inlayHint", "semanticTokens", "codeLens"]) {
    client.connection.onRequest(`workspace/${what}/refresh`, () => {
      refreshed.push(what);
      for (const each of waiting) if (each.what === what) each.resolve();
      return null;
    });
  }
  const { capabilities } = fullClient;
  const refreshes = { refreshSupport: true };
  const workspace = {
    ...capabilities.workspace,
    ...{ inlayHint: refreshes, semanticTokens: refreshes, codeLens: refreshes },
  };
  await client.initialize({
    capabilities: { ...capabilities, workspace },
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    ...more,
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  await client.open(uri, spec);
  const ask = <Result>(method: string, params: object = {}) =>
    client.request<Result>(`textDocument/${method}`, { textDocument: { uri }, ...params });
  const refresh = (what: string): Promise<void> => new Promise((resolve) => waiting.push({ what, resolve }));
  /** An answer that is meant, however often the editor is told to ask again before. */
  const until = async <Result>(
    what: string,
    asked: () => Promise<Result>,
    isMeant: (result: Result) => boolean,
  ): Promise<Result> => {
    for (;;) {
      const told = refresh(what);
      const result = await asked();
      if (isMeant(result)) return result;
      await told;
    }
  };
  const hintsUntil = (isMeant: (hints: readonly string[]) => boolean) =>
    until(
      "inlayHint",
      () => ask<InlayHint[]>("inlayHint", { range: whole }),
      (hints) => isMeant(shown(hints)),
    );
  return { client, folder, uri, ask, until, hintsUntil, refreshed };
}

/** The hints, such as "12: never runs" for one on the line of that number. */
function shown(hints: readonly InlayHint[]): readonly string[] {
  return hints.map(({ position, label }) => `${position.line}: ${label}`);
}

function lineOf(text: string): number {
  return lines.findIndex((line) => line.includes(text));
}

test("hints are shown in the range that is asked for, each with more to say", async (context) => {
  const { client, ask, hintsUntil } = await editor(context);
  const hints = await hintsUntil(tellSize);
  assert.deepEqual(shown(hints), [
    `${lineOf("<Framework>")}: Znuny 7.1`,
    `${lineOf("<File ")}: 33 bytes`,
    `${lineOf("<CodeUpgrade")}: runs on upgrade from below 0.9.0`,
    `${lineOf("<DatabaseInstall>")}: Type="post"`,
    `${lineOf("<DatabaseReinstall>")}: never runs`,
  ]);
  const install = hints[3]!;
  const { position } = install;
  assert.deepEqual(install.textEdits, [
    { range: { start: position, end: position }, newText: ' Type="post"' },
  ]);
  assert.ok(hints.every(({ tooltip }) => tooltip === undefined));
  const { tooltip } = await client.request<InlayHint>("inlayHint/resolve", hints[4]);
  assert.deepEqual(tooltip, {
    kind: "markdown",
    value: "This section never runs: reinstalling touches no table.",
  });
  const line = lineOf("<DatabaseInstall>");
  const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  assert.deepEqual(shown(await ask("inlayHint", { range })), [`${line}: Type="post"`]);
});

test("a client that cannot ask for tooltips has them at once", async (context) => {
  const { client, ask } = await editor(context, { capabilities: { textDocument: { inlayHint: {} } } });
  assert.deepEqual(client.capabilities.inlayHintProvider, { resolveProvider: true });
  const hints = await ask<InlayHint[]>("inlayHint", { range: whole });
  assert.ok(hints.length > 0 && hints.every(({ tooltip, data }) => tooltip !== undefined && !data));
});

test("a hint of a text that was changed meanwhile keeps what it has", async (context) => {
  const { client, uri, ask } = await editor(context);
  const [hint] = await ask<InlayHint[]>("inlayHint", { range: whole });
  const at = { line: 1, character: 0 };
  await client.change(uri, [{ range: { start: at, end: at }, text: "\n" }]);
  assert.deepEqual(await client.request("inlayHint/resolve", hint), hint);
});

test("each kind of hints and lenses has a setting", async (context) => {
  const { client, ask, until, hintsUntil } = await editor(context);
  const before = await hintsUntil(tellSize);
  assert.ok(before.length > 1);
  await ask("codeLens");
  client.settings = {
    inlayHints: { phases: false, timing: false, releases: false },
    codeLens: { sections: false, operations: false },
  };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  const size = `${lineOf("<File ")}: 33 bytes`;
  await hintsUntil((hints) => hints.join() === size);
  const lenses = await until(
    "codeLens",
    () => ask<CodeLens[]>("codeLens"),
    ({ length }) => length === 2,
  );
  assert.deepEqual(
    lenses.map(({ command }) => command!.title),
    ["Preview SQL", "Upgrade path: 0.8.9 → 0.9.0 → 1.0.0"],
  );
});

test("when files change, the editor is told to ask for hints again, and for nothing that stays", async (context) => {
  const { client, folder, ask, hintsUntil, refreshed } = await editor(context);
  await hintsUntil(tellSize);
  await ask("semanticTokens/full");
  const path = join(folder, "Kernel/System/Acme.pm");
  const tell = (type: number) =>
    client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: fileUri(path), type }],
    });
  writeFileSync(path, "1;\n");
  await tell(2);
  await hintsUntil((hints) => hints.includes(`${lineOf("<File ")}: 3 bytes`));
  rmSync(path);
  await tell(3);
  await hintsUntil((hints) => !tellSize(hints));
  assert.ok(!refreshed.includes("semanticTokens"));
});

/** Tokens as "text type modifiers", as an editor reads them. */
function read(data: readonly number[], types: readonly string[], modifiers: readonly string[]): string[] {
  const tokens: string[] = [];
  let line = 0;
  let character = 0;
  for (let index = 0; index < data.length; index += 5) {
    const [lineDelta, delta, length, type, bits] = data.slice(index, index + 5) as [
      ...[number, number, number, number, number],
    ];
    line += lineDelta;
    character = lineDelta === 0 ? character + delta : delta;
    const text = lines[line]!.slice(character, character + length);
    const own = modifiers.filter((_, bit) => bits & (1 << bit));
    tokens.push([text, types[type], ...own].join(" "));
  }
  return tokens;
}

test("tokens are of our types for our extension, and of those of the protocol for others", async (context) => {
  const ours = await editor(context, { initializationOptions: { ownCommands: true } });
  const others = await editor(context);
  const legends = [ours, others].map(({ client }) => client.capabilities.semanticTokensProvider!.legend);
  assert.deepEqual(legends[0], {
    tokenTypes: tokenTypes.map(({ name }) => name),
    tokenModifiers: tokenModifiers.map(({ name }) => name),
  });
  assert.ok(legends[1]!.tokenTypes.every((type) => !type.endsWith("Tag")));
  const { data } = await ours.ask<SemanticTokens>("semanticTokens/full");
  const tokens = read(data, legends[0]!.tokenTypes, legends[0]!.tokenModifiers);
  for (const token of [
    "otrs_package packageTag",
    "0.9.0 versionGate",
    "acme databaseTable declaration",
    "DatabaseReinstall databaseTag dead",
    "acme databaseTable dead",
  ])
    assert.ok(tokens.includes(token), `${token} is not in ${tokens.join(", ")}`);
  const line = lineOf("<DatabaseReinstall>");
  const part = await others.ask<SemanticTokens>("semanticTokens/range", {
    range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
  });
  assert.deepEqual(read(part.data, legends[1]!.tokenTypes, legends[1]!.tokenModifiers), [
    "DatabaseReinstall struct deprecated",
    "TableDrop struct deprecated",
    "acme class deprecated",
    "DatabaseReinstall struct deprecated",
  ]);
});

test("after a change only what is different is sent", async (context) => {
  const { client, uri, ask } = await editor(context);
  const delta = (previousResultId: string) =>
    ask<SemanticTokens | SemanticTokensDelta>("semanticTokens/full/delta", { previousResultId });
  const first = await ask<SemanticTokens>("semanticTokens/full");
  const same = (await delta(first.resultId!)) as SemanticTokensDelta;
  assert.deepEqual(same.edits, []);
  const line = lineOf("<CodeUpgrade");
  const at = { line, character: lines[line]!.indexOf("0.9.0") };
  await client.change(uri, [{ range: { start: at, end: at }, text: "1" }]);
  const changed = (await delta(same.resultId!)) as SemanticTokensDelta;
  const data = [...first.data];
  assert.equal(changed.edits.length, 1);
  for (const { start, deleteCount, data: added = [] } of changed.edits) {
    assert.ok(added.length < 30, `${added}`);
    data.splice(start, deleteCount, ...added);
  }
  assert.deepEqual(data, (await ask<SemanticTokens>("semanticTokens/full")).data);
  const unknown = (await delta("of another server")) as SemanticTokens;
  assert.deepEqual(unknown.data, data);
});

test("lenses of sections are commands of the extension for it, and of the server for others", async (context) => {
  const ours = await editor(context, { initializationOptions: { ownCommands: true } });
  const others = await editor(context);
  const lensesAt = async ({ ask }: typeof ours, line: number) =>
    (await ask<CodeLens[]>("codeLens")).filter(({ range }) => range.start.line === line);
  const line = lineOf("<DatabaseInstall>");
  const { uri } = ours;
  const install = (await lensesAt(ours, line)).map(({ command }) => command!);
  assert.deepEqual(install.slice(0, 2), [
    { title: "Dry run: install", command: "sopm.dryRunInstall", arguments: [uri] },
    {
      title: "SQL of this section",
      command: "sopm.previewSql",
      arguments: [
        uri,
        {
          start: { line, character: 4 },
          end: { line: line + 2, character: 4 + "</DatabaseInstall>".length },
        },
      ],
    },
  ]);
  assert.deepEqual(
    (await lensesAt(ours, lineOf("<CodeUpgrade"))).map(({ command }) => command!.arguments)[0],
    [uri, { kind: "version", version: "0.8.9" }],
  );
  const [findings] = await lensesAt(ours, lineOf("<DatabaseReinstall>"));
  assert.match(findings!.command!.title, /^\d findings?$/);
  assert.equal(findings!.command!.command, "sopm.showFindings");

  const { commands } = others.client.capabilities.executeCommandProvider!;
  const lenses = await others.ask<CodeLens[]>("codeLens");
  assert.ok(lenses.some(({ range }) => range.start.line === line));
  for (const { command } of lenses) {
    assert.ok(commands.includes(command!.command), command!.command);
    const result = await others.client.request("workspace/executeCommand", command!);
    assert.equal(typeof result, "string", command!.title);
  }
});

test("the SQL of a section is that of it alone", async (context) => {
  const { client, uri } = await editor(context);
  const preview = async (section: object) =>
    (await client.request<SqlPreviewResult>("sopm/sqlPreview", { uri, section })).text;
  const install = await preview({ line: lineOf("<DatabaseInstall>"), character: 4 });
  assert.match(install, /CREATE TABLE/);
  assert.doesNotMatch(install, /DROP/);
  const uninstall = await preview({ line: lineOf("<DatabaseUninstall"), character: 40 });
  assert.match(uninstall, /DROP/);
  assert.doesNotMatch(uninstall, /CREATE/);
  assert.match(await preview({ line: 0, character: 0 }), /CREATE.*DROP/s);
});

test("clients that show neither hints nor tokens are offered none", async (context) => {
  const { client } = await editor(context, { capabilities: {} });
  const { inlayHintProvider, semanticTokensProvider } = client.capabilities;
  assert.deepEqual([inlayHintProvider, semanticTokensProvider], [undefined, undefined]);
});
