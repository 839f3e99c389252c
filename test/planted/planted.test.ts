import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { archiveFaults, builtFrom, indexFile } from "./archive-faults.ts";
import { cleanFamily, type Files } from "./family.ts";
import type { Fault } from "./fault.ts";
import { releasedFaults } from "./released-faults.ts";
import { settingsFaults } from "./settings-faults.ts";
import {
  acrossFaults,
  codeFaults,
  databaseFaults,
  fileFaults,
  introFaults,
  mergeFaults,
  requirementFaults,
  versionFaults,
} from "./spec-faults.ts";

const groups: Readonly<Record<string, readonly Fault[]>> = {
  files: fileFaults,
  database: databaseFaults,
  code: codeFaults,
  versions: versionFaults,
  requirements: requirementFaults,
  merges: mergeFaults,
  intros: introFaults,
  settings: settingsFaults,
  "across packages": acrossFaults,
  "beside released versions": releasedFaults,
};

interface Said {
  readonly rule: string;
  /** Relative to the folder of all packages. */
  readonly file: string;
  /** The line of the finding. */
  readonly line: string;
  readonly severity: string;
  readonly message: string;
}

/** What `sopm lint --format json` prints, as far as it is looked at; lines count from 1. */
interface Printed {
  readonly files: readonly {
    readonly file: string;
    readonly findings: readonly (Omit<Said, "file" | "line"> & { readonly line: number })[];
  }[];
}

test("nothing is said of a family without a mistake", async (t) => {
  assert.deepEqual(await lintFamily(t, cleanFamily()), []);
});

for (const [group, faults] of Object.entries(groups))
  for (const fault of faults)
    test(`${group}: ${fault.what}`, async (t) => {
      const files = cleanFamily();
      fault.plant(files);
      assertFound(fault, await lintFamily(t, files));
    });

test("archives and indexes", async (t) => {
  const clean = await familyWithRepository(t);
  await t.test("nothing is said of a repository without a mistake", async (t) => {
    assert.deepEqual(await lintFamily(t, clean, ["repository"]), []);
  });
  for (const fault of archiveFaults)
    await t.test(fault.what, async (t) => {
      const files = { ...clean };
      fault.plant(files);
      assertFound(fault, await lintFamily(t, files, [fault.file]));
    });
});

/** Holds that the fault is told where it is, and that nothing else is said than what is true of it, too. */
function assertFound(fault: Fault, said: readonly Said[]): void {
  const rules = [fault.rules].flat();
  const told = JSON.stringify(said, undefined, 1);
  assert.ok(
    said.some(
      ({ rule, file, line }) => rules.includes(rule) && file === fault.file && line.includes(fault.at),
    ),
    `not found in ${fault.file} at ${fault.at}: ${told}`,
  );
  const expected = [...rules, ...(fault.beside ?? [])];
  const extra = said.filter(({ rule }) => !expected.includes(rule));
  assert.deepEqual(extra, [], "something else was said");
}

/** The clean family with archives of it in a repository, as our own commands make them. */
async function familyWithRepository(t: TestContext): Promise<Files> {
  const family = cleanFamily();
  const folder = temporaryFolder(t, family);
  const repository = join(folder, dirname(indexFile));
  mkdirSync(repository);
  for (const spec of Object.values(builtFrom))
    await run(["build", join(folder, spec), "--output", repository]);
  const archives = Object.keys(builtFrom).map((path) => [path, readFileSync(join(folder, path), "utf8")]);
  return { ...family, ...Object.fromEntries(archives), [indexFile]: await run(["index", repository]) };
}

/** What is said of the family, or of some of its files. */
async function lintFamily(t: TestContext, files: Files, paths = ["."]): Promise<readonly Said[]> {
  const folder = temporaryFolder(t, files);
  const words = ["lint", "--format", "json", ...paths.map((path) => join(folder, path))];
  const printed = JSON.parse(await run(words)) as Printed;
  return printed.files.flatMap(({ file, findings }) => {
    const path = file.slice(folder.length + 1);
    const lines = files[path]?.split(/\r?\n/) ?? [];
    return findings.map(({ rule, severity, message, line }) => ({
      rule,
      severity,
      message,
      file: path,
      line: lines[line - 1] ?? "",
    }));
  });
}

async function run(words: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runHere(words);
  assert.equal(stderr, "");
  return stdout;
}
