import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunningExtension } from "../../../client/src/extension.ts";
import type { DryRunResult } from "../../../server/src/protocol/dry-run.ts";
import type { Operation } from "../../../server/src/protocol/operations.ts";
import type {
  ApplyOutcome,
  DeployCheckResult,
  SandboxFacts,
  UndoOutcome,
} from "../../../server/src/protocol/sandbox.ts";
import { closeAll, extension, inWorkspace, open, replace, until } from "./support.ts";

export function dryRunTests(): void {
  describe("a dry run", () => {
    let running: RunningExtension;
    before(async () => {
      running = (await extension().activate()) as RunningExtension;
    });
    afterEach(async () => {
      await vscode.commands.executeCommand("workbench.action.closeAllGroups");
      await closeAll();
    });

    it("opens a report beside the spec, one for each operation", async () => {
      await open("Greeter", "Greeter.sopm");
      const install = await dryRun("Install");
      assert.match(install.heading, /install Greeter 1\.0\.1 on Znuny 7/);
      await dryRun("Install");
      await dryRun("Uninstall", greeter());
      const tabs = await until("two tabs", () => (reportTabs().length === 2 ? reportTabs() : undefined));
      assert.deepEqual(tabs, ["Dry Run: Install Greeter.sopm", "Dry Run: Uninstall Greeter.sopm"]);
    });

    it("follows the spec while it is edited", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      await dryRun("Install");
      await replace(editor, "<Version>1.0.1</Version>", "<Version>1.0.9</Version>");
      await until("a report on 1.0.9", () => reportOn("install").heading.includes("1.0.9"));
    });

    it("hears of files that change", async () => {
      await open("Greeter", "Greeter.sopm");
      const { html } = await dryRun("Install");
      const file = inWorkspace("Greeter", "Kernel", "System", "Greeter.pm");
      const content = await readFile(file);
      assert.match(html, new RegExp(`${content.length} B,`));
      try {
        await writeFile(file, Buffer.concat([content, Buffer.from("# more\n")]));
        const longer = new RegExp(`${content.length + 7} B,`);
        await until("a report on the longer file", () => longer.test(reportOn("install").html));
      } finally {
        await writeFile(file, content);
      }
    });

    it("puts what it finds into Problems until the spec changes", async () => {
      const editor = await open("Greeter", "Greeter.sopm");
      const code = '<CodeInstall Type="post">die "no";</CodeInstall>';
      await replace(editor, "</Filelist>", `</Filelist>\n    ${code}`);
      await dryRun("Install");
      await until("the report's tab", () => reportTabs().length === 1);
      const [finding] = await until("a finding", () => some(findings()));
      assert.equal(editor.document.getText(finding!.range).split("\n")[0], code);
      assert.match(finding!.message, /^Install: /);
      // Closing the report is no reason to forget what it found.
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await until("the report to be closed", () => reportTabs().length === 0);
      assert.equal(findings().length, 1);
      await replace(editor, "<Vendor>", "<!-- changed --><Vendor>");
      await until("no finding", () => findings().length === 0);
    });

    it("upgrades from a version that is told as a number", async () => {
      await open("Greeter", "Greeter.sopm");
      const from = { kind: "version", version: "0.9.0" };
      const result = await vscode.commands.executeCommand<DryRunResult>(
        "sopm.dryRunUpgrade",
        greeter(),
        from,
      );
      assert.ok(result.kind === "report", JSON.stringify(result));
      assert.match(result.html, /0\.9\.0 is installed/);
    });

    it("is offered as a configuration names it, with a report of its own", async () => {
      await open("Greeter", "Greeter.sopm");
      const file = inWorkspace("Greeter", "sopm.json");
      const scenarios = { Old: { operation: "upgrade", from: "0.9.0", productVersion: "Znuny 7.1.2" } };
      await writeFile(file, JSON.stringify({ scenarios }));
      try {
        const run = (name: string) =>
          vscode.commands.executeCommand<DryRunResult>("sopm.dryRunScenario", greeter(), name);
        const result = await until("the scenario", async () => {
          const tried = await run("Old");
          return tried.kind === "report" ? tried : undefined;
        });
        assert.match(result.heading, /upgrade Greeter from 0\.9\.0 to 1\.0\.1 on Znuny 7\.1\.2/);
        await dryRun("Install");
        await until("a tab for each", () => reportTabs().length === 2);
        assert.deepEqual(reportTabs().sort(), [
          "Dry Run: Install Greeter.sopm",
          "Dry Run: Old with Greeter.sopm",
        ]);
        const unknown = await run("New");
        assert.ok(unknown.kind === "failed" && unknown.message.includes("There are: Old."));
      } finally {
        await rm(file);
      }
    });

    it("is tried on the product version that is chosen", async () => {
      await open("Greeter", "Greeter.sopm");
      await dryRun("Install");
      const product = { kind: "product", product: "Znuny 7.1.2" };
      await vscode.commands.executeCommand("sopm.chooseProductVersion", product);
      try {
        await until("a report on Znuny 7.1.2", () => reportOn("install").heading.includes("Znuny 7.1.2"));
      } finally {
        await running.reports.get(greeter(), "install")?.refresh();
      }
    });

    it("is offered above the root element, and for archives without their SQL", async () => {
      const { document } = await open("Greeter", "Greeter.sopm");
      const lenses = await until("the lenses", async () => some(await lensesOf(document.uri)));
      const root = document
        .getText()
        .split("\n")
        .findIndex((line) => line.includes("<otrs_package"));
      assert.deepEqual(
        lenses.map(({ command, range }) => [command?.command, range.start.line]),
        [
          "dryRunInstall",
          "dryRunUpgrade",
          "dryRunReinstall",
          "dryRunUninstall",
          "showUpgradeMatrix",
          "previewSql",
        ].map((name) => [`sopm.${name}`, root]),
      );
    });

    it("goes on after a package that cannot be read", async () => {
      const archive = vscode.Uri.file(inWorkspace("Nonsense.opm"));
      await vscode.workspace.fs.writeFile(archive, Buffer.from("no XML at all"));
      const result = await vscode.commands.executeCommand<DryRunResult>("sopm.dryRunInstall", archive);
      assert.ok(result.kind === "report" && result.verdict.kind === "bad", JSON.stringify(result));
      const gone = vscode.Uri.file(inWorkspace("Gone.sopm"));
      const failed = await vscode.commands.executeCommand<DryRunResult>("sopm.dryRunInstall", gone);
      assert.equal(failed.kind, "failed");
    });

    function reportOn(operation: Operation) {
      const result = running.reports.get(greeter(), operation)?.result;
      assert.ok(result?.kind === "report", JSON.stringify(result));
      return result;
    }
  });

  describe("a sandbox", () => {
    let sandbox: SandboxFacts;
    before(() => extension().activate());
    afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllGroups"));

    it("is made, and chosen for dry runs", async () => {
      sandbox = await vscode.commands.executeCommand<SandboxFacts>("sopm.newSandbox", {
        name: "Story",
        framework: { kind: "product", product: "Znuny 7.1.3" },
      });
      assert.equal(sandbox.name, "Story");
      assert.ok(existsSync(sandbox.folder));
      const { heading } = await dryRun("Install", greeter());
      assert.match(heading, /Znuny 7\.1\.3/);
    });

    it("takes an operation, and the files are there", async () => {
      const outcome = await apply("install");
      assert.ok(outcome.kind === "applied", JSON.stringify(outcome));
      assert.ok(existsSync(deployed()));
    });

    it("tells which files were changed, and a reinstall repairs them", async () => {
      await writeFile(deployed(), "changed by hand");
      assert.deepEqual(await brokenFiles(), ["Kernel/System/Greeter.pm different"]);
      await apply("reinstall");
      assert.deepEqual(await brokenFiles(), []);
    });

    it("goes back to what it was", async () => {
      const outcome = await vscode.commands.executeCommand<UndoOutcome>(
        "sopm.undoInSandbox",
        sandbox.folder,
        0,
      );
      assert.equal(outcome.kind, "undone");
      assert.ok(!existsSync(deployed()));
    });

    const deployed = () => join(sandbox.folder, "home", "Kernel", "System", "Greeter.pm");

    function apply(operation: Operation): Thenable<ApplyOutcome> {
      return vscode.commands.executeCommand("sopm.applyToSandbox", greeter(), operation, sandbox.folder);
    }

    async function brokenFiles(): Promise<string[]> {
      const check = await vscode.commands.executeCommand<DeployCheckResult>(
        "sopm.checkSandbox",
        sandbox.folder,
      );
      assert.ok(check.kind === "checked", JSON.stringify(check));
      return check.packages.flatMap(({ files }) =>
        files.map(({ location, state }) => `${location} ${state}`),
      );
    }
  });
}

const greeter = () => vscode.Uri.file(inWorkspace("Greeter", "Greeter.sopm"));

async function dryRun(operation: "Install" | "Reinstall" | "Uninstall", uri?: vscode.Uri) {
  const result = await vscode.commands.executeCommand<DryRunResult>(`sopm.dryRun${operation}`, uri);
  assert.ok(result?.kind === "report", JSON.stringify(result));
  return result;
}

function reportTabs(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("sopm.dryRun"))
    .map(({ label }) => label)
    .sort();
}

function findings(): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(greeter()).filter(({ source }) => source === "sopm dry run");
}

function lensesOf(uri: vscode.Uri): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand("vscode.executeCodeLensProvider", uri, 10);
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
