import assert from "node:assert/strict";
import { test } from "node:test";
import { triedDatabases } from "../../server/src/protocol/databases.ts";
import { Workspace } from "../../server/src/workspace/workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { settingsOfEditor } from "../support/settings.ts";

const spec = "/ws/inner/meta/Acme.sopm";

function workspaceOf(...folders: readonly string[]): Workspace {
  const workspace = new Workspace(
    memoryWorld(),
    () => assert.fail("nothing is checked"),
    () => {},
  );
  workspace.folders = folders;
  return workspace;
}

test("a spec belongs to the innermost folder that it lies in", () => {
  assert.equal(workspaceOf("/ws", "/ws/inner", "/ws/in").folderOf(spec), "/ws/inner");
  assert.equal(workspaceOf("/elsewhere").folderOf(spec), undefined);
  assert.equal(workspaceOf("/ws").folderOf(undefined), undefined);
});

test("relative base folders start at the workspace folder, those of single specs at the spec", () => {
  const settings = settingsOfEditor({ build: { baseFolder: "src" } });
  assert.equal(workspaceOf("/ws", "/ws/inner").baseFolderOf(spec, settings), "/ws/inner/src");
  assert.equal(workspaceOf().baseFolderOf(spec, settings), "/ws/inner/meta/src");
  const single = settingsOfEditor({ baseFolder: { "inner/meta/Acme.sopm": "../lib" } });
  assert.equal(workspaceOf("/ws").baseFolderOf(spec, single), "/ws/inner/lib");
});

test("a base folder that was chosen comes before what the settings say, however they call the spec", () => {
  for (const key of [spec, "inner/meta/Acme.sopm", "*.sopm"]) {
    const workspace = workspaceOf("/ws");
    const settings = settingsOfEditor({ baseFolder: { [key]: "/from/settings" } });
    assert.equal(workspace.baseFolderOf(spec, workspace.withChosenBaseFolders(settings)), "/from/settings");
    workspace.chooseBaseFolder(spec, "/chosen");
    assert.equal(workspace.baseFolderOf(spec, workspace.withChosenBaseFolders(settings)), "/chosen", key);
  }
});

test("packages are tried on three databases unless settings name others, or none", () => {
  const simulated = (settings: object) => settingsOfEditor(settings).simulation;
  assert.deepEqual(simulated({}), { when: "onType", databases: triedDatabases });
  assert.deepEqual(simulated({ simulation: "onSave", simulationDatabases: ["oracle", "mysql", "db2", 1] }), {
    when: "onSave",
    databases: ["mysql", "oracle"],
  });
  assert.deepEqual(simulated({ simulation: "off" }), { when: "off", databases: [] });
  assert.deepEqual(simulated({ simulation: 1, simulationDatabases: "oracle" }), simulated({}));
});
