import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A spec with a placeholder for its version, and code and a column for those who have less than 4.0.3. */
const placeholder = goodSpec
  .replace("<Version>1.0.0<", "<Version>0.0.0<")
  .replace(
    "</Filelist>",
    `</Filelist>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_desk" Version="4.0.3"><ColumnAdd Name="flag" Required="false" Type="SMALLINT"/></TableAlter>
    </DatabaseUpgrade>
    <CodeUpgrade Type="post" Version="4.0.3"><![CDATA[1;]]></CodeUpgrade>`,
  )
  .replace(/ *<ChangeLog.*\n/, "");

function specIn(t: TestContext, text = placeholder): string {
  return join(temporaryFolder(t, { ...goodPackage, "Acme.sopm": text }), "Acme.sopm");
}

interface Row {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
}

async function findingsOf(...words: string[]): Promise<Row[]> {
  const { stdout } = await runCli(["lint", "--format=json", ...words]);
  return JSON.parse(stdout).files[0].findings;
}

test("a placeholder is no version, so that gates are compared with the version of the release alone", async (t) => {
  const spec = specIn(t);
  assert.deepEqual(await findingsOf(spec), []);
  assert.deepEqual(await findingsOf("--version", "4.0.3", spec), []);
  const found = await findingsOf("--version=4.0.2", spec);
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ["db-upgrade-version-above-package", "code-upgrade-version-above-package"],
  );
});

test("a version that is longer than the placeholder moves nothing", async (t) => {
  const spec = specIn(t, placeholder.replace(/\n */g, ""));
  const places = async (version: string) =>
    (await findingsOf("--version", version, spec)).map(({ line, column }) => `${line}:${column}`);
  assert.deepEqual(await places("1000.1000.1000"), []);
  const short = await places("3.0.0");
  assert.equal(short.length, 2);
  assert.deepEqual(await places("3.1000.1000"), short);
});

test("a build stops at what is wrong with its version, and says what else it brings", async (t) => {
  const spec = specIn(t);
  const low = await runCli(["build", "--version", "4.0.2", spec]);
  assert.equal(low.code, 1);
  assert.match(
    low.stderr,
    /:\d+:\d+: This code is skipped until the package has version 4\.0\.3; now it has 4\.0\.2\./,
  );
  assert.match(low.stderr, /\(db-upgrade-version-above-package\)/);
  assert.equal(existsSync(join(spec, "../Acme-4.0.2.opm")), false);
  const right = await runCli(["build", "--version", "4.0.3", spec]);
  assert.deepEqual([right.code, right.stderr], [0, ""]);
  const logged = specIn(t, goodSpec);
  const unlogged = await runCli(["build", "--version", "1.0.1", logged]);
  assert.equal(unlogged.code, 0);
  assert.match(
    unlogged.stderr,
    /^.*Acme\.sopm:4:14: Readers do not learn what is new in 1\.0\.1.* \(changelog-version-mismatch\)\n$/,
  );
});

test("a version in the place of a text that is none is no longer found fault with", async (t) => {
  const spec = specIn(t, placeholder.replace("0.0.0", "next"));
  assert.notDeepEqual(await findingsOf(spec), []);
  assert.equal((await runCli(["build", spec])).code, 1);
  assert.deepEqual(await findingsOf("--version", "4.0.3", spec), []);
  assert.equal((await runCli(["build", "--version", "4.0.3", spec])).code, 0);
});

test("a dry run and the statements are those of the version, and the report says so", async (t) => {
  const spec = specIn(t);
  const words = ["dry-run", "upgrade", spec, "--from", "4.0.2"];
  const json = await runCli([...words, "--version", "4.0.3", "--format", "json"]);
  const report = JSON.parse(json.stdout);
  assert.equal(report.package.version, "4.0.3");
  assert.ok(
    report.assumptions.includes("The spec is taken as it is when built as 4.0.3."),
    report.assumptions,
  );
  const german = await runCli([...words, "--version", "4.0.3", "--language", "de"]);
  assert.match(german.stdout, /Die Spec wird so genommen, wie sie als 4\.0\.3 gebaut wird\./);
  // An upgrade from 4.0.2 to a placeholder would be one to an older version.
  assert.match((await runCli(words)).stdout, /would refuse this/);
  const statements = async (...more: string[]) =>
    (await runCli(["sql", "--operation", "upgrade", "--from", "4.0.2", ...more, spec])).stdout;
  assert.match(await statements("--version", "4.0.3"), /ALTER TABLE acme_desk ADD flag/);
});

for (const [words, complaint] of [
  [["lint", "--version", "4.0"], /“4\.0” is no version to build with/],
  [["sql", "--operation", "install", "--version", "4.0.0-rc1"], /“4\.0\.0-rc1” is no version to build with/],
  [["dry-run", "install", "--version", "v4.0.0"], /“v4\.0\.0” is no version to build with/],
] as const) {
  test(`sopm ${words.join(" ")} takes no such version`, async (t) => {
    const { code, stdout, stderr } = await runCli([...words, specIn(t)]);
    assert.match(stderr, complaint);
    assert.deepEqual([code, stdout], [2, ""]);
  });
}

test("an archive has its version", async (t) => {
  const spec = specIn(t);
  await runCli(["build", "--version", "4.0.3", spec]);
  const archive = join(spec, "../Acme-4.0.3.opm");
  for (const words of [["lint"], ["sql", "--operation=install"], ["dry-run", "install"]]) {
    const { code, stderr } = await runCli([...words, archive, "--version", "4.0.4"]);
    assert.match(stderr, /Acme-4\.0\.3\.opm” is an archive and has its version; --version is for specs\./);
    assert.equal(code, 2);
  }
});
