import assert from "node:assert/strict";
import * as vscode from "vscode";
import { TextView } from "../../../client/src/views/text-view.ts";
import { closeAll, extension, inWorkspace, open, until } from "./support.ts";

export function showingTests(): void {
  describe("Showing", () => {
    before(() => extension().activate());
    afterEach(async () => {
      await vscode.commands.executeCommand("workbench.action.closeAllGroups");
      await closeAll();
    });

    it("shows hints, and what they say in full", async () => {
      const { document } = await open("Tables", "Tables.sopm");
      const hints = await until("a hint", async () => {
        const shown = await vscode.commands.executeCommand<readonly vscode.InlayHint[]>(
          "vscode.executeInlayHintProvider",
          document.uri,
          new vscode.Range(0, 0, document.lineCount, 0),
        );
        return shown.length > 0 && shown;
      });
      assert.deepEqual(
        hints.map(({ label, position }) => `${position.line}: ${label}`),
        ["4: Znuny 7.1"],
      );
    });

    it("tells the editor what names and tags are", async () => {
      const { document } = await open("Tables", "Tables.sopm");
      const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
        "vscode.provideDocumentSemanticTokensLegend",
        document.uri,
      );
      assert.ok(legend.tokenTypes.includes("databaseTable"));
      const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>(
        "vscode.provideDocumentSemanticTokens",
        document.uri,
      );
      assert.ok(data.length > 0);
    });

    it("leads from the lens of a section to its SQL", async () => {
      const { document } = await open("Tables", "Tables.sopm");
      const line = document
        .getText()
        .split("\n")
        .findIndex((text) => text.includes("<DatabaseUninstall"));
      const lens = await lensAt(document, line, "SQL of this section");
      const sql = await vscode.commands.executeCommand<vscode.TextDocument>(lens.command, ...lens.arguments!);
      assert.match(sql.getText(), /CREATE TABLE.*DROP TABLE/s);
      const drop = sql.positionAt(sql.getText().indexOf("DROP TABLE"));
      await until("the SQL editor to show the drop", () =>
        vscode.window.visibleTextEditors
          .find(({ document: each }) => each === sql)
          ?.visibleRanges.some((range) => range.contains(drop)),
      );
    });

    it("says in a view that follows a text that the file is gone, and is busy no more", async () => {
      const posted: { readonly kind: string; readonly isBusy?: boolean; readonly message?: string }[] = [];
      const unheard = () => new vscode.Disposable(() => {});
      const panel = {
        ...{ visible: true, onDidChangeViewState: unheard, onDidDispose: unheard },
        webview: {
          onDidReceiveMessage: unheard,
          postMessage: async (message: (typeof posted)[number]) => posted.push(message) > 0,
        },
      } as unknown as vscode.WebviewPanel;
      const view = new TextView(panel, vscode.Uri.file(inWorkspace("Tables", "Gone.sopm")), {
        ask: async () => assert.fail("nobody is asked about a text that is not there"),
        show: () => assert.fail("there is nothing to show"),
      });
      await view.refresh();
      assert.deepEqual(
        posted.map(({ kind, isBusy }) => (kind === "busy" ? `${kind} ${isBusy}` : kind)),
        ["busy true", "busy false", "problem"],
      );
      assert.match(
        posted.at(-1)!.message!,
        /Gone\.sopm” cannot be opened\. See whether the file is still there/,
      );
    });

    it("leads from the number of findings to the first", async () => {
      const { document } = await open("Broken", "Broken.sopm");
      const line = document
        .getText()
        .split("\n")
        .findIndex((text) => text.includes("_package"));
      const lens = await lensAt(document, line, "finding");
      await vscode.commands.executeCommand(lens.command, ...lens.arguments!);
      const [first] = vscode.languages
        .getDiagnostics(document.uri)
        .map(({ range }) => range)
        .sort((a, b) => a.start.compareTo(b.start));
      assert.ok(first && vscode.window.activeTextEditor!.selection.isEqual(first));
    });
  });
}

/** The command of a lens on a line, by a part of its title. */
function lensAt(document: vscode.TextDocument, line: number, title: string): Promise<vscode.Command> {
  return until(`the lens “${title}”`, async () => {
    const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    const found = lenses.filter(({ range }) => range.start.line === line).map(({ command }) => command);
    return found.find((command) => command?.title.includes(title));
  });
}
