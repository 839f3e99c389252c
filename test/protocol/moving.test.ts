import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import type {
  DocumentHighlight,
  InitializeParams,
  Location,
  LocationLink,
  Position,
  Range,
  SymbolInformation,
  WorkspaceEdit,
} from "vscode-languageserver";
import { goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient, LanguageClient } from "../support/language-client.ts";

const setup = "package var::packagesetup::Acme;\n\nsub CodeInstall { return 1; }\n\n1;\n";
const settings =
  '<otrs_config version="2.0" init="Application">\n<Setting Name="Acme::On" Required="0" Valid="1"><Value><Item ValueType="String">x</Item></Value></Setting>\n</otrs_config>\n';

/** A package that defines all kinds of names, closed, with a mistake so that something is said of it. */
const acme = goodSpec
  .replace(
    "    </Filelist>",
    `        <File Permission="660" Location="var/packagesetup/Acme.pm"/>
        <File Permission="660" Location="Kernel/Config/Files/XML/Acme.xml"/>
    </Filelist>
    <DatabaseInstall Type="post">
        <TableCreate Name="acme_item">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
            <Column Name="owner" Required="false" Type="INTEGER"/>
        </TableCreate>
    </DatabaseInstall>`,
  )
  .replace("<Vendor>Acme Inc.</Vendor>", "");

/** A package that uses them, open. */
const two = goodSpec.replaceAll("Acme<", "Two<").replace(
  "    <Filelist>",
  `    <PackageRequired Version="1.0.0">Acme</PackageRequired>
    <CodeInstall Type="post"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();
        my $On = $Kernel::OM->Get('Kernel::Config')->Get('Acme::On');
        # user_id is read by code.
    ]]></CodeInstall>
    <DatabaseInstall Type="post">
        <TableAlter Name="acme_item"><ColumnAdd Name="user_id" Required="false" Type="INTEGER"/></TableAlter>
        <Insert Table="acme_item"><Data Key="owner">1</Data></Insert>
        <Insert Table="users"><Data Key="login" Type="Quote">x</Data></Insert>
        <Insert Table="acme_none"><Data Key="x">1</Data></Insert>
    </DatabaseInstall>
    <Filelist>`,
);

const files: Readonly<Record<string, string>> = {
  "acme/Acme.sopm": acme,
  "acme/Kernel/System/Acme.pm": "package Kernel::System::Acme;\n1;\n",
  "acme/var/packagesetup/Acme.pm": setup,
  "acme/Kernel/Config/Files/XML/Acme.xml": settings,
  "two/Two.sopm": two,
};

/** What stands at a place of a file below the folder, as “file: text”. */
function written(folder: string, uri: string, { start, end }: Range): string {
  const name = Object.keys(files).find((each) => fileUri(join(folder, each)) === uri);
  if (name === undefined) return uri;
  const lines = files[name]!.split("\n");
  return `${name}: ${start.line === end.line ? lines[start.line]!.slice(start.character, end.character) : "…"}`;
}

/** Where a text stands in the open spec, some characters further on. */
function placeIn(text: string, part: string, further = 1): Position {
  const before = text.slice(0, text.indexOf(part) + further).split("\n");
  assert.ok(text.includes(part), part);
  return { line: before.length - 1, character: before.at(-1)!.length };
}

function withCapabilities(textDocument: object, initializationOptions = {}): Partial<InitializeParams> {
  const { capabilities } = fullClient;
  const { workspace } = capabilities;
  return {
    capabilities: {
      ...capabilities,
      textDocument: { ...capabilities.textDocument, ...textDocument },
      workspace: {
        ...workspace,
        workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
      },
    },
    initializationOptions,
  };
}

for (const [editor, params, isOurs] of [
  [
    "our own extension",
    withCapabilities(
      { definition: { linkSupport: true }, rename: { prepareSupport: true } },
      { ownCommands: true },
    ),
    true,
  ],
  ["another editor", withCapabilities({}), false],
] as const) {
  describe(`moving in ${editor}, over stdio`, () => {
    let client: LanguageClient;
    let folder: string;
    let uri: string;
    const messages: string[] = [];

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "sopm-moving-"));
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      uri = fileUri(join(folder, "two/Two.sopm"));
      client = new LanguageClient();
      client.connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
        messages.push(message);
      });
      // Names are read before closed specs are checked.
      const checked = client.diagnostics((each) => each.uri === fileUri(join(folder, "acme/Acme.sopm")));
      await client.initialize({ ...params, workspaceFolders: [{ uri: fileUri(folder), name: "ws" }] });
      await Promise.all([checked, client.open(uri, two)]);
    });

    after(async () => {
      await client.stop();
      rmSync(folder, { recursive: true });
    });

    async function definitionOf(part: string, further = 1): Promise<readonly string[]> {
      const found = await client.request<(Location | LocationLink)[] | null>("textDocument/definition", {
        textDocument: { uri },
        position: placeIn(two, part, further),
      });
      return (found ?? []).map((each) => {
        if (!("targetUri" in each)) return written(folder, each.uri, each.range);
        assert.ok(each.originSelectionRange);
        return written(folder, each.targetUri, each.targetSelectionRange);
      });
    }

    test("definitions lead to other packages, their files, and the spec itself", async () => {
      assert.deepEqual(await definitionOf(">Acme</PackageRequired>"), ["acme/Acme.sopm: Acme"]);
      assert.deepEqual(await definitionOf('"acme_item"><Data', 3), ["acme/Acme.sopm: acme_item"]);
      assert.deepEqual(await definitionOf('"owner">1'), ["acme/Acme.sopm: owner"]);
      assert.deepEqual(await definitionOf("packagesetup::Acme"), [
        "acme/var/packagesetup/Acme.pm: var::packagesetup::Acme",
      ]);
      assert.deepEqual(await definitionOf("CodeInstall();"), ["acme/var/packagesetup/Acme.pm: CodeInstall"]);
      assert.deepEqual(await definitionOf("Acme::On"), ["acme/Kernel/Config/Files/XML/Acme.xml: Acme::On"]);
      assert.deepEqual(await definitionOf('"user_id"'), ["two/Two.sopm: user_id"]);
      assert.deepEqual(await definitionOf("<Vendor>"), []);
    });

    test("references are found in all specs", async () => {
      const found = await client.request<Location[]>("textDocument/references", {
        textDocument: { uri },
        position: placeIn(two, '"acme_item"><Data', 3),
        context: { includeDeclaration: true },
      });
      assert.deepEqual(
        found.map((each) => written(folder, each.uri, each.range)),
        ["two/Two.sopm: acme_item", "two/Two.sopm: acme_item", "acme/Acme.sopm: acme_item"],
      );
    });

    test("names are found in the whole workspace by some of their letters", async () => {
      const found = async (query: string) =>
        (await client.request<SymbolInformation[]>("workspace/symbol", { query })).map(
          ({ name, containerName, location }) =>
            [name, containerName ?? "", written(folder, location.uri, location.range)].join(" | "),
        );
      assert.deepEqual(await found("acmit"), ["acme_item |  | acme/Acme.sopm: acme_item"]);
      assert.deepEqual(await found("user_id"), ["user_id | acme_item | two/Two.sopm: user_id"]);
      assert.deepEqual((await found("System::Acme")).sort(), [
        "Kernel::System::Acme |  | acme/Kernel/System/Acme.pm: ",
        `Kernel::System::Acme |  | ${fileUri(join(folder, "two/Kernel/System/Acme.pm"))}`,
      ]);
    });

    test("a rename changes all specs, and says so where it has to be looked at first", async () => {
      const textDocument = { uri };
      const position = placeIn(two, '"acme_item"><Data', 3);
      const prepared = await client.request("textDocument/prepareRename", { textDocument, position });
      assert.deepEqual(prepared, {
        range: {
          start: { ...position, character: position.character - 2 },
          end: { ...position, character: position.character + 7 },
        },
        placeholder: "acme_item",
      });
      const edit = await client.request<WorkspaceEdit>("textDocument/rename", {
        ...{ textDocument, position },
        newName: "acme_thing",
      });
      assert.deepEqual(
        edit.documentChanges?.map((change) => {
          assert.ok("edits" in change);
          const { textDocument: changed, edits } = change;
          return [
            changed.version,
            ...edits.map(
              (each) =>
                `${written(folder, changed.uri, each.range)} -> ${"newText" in each ? each.newText : ""}`,
            ),
          ];
        }),
        [
          [1, "two/Two.sopm: acme_item -> acme_thing", "two/Two.sopm: acme_item -> acme_thing"],
          [null, "acme/Acme.sopm: acme_item -> acme_thing"],
        ],
      );
      assert.equal(edit.changeAnnotations, undefined);
      const named = { textDocument, position: placeIn(two, "<Name>Two", 7) };
      const other = await client.request<WorkspaceEdit>("textDocument/rename", {
        ...named,
        newName: "Three",
      });
      assert.equal(other.documentChanges?.length, 1);
      await assert.rejects(
        client.request("textDocument/rename", { textDocument, position, newName: "order" }),
        /reserved word/,
      );
      const nothing = { textDocument, position: placeIn(two, "<Vendor>") };
      await assert.rejects(client.request("textDocument/prepareRename", nothing), /There is no name here/);
    });

    test("what had better be known before a rename is said in words, too", async () => {
      messages.length = 0;
      const edit = await client.request<WorkspaceEdit>("textDocument/rename", {
        ...{ textDocument: { uri }, position: placeIn(two, '"user_id"', 3) },
        newName: "agent_id",
      });
      const annotations = Object.values(edit.changeAnnotations ?? {});
      assert.deepEqual(
        annotations.map(({ needsConfirmation }) => needsConfirmation),
        [true],
      );
      // Editors that have annotations show their words in some views of the changes only.
      assert.deepEqual(messages, [annotations[0]!.description]);
      assert.match(messages[0]!, /^Perl in the spec has the word “user_id”, too/);
    });

    test("a Location is renamed together with its file, where the editor can", async () => {
      const edit = await client.request<WorkspaceEdit>("textDocument/rename", {
        textDocument: { uri },
        position: placeIn(two, "Kernel/System/Acme.pm"),
        newName: "Kernel/System/Two.pm",
      });
      // There is no such file below this spec.
      assert.equal(edit.documentChanges?.length, 1);
    });

    test("a table of the framework leads to a text, or is told of in words", async () => {
      const found = await definitionOf('Key="login"', 6);
      const said = await client.request("sopm/nowhere", { uri, position: placeIn(two, 'Key="login"', 6) });
      if (!isOurs) {
        assert.deepEqual(found, []);
        assert.match(messages.at(-1)!, /^The table “users” comes with Znuny 7\.1/);
        return;
      }
      const [address = ""] = found;
      assert.match(address, /^sopm-framework:\/users\.xml\?Znuny/);
      assert.equal(said, null);
      const text = await client.request<string>("sopm/frameworkText", { uri: address });
      assert.match(text, /<Column Name="login" /);
      assert.equal(await client.request("sopm/frameworkText", { uri: "sopm-framework:/x.xml?%" }), null);
    });

    test("a name that leads nowhere is told of in words, once", async () => {
      messages.length = 0;
      const position = placeIn(two, '"acme_none"');
      assert.deepEqual(await definitionOf('"acme_none"'), []);
      const text =
        /^The table “acme_none” is created by none of the known packages, and Znuny 7\.1.* does not have it\.$/;
      const said = await client.request<string>("sopm/nowhere", { uri, position });
      assert.match(said, text);
      assert.deepEqual(messages, isOurs ? [] : [said]);
      assert.equal(await client.request("sopm/nowhere", { uri, position: placeIn(two, "<Vendor>") }), null);
      assert.equal(await client.request("sopm/nowhere", { uri: "file:///unknown", position }), null);
    });
  });
}

test("names in settings files and setup modules lead somewhere, too, where an editor asks about them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sopm-moving-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const client = new LanguageClient();
  try {
    const checked = client.diagnostics((each) => each.uri === fileUri(join(folder, "acme/Acme.sopm")));
    await client.initialize({
      ...fullClient,
      workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    });
    await checked;
    const uri = fileUri(join(folder, "acme/var/packagesetup/Acme.pm"));
    const typed = `# above\n${setup}`;
    await client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "perl", version: 1, text: typed },
    });
    const found = await client.request<Location[]>("textDocument/references", {
      textDocument: { uri },
      position: placeIn(typed, "CodeInstall"),
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      found.map(
        (each) =>
          `${each.uri === uri ? "typed" : written(folder, each.uri, each.range)} ${each.range.start.line}`,
      ),
      ["typed 3", "two/Two.sopm: CodeInstall 12"],
    );
    const highlights = await client.request<DocumentHighlight[]>("textDocument/documentHighlight", {
      textDocument: { uri },
      position: placeIn(typed, "CodeInstall"),
    });
    assert.deepEqual(
      highlights.map(({ range }) => range.start.line),
      [3],
    );
  } finally {
    await client.stop();
    rmSync(folder, { recursive: true });
  }
});
