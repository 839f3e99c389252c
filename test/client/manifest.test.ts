import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { profiles } from "../../server/src/rules/rule.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const manifestText = read("package.json");
const manifest = JSON.parse(manifestText);
const settings = manifest.contributes.configuration.properties;

test("the manifest's texts exist in English and German, and no others do", () => {
  const named = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
  const keys = [...new Set(named)].sort();
  assert.deepEqual(Object.keys(JSON.parse(read("package.nls.json"))), keys);
  assert.deepEqual(Object.keys(JSON.parse(read("package.nls.de.json"))), keys);
});

test("the settings offer the dialects and profiles that there are", () => {
  assert.deepEqual(settings["sopm.dialect"].enum, ["auto", ...dialectIds]);
  assert.deepEqual([...settings["sopm.profile"].enum].sort(), [...profiles].sort());
});

test("every command is named in its menus by the id it was declared with", () => {
  const declared = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  const menus: Record<string, { command: string }[]> = manifest.contributes.menus;
  for (const [menu, items] of Object.entries(menus)) {
    for (const { command } of items) assert.ok(declared.includes(command), `${command} in ${menu}`);
  }
  const inPalette = menus.commandPalette!.map(({ command }) => command);
  assert.deepEqual(inPalette, declared, "the palette says of every command when it makes sense");
});

test("what a workspace could misuse is ignored until the workspace is trusted", () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  for (const id of ["sopm.build.outputFolder", "sopm.build.baseFolder", "sopm.build.allowSymlinks"]) {
    assert.ok(restrictedConfigurations.includes(id), id);
  }
  for (const id of restrictedConfigurations) assert.ok(settings[id], id);
});
