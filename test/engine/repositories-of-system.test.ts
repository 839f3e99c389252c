import assert from "node:assert/strict";
import { test } from "node:test";
import { repositoriesOfSystem } from "../../server/src/engine/repositories-of-system.ts";
import type { Setting, SettingValue } from "../../server/src/sysconfig/setting.ts";
import { systemNamed } from "../support/system-named.ts";

function settingNamed(name: string, value: SettingValue, valid = true): [string, Setting] {
  const texts = { name, file: "Acme.xml", description: "", navigation: "", configLevel: "100" };
  const flags = { required: false, readOnly: false, invisible: false };
  const user = { userModificationPossible: false, userModificationActive: false };
  return [name, { ...texts, ...flags, ...user, valid, value }];
}

const own = { name: "Own", location: "https://a.example/own", vendor: undefined, root: false };

function known(product: string, ...settings: [string, Setting][]) {
  const { framework } = systemNamed(product);
  const found = repositoriesOfSystem([own], { framework, settings: new Map(settings) });
  return { list: found.settings.list, roots: found.settings.roots, notes: found.notes.length };
}

test("settings of installed packages add repositories, in the form that the release reads", () => {
  const table = { "https://a.example/theirs": "Theirs" };
  const list = [{ Name: "Theirs", URL: "https://a.example/theirs" }];
  const ownList = [{ Name: "Own", URL: own.location }];
  const rows: [string, SettingValue, unknown, number][] = [
    ["Znuny 7.1.3", list, [...ownList, ...list], 0],
    ["Znuny 7.1.3", table, ownList, 1],
    ["Znuny 7.1.3", "", ownList, 0],
    ["OTOBO 11.0.5", table, { [own.location]: "Own", ...table }, 0],
    ["OTOBO 11.0.5", list, { [own.location]: "Own" }, 1],
  ];
  for (const [product, value, expected, notes] of rows) {
    const found = known(product, settingNamed("Package::RepositoryList", value));
    assert.deepEqual([found.list, found.notes], [expected, notes], `${product} ${JSON.stringify(value)}`);
  }
});

test("a setting that is switched off adds none, and a document that only a package names is not fetched", () => {
  const list = [{ Name: "Theirs", URL: "https://a.example/theirs" }];
  const off = known("Znuny 7.1.3", settingNamed("Package::RepositoryList", list, false));
  assert.deepEqual(off.list, [{ Name: "Own", URL: own.location }]);
  const roots = known(
    "OTOBO 11.0.5",
    settingNamed("Package::RepositoryRoot", ["https://a.example/root.xml"]),
  );
  assert.deepEqual([roots.roots, roots.notes], [[], 1]);
});
