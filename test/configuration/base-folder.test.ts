import assert from "node:assert/strict";
import { test } from "node:test";
import { type BaseFolderSettings, baseFolderOf } from "../../server/src/configuration/base-folder.ts";
import { posixPaths } from "../support/posix-paths.ts";

const settingsOf = (settings: Partial<BaseFolderSettings>) => ({
  baseFolder: "",
  baseFolders: {},
  ...settings,
});
const of = (spec: string, settings: Partial<BaseFolderSettings>) =>
  baseFolderOf(spec, settingsOf(settings), "/ws", posixPaths);
const alone = (spec: string, settings: Partial<BaseFolderSettings>) =>
  baseFolderOf(spec, settingsOf(settings), undefined, posixPaths);

test("the files of a spec are beside it, or where the settings say for all", () => {
  assert.equal(of("/ws/a/Acme.sopm", {}), "/ws/a");
  assert.equal(of("/ws/a/Acme.sopm", { baseFolder: "src" }), "/ws/src");
  assert.equal(alone("/x/Acme.sopm", { baseFolder: "src" }), "/x/src");
});

test("a spec has a base folder of its own, by its path or by a pattern, and the path comes first", () => {
  const baseFolders = {
    "*.sopm": "../any",
    "a/Acme.sopm": "../src",
    "b/**/*.sopm": "deep",
    "/x/Lone.sopm": "/files",
    "c/*/Acme.sopm": "",
  };
  assert.equal(of("/ws/a/Acme.sopm", { baseFolders, baseFolder: "all" }), "/ws/src");
  assert.equal(of("/ws/a/Other.sopm", { baseFolders }), "/ws/any");
  assert.equal(alone("/x/Lone.sopm", { baseFolders }), "/files");
  assert.equal(of("/ws/b/Acme.sopm", { baseFolders: { "b/**/*.sopm": "deep" } }), "/ws/b/deep");
  assert.equal(of("/ws/b/1/2/Acme.sopm", { baseFolders: { "b/**/*.sopm": "deep" } }), "/ws/b/1/2/deep");
  assert.equal(
    of("/ws/c/1/Acme.sopm", { baseFolders: { "./c/*/Acme.sopm": "" }, baseFolder: "x" }),
    "/ws/c/1",
  );
  assert.equal(of("/ws/c/1/2/Acme.sopm", { baseFolders: { "c/*/Acme.sopm": "no" } }), "/ws/c/1/2");
});

test("patterns that mean nothing, or could take for ever, do neither", () => {
  const baseFolders = {
    "": "no",
    "/": "no",
    ".": "no",
    [`${"**/*a*/".repeat(40)}b`]: "no",
  };
  assert.equal(of(`/ws/${"aaaa/".repeat(60)}Acme.sopm`, { baseFolders }), `/ws/${"aaaa/".repeat(59)}aaaa`);
});
