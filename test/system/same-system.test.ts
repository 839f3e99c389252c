import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf } from "../../server/src/host/file-content.ts";
import { ChangedSystem } from "../../server/src/system/changed-system.ts";
import { areSameSystems } from "../../server/src/system/same-system.ts";
import type { SystemChange, SystemState } from "../../server/src/system/system-state.ts";
import { systemNamed } from "../support/system-named.ts";

const base = systemNamed("Znuny 7.1.3", "postgresql");
const content = contentOf(new Uint8Array([1]));
const id = { name: "id", type: "INTEGER", nullable: false, default: undefined, autoIncrement: false };
const setting = { name: "A", file: "A.xml", value: "1" };

function table(name: string, type = "INTEGER"): SystemChange {
  const columns = [{ ...id, type }];
  return {
    part: "database",
    change: { kind: "create-table", table: name, columns, primaryKey: undefined, keys: [], lostColumns: [] },
  };
}

function file(path: string, mode = 0o644): SystemChange {
  return { part: "home", change: { kind: "write", path, content, mode } };
}

function settings(...values: readonly string[]): SystemChange {
  const store = new Map(values.map((value) => [value, { ...setting, name: value, value }]));
  return { part: "settings", settings: store } as unknown as SystemChange;
}

const gone = { part: "home", change: { kind: "delete", path: "b" } } as const;
const folder = { part: "home", change: { kind: "make-folder", path: "b", mode: 0o770 } } as const;

function after(...changes: readonly SystemChange[]): SystemState {
  const system = new ChangedSystem(base);
  for (const change of changes) system.apply(change);
  return system.state();
}

const rows: readonly [string, readonly SystemChange[], readonly SystemChange[], boolean][] = [
  ["nothing is done to either", [], [], true],
  ["a file that comes and goes", [file("a")], [file("a"), file("b"), gone], true],
  ["another mode", [file("a")], [file("a", 0o600)], false],
  ["a file more", [file("a")], [file("a"), file("b")], false],
  ["a folder more", [file("a")], [file("a"), folder], false],
  ["the same table", [table("t")], [table("t")], true],
  ["a table more", [table("t")], [table("t"), table("u")], false],
  ["another column", [table("t")], [table("t", "BIGINT")], false],
  ["tables in another order", [table("t"), table("u")], [table("u"), table("t")], false],
  ["the same settings", [settings("A", "B")], [settings("A", "B")], true],
  ["a setting fewer", [settings("A", "B")], [settings("A")], false],
  ["settings in another order", [settings("A", "B")], [settings("B", "A")], false],
];

for (const [about, own, others, expected] of rows) {
  test(`${about}: two systems are ${expected ? "the same" : "not the same"}`, () => {
    assert.equal(areSameSystems(after(...own), after(...others)), expected);
    assert.equal(areSameSystems(after(...others), after(...own)), expected);
  });
}

test("a folder is as good as nothing where somebody says so", () => {
  const places: string[] = [];
  const matters = (path: string) => {
    places.push(path);
    return false;
  };
  assert.equal(areSameSystems(after(file("a")), after(file("a"), folder), matters), true);
  assert.deepEqual(places, ["b"]);
  assert.equal(areSameSystems(after(file("b")), after(folder), matters), false);
});
