import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf } from "../../server/src/host/file-content.ts";
import { ChangedHome, type Home, unlikePaths } from "../../server/src/system/home.ts";

const content = contentOf(new Uint8Array([1]));
const file = { kind: "file", mode: 0o644, content } as const;

/** A home with `a/old` and nothing else. */
const base: Home = {
  entry: (path) => (path === "a/old" ? file : undefined),
  isFrameworkFile: () => false,
  list: (folder) => ({ "": ["a"], a: ["old"] })[folder] ?? [],
};

function write(home: ChangedHome, ...paths: readonly string[]): void {
  for (const path of paths) home.apply({ kind: "write", path, content, mode: 0o644 });
}

function names(home: Home, folder: string): string[] {
  return [...home.list(folder)].sort();
}

test("a folder is listed as all changes leave it, however often somebody asks in between", () => {
  const home = new ChangedHome(base);
  write(home, "a/new", "a/b/deep", "top");
  assert.deepEqual(names(home, "a"), ["new", "old"]);
  assert.deepEqual(names(home, ""), ["a", "top"]);
  write(home, "a/later");
  home.apply({ kind: "delete", path: "a/old" });
  assert.deepEqual(names(home, "a"), ["later", "new"]);
  home.apply({ kind: "move", from: "a/new", to: "top.save" });
  assert.deepEqual(names(home, "a"), ["later"]);
  assert.deepEqual(names(home, ""), ["a", "top", "top.save"]);
  const upper = new ChangedHome(home);
  upper.apply({ kind: "delete", path: "top" });
  write(upper, "a/old");
  assert.deepEqual(names(upper, ""), ["a", "top.save"]);
  assert.deepEqual(names(upper, "a"), ["later", "old"]);
  assert.deepEqual(names(upper, "a/b"), ["deep"]);
});

test("what is moved from nowhere leaves nothing behind", () => {
  const home = new ChangedHome(base);
  home.apply({ kind: "move", from: "none", to: "a/old" });
  assert.equal(home.entry("a/old"), undefined);
  assert.deepEqual(names(home, "a"), []);
});

test("changes that are made again do not follow what happens to the first home", () => {
  const first = new ChangedHome(base);
  assert.equal(first.sameness, base);
  write(first, "a/new");
  const changes = first.share();
  const second = new ChangedHome(base);
  second.makeAgain(changes);
  assert.equal(second.sameness, first.sameness);
  assert.notEqual(second.sameness, base);
  first.apply({ kind: "delete", path: "a/new" });
  assert.equal(first.sameness, undefined);
  write(second, "top");
  assert.equal(second.sameness, undefined);
  assert.deepEqual(names(second, "a"), ["new", "old"]);
  assert.deepEqual(second.changedPaths, ["a/new", "top"]);
  assert.equal(first.entry("a/new"), undefined);
  assert.equal(first.entry("top"), undefined);
  assert.deepEqual(first.changedPaths, ["a/new"]);
});

test("homes to which the same was done one after the other are the same", () => {
  const first = new ChangedHome(base);
  write(first, "a/new");
  const written = first.share();
  first.apply({ kind: "delete", path: "a/new" });
  const removed = first.share();
  const second = new ChangedHome(base);
  second.makeAgain(written);
  second.makeAgain(removed);
  assert.equal(second.sameness, first.sameness);
  assert.equal(second.entry("a/new"), undefined);
  const third = new ChangedHome(base);
  third.makeAgain(removed);
  assert.notEqual(third.sameness, first.sameness);
});

test("homes of several layers are told by all of them", () => {
  const many = Array.from({ length: 20 }, (_, index) => `b/${index}`);
  const first = new ChangedHome(base);
  write(first, ...many);
  const written = first.share();
  write(first, "a/new");
  const added = first.share();
  const again = new ChangedHome(base);
  again.makeAgain(written);
  assert.notEqual(again.sameness, first.sameness);
  again.makeAgain(added);
  assert.equal(again.sameness, first.sameness);
  assert.equal(new ChangedHome(again).sameness, first.sameness);
});

test("homes are unlike where something else is in them, by whatever changes it came", () => {
  const first = new ChangedHome(base);
  write(first, "a/new", "top");
  const other = new ChangedHome(new ChangedHome(base));
  write(other, "top", "a/gone");
  other.apply({ kind: "delete", path: "a/gone" });
  other.apply({ kind: "make-folder", path: "b", mode: 0o770 });
  const sorted = (a: Home, b: Home) => [...unlikePaths(a, b)!].sort();
  assert.deepEqual(sorted(first, other), ["a/new", "b"]);
  assert.deepEqual(sorted(other, first), ["a/new", "b"]);
  const upper = new ChangedHome(first);
  upper.apply({ kind: "delete", path: "a/new" });
  upper.apply({ kind: "make-folder", path: "b", mode: 0o700 });
  assert.deepEqual(sorted(upper, first), ["a/new", "b"]);
  assert.deepEqual(sorted(upper, other), ["b"]);
  assert.deepEqual(unlikePaths(upper, upper), []);
  assert.equal(unlikePaths(upper, base), undefined);
  assert.equal(unlikePaths(upper, new ChangedHome({ ...base })), undefined);
});
