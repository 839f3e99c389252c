import assert from "node:assert/strict";
import { test } from "node:test";
import { builtIn, joined, type Layer, layerOf, valueIn } from "../../server/src/configuration/layers.ts";
import { settingRows } from "../../server/src/configuration/setting-rows.ts";
import { defaultSettings } from "../../server/src/configuration/settings.ts";
import { settingsOfEditor } from "../support/settings.ts";

const editor = { kind: "editor" } as const;
const said = (section: unknown): Layer => layerOf(section, () => editor);

test("everything holds that is built in, as the rows have it", () => {
  for (const { key, default: value } of settingRows) assert.deepEqual(valueIn(builtIn, key), value, key);
});

test("keys are read as they are written, and with their parts in each other", () => {
  assert.equal(valueIn(said({ "build.mode": "opmbuild" }), "build.mode"), "opmbuild");
  assert.equal(valueIn(said({ build: { mode: "opmbuild" } }), "build.mode"), "opmbuild");
});

test("what a setting does not take is not said", () => {
  const nonsense = [
    { profile: "strictest" },
    { rules: ["file-not-found"] },
    { rules: { "file-not-found": "fatal" } },
    { "build.stampDate": "today" },
    { knownPackages: "one" },
    { build: null },
    { toString: 1, constructor: 2 },
    JSON.parse('{ "__proto__": { "profile": "strict" } }'),
    null,
    1,
  ];
  for (const each of nonsense)
    assert.deepEqual(settingsOfEditor(each), defaultSettings, JSON.stringify(each));
});

test("of several layers the last comes first, part by part where a setting has parts", () => {
  const far = said({ profile: "strict", dialect: "znuny-7", rules: { one: "off", two: "hint" } });
  const near = said({ profile: "framework", rules: { two: "error" } });
  const all = joined([builtIn, far, near]);
  assert.equal(valueIn(all, "profile"), "framework");
  assert.equal(valueIn(all, "dialect"), "znuny-7");
  assert.deepEqual(valueIn(all, "rules"), { one: "off", two: "error" });
});

test("the first of the patterns that fit is the one of whoever comes first", () => {
  const all = joined([
    said({ baseFolder: { "*.sopm": "far" } }),
    said({ baseFolder: { "A*.sopm": "near" } }),
  ]);
  assert.deepEqual(Object.keys(valueIn(all, "baseFolder") as object), ["A*.sopm", "*.sopm"]);
});
