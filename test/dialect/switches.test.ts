import assert from "node:assert/strict";
import { test } from "node:test";
import { type DialectId, dialectIds } from "../../server/src/dialect/dialect.ts";
import {
  conditionAcross,
  holdsAmong,
  holdsFor,
  readAlike,
  releasesOf,
  type Spread,
  type Switch,
  switchAcross,
  switchesOf,
  switchNames,
} from "../../server/src/dialect/switches.ts";

const rows: readonly (readonly [
  name: Switch,
  dialect: DialectId,
  does: readonly (string | undefined)[],
  doesNot: readonly (string | undefined)[],
])[] = [
  // The patch level is known of the fork's releases alone.
  [
    "mysqlQuotesTables",
    "otrs-6",
    ["6.0.41", "6.0.42"],
    ["6.0.30", "6.0.40", "6.0.x", "6.0", undefined, "nonsense"],
  ],
  ["mysqlQuotesTables", "otrs-8", [], ["7.0.41", "8.0.x", undefined]],
  ["mysqlQuotesTables", "znuny-6", [], ["6.0.41", "6.5.4"]],
  ["mysqlColumnAddCounts", "znuny-7", ["7.1.7", "7.1.x", "7.2", "7.3.1", undefined], ["7.0.9", "7.0.x"]],
  ["mysqlColumnAddCounts", "otobo-11", ["11.0.1", "11.0.x", "11.1.0", undefined], []],
  ["mysqlColumnAddCounts", "otobo-10", [], ["10.0.1", "10.1.x", undefined]],
  ["mysqlNoDefault", "otobo-11", ["11.0.2", "11.0.x", undefined], ["11.0.1"]],
  ["upgradeNeedsPackage", "otrs-5", ["5.0.1", "5.0.26", "5.0.x", undefined], []],
  ["upgradeNeedsPackage", "otrs-6", [], ["6.0.1", "6.0.41", "6.0.x", undefined]],
  ["upgradeNeedsPackage", "znuny-6", ["6.3.1", "6.5.x", undefined], ["6.0.36", "6.2.2"]],
  ["reinstallNeedsPackage", "znuny-6", ["6.3.2", "6.4.1", undefined], ["6.0.36", "6.3.1"]],
  ["repositoriesByName", "znuny-6", ["6.3.2", "6.5.4", undefined], ["6.0.36", "6.3.1"]],
  ["repositoryKnowsNames", "znuny-6", ["6.3.2", "6.5.4", undefined], ["6.0.36", "6.3.1"]],
  ["consoleLooksFirst", "znuny-6", ["6.3.2", "6.5.4", undefined], ["6.0.36", "6.3.1"]],
  ["consoleRepositoryFirst", "znuny-6", ["6.3.1", "6.5.4", undefined], ["6.0.36", "6.2.2"]],
  ["consoleTakesLongGroups", "znuny-6", ["6.3.1", "6.5.4", undefined], ["6.0.36", "6.2.2"]],
  ["reinstallNeedsPackage", "otrs-5", [], ["5.0.26", undefined]],
  ["yamlSettings", "otrs-6", ["6.0.26", "6.0.41", "6.0.x", undefined], ["6.0.1", "6.0.25"]],
  ["yamlSettings", "znuny-6", ["6.0.36"], []],
  // A version that is none of the dialect's is taken for its newest release.
  ["packageMerge", "otrs-legacy", ["4.0.1", "4.0.x", "7.1.3", undefined], ["2.4.7", "3.3.10"]],
  ["builderDoublesType", "otrs-5", ["5.0.1", "5.0.19"], ["5.0.20", "5.0.x", undefined]],
  ["builderDoublesType", "otrs-legacy", ["3.1.0", "4.0.13"], []],
  ["readsLeniently", "otobo-10", ["10.0.22", "10.1.11", undefined], []],
  ["readsLeniently", "otobo-11", [], ["11.0.1", "11.1.x"]],
  ["emptyCdataIsText", "otobo-10", [], ["10.0.22", "10.1.11"]],
  ["readsExternalEntities", "otrs-6", ["6.0.1", "6.0.17"], ["6.0.18", "6.0.x", undefined]],
  ["readsExternalEntities", "otrs-legacy", ["3.2.2", "4.0.x"], ["3.1.20"]],
  ["readsExternalEntities", "otrs-5", ["5.0.1", "5.0.x"], []],
  ["readsExternalEntities", "znuny-6", [], ["6.0.36"]],
  ["readsExternalEntities", "otobo-10", [], ["10.0.22", "10.1.11"]],
  ["readsExternalEntities", "otobo-11", ["11.0.1", "11.0.6"], []],
  ["phasedIntroNames", "otobo-10", ["10.0.22", "10.0.x"], ["10.1.1", undefined]],
  ["packageAllowDirectUpdate", "otrs-6", ["6.0.6", undefined], ["6.0.1", "6.0.5"]],
  ["readsCommitId", "otrs-6", ["6.0.19", undefined], ["6.0.18"]],
  ["readsCommitId", "otrs-5", [], ["5.0.26"]],
  ["forbidsPaths", "otrs-legacy", ["3.2.2", "4.0.13", undefined], ["3.1.0", "2.4.x"]],
  ["forbidsAclFile", "otobo-10", ["10.1.1", undefined], ["10.0.22"]],
  ["frameworkBounds", "otrs-5", ["5.0.14", "5.0.26", "5.0.x", undefined], ["5.0.1", "5.0.13"]],
  ["onlineListIgnoresBounds", "otrs-5", ["5.0.19", undefined], ["5.0.18"]],
  ["onlineListIgnoresBounds", "otrs-6", [], ["6.0.1", undefined]],
  ["loadsRequiredModules", "otrs-5", ["5.0.20"], ["5.0.21", undefined]],
  ["ifNotPackageAsksTable", "otrs-6", ["6.0.14", "6.0.41", undefined], ["6.0.1", "6.0.12"]],
  ["blocksUnverified", "otrs-6", ["6.0.9", "6.0.30", "6.0.x"], ["6.0.8", "6.0.31", "6.0.41"]],
  ["blocksUnverified", "otrs-8", [], ["7.0.1", "8.0.x"]],
  ["uninstallMayKeepData", "znuny-7", ["7.3.4", "7.3.x"], ["7.1.7", "7.3.3"]],
  ["cleanupNeedsDeployed", "otrs-6", ["6.0.12", undefined], ["6.0.11"]],
  ["settingsInCommentsCount", "otrs-6", ["6.0.1", "6.0.4"], ["6.0.5", undefined]],
  ["settingsVersionIgnored", "otrs-6", ["6.0.1", "6.0.3"], ["6.0.4", undefined]],
  ["upgradeAll", "otrs-5", [], ["5.0.26", undefined]],
  ["upgradeAllTellsUndeployed", "otrs-6", ["6.0.5"], ["6.0.4"]],
  ["upgradeAllLeavesItsm", "otrs-6", ["6.0.9", "6.0.41"], ["6.0.8"]],
  ["upgradeAllLeavesItsm", "otobo-10", ["10.0.1", "10.1.11"], []],
  ["upgradeAllLeavesItsm", "otobo-11", ["11.0.1"], ["11.0.2", undefined]],
  ["consoleHasPackages", "otrs-legacy", [], ["3.1.0", "4.0.13"]],
  ["consoleListsDeployment", "znuny-7", ["7.3.7", "7.3.x"], ["7.1.7", "7.3.1"]],
  ["keepsChangedFiles", "otrs-legacy", ["3.2.2", "4.0.13", undefined], ["3.1.0"]],
  ["logNamesWrongBackup", "otrs-5", ["5.0.26", undefined], []],
  ["logNamesWrongBackup", "otrs-6", ["6.0.30", "6.0.34", "6.0.x", undefined], ["6.0.35", "6.0.41"]],
  ["logNamesWrongBackup", "znuny-6", ["6.0.36", "6.2.2"], ["6.3.1", undefined]],
];
for (const [name, dialect, does, doesNot] of rows) {
  test(`${name} in ${dialect}`, () => {
    for (const version of does) assert.equal(switchesOf({ dialect, version })[name], true, version);
    for (const version of doesNot) assert.equal(switchesOf({ dialect, version })[name], false, version);
  });
}

test("a dialect alone stands for its newest release line", () => {
  assert.equal(switchesOf("znuny-6"), switchesOf({ dialect: "znuny-6" }));
  assert.deepEqual(switchesOf("znuny-6"), switchesOf({ dialect: "znuny-6", version: "6.5.x" }));
});

const ranges: readonly (readonly [
  name: Switch,
  dialect: DialectId,
  low: string,
  high: string,
  is: Spread,
])[] = [
  ["mysqlColumnAddCounts", "znuny-7", "7.1.0", "7.3.x", "on"],
  ["mysqlColumnAddCounts", "znuny-7", "7.0.0", "7.0.x", "off"],
  ["mysqlColumnAddCounts", "znuny-7", "7.0.0", "7.1.x", { since: "7.1" }],
  ["mysqlNoDefault", "otobo-11", "11.0.1", "11.0.2", { since: "11.0.2" }],
  ["mysqlQuotesTables", "otrs-6", "6.0.0", "6.0.x", { since: "6.0.41", until: "6.0.x" }],
  ["mysqlQuotesTables", "otrs-6", "6.0.41", "6.0.50", "on"],
  ["mysqlQuotesTables", "otrs-6", "6.0.1", "6.0.40", "off"],
  ["frameworkBounds", "otrs-5", "5.0.0", "5.0.x", { since: "5.0.14" }],
  ["frameworkBounds", "otrs-5", "5.0.0", "5.0.13", "off"],
];
for (const [name, dialect, low, high, expected] of ranges) {
  test(`${name} from ${low} to ${high} of ${dialect}`, () => {
    const range = { lowest: { dialect, version: low }, highest: { dialect, version: high } };
    assert.deepEqual(switchAcross(name, range), expected);
  });
}

test("a switch is on or off where every release says so", () => {
  for (const dialect of dialectIds) {
    const range = releasesOf(dialect);
    for (const name of switchNames) {
      const [low, high] = [switchesOf(range.lowest)[name], switchesOf(range.highest)[name]];
      const spread = switchAcross(name, range);
      if (spread === "on") assert.ok(low && high, `${name} in ${dialect}`);
      else if (spread === "off") assert.ok(!low && !high, `${name} in ${dialect}`);
    }
  }
});

test("a condition asks for what is done and for what is not done", () => {
  const condition = { where: "packageMerge", whereNot: "ifNotPackageAsksTable" } as const;
  const holding = dialectIds.filter((dialect) => holdsFor(condition, switchesOf(dialect)));
  assert.deepEqual(holding, ["otrs-legacy", "otrs-5"]);
  assert.deepEqual(
    dialectIds.filter((dialect) => holdsAmong(condition, releasesOf(dialect))),
    [...holding, "otrs-6"],
    "OTRS 6 before 6.0.14",
  );
  assert.ok(holdsFor({}, switchesOf("otrs-legacy")) && holdsAmong({}, releasesOf("otrs-legacy")));
});

test("a condition of which a part of the releases is enough says of which", () => {
  const range = releasesOf("znuny-7");
  const lowest = { ...range, highest: { dialect: "znuny-7", version: "7.0.x" } } as const;
  assert.deepEqual(conditionAcross({ where: "mysqlColumnAddCounts" }, range), { since: "7.1" });
  assert.deepEqual(conditionAcross({ whereNot: "mysqlColumnAddCounts" }, range), { until: "7.1" });
  assert.equal(conditionAcross({ where: "mysqlColumnAddCounts" }, lowest), "off");
  assert.equal(conditionAcross({ whereNot: "mysqlColumnAddCounts" }, lowest), "on");
});

test("two conditions hold where both do", () => {
  const { lowest, highest } = releasesOf("otrs-6");
  const old = { lowest, highest: { dialect: "otrs-6", version: "6.0.30" } } as const;
  const both = { where: "yamlSettings", whereNot: "mysqlQuotesTables" } as const;
  assert.deepEqual(conditionAcross(both, { lowest, highest }), { since: "6.0.26", until: "6.0.41" });
  assert.deepEqual(conditionAcross(both, old), { since: "6.0.26" });
  const never = { where: "mysqlQuotesTables", whereNot: "yamlSettings" } as const;
  assert.equal(conditionAcross(never, { lowest, highest }), "off");
});

test("two releases read alike when no switch about reading tells them apart", () => {
  assert.ok(readAlike("znuny-7", { dialect: "znuny-7", version: "7.0.9" }));
  assert.ok(!readAlike({ dialect: "otobo-10", version: "10.0.22" }, "otobo-10"));
  assert.ok(!readAlike("otrs-6", "otrs-8"), "another dialect writes other names, whatever it does");
});
