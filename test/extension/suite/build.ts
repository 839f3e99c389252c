import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import * as vscode from "vscode";
import type { BuildOutcome } from "../../../server/src/protocol/build.ts";
import { closeAll, extension, findingAt, inWorkspace, open, until } from "./support.ts";

export function buildTests(): void {
  describe("Build Package", () => {
    before(() => extension().activate());
    afterEach(async () => {
      await closeAll();
      for (const name of ["Greeter/Greeter-1.0.1.opm", "Broken/Broken-1.0.1.opm", "out"]) {
        await rm(inWorkspace(name), { recursive: true, force: true });
      }
    });

    it("writes the archive of the active spec beside it", async () => {
      await open("Greeter", "Greeter.sopm");
      const outcome = await build();
      assert.ok(outcome?.kind === "built", JSON.stringify(outcome));
      assert.equal(outcome.path, inWorkspace("Greeter", "Greeter-1.0.1.opm"));
      assert.equal(outcome.files, 2);
      const archive = readFileSync(outcome.path, "utf8");
      assert.equal(Buffer.byteLength(archive), outcome.size);
      const content = readFileSync(inWorkspace("Greeter", "Kernel", "System", "Greeter.pm")).toString(
        "base64",
      );
      assert.ok(archive.includes(content), "the archive holds the file");
    });

    it("builds a spec that is not open, as from the explorer", async () => {
      const outcome = await build(vscode.Uri.file(inWorkspace("Greeter", "Greeter.sopm")));
      assert.equal(outcome?.kind, "built");
    });

    it("writes to the folder of the setting", async () => {
      await mkdir(inWorkspace("out"));
      const settings = vscode.workspace.getConfiguration("sopm");
      await settings.update("build.outputFolder", "out", vscode.ConfigurationTarget.Workspace);
      try {
        const outcome = await until("the setting to have reached the server", async () => {
          const each = await build(vscode.Uri.file(inWorkspace("Greeter", "Greeter.sopm")));
          return each?.kind === "built" && each.path === inWorkspace("out", "Greeter-1.0.1.opm") && each;
        });
        assert.ok(existsSync(outcome.path));
      } finally {
        await settings.update("build.outputFolder", undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it("is blocked by an error, writes nothing, and the error is in Problems", async () => {
      const { document } = await open("Broken", "Broken.sopm");
      const outcome = await build();
      assert.ok(outcome?.kind === "blocked", JSON.stringify(outcome));
      assert.ok(outcome.errors >= 1);
      assert.match(outcome.messages.join("\n"), /Broken\.pm/);
      assert.deepEqual(
        (await readdir(inWorkspace("Broken"))).filter((name) => name.endsWith(".opm")),
        [],
      );
      const finding = await findingAt(document, "Kernel/System/Broken.pm");
      assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    });
  });
}

async function build(spec?: vscode.Uri): Promise<BuildOutcome | undefined> {
  return vscode.commands.executeCommand<BuildOutcome | undefined>("sopm.build", spec);
}
