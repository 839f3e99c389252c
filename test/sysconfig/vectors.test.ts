import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
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
  [/format found in (.*): version must be/, ["config-version"], "file"],
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

const folder = sharedFolder("vectors");
const znunyFolder = sharedFolder("vectors-znuny");

for (const [dialect, root] of [
  ["otobo-11", "otobo_config"],
  ["znuny-7", "otrs_config"],
] as const) {
  test(`configuration as ${dialect} reads it`, { skip: !folder || !znunyFolder }, () => {
    const cases = casesFor(dialect);
    assert.ok(cases.length > 40);
    for (const row of cases) checkCase(row, dialect, root);
  });
}

/** Znuny's folder has the cases that differ. */
function casesFor(dialect: DialectId): readonly Case[] {
  const all = readCases(folder!);
  const differing = dialect === "znuny-7" ? readCases(znunyFolder!) : [];
  return [...all.filter((row) => !differing.some((other) => other.case === row.case)), ...differing];
}

function readCases(vectors: string): readonly Case[] {
  const file = join(vectors, "sysconfig/cases.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

function checkCase(row: Case, dialect: DialectId, root: string): void {
  const files = Object.entries(row.files).map(([name, text]) => ({
    name,
    text: text.replaceAll("ROOT", root),
  }));
  const reading = readConfiguration(files, { dialect });
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
