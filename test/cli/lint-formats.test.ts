import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { runCli } from "../support/run-cli.ts";
import { sarifSchema } from "../support/sarif-schema.ts";
import { sharedFolder } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const faulty = goodSpec
  .replace(
    "<Vendor>Acme Inc.</Vendor>",
    "<Vendor>A</Vendor>\n    <Vendor>B</Vendor>\n    <Vendr>C</Vendr>\n    <Vendr>C</Vendr>",
  )
  .replace(/<\?xml.*\n/, "");

function folderWith(t: TestContext, text = faulty): string {
  return temporaryFolder(t, { ...goodPackage, "Acme.sopm": text });
}

async function outputOf(folder: string, format: string, ...words: string[]): Promise<string> {
  return (await runCli(["lint", `--format=${format}`, ...words, "."], {}, { cwd: folder })).stdout;
}

interface Result {
  readonly ruleId: string;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
  readonly partialFingerprints: { readonly "sopm/v1": string };
}

async function sarifOf(folder: string, ...words: string[]) {
  const log = JSON.parse(await outputOf(folder, "sarif", ...words));
  assert.deepEqual(schemaProblems(log, sarifSchema), []);
  return log.runs[0];
}

function fingerprintsOf({ results }: { readonly results: readonly Result[] }): string[] {
  return results.map((result) => `${result.ruleId} ${result.partialFingerprints["sopm/v1"]}`);
}

test("SARIF of a run is what the schema says, with paths from the current folder on", async (t) => {
  const run = await sarifOf(folderWith(t));
  assert.ok(run.results.length >= 4);
  for (const { locations } of run.results as Result[])
    assert.equal(locations[0]!.physicalLocation.artifactLocation.uri, "Acme.sopm");
  const german = await sarifOf(folderWith(t), "--language", "de");
  assert.equal(german.language, "de");
  assert.notEqual(german.results[0].message.text, run.results[0].message.text);
});

test("a fingerprint is one of its file, and stays when lines move, in every language", async (t) => {
  const before = fingerprintsOf(await sarifOf(folderWith(t)));
  assert.equal(new Set(before).size, before.length);
  const moved = faulty.replace("<Name>", "<!-- a\n     b -->\n\n      <Name>").replace(/^ {4}/gm, "\t");
  assert.deepEqual(fingerprintsOf(await sarifOf(folderWith(t, moved))), before);
  assert.deepEqual(fingerprintsOf(await sarifOf(folderWith(t), "--language=de")), before);
});

test("all forms tell of the same findings", async (t) => {
  const folder = folderWith(t);
  const rules: string[] = JSON.parse(await outputOf(folder, "json")).files[0].findings.map(
    ({ rule }: { rule: string }) => rule,
  );
  assert.deepEqual(
    (await sarifOf(folder)).results.map(({ ruleId }: Result) => ruleId),
    rules,
  );
  const issues = JSON.parse(await outputOf(folder, "gitlab"));
  assert.deepEqual(
    issues.map((issue: { check_name: string }) => issue.check_name),
    rules,
  );
  const inText = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, rule]) => rule);
  assert.deepEqual(inText(await outputOf(folder, "github"), /title=([\w-]+),/g), rules);
  assert.deepEqual(inText(await outputOf(folder, "unix"), /\[([\w-]+)\]$/gm), rules);
  assert.deepEqual(inText(await outputOf(folder, "junit"), /<testcase [^>]*name="([\w-]+) /g), rules);
});

test("the exit code is the same in every form", async (t) => {
  for (const [text, code] of [
    [faulty, 1],
    [goodSpec, 0],
  ] as const) {
    const folder = folderWith(t, text);
    for (const format of ["text", "unix", "json", "sarif", "junit", "gitlab", "github"])
      assert.equal((await runCli(["lint", "--format", format, folder])).code, code, format);
  }
});

test("findings of all specs of the corpus are SARIF, with a fingerprint of their own each", async () => {
  const corpus = sharedFolder("corpus");
  if (corpus === undefined) return;
  const run = await sarifOf(join(corpus, "sopm"));
  const ids = (run.results as Result[]).map(
    ({ locations, partialFingerprints }) =>
      `${locations[0]!.physicalLocation.artifactLocation.uri} ${partialFingerprints["sopm/v1"]}`,
  );
  assert.ok(ids.length > readdirSync(join(corpus, "sopm")).length);
  assert.equal(new Set(ids).size, ids.length);
});
