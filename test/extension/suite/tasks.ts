import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { extension, inWorkspace, until } from "./support.ts";

export function taskTests(): void {
  describe("Tasks", () => {
    before(() => extension().activate());
    afterEach(async () => {
      for (const name of ["Greeter/Greeter-1.0.1.opm", ".vscode", "offers"]) {
        await rm(inWorkspace(name), { recursive: true, force: true });
      }
    });

    it("are there for each spec: build, lint, dry run and test", async () => {
      const tasks = await vscode.tasks.fetchTasks({ type: "sopm" });
      const listed = tasks.map(({ definition: { command = "build", spec } }) => `${command} ${spec}`);
      const specs = ["Broken/Broken.sopm", "Greeter/Greeter.sopm", "Tables/Tables.sopm"];
      const commands = ["build", "lint", "dry-run", "test"];
      const expected = specs.flatMap((spec) => commands.map((command) => `${command} ${spec}`));
      assert.deepEqual(listed.sort(), expected.sort());
      for (const task of tasks) assert.deepEqual(task.problemMatchers, [], "findings are in Problems anyway");
    });

    it("build", async () => {
      assert.equal(await exitCodeOf(await taskNamed("Build Greeter.sopm")), 0);
      assert.ok(existsSync(inWorkspace("Greeter", "Greeter-1.0.1.opm")));
    });

    it("end as the command line does", async () => {
      assert.equal(await exitCodeOf(await taskNamed("Lint Greeter.sopm")), 0);
      assert.equal(await exitCodeOf(await taskNamed("Lint Broken.sopm")), 1);
      assert.equal(await exitCodeOf(await taskNamed("Dry Run: Install Greeter.sopm")), 0);
      assert.equal(await exitCodeOf(await taskNamed("Test Greeter.sopm")), 0);
    });

    it("are there for an index, which is printed or checked", async () => {
      await mkdir(inWorkspace("offers"));
      await writeFile(inWorkspace("offers", "otrs.xml"), "<otrs_package_list");
      assert.equal(await exitCodeOf(await taskNamed("Print Index of offers")), 0);
      assert.equal(await exitCodeOf(await taskNamed("Check Index of offers")), 1);
    });

    it("of tasks.json are run, and say what they lack", async () => {
      const task = { type: "sopm", problemMatcher: [] };
      const tasks = [
        { ...task, label: "all", command: "lint" },
        { ...task, label: "older", spec: "Greeter/Greeter.sopm" },
        { ...task, label: "list", command: "test", folder: "Greeter", options: ["--list"] },
        { ...task, label: "nothing", command: "dry-run" },
        { ...task, label: "other", command: "release", spec: "Greeter/Greeter.sopm" },
      ];
      await mkdir(inWorkspace(".vscode"));
      await writeFile(inWorkspace(".vscode", "tasks.json"), JSON.stringify({ version: "2.0.0", tasks }));
      assert.equal(await exitCodeOf(await taskNamed("all")), 1);
      assert.equal(await exitCodeOf(await taskNamed("older")), 0);
      assert.ok(existsSync(inWorkspace("Greeter", "Greeter-1.0.1.opm")));
      assert.equal(await exitCodeOf(await taskNamed("list")), 0);
      assert.equal(await exitCodeOf(await taskNamed("nothing")), 2);
      assert.equal(await exitCodeOf(await taskNamed("other")), 2);
    });
  });
}

function taskNamed(name: string): Promise<vscode.Task> {
  return until(`a task called “${name}”`, async () =>
    (await vscode.tasks.fetchTasks()).find((task) => task.name === name || task.name === `sopm: ${name}`),
  );
}

async function exitCodeOf(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listener.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}
