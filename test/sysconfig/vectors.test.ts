import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import type { ConfigurationLogId } from "../../server/src/sysconfig/configuration-log.ts";
import { readConfiguration } from "../../server/src/sysconfig/read-configuration.ts";
import type { Setting } from "../../server/src/sysconfig/setting.ts";
import { sharedFolder } from "../support/shared.ts";

interface Case {
  readonly case: string;
  readonly files: Readonly<Record<string, string>>;
  readonly result: "0" | "1";
  readonly settings: readonly { readonly name: string }[];
  readonly log?: readonly string[];
}

/** What a line of the real log becomes in ours, and which of its words have to come back. */
const logPatterns: readonly [pattern: RegExp, ids: readonly ConfigurationLogId[], value?: string][] = [
  [/Init value \((.*)\)!/, ["config-init-invalid"], "init"],
  [/format found in (.*?):? \(?version must be/, ["config-version"], "file"],
  [/format found in (.*): :\d+: parser error/s, ["config-malformed"], "file"],
  [/Old ConfigItem (.*) detected/, ["config-old-item"], "name"],
  [/ValueType\/(.*)\.pm in @INC/, ["value-type-unknown"], "type"],
  [/'(.*)' not found in select/, ["option-unknown"], "option"],
  [/must be a single element/, ["value-not-single"]],
  [/Need Data!/, ["definition-missing", "value-missing"]],
  [/Need Value!/, ["value-not-read"]],
  [/cannot be null|too long/, ["settings-refused"]],
  [/unable to rebuild config/, ["settings-not-stored"]],
  [/Error parsing XML/, ["setting-malformed"]],
  [/structure must be a hash/, ["setting-left-out"]],
];

/** Each with its folders, of which the first has all cases and every other one those that differ from the ones before. */
const referees: readonly (readonly [release: FrameworkRelease, root: string, ...folders: string[]])[] = [
  [{ dialect: "otobo-11", version: "11.0.5" }, "otobo_config", "vectors"],
  [{ dialect: "znuny-7", version: "7.1.7" }, "otrs_config", "vectors", "vectors-znuny"],
  [{ dialect: "otrs-6", version: "6.0.41" }, "otrs_config", "vectors", "vectors-znuny", "vectors-otrs-6"],
];
for (const [release, root, ...names] of referees) {
  const folders = names.map(sharedFolder).filter((folder) => folder !== undefined);
  if (folders.length < names.length) continue;
  test(`configuration as ${release.dialect} reads it`, () => {
    const cases = new Map<string, Case>();
    for (const row of folders.flatMap(readCases)) cases.set(row.case, row);
    assert.ok(cases.size > 40);
    for (const row of cases.values()) checkCase(row, release, root);
  });
}

function readCases(vectors: string): readonly Case[] {
  const file = join(vectors, "sysconfig/cases.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

function checkCase(row: Case, release: FrameworkRelease, root: string): void {
  const files = Object.entries(row.files).map(([name, text]) => ({
    name,
    text: text.replaceAll("ROOT", root),
  }));
  const reading = readConfiguration(files, release);
  assert.equal(reading.success, row.result === "1", row.case);
  assert.deepEqual([...reading.settings.values()].map(toText), sorted(row.settings), row.case);
  const expected = row.log ?? [];
  const shown = () => `${row.case}: ${reading.log.map(({ id }) => id)} for ${expected}`;
  assert.equal(reading.log.length, expected.length, shown());
  for (const [index, line] of expected.entries()) {
    const entry = reading.log[index]!;
    const pattern = logPatterns.find(([pattern]) => pattern.test(line));
    assert.ok(pattern, `no pattern for ${line}`);
    const [expression, ids, value] = pattern;
    assert.ok(ids.includes(entry.id), `${shown()}, line ${index + 1}`);
    if (value) assert.equal(entry.values?.[value], expression.exec(line)![1], row.case);
  }
}

function sorted(settings: Case["settings"]): Case["settings"] {
  return settings.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** All values of the vectors are texts. */
function toText(setting: Setting): object {
  return Object.fromEntries(
    Object.entries(setting).map(([key, value]) => [
      key,
      typeof value === "boolean" ? (value ? "1" : "0") : value,
    ]),
  );
}
