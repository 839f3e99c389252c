import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, extension, open, replace, until } from "./support.ts";

export function sqlPreviewTests(): void {
  describe("Preview SQL", () => {
    before(() => extension().activate());
    afterEach(async () => {
      await vscode.commands.executeCommand("workbench.action.closeAllGroups");
      await closeAll();
    });

    it("shows the SQL of the spec beside it, read-only, and follows the spec", async () => {
      const editor = await open("Tables", "Tables.sopm");
      const sql = await preview();
      assert.equal(sql.languageId, "sql");
      assert.match(sql.getText(), /CREATE TABLE acme_greeting/);
      assert.equal(vscode.window.tabGroups.all.length, 2);
      await replace(editor, "acme_greeting", "acme_farewell");
      await until("the new name", () => sql.getText().includes("CREATE TABLE acme_farewell"));
      // Half a tag makes no SQL; the SQL of a moment ago stays.
      await replace(editor, "<TableCreate", "<TableCreate <");
      await replace(editor, "<TableCreate <", "<TableCreate");
      await replace(editor, "acme_farewell", "acme_greeting");
      await until("the old name", () => sql.getText().includes("CREATE TABLE acme_greeting"));
    });

    it("shows it for the database that is chosen", async () => {
      await open("Tables", "Tables.sopm");
      const sql = await preview();
      assert.deepEqual(previewTabs(), ["Tables (MariaDB).sql"]);
      try {
        await vscode.commands.executeCommand("sopm.chooseDatabase", sql.uri, "oracle");
        await until("the SQL of Oracle", () => shownSql().includes("VARCHAR2"));
        assert.deepEqual(previewTabs(), ["Tables (Oracle).sql"]);
      } finally {
        await vscode.commands.executeCommand("sopm.chooseDatabase", sql.uri, "mysql");
      }
      await until("the SQL of MySQL", () => shownSql() !== "" && !shownSql().includes("VARCHAR2"));
      assert.deepEqual(previewTabs(), ["Tables (MariaDB).sql"]);
    });

    it("marks and shows in the SQL what the cursor is on", async () => {
      const editor = await open("Tables", "Tables.sopm");
      const sql = await preview();
      const place = editor.document.positionAt(editor.document.getText().indexOf("<TableDrop"));
      editor.selection = new vscode.Selection(place, place);
      const drop = sql.positionAt(sql.getText().indexOf("DROP TABLE"));
      await until("the SQL editor to show the drop", () =>
        vscode.window.visibleTextEditors
          .find(({ document }) => document === sql)
          ?.visibleRanges.some((range) => range.contains(drop)),
      );
    });
  });
}

function previewTabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.map(({ label }) => label).filter((label) => label.endsWith(".sql")),
  );
}

function shownSql(): string {
  const shown = vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === "sopm-sql");
  return shown.map(({ document }) => document.getText()).join("\n");
}

async function preview(): Promise<vscode.TextDocument> {
  const document = await vscode.commands.executeCommand<vscode.TextDocument>("sopm.previewSql");
  assert.equal(document.uri.scheme, "sopm-sql");
  return document;
}
