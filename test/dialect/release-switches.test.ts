import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { type ReleaseSwitch, releaseDoes } from "../../server/src/dialect/release-switches.ts";

const rows: readonly (readonly [
  name: ReleaseSwitch,
  dialect: DialectId,
  does: readonly (string | undefined)[],
  doesNot: readonly (string | undefined)[],
])[] = [
  // The patch level is known of the fork's releases alone.
  [
    "mysql-quotes-tables",
    "otrs-6",
    ["6.0.41", "6.0.42"],
    ["6.0.30", "6.0.40", "6.0.x", "6.0", undefined, "nonsense"],
  ],
  ["mysql-quotes-tables", "otrs-8", [], ["7.0.41", "8.0.x", undefined]],
  ["mysql-quotes-tables", "znuny-6", [], ["6.0.41", "6.5.4"]],
  ["mysql-column-add-counts", "znuny-7", ["7.1.7", "7.1.x", "7.2", "7.3.1", undefined], ["7.0.9", "7.0.x"]],
  ["mysql-column-add-counts", "otobo-11", ["11.0.1", "11.0.x", "11.1.0", undefined], []],
  ["mysql-column-add-counts", "otobo-10", [], ["10.0.1", "10.1.x", undefined]],
  ["mysql-no-default", "otobo-11", ["11.0.2", "11.0.x", undefined], ["11.0.1"]],
  ["upgrade-needs-package", "otrs-5", ["5.0.1", "5.0.26", "5.0.x", undefined], []],
  ["upgrade-needs-package", "otrs-6", [], ["6.0.1", "6.0.41", "6.0.x", undefined]],
  ["upgrade-needs-package", "znuny-6", ["6.3.1", "6.5.x", undefined], ["6.0.36", "6.2.2"]],
  ["reinstall-needs-package", "otrs-5", [], ["5.0.26", undefined]],
  ["yaml-settings", "otrs-6", ["6.0.26", "6.0.41", "6.0.x", undefined], ["6.0.1", "6.0.25"]],
  ["yaml-settings", "znuny-6", ["6.0.36"], []],
];
for (const [name, dialect, does, doesNot] of rows) {
  test(`${name} in ${dialect}`, () => {
    for (const version of does) assert.equal(releaseDoes(name, { dialect, version }), true, version);
    for (const version of doesNot) assert.equal(releaseDoes(name, { dialect, version }), false, version);
  });
}
