import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { taskCommands } from "../../client/src/tasks/command-words.ts";
import { databaseKinds } from "../../server/src/database/engines.ts";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { hintKinds, lensKinds } from "../../server/src/features/shown-kinds.ts";
import { tokenModifiers, tokenTypes } from "../../server/src/features/token-legend.ts";
import { operations } from "../../server/src/protocol/operations.ts";
import { profiles } from "../../server/src/rules/profiles.ts";

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

test("every command and submenu is named in its menus by the id it was declared with", () => {
  const declared = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  const submenus = manifest.contributes.submenus.map(({ id }: { id: string }) => id);
  const menus: Record<string, { command?: string; submenu?: string }[]> = manifest.contributes.menus;
  for (const [menu, items] of Object.entries(menus)) {
    for (const { command, submenu } of items) {
      const isDeclared = command === undefined ? submenus.includes(submenu) : declared.includes(command);
      assert.ok(isDeclared, `${command ?? submenu} in ${menu}`);
    }
  }
  for (const submenu of submenus) assert.ok(menus[submenu], `${submenu} has items`);
  const inPalette = menus.commandPalette!.map(({ command }) => command);
  assert.deepEqual(inPalette, declared, "the palette says of every command when it makes sense");
});

test("what works on files on disk is not offered where there are none", () => {
  const { commands } = manifest.contributes;
  const needDisk = commands.filter(({ enablement }: { enablement?: string }) => enablement !== undefined);
  assert.ok(needDisk.length > 10);
  for (const { command, enablement } of needDisk) assert.equal(enablement, "!virtualWorkspace", command);
});

test("the settings offer the databases that there are", () => {
  assert.deepEqual(settings["sopm.database"].enum, [...databaseKinds]);
});

test("what a workspace could misuse is ignored until the workspace is trusted", () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  const paths = ["sopm.build.outputFolder", "sopm.build.baseFolder", "sopm.sandbox", "sopm.frameworkHome"];
  for (const id of [...paths, "sopm.build.allowSymlinks"]) {
    assert.ok(restrictedConfigurations.includes(id), id);
  }
  for (const id of restrictedConfigurations) assert.ok(settings[id], id);
});

test("specs are formatted by this extension, and no words are guessed in them", () => {
  const defaults = manifest.contributes.configurationDefaults;
  const id = `${manifest.publisher}.${manifest.name}`;
  assert.equal(defaults["[sopm]"]["editor.defaultFormatter"], id);
  // The others are those of the editor, which get names of files.
  const own = manifest.contributes.languages.filter(({ extensions }: { extensions?: unknown }) => extensions);
  assert.equal(own.length, 2);
  for (const { id: language } of own) {
    assert.equal(defaults[`[${language}]`]["editor.wordBasedSuggestions"], "off", language);
  }
});

test("each kind of hints and lenses has a setting, which is on", () => {
  const groups = { inlayHints: hintKinds, codeLens: lensKinds };
  for (const [group, kinds] of Object.entries(groups)) {
    const ids = Object.keys(settings).filter((id) => id.startsWith(`sopm.${group}.`));
    assert.deepEqual(
      ids,
      kinds.map((kind) => `sopm.${group}.${kind}`),
    );
    for (const id of ids) assert.equal(settings[id].default, true, id);
  }
});

test("the editor is told what each of our tokens is, and where a theme finds a colour for it", () => {
  const { semanticTokenTypes, semanticTokenModifiers, semanticTokenScopes, configurationDefaults } =
    manifest.contributes;
  assert.deepEqual(
    semanticTokenTypes.map(({ id, superType }: Record<string, string>) => [id, superType]),
    tokenTypes.map(({ name, standard }) => [name, standard]),
  );
  const ours = tokenModifiers.filter(({ name }) => name === "unknown" || name === "dead");
  assert.deepEqual(
    semanticTokenModifiers.map(({ id }: Record<string, string>) => id),
    ours.map(({ name }) => name),
  );
  for (const language of ["sopm", "opm"]) {
    const { scopes } = semanticTokenScopes.find((each: { language: string }) => each.language === language);
    assert.deepEqual(
      Object.keys(scopes),
      tokenTypes.map(({ name }) => name),
    );
    // What colours alone would tell is seen in any theme.
    const { rules } = configurationDefaults["editor.semanticTokenColorCustomizations"];
    for (const { name } of ours) assert.ok(rules[`*.${name}:${language}`], name);
    assert.equal(configurationDefaults[`[${language}]`]["editor.semanticHighlighting.enabled"], true);
  }
});

test("the schema of tasks names what a task can do", () => {
  const [{ properties, required }] = manifest.contributes.taskDefinitions;
  assert.deepEqual(properties.command.enum, taskCommands);
  assert.deepEqual(properties.operation.enum, [...operations]);
  // What stood in tasks.json when there were only builds is one.
  assert.equal(properties.command.default, "build");
  assert.equal(required, undefined);
});

test("tasks find findings and errors of Perl by named problem matchers", () => {
  const groupsOf = (name: string, line: string) => {
    const { pattern } = manifest.contributes.problemMatchers.find(
      (each: { name: string }) => each.name === name,
    );
    return new RegExp(pattern.regexp).exec(line)?.slice(1);
  };
  assert.deepEqual(groupsOf("sopm", "a b/Acme.sopm:7:9: error: No framework: fits. [framework-whitespace]"), [
    ...["a b/Acme.sopm", "7", "9", "error", "No framework: fits.", "framework-whitespace"],
  ]);
  const perl = 'syntax error at /opt/znuny/Kernel/System/Acme.pm line 12, near "}"';
  assert.deepEqual(groupsOf("sopm-perl", perl), ["syntax error", "/opt/znuny/Kernel/System/Acme.pm", "12"]);
  assert.deepEqual(groupsOf("sopm-perl", " Message: Died at bin/x.pl line 3."), ["Died", "bin/x.pl", "3"]);
  assert.equal(groupsOf("sopm-perl", "Done."), undefined);
});

test("tasks find what opmbuild misses in a list, or beside it", () => {
  const { pattern } = manifest.contributes.problemMatchers.find(
    (each: { name: string }) => each.name === "opmbuild",
  );
  const [title, file] = pattern.map((each: { regexp: string }) => new RegExp(each.regexp));
  const missing = "listed in .sopm but not found on disk";
  assert.equal(title.exec(`Files ${missing}:`)?.[1], missing);
  const unlisted = "found on disk but not listed in .sopm";
  assert.equal(title.exec(`Files ${unlisted}:`)?.[1], unlisted);
  assert.equal(file.exec("    - Kernel/System/Acme.pm")?.[1], "Kernel/System/Acme.pm");
  assert.equal(title.exec("Files changed:"), null);
});
