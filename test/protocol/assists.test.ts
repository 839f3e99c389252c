import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { CodeAction, CreateFile, ResourceOperationKind, TextDocumentEdit } from "vscode-languageserver";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const spec = goodSpec.replace(
  "</Filelist>",
  `</Filelist>
    <CodeInstall Type="post"><![CDATA[
        $Kernel::OM->Get('Kernel::System::Cache')->CleanUp();
    ]]></CodeInstall>`,
);
const lines = spec.split("\n");

/**
 * The refactorings at the start of what a line holds, and the folder of the package.
 *
 * @param until what is waited for, because the server does not wait for the disk; absent for the first answer
 */
async function refactorings(
  context: TestContext,
  at: string,
  {
    only = ["refactor"],
    operations = ["create", "rename", "delete"] as ResourceOperationKind[],
    until = (_actions: readonly CodeAction[]): boolean => true,
  } = {},
) {
  const folder = temporaryFolder(context, { ...goodPackage, "Acme.sopm": spec });
  const client = new LanguageClient();
  context.after(() => client.stop());
  const { capabilities } = fullClient;
  const { workspace } = capabilities;
  const workspaceEdit = { documentChanges: true, resourceOperations: operations };
  await client.initialize({
    capabilities: { ...capabilities, workspace: { ...workspace, workspaceEdit } },
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  await client.open(uri, spec);
  const line = lines.findIndex((each) => each.includes(at));
  const position = { line, character: lines[line]!.indexOf(at) + 1 };
  const ask = () =>
    client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [], only },
    });
  let actions = await ask();
  while (!until(actions)) actions = await ask();
  return { actions, folder, uri };
}

test("protocol: code moves to a setup module in one edit, which makes the file and calls it", async (context) => {
  const isMove = ({ title }: CodeAction) => title.startsWith("Move the code");
  const { actions, folder, uri } = await refactorings(context, "<CodeInstall", {
    until: (offered) => offered.some(isMove),
  });
  const move = actions.find(isMove);
  assert.equal(move?.kind, "refactor.rewrite");
  const [create, written, changed] = move!.edit!.documentChanges as [
    CreateFile,
    TextDocumentEdit,
    TextDocumentEdit,
  ];
  const module = fileUri(join(folder, "var/packagesetup/Acme.pm"));
  assert.deepEqual([create.kind, create.uri, written.textDocument.uri], ["create", module, module]);
  assert.equal(changed.textDocument.uri, uri);
  assert.equal(changed.edits.length, 2);
});

test("protocol: an editor that makes no files is not offered to move code", async (context) => {
  const { actions } = await refactorings(context, "<CodeInstall", { operations: ["rename"] });
  assert.deepEqual(
    actions.filter(({ title }) => title.startsWith("Move the code")),
    [],
  );
});

test("protocol: refactorings are left out when fixes alone are asked for", async (context) => {
  const { actions } = await refactorings(context, "<Version>", { only: ["quickfix"] });
  assert.deepEqual(
    actions.filter(({ kind }) => kind?.startsWith("refactor")),
    [],
  );
  const { actions: raising } = await refactorings(context, "<Version>");
  assert.equal(raising.filter(({ title }) => title.startsWith("Raise the version")).length, 3);
});
