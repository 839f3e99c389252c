import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import type { CompletionItem, InlayHint } from "vscode-languageserver";
import { docsPage } from "../../server/src/node/data-file.ts";
import { ruleTexts } from "../../server/src/node/rule-texts.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { bareWorld } from "../support/bare-world.ts";
import { hostileSpecs } from "../support/hostile-specs.ts";
import { serverInProcess, type TalkingServer } from "../support/server-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { serverInWorker } from "./start-in-worker.ts";

const root = join(import.meta.dirname, "../..");
const dataFolder = join(root, "server/src/knowledge/data");

/** What ships with SOPM, which an extension in a browser would fetch first. */
const shipped = {
  knowledge: Object.fromEntries(
    readdirSync(dataFolder).map((name) => [
      name.replace(/\.txt$/, ""),
      readFileSync(join(dataFolder, name), "utf8"),
    ]),
  ),
  german: JSON.parse(readFileSync(join(root, "l10n/bundle.l10n.de.json"), "utf8")),
  ruleTexts: ruleTexts(),
  rulePages: pathToFileURL(docsPage("rules/")).href,
};

const spec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.0.0</Version>
    <Framework>7.1.x</Framework>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://acme.example/</URL>
    <License>MIT</License>
    <ChangeLog Version="1.0.0" Date="2024-05-02 10:00:00">First release.</ChangeLog>
    <Description Lang="en">Contracts &amp; more.</Description>
    <PackageRequired Version="1.0.0">Fred</PackageRequired>
    <Filelist>
        <File Permission="660" Location="Kernel/System/Acme.pm"/>
        <File Permission="666" Location="Kernel/System/Ticket.pm"/>
        <File Permission="660" Location="Kernel/Config/Files/XML/Acme.xml"/>
    </Filelist>
    <IntroInstall Type="post" Title="Thanks" Format="html"><![CDATA[<b>Done</b><script>x</script>]]></IntroInstall>
    <CodeInstall Type="post"><![CDATA[$Kernel::OM->Get('Kernel::System::Acme')->Install();]]></CodeInstall>
    <DatabaseInstall>
        <TableCreate Name="acme_contract">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
            <Column Name="title" Required="true" Size="200" Type="VARCHAR"/>
            <Column Name="title" Required="false" Size="9000" Type="VARCHAR"/>
        </TableCreate>
    </DatabaseInstall>
</otrs_package>
`;

/** A spec that nobody opens, with a mistake. */
const closedSpec = spec.replaceAll("Acme", "Other").replace("<License>MIT</License>", "<License/>");

const files = {
  "Acme.sopm": spec,
  "Other.sopm": closedSpec,
  "Kernel/System/Ticket.pm": "package Kernel::System::Ticket;\n1;\n",
  "Kernel/Config/Files/XML/Acme.xml": "<otrs_config/>\n",
};

const missing = "Kernel/System/Acme.pm";

interface Place {
  readonly folder: string;
  readonly storageFolder: string;
  /** Puts a file on the disk that the server sees. */
  readonly write: (path: string, text: string) => Promise<void>;
}

/** All that a server says while an author works. */
async function talk(server: TalkingServer, { folder, storageFolder, write }: Place) {
  const { client } = server;
  const heard: [string, unknown][] = [["initialize", server.initialized]];
  const uri = pathToFileURL(join(folder, "Acme.sopm")).href;
  const closed = pathToFileURL(join(folder, "Other.sopm")).href;
  const textDocument = { uri };
  const ask = async <Answer>(method: string, params: unknown): Promise<Answer> => {
    const answer: Answer = await client.sendRequest(method, params);
    heard.push([method, answer]);
    return answer;
  };

  await server.until(() => server.published(closed)?.includes("file-not-found") === true);
  heard.push(["closed", server.last(closed)]);
  await server.open(uri, spec);
  const isMissed = () => server.published(uri)?.includes("file-not-found") === true;
  // What was found before it was opened has no version.
  await server.until(() => server.last(uri)?.version === 1 && isMissed());
  const found = server.last(uri);
  heard.push(["findings", found]);

  const lines = spec.split("\n");
  for (const [line, text] of lines.entries()) {
    for (const character of [5, Math.floor(text.length / 2), text.length - 1]) {
      const about = { textDocument, position: { line, character: Math.max(character, 0) } };
      await ask("textDocument/hover", about);
      const list = await ask<{ items: CompletionItem[] } | CompletionItem[] | null>(
        "textDocument/completion",
        about,
      );
      const [first] = Array.isArray(list) ? list : (list?.items ?? []);
      if (first) await ask("completionItem/resolve", first);
      await ask("textDocument/documentHighlight", about);
      await ask("textDocument/definition", about);
      await ask("textDocument/references", { ...about, context: { includeDeclaration: true } });
    }
  }
  const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
  await ask("textDocument/codeAction", {
    textDocument,
    range: whole,
    context: { diagnostics: found?.diagnostics },
  });
  for (const name of ["documentSymbol", "foldingRange", "documentLink", "codeLens"]) {
    await ask(`textDocument/${name}`, { textDocument });
  }
  const [hint] =
    (await ask<InlayHint[] | null>("textDocument/inlayHint", { textDocument, range: whole })) ?? [];
  if (hint) await ask("inlayHint/resolve", hint);
  for (const [name, more] of [
    ["full", {}],
    ["range", { range: whole }],
    ["full/delta", { previousResultId: "1" }],
  ] as const)
    await ask(`textDocument/semanticTokens/${name}`, { textDocument, ...more });
  for (const database of ["mysql", "postgresql", "oracle"]) await ask("sopm/sqlPreview", { uri, database });

  const sandbox = join(storageFolder, "sandboxes/box");
  const framework = { kind: "product", product: "Znuny 7.1.3" };
  await ask("sopm/createSandbox", { name: "box", framework });
  for (const operation of ["install", "upgrade", "reinstall", "uninstall"]) {
    const from = { kind: "text", text: spec.replace("1.0.0", "0.9.0"), origin: "v0.9.0" };
    const params = { uri, operation, ...(operation === "upgrade" ? { from } : {}) };
    await ask("sopm/dryRun", params);
    await ask("sopm/dryRun", { ...params, system: { kind: "sandbox", folder: sandbox }, documented: true });
    for (const format of ["markdown", "json"]) await ask("sopm/exportDryRun", { ...params, format });
  }

  await write(join(folder, missing), "package Kernel::System::Acme;\n1;\n");
  await client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: pathToFileURL(join(folder, missing)).href, type: 1 }],
  });
  await server.until(() => !isMissed());
  heard.push(["findings when the file is there", server.last(uri)]);

  const built = await ask<{ milliseconds?: number }>("sopm/build", { uri, force: true });
  delete built.milliseconds;
  await ask("sopm/dryRun", { uri: uri.replace(".sopm", "-1.0.0.opm"), operation: "install" });
  for (const folder of [sandbox, undefined]) {
    await ask("sopm/applyToSandbox", { uri, operation: "install", folder, force: true });
  }
  await ask("sopm/dryRun", { uri, operation: "uninstall", system: { kind: "sandbox", folder: sandbox } });
  await ask("sopm/sandboxOperations", { folder: sandbox });
  await ask("sopm/deployCheck", { folder: sandbox });
  await ask("sopm/undoInSandbox", { folder: sandbox, to: 0 });
  await ask("sopm/systems", { uri });
  return heard;
}

for (const locale of ["en", "de"]) {
  test(`a server without Node says the same as one with it, byte for byte (${locale})`, async (context) => {
    const folder = temporaryFolder(context, files);
    const storageFolder = temporaryFolder(context);
    const params = {
      locale,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "ws" }],
      initializationOptions: { storageFolder, ownCommands: true },
    };
    const { clock, machine, schemaValidator } = bareWorld();
    const onNode = await serverInProcess(
      context,
      { ...nodeWorld(), clock, machine, schemaValidator },
      params,
    );
    const inWorker = await serverInWorker(
      context,
      {
        ...shipped,
        files: Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text])),
        folders: foldersTo(storageFolder),
      },
      params,
    );
    const write = async (path: string, text: string) => writeFileSync(path, text);
    const expected = await talk(onNode, { folder, storageFolder, write });
    const said = await talk(inWorker, { folder, storageFolder, write: inWorker.write });
    assert.equal(said.length, expected.length);
    for (const [index, [about, answer]] of said.entries()) {
      assert.equal(JSON.stringify(answer), JSON.stringify(expected[index]![1]), `${index}: ${about}`);
    }
  });
}

test("specs made to hurt are answered alike with and without Node", async (context) => {
  const { clock, machine, schemaValidator } = bareWorld();
  const servers = [
    await serverInProcess(context, { ...nodeWorld(), clock, machine, schemaValidator }),
    await serverInWorker(context, { ...shipped, files: {}, folders: [] }),
  ];
  for (const [name, write] of Object.entries(hostileSpecs)) {
    const uri = `untitled:${encodeURIComponent(name)}.sopm`;
    const text = write(10);
    const [onNode, inWorker] = await Promise.all(
      servers.map(async ({ client, last, open, until }) => {
        await open(uri, text);
        await until(() => last(uri) !== undefined);
        const said = [last(uri)];
        said.push(await client.sendRequest("textDocument/documentSymbol", { textDocument: { uri } }));
        said.push(await client.sendRequest("sopm/sqlPreview", { uri, database: "mysql" }));
        said.push(await client.sendRequest("sopm/dryRun", { uri, operation: "install" }));
        return JSON.stringify(said);
      }),
    );
    assert.ok(inWorker === onNode, name);
  }
});

/** A folder and those that it lies in, the outermost first. */
function foldersTo(path: string): readonly string[] {
  const names = path.split("/").slice(1);
  return names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
}
