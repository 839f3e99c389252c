import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { CompletionList, DocumentSymbol, FoldingRange, Hover } from "vscode-languageserver";
import { goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const settings = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="2.0" init="Application">
    <Setting Name="Acme::On" Required="0" Valid="1">
        <Description Translatable="1">Switches it on.</Description>
        <Navigation>Core::Acme</Navigation>
        <Value><Item ValueType="String">x</Item></Value>
    </Setting>
</otrs_config>
`;
const registered = ["completion", "hover", "documentSymbol", "foldingRange"].map(
  (each) => `textDocument/${each}`,
);

test("settings files are completed and explained where editors open them as XML, and other files are not", async (context) => {
  const location = "Kernel/Config/Files/XML/Acme.xml";
  const folder = temporaryFolder(context, {
    "Acme.sopm": goodSpec.replace(
      "</Filelist>",
      `<File Permission="660" Location="${location}"/></Filelist>`,
    ),
    [location]: settings,
  });
  const client = new LanguageClient();
  context.after(() => client.stop());
  const asked: { method: string; registerOptions?: { documentSelector?: unknown } }[] = [];
  client.connection.onRequest("client/registerCapability", ({ registrations }) => {
    asked.push(...registrations);
    return null;
  });
  const dynamicRegistration = true;
  const { textDocument } = fullClient.capabilities;
  await client.initialize({
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    capabilities: {
      ...fullClient.capabilities,
      textDocument: {
        ...textDocument,
        synchronization: { dynamicRegistration },
        completion: { ...textDocument?.completion, dynamicRegistration },
        hover: { ...textDocument?.hover, dynamicRegistration },
        documentSymbol: { ...textDocument?.documentSymbol, dynamicRegistration },
        foldingRange: { dynamicRegistration },
      },
    },
  });
  // What the server asks for it asks for before it answers anything.
  const spec = fileUri(join(folder, "Acme.sopm"));
  await client.open(spec, goodSpec);
  for (const method of registered) {
    const selector = asked.find((each) => each.method === method)?.registerOptions?.documentSelector;
    assert.deepEqual(selector, [{ scheme: "file", pattern: "**/Kernel/Config/Files/**/*.xml" }], method);
  }

  const uri = fileUri(join(folder, location));
  const open = (at: string, text: string) =>
    client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: at, languageId: "xml", version: 1, text },
    });
  await open(uri, settings);
  const ask = <Result>(method: string, at: string, line: number, character: number) =>
    client.request<Result | null>(method, { textDocument: { uri: at }, position: { line, character } });
  const types = await ask<CompletionList>("textDocument/completion", uri, 5, 32);
  assert.deepEqual(
    types?.items.slice(0, 2).map(({ label }) => label),
    ["String", "Checkbox"],
  );
  assert.deepEqual(types?.items[0]?.documentation, { kind: "markdown", value: "One line of text." });
  const shown = await ask<Hover>("textDocument/hover", uri, 4, 12);
  assert.match(JSON.stringify(shown?.contents), /Where administrators find the setting/);
  const about = { textDocument: { uri } };
  const symbols = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", about);
  assert.deepEqual(
    symbols.map(({ name, detail }) => [name, detail]),
    [["Acme::On", "Core::Acme"]],
  );
  const folds = await client.request<FoldingRange[]>("textDocument/foldingRange", about);
  assert.deepEqual(
    folds.map(({ startLine, endLine }) => [startLine, endLine]),
    [
      [1, 6],
      [2, 5],
    ],
  );

  const foreign = fileUri(join(folder, "Kernel/Config/Files/pom.xml"));
  await open(foreign, "<project>\n<name>\n\n</name>\n</project>\n");
  for (const method of registered) assert.equal(await ask(method, foreign, 1, 2), null, method);
});
