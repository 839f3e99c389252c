import assert from "node:assert/strict";
import { test } from "node:test";
import { configurationSize, isConfigurationName } from "../../server/src/configuration/configuration-file.ts";
import { valueIn } from "../../server/src/configuration/layers.ts";
import {
  readConfiguration,
  readConfigurationText,
} from "../../server/src/configuration/read-configuration.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import { applyEdits } from "../support/apply-edits.ts";

const path = "/ws/sopm.json";

/** What is found, each with the place it is found at. */
function found(text: string): readonly string[] {
  return readConfigurationText(path, text).findings.map(
    (each) => `${text.slice(each.span.start, each.span.end)}: ${findingText(each, english)}`,
  );
}

test("a configuration has comments, trailing commas and a byte order mark", () => {
  const { layer, findings, isRoot } = readConfigurationText(
    path,
    `\ufeff{
      // The product
      "dialect": "znuny-7",
      /* and what it is held to */
      "profile": "strict",
      "root": true,
    }`,
  );
  assert.deepEqual(findings, []);
  assert.equal(valueIn(layer, "dialect"), "znuny-7");
  assert.equal(valueIn(layer, "profile"), "strict");
  assert.equal(isRoot, true);
});

test("each value has its place", () => {
  const { layer } = readConfigurationText(path, '{\n\n  "profile": "strict" }');
  const said = layer.get("profile");
  assert.ok(said && !(said instanceof Map));
  assert.deepEqual((said as { source: unknown }).source, {
    ...{ kind: "file", path, line: 3 },
    span: { start: 5, end: 24 },
  });
});

const wrong: readonly [name: string, text: string, ...found: string[]][] = [
  [
    "an empty file",
    "",
    ": The configuration is no object: it has to stand in braces. None of it takes effect.",
  ],
  ["a list", "[]", "[]: The configuration is no object: it has to stand in braces. None of it takes effect."],
  [
    "what only a user may say",
    '{ "databases": {}, "testSystems": {}, "repositories": [] }',
    ...[
      ["databases", ", or in a file that SOPM_DATABASES names"],
      ["testSystems", ", or in a file that SOPM_SYSTEMS names"],
      ["repositories", ""],
    ].map(
      ([key, file]) =>
        `"${key}": The key “${key}” is a setting of each user, and has no effect here. Set it in the editor${file}.`,
    ),
  ],
  [
    "a slip in a key",
    '{ "profil": "strict" }',
    '"profil": There is no key “profil”. Did you mean “profile”?',
  ],
  [
    "a key of the editor’s settings file",
    '{ "sopm.profile": "strict" }',
    '"sopm.profile": There is no key “sopm.profile”. Did you mean “profile”?',
  ],
  [
    "a key in parts",
    '{ "build": { "mode": "opmbuild" } }',
    '"build": There is no key “build”. Did you mean “build.mode”?',
  ],
  ["a foreign key", '{ "editor": 1 }', '"editor": There is no key “editor”. What it says has no effect.'],
  [
    "a key of objects",
    '{ "__proto__": { "profile": "strict" }, "constructor": 1 }',
    '"__proto__": There is no key “__proto__”. What it says has no effect.',
    '"constructor": There is no key “constructor”. What it says has no effect.',
  ],
  [
    "a setting of editors",
    '{ "autoClosingTags": false }',
    '"autoClosingTags": The key “autoClosingTags” is a setting of editors alone. It has no effect here.',
  ],
  [
    "a key twice",
    '{ "profile": "strict", "profile": "framework" }',
    '"profile": The key “profile” is said more than once. The last one counts.',
  ],
  [
    "no choice",
    '{ "simulation": "onsave" }',
    '"onsave": “onsave” is no value of “simulation”. It takes onType, onSave, off.',
  ],
  [
    "a number for a text",
    '{ "profile": 1 }',
    "1: The value of “profile” is no text in double quotes. It has no effect.",
  ],
  [
    "a text for a flag",
    '{ "root": "yes" }',
    '"yes": The value of “root” is neither true nor false. It has no effect.',
  ],
  [
    "a text for a list",
    '{ "knownPackages": "." }',
    '".": The value of “knownPackages” is no list of texts in square brackets. It has no effect.',
  ],
  [
    "a number in a list",
    '{ "knownPackages": ["a", 2] }',
    "2: The value of “knownPackages” is no text in double quotes. It has no effect.",
  ],
  [
    "a list for an object",
    '{ "rules": [] }',
    "[]: The value of “rules” is no object in braces. It has no effect.",
  ],
  [
    "a slip in a rule",
    '{ "rules": { "file-not-fuond": "off" } }',
    '"file-not-fuond": There is no rule “file-not-fuond”. Did you mean “file-not-found”?',
  ],
  [
    "no severity",
    '{ "rules": { "file-not-found": "fatal" } }',
    '"fatal": “fatal” is no value of “file-not-found”. It takes error, warning, information, hint, off.',
  ],
  [
    "no date",
    '{ "build.stampDate": "today" }',
    '"today": “today” is no value of “build.stampDate”. An example: 2026-01-31 12:00:00.',
  ],
  [
    "a scenario without an operation",
    '{ "scenarios": { "Fresh": { "database": "oracle" } } }',
    '"Fresh": The scenario “Fresh” has no operation, so that it cannot be tried. Say what is done to the package.',
  ],
  [
    "a scenario whose operation there is not",
    '{ "scenarios": { "Fresh": { "operation": "instal" } } }',
    '"instal": “instal” is no value of “operation”. It takes install, upgrade, reinstall, uninstall.',
  ],
  [
    "a scenario whose operation has a slip in its name",
    '{ "scenarios": { "Fresh": { "operatoin": "install" } } }',
    '"operatoin": There is no key “operatoin”. Did you mean “operation”?',
  ],
  [
    "a scenario with two systems",
    '{ "scenarios": { "Fresh": { "operation": "install", "sandbox": "a", "productVersion": "b" } } }',
    '"Fresh": The scenario “Fresh” names several systems: productVersion, frameworkHome and sandbox exclude each other. It cannot be tried.',
  ],
  [
    "a slip in a scenario",
    '{ "scenarios": { "Fresh": { "operation": "install", "force": 1, "form": "1.0.0" } } }',
    "1: The value of “force” is neither true nor false. It has no effect.",
    '"form": There is no key “form”. Did you mean “from”?',
  ],
  [
    "a comma that is missing",
    '{ "root": true "profile": "strict" }',
    '"profile": “,” is missing here. Keys that can still be read take effect.',
  ],
  [
    "a value that is missing",
    '{ "root": }',
    "}: A value is missing here. Keys that can still be read take effect.",
  ],
  [
    "a brace that is missing",
    '{ "root": true',
    ": “}” is missing here. Keys that can still be read take effect.",
  ],
  [
    "a comment without end",
    '{ "root": true } /*',
    "/*: The comment has no end. Keys that can still be read take effect.",
  ],
  [
    "a word",
    "{ profile: 1 }",
    "profile: “profile” cannot be read here. Keys that can still be read take effect.",
  ],
];
for (const [name, text, ...expected] of wrong)
  test(`${name} is told`, () => assert.deepEqual(found(text), expected));

test("what can be read holds beside what cannot", () => {
  const { layer } = readConfigurationText(path, '{ "profile": "strict", "rules": { "file-not-found": "off" ');
  assert.equal(valueIn(layer, "profile"), "strict");
  assert.deepEqual(valueIn(layer, "rules"), { "file-not-found": "off" });
});

test("a slip is mended by what was meant", () => {
  const text = '{ "profil": "strcit", "rules": { "file-not-fuond": "off" } }';
  const { findings } = readConfigurationText(path, text);
  const edits = findings.flatMap(({ fixes = [] }) => fixes[0]?.edits ?? []);
  assert.equal(applyEdits(text, edits), '{ "profile": "strcit", "rules": { "file-not-found": "off" } }');
});

test("bytes that are no text in UTF-8 are told, and so is what is no file", () => {
  const read = (bytes: Uint8Array) =>
    readConfiguration(path, { kind: "read", bytes, stamp: "" }).findings[0]?.variant;
  assert.equal(read(new TextEncoder().encode('{ "root": true }')), undefined);
  assert.equal(read(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0)), "utf-16");
  assert.equal(read(Uint8Array.of(0x7b, 0, 0x7d, 0)), "utf-16");
  assert.equal(read(Uint8Array.of(0x7b, 0xe4, 0x7d)), "not-utf-8");
  assert.equal(readConfiguration(path, { kind: "too-large" }).findings[0]?.variant, "too-large");
  assert.equal(readConfiguration(path, { kind: "missing" }).findings[0]?.variant, "no-file");
  assert.equal(
    readConfiguration(path, { kind: "unreadable", reason: "EACCES" }).findings[0]?.variant,
    "unreadable",
  );
});

test("a text that is nested as deep as fits into a file takes nobody down", () => {
  for (const sign of ["[", '{"rules":', "[[{"]) {
    const text = `{"rules":${sign.repeat(configurationSize / sign.length)}`;
    assert.equal(readConfigurationText(path, text).findings[0]?.variant, "too-deep");
  }
});

test("a large text with a fault in each of its lines is read in its course", () => {
  const text = `{${'"a":1,\n'.repeat(configurationSize / 8)}}`;
  const { findings } = readConfigurationText(path, text);
  assert.ok(findings.length > 1000);
});

test("names that mean configurations", () => {
  assert.ok(isConfigurationName("sopm.json") && isConfigurationName("shared.sopm.json"));
  assert.ok(!isConfigurationName("asopm.json") && !isConfigurationName("package.json"));
});
