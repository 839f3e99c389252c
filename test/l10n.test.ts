import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { refusalKinds } from "../server/src/builder/refusal.ts";
import { brokenTexts, databaseErrorTexts } from "../server/src/database/database-error.ts";
import { settingsElements, settingsValueTypes } from "../server/src/dialect/settings-elements.ts";
import { packageErrorTexts } from "../server/src/host/package-error.ts";
import { ruleTexts } from "../server/src/node/rule-texts.ts";
import { operationTitles } from "../server/src/protocol/operations.ts";
import { repositoryLogTexts } from "../server/src/repository/repository-log.ts";
import { rules } from "../server/src/rules/rules.ts";
import { configurationLogTexts } from "../server/src/sysconfig/configuration-log.ts";
import { settingsFaultTexts } from "../server/src/sysconfig/settings-faults.ts";
import { commandTexts } from "./support/command-texts.ts";

const root = join(import.meta.dirname, "..");
const german: Readonly<Record<string, string>> = json("l10n/bundle.l10n.de.json");

function json(path: string): Record<string, string> {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

/**
 * Where user-visible texts stand in the code as literals: arguments of the functions that translate, and the fields
 * that are translated later.
 */
const textPattern =
  /(?:\btranslate\(|\bl10n\.t\(|new UsageError\(|\bcomplain\(|\b(?:text|title|reason|hint|message):|const text =)\s*("(?:[^"\\]|\\.)*")/g;

function literalsIn(folder: string): { file: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const source = readFileSync(join(root, folder, name), "utf8");
      return [...source.matchAll(textPattern)].map(([, literal]) => ({
        file: `${folder}/${name}`,
        text: JSON.parse(literal!) as string,
      }));
    })
    .filter(({ text }) => /[A-Za-z]{2}/.test(text.replace(/\{\w+\}/g, "")) && /[\s.]/.test(text));
}

function assertGerman(text: string, where: string): void {
  assert.ok(Object.hasOwn(german, text), `no German for “${text}” (${where})`);
}

test("every text in the code has its German", () => {
  const literals = [
    "client/src",
    "server/src/cli",
    "server/src/lsp",
    "server/src/host",
    "server/src/l10n",
    "server/src/node",
    "server/src/engine",
    "server/src/features",
    "server/src/lifecycle",
    "server/src/rules",
    "server/src/report",
    "server/src/repository",
  ].flatMap(literalsIn);
  assert.ok(literals.length > 100, "the pattern still finds the texts");
  for (const { text, file } of literals) if (!file.includes("/render-")) assertGerman(text, file);
});

test("German has one word for an upgrade, that of the frameworks' screens", () => {
  const texts = [...Object.values(german), ...Object.values(json("package.nls.de.json"))];
  for (const text of texts) {
    // Names of the console and of tags stay as they are.
    assert.doesNotMatch(text.replace("Admin::Package::Install, Upgrade", ""), /\bUpgrade/, text);
  }
});

test("every message that comes from a table has its German", () => {
  for (const { text } of Object.values(refusalKinds)) assertGerman(text, "refusals");
  for (const text of Object.values({ ...databaseErrorTexts, ...brokenTexts }))
    assertGerman(text, "databases");
  for (const text of Object.values(configurationLogTexts)) assertGerman(text, "configuration");
  for (const text of Object.values(settingsFaultTexts)) assertGerman(text, "faults of settings");
  for (const { summary, attributes } of Object.values(settingsElements).flat())
    for (const text of [summary, ...attributes.map((each) => each.summary)])
      assertGerman(text, "elements of settings files");
  for (const { summary } of settingsValueTypes) assertGerman(summary, "types of settings");
  for (const text of Object.values(repositoryLogTexts)) assertGerman(text, "repositories");
  for (const { message, hint } of Object.values(packageErrorTexts)) {
    assertGerman(message, "errors");
    assertGerman(hint, "errors");
  }
  for (const text of Object.values(operationTitles)) assertGerman(text, "operations");
  for (const text of commandTexts()) assertGerman(text, "commands");
  for (const { id, message } of rules) {
    assertGerman(ruleTexts()[id]!.summary, id);
    for (const text of typeof message === "string" ? [message] : Object.values(message))
      assertGerman(text, id);
  }
});

test("a German text has the placeholders of the English one", () => {
  for (const [english, text] of Object.entries(german)) {
    assert.deepEqual(placeholders(text), placeholders(english), english);
  }
});

test("the manifest's texts are there in both languages, and every one is used", () => {
  const english = json("package.nls.json");
  assert.deepEqual(Object.keys(json("package.nls.de.json")).sort(), Object.keys(english).sort());
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  const used = new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key!));
  assert.deepEqual([...used].sort(), Object.keys(english).sort());
});

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

test("no message begins with somebody who does not exist", () => {
  const riddles = [...Object.keys(german), ...Object.values(german)].filter((text) =>
    /(^|[.!?:]\s)(Nobody|No one|Niemand)\b/.test(text),
  );
  assert.deepEqual(riddles, []);
});

test("German texts have German quotes", () => {
  const foreign = Object.values(german).filter((text) => /[”«»]|“(?![^„]*„)(?<!„[^“]*“)/.test(text));
  assert.deepEqual(foreign, []);
});

/** A number before the name of many things: "3 files". */
const counted =
  /\{(?:0|1|count|trials|paths|systems|total|made|size|before|after|bytes)\} (?:more |other |older |further )?(?!is\b|was\b|has\b|serves\b|becomes\b)[a-z]+s\b/;

/** What is said of one thing has a text of its own: "1 file". */
const ofMany = [
  "{0} packages are broken",
  "repairs {0} files",
  "{0} errors",
  "{0} warnings",
  "{0} packages have errors",
  "{0} files",
  "{0} changes",
  "{0} updates",
  "{0} packages",
  "changes {0} packages",
  "{0} was not built, {1} errors are in the way:",
  "{count} files",
  "{count} findings",
  "{size} bytes",
  "created, with {count} columns",
  "{count} files are not committed as they are, so that the archive could not be built again from a commit: {files}",
  "Upgrade matrix: {count} paths differ or fail",
  "Add {count} files to the list",
  "Follow all {count} files that have moved",
  "Fix all {count} findings of {rule}",
  "{fix}, at all {count} places",
  "Drop {count} tables at uninstallation",
  "Copy {count} texts to translate into language {language}",
];

/** There are always more of them where it is said, as some are told one by one or it is a limit; bytes of whole archives. */
const always =
  /^(?:Removes|Writes|Runs SQL|Not all operations|A row of|An index cannot|MySQL may refuse|The index “|Tags of|There are|The package has \{count\} tables|“\{url\}” sends|Tools read a version|\{path\}: \{size\} bytes|The entries cannot be compared|\{folder\}: (?:a new package|nothing is written)|\{0\} packages were changed)/;

test("a number stands before many things only where they are many", () => {
  const rulesTexts = new Set(
    rules.flatMap(({ message }) => (typeof message === "string" ? [] : Object.values(message))),
  );
  const others = Object.keys(german).filter(
    (text) => counted.test(text) && !ofMany.includes(text) && !always.test(text) && !rulesTexts.has(text),
  );
  // Write "Files: {count}", or a text for one beside the text for many.
  assert.deepEqual(others, []);
});
