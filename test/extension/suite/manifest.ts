import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, extension, extensionFile, inWorkspace, manifest, open } from "./support.ts";

export function manifestTests(): void {
  describe("the extension", () => {
    afterEach(closeAll);

    it("is active when a spec is opened", async () => {
      const { document } = await open("Greeter", "Greeter.sopm");
      assert.equal(document.languageId, "sopm");
      await extension().activate();
      assert.ok(extension().isActive);
    });

    it("takes archives as a language of their own", async () => {
      const archive = vscode.Uri.file(inWorkspace("New.opm"));
      await vscode.workspace.fs.writeFile(archive, Buffer.from("<otrs_package/>"));
      assert.equal((await vscode.workspace.openTextDocument(archive)).languageId, "opm");
    });

    it("registers every command that the manifest names", async () => {
      const declared = manifest().contributes.commands.map(({ command }) => command);
      const registered = await vscode.commands.getCommands(true);
      assert.deepEqual(
        declared.filter((command) => !registered.includes(command)),
        [],
      );
    });

    it("brings the files that the manifest names", () => {
      const { contributes, main } = manifest();
      const named = [
        main,
        // A language of the editor that gets a file name more brings none.
        ...contributes.languages.flatMap(({ configuration }) => configuration ?? []),
        ...contributes.grammars.map(({ path }) => path),
        ...contributes.jsonValidation.map(({ url }) => url),
      ];
      for (const file of named) assert.notEqual(extensionFile(file), "", file);
    });

    it("has the defaults of the settings from its manifest", () => {
      const settings = vscode.workspace.getConfiguration("sopm");
      assert.equal(settings.get("dialect"), "auto");
      assert.equal(settings.get("build.mode"), "framework");
      assert.equal(settings.get("build.allowSymlinks"), false);
    });
  });
}
