import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import type { ConfigurationLogId } from "../../server/src/sysconfig/configuration-log.ts";
import { readConfiguration } from "../../server/src/sysconfig/read-configuration.ts";
import { type SettingsCase, settingAsText, settingsReferees } from "../support/settings-vectors.ts";

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

for (const { release, cases } of settingsReferees()) {
  test(`configuration as ${release.dialect} reads it`, () => {
    assert.ok(cases.length > 40);
    for (const row of cases) checkCase(row, release);
  });
}

function checkCase(row: SettingsCase, release: FrameworkRelease): void {
  const reading = readConfiguration(row.files, release);
  assert.equal(reading.success, row.result === "1", row.case);
  assert.deepEqual([...reading.settings.values()].map(settingAsText), row.settings, row.case);
  const { log: expected } = row;
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
