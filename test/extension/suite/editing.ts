import assert from "node:assert/strict";
import { rename } from "node:fs/promises";
import * as vscode from "vscode";
import {
  closeAll,
  describeFindings,
  endOf,
  extension,
  findingAt,
  inWorkspace,
  open,
  replace,
  until,
} from "./support.ts";

export function editingTests(): void {
  describe("while typing", () => {
    before(() => extension().activate());
    afterEach(closeAll);

    it("finds a misspelt tag at its place, and nothing once it is mended", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      await replace(editor, "<Vendor>Acme Inc.</Vendor>", "<Vender>Acme Inc.</Vender>");
      const finding = await findingAt(editor.document, "Vender");
      assert.match(finding.message, /Vendor/);
      await replace(editor, "<Vender>Acme Inc.</Vender>", "<Vendor>Acme Inc.</Vendor>");
      await untilClean(editor.document);
    });

    it("links a finding to its page", async () => {
      const editor = await open("Broken", "Broken.sopm");
      const { code } = await findingAt(editor.document, "Kernel/System/Broken.pm");
      assert.ok(typeof code === "object", `the code is ${JSON.stringify(code)}`);
      assert.equal(code.value, "file-not-found");
      const page = await vscode.workspace.openTextDocument(vscode.Uri.file(code.target.fsPath));
      assert.match(page.getText(), /file-not-found/);
    });

    it("says so when a listed file is gone, and takes it back when it returns", async () => {
      const { document } = await open("Greeter", "Greeter.sopm");
      await untilClean(document);
      const file = inWorkspace("Greeter", "doc", "en", "Greeter.md");
      await rename(file, `${file}.gone`);
      await findingAt(document, "doc/en/Greeter.md");
      await rename(`${file}.gone`, file);
      await untilClean(document);
    });

    it("offers the tags that may come here and are not there yet", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      await replace(editor, "    <Filelist>", "    <\n    <Filelist>");
      const labels = await completions(editor.document, endOf(editor.document, "\n    <\n").translate(-1, 5));
      assert.ok(labels.includes("CodeInstall"), labels.join(" "));
      assert.ok(!labels.includes("Name"), "Name is there already");
    });

    it("offers the files of the package for a Location", async () => {
      const editor = await open("Broken", "Broken.sopm");
      await vscode.workspace.fs.writeFile(
        vscode.Uri.file(inWorkspace("Broken", "doc", "Notes.md")),
        Buffer.from("x"),
      );
      await replace(editor, 'Location="Kernel/System/Broken.pm"', 'Location=""');
      await until("the new file to be offered", async () =>
        (await completions(editor.document, endOf(editor.document, 'Location="'))).includes("doc/Notes.md"),
      );
    });

    it("makes no document of code where no extension for Perl is installed", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      await replace(
        editor,
        "    <Filelist>",
        "    <CodeInstall><![CDATA[\n$Kernel::OM->Get('Kernel::System::Tick');\n]]></CodeInstall>\n    <Filelist>",
      );
      const { document } = editor;
      assert.ok(!vscode.extensions.all.some(({ id, packageJSON }) => packageJSON.main && /perl/i.test(id)));
      const labels = await completions(document, endOf(document, "'Kernel::System::Tick"));
      assert.ok(labels.includes("Kernel::System::Ticket"), labels.join(" "));
      await vscode.commands.executeCommand("vscode.executeFoldingRangeProvider", document.uri);
      assert.deepEqual(
        vscode.workspace.textDocuments
          .map(({ uri }) => uri.scheme)
          .filter((scheme) => scheme === "sopm-perl"),
        [],
      );
    });

    it("tells what a tag is for", async () => {
      const { document } = await open("Greeter", "Greeter.sopm");
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        endOf(document, "<Framework"),
      );
      const text = hovers.flatMap(({ contents }) =>
        contents.map((part) => (part as vscode.MarkdownString).value),
      );
      assert.match(text.join("\n"), /Framework/);
    });

    it("outlines the spec", async () => {
      const { document } = await open("Greeter", "Greeter.sopm");
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        "vscode.executeDocumentSymbolProvider",
        document.uri,
      );
      const names = symbols.flatMap(({ name, children }) => [name, ...children.map((child) => child.name)]);
      assert.ok(
        names.some((name) => name.includes("Filelist")),
        names.join(" "),
      );
    });

    it("links a Location to its file", async () => {
      const { document } = await open("Greeter", "Greeter.sopm");
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        "vscode.executeLinkProvider",
        document.uri,
        10,
      );
      const targets = links.map(({ target }) => target?.fsPath);
      assert.ok(
        targets.includes(inWorkspace("Greeter", "Kernel", "System", "Greeter.pm")),
        targets.join(" "),
      );
    });

    it("closes a tag when its > is typed, and one undo takes both back", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      await replace(editor, "    <Filelist>", "    <OS\n    <Filelist>");
      const caret = endOf(editor.document, "<OS");
      editor.selection = new vscode.Selection(caret, caret);
      await vscode.commands.executeCommand("type", { text: ">" });
      await until("the end tag", () => editor.document.getText().includes("<OS></OS>"));
      await vscode.commands.executeCommand("undo");
      assert.ok(!editor.document.getText().includes("</OS>"));

      await vscode.commands.executeCommand("type", { text: ">" });
      await until("the end tag again", () => editor.document.getText().includes("<OS></OS>"));
      await vscode.commands.executeCommand("type", { text: "linux" });
      await until("the text between the tags", () => editor.document.getText().includes("<OS>linux</OS>"));
    });

    it("offers a fix for a misspelt tag that mends both of its ends", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      await replace(editor, "<Vendor>Acme Inc.</Vendor>", "<Vender>Acme Inc.</Vender>");
      const { range } = await findingAt(editor.document, "Vender");
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        editor.document.uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title, edit }) => edit && title.includes("Vendor"));
      assert.ok(fix?.edit, actions.map(({ title }) => title).join(" "));
      await vscode.workspace.applyEdit(fix.edit);
      assert.match(editor.document.getText(), /<Vendor>Acme Inc\.<\/Vendor>/);
    });

    it("raises the version and adds the ChangeLog entry", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      const version = await vscode.commands.executeCommand("sopm.bumpVersion", editor.document.uri, "minor");
      assert.equal(version, "1.1.0");
      const text = editor.document.getText();
      assert.match(text, /<Version>1\.1\.0<\/Version>/);
      assert.match(text, new RegExp(`<ChangeLog Version="1.1.0" Date="${new Date().getFullYear()}-`));
      assert.ok(editor.document.isDirty, "saving is left to the reader");
    });

    it("works on after the server was restarted", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      await vscode.commands.executeCommand("sopm.restartServer");
      await replace(editor, "<Vendor>Acme Inc.</Vendor>", "<Vender>Acme Inc.</Vender>");
      await findingAt(editor.document, "Vender");
    });
  });
}

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

/** Waits until nothing is found. Since nothing is found before the first check either, a check is provoked by callers. */
async function untilClean(document: vscode.TextDocument): Promise<void> {
  await until("no findings", () => vscode.languages.getDiagnostics(document.uri).length === 0).catch(
    (error) => {
      throw new Error(`${error.message}, there is ${describeFindings(document)}`);
    },
  );
}
