import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { defaultLintSettings } from "../../server/src/engine/lint.ts";
import { type FolderFacts, noFolder } from "../../server/src/host/folder-facts.ts";
import { knowledgeOf } from "../../server/src/node/knowledge.ts";
import { rules } from "../../server/src/rules/rules.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { type FixRun, tryFixes } from "../support/fix-harm.ts";
import { packageOf, surroundingsOf, textOf } from "../support/rule-examples.ts";
import { sharedFolder } from "../support/shared.ts";

/** With SOPM_FULL=1 every fix, otherwise those of the first findings of each kind. */
const choice = process.env.SOPM_FULL === "1" ? {} : { perKind: 1 };

function checkRuns(runs: readonly (readonly [name: string, run: FixRun])[]): void {
  const harms = runs.flatMap(([name, { harms }]) =>
    harms.map(({ rule, title, harm }) => `${name}: ${rule}: “${title}” ${harm}`),
  );
  assert.deepEqual(harms, []);
  const sum = (count: (run: FixRun) => number) => runs.reduce((total, [, run]) => total + count(run), 0);
  console.log(
    `${runs.length} texts, ${sum(({ single }) => single)} fixes, ${sum(({ all }) => all)} of all of a kind`,
  );
}

test("no fix does harm to the examples of rules", () => {
  const runs = rules.flatMap((rule) =>
    (["bad", "good"] as const).map((example) => {
      const text = packageOf(textOf(rule)[example]);
      return [`${rule.id}, ${example}`, tryFixes({ text, ...surroundingsOf(rule) }, choice)] as const;
    }),
  );
  checkRuns(runs);
});

test("all tables that nothing drops are dropped at once, those that refer to others first", () => {
  const create = (name: string, content: string) =>
    `<TableCreate Name="acme_${name}">${content}</TableCreate>`;
  const key = (name: string) =>
    `<ForeignKey ForeignTable="acme_${name}"><Reference Local="id" Foreign="id"/></ForeignKey>`;
  const column = '<Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/>';
  const tables = [
    create("a", column),
    create("b", column + key("a")),
    create("c", column + key("b") + key("a")),
  ];
  const text = packageOf(`<DatabaseInstall Type="post">${tables.join("")}</DatabaseInstall>`);
  const { settings, surroundings } = surroundingsOf(rules.find(({ id }) => id === "table-not-dropped")!);
  const run = tryFixes({ text, settings, surroundings });
  assert.ok(run.single >= 3);
  assert.equal(run.all, 1);
  assert.deepEqual(run.harms, []);
});

for (const name of ["cases", "corpus/sopm"]) {
  const folder = sharedFolder(name);
  test(`no fix does harm to a package of ${name}`, { skip: !folder }, () => {
    const runs = specsBelow(folder!).map((path) => {
      const text = decodeText(readFileSync(path)).text;
      const settings = { ...defaultLintSettings, profile: "strict" } as const;
      const surroundings = {
        fileName: nameOf(path),
        kind: "spec",
        // The packages of the corpus are without their files.
        folder: name === "cases" ? folderOf(dirname(path)) : noFolder,
        knowledge: knowledgeOf,
        today: "2024-05-02",
      } as const;
      return [path.slice(folder!.length), tryFixes({ text, settings, surroundings }, choice)] as const;
    });
    assert.ok(runs.length > 0);
    checkRuns(runs);
  });
}

/** In the corpus the names of files begin with where they come from and may end with a revision. */
function nameOf(path: string): string {
  return `${basename(path, ".sopm").split("__").at(-1)!.replace(/@.*/, "")}.sopm`;
}

function specsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sopm"))
    .sort()
    .map((path) => join(folder, path));
}

function folderOf(folder: string): FolderFacts {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return {
    factOf: (path) =>
      files.includes(path) ? { kind: "file", size: 100, leavesBase: false } : { kind: "missing" },
    files: () => files,
  };
}
