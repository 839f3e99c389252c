import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { type CliResult, cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { sarifSchema } from "../support/sarif-schema.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const faulty = goodSpec.replace("<Vendor>Acme Inc.</Vendor>", "<Vendor>A</Vendor>\n    <Vendor>B</Vendor>");
const warned = goodSpec.replace(/<\?xml.*\n/, "");

function folderWith(t: TestContext, text = faulty): string {
  return temporaryFolder(t, { ...goodPackage, "Acme.sopm": text, "b/B.sopm": text });
}

function lint(folder: string, ...words: string[]): Promise<CliResult> {
  const quiet = ["--rule=spec-filename-mismatch=off", "--base=."];
  return runCli(["lint", ...quiet, ...words], {}, { cwd: folder });
}

async function baselineOf(folder: string): Promise<string> {
  const { code, stdout, stderr } = await lint(folder, "--write-baseline", "known.sarif", ".");
  assert.deepEqual([code, stdout], [0, ""]);
  assert.match(
    stderr,
    /^sopm: “known\.sarif” has all findings: \d+\. With --baseline they are left out\.\n$/,
  );
  return readFileSync(join(folder, "known.sarif"), "utf8");
}

test("what is in the baseline is not told again, and what is new is", async (t) => {
  const folder = folderWith(t);
  assert.deepEqual(schemaProblems(JSON.parse(await baselineOf(folder)), sarifSchema), []);
  const known = await lint(folder, "--baseline", "known.sarif", ".");
  assert.equal(known.code, 0);
  assert.equal(known.stderr, "");
  assert.match(
    known.stdout,
    /^Files checked: 2\. Errors: 0, warnings: 0, others: 0\.\nKnown, and not told again: 2\.\n$/,
  );
  const more = `<!-- moved -->\n${faulty.replace(/<\?xml.*\n/, "").replace("</otrs_package>", "  <Vendr/>\n</otrs_package>")}`;
  writeFileSync(join(folder, "Acme.sopm"), more);
  const { code, stdout } = await lint(folder, "--baseline", "known.sarif", "--format=json", ".");
  assert.equal(code, 1);
  const rules = JSON.parse(stdout).files.flatMap(({ findings }: { findings: { rule: string }[] }) =>
    findings.map(({ rule }) => rule),
  );
  assert.ok(rules.includes("element-unknown"), rules);
  assert.ok(!rules.includes("single-element-duplicate"), rules);
});

test("what is gone from the baseline is told, of files that were checked or are away", async (t) => {
  const folder = folderWith(t);
  await baselineOf(folder);
  writeFileSync(join(folder, "Acme.sopm"), goodSpec);
  const gone =
    /^sopm: Findings of the baseline that are gone from “(.*)”: 1\. --write-baseline writes it anew\.$/gm;
  const namesIn = ({ stderr }: CliResult) => [...stderr.matchAll(gone)].map(([, name]) => name);
  assert.deepEqual(namesIn(await lint(folder, "--baseline=known.sarif", ".")), ["Acme.sopm"]);
  assert.deepEqual(namesIn(await lint(folder, "--baseline=known.sarif", "b")), []);
  rmSync(join(folder, "b/B.sopm"));
  const both = await lint(folder, "--baseline=known.sarif", ".");
  assert.deepEqual(namesIn(both), ["Acme.sopm", "b/B.sopm"]);
  assert.equal(both.code, 0);
});

test("a baseline that is none is told so, whatever it is", async (t) => {
  const folder = folderWith(t);
  const whole = await baselineOf(folder);
  const own = JSON.parse(whole);
  const withResults = (results: unknown) => JSON.stringify({ ...own, runs: [{ ...own.runs[0], results }] });
  for (const [content, complaint] of [
    ["", /is not whole or no JSON/],
    [whole.slice(0, whole.length / 2), /is not whole or no JSON/],
    [Buffer.from(whole, "utf16le"), /is not whole or no JSON/],
    ["\0".repeat(1000), /is not whole or no JSON/],
    ["[".repeat(200_000), /is not whole or no JSON/],
    [`${"[".repeat(5000)}${"]".repeat(5000)}`, /is no SARIF log/],
    ["null", /is no SARIF log/],
    ["[]", /is no SARIF log/],
    ['"x"', /is no SARIF log/],
    ['{"version":"2.1.0"}', /is no SARIF log/],
    ['{"version":"2.0.0","runs":[]}', /is no SARIF log/],
    [withResults([{}]), /none of its results has a fingerprint of SOPM/],
    [
      withResults([null, 1, "x", [], { locations: {} }, { locations: [null], partialFingerprints: "a" }]),
      /none of its results/,
    ],
  ] as const) {
    writeFileSync(join(folder, "known.sarif"), content);
    const { code, stdout, stderr } = await lint(folder, "--baseline", "known.sarif", ".");
    assert.match(stderr, complaint);
    assert.equal(stderr.split("\n").length, 2);
    assert.deepEqual([code, stdout], [2, ""]);
  }
  for (const content of [
    withResults([]),
    '{"version":"2.1.0","runs":[]}',
    '{"version":"2.1.0","runs":[null,{},{"results":7}]}',
  ]) {
    writeFileSync(join(folder, "known.sarif"), content);
    assert.match((await lint(folder, "--baseline", "known.sarif", ".")).stdout, /Errors: 2/);
  }
});

test("a very long baseline is read, and one with the names of properties of all objects does no harm", async (t) => {
  const folder = folderWith(t);
  const own = JSON.parse(await baselineOf(folder));
  const result = own.runs[0].results[0];
  const strange = JSON.stringify(result).replace('"Acme.sopm"', '"__proto__"');
  const many = Array.from({ length: 20_000 }, (_, index) => ({
    ...result,
    partialFingerprints: { "sopm/v1": `x:${index}` },
  }));
  own.runs[0].results = [JSON.parse(strange), ...many, ...own.runs[0].results];
  writeFileSync(join(folder, "known.sarif"), JSON.stringify(own));
  const { code, stderr } = await lint(folder, "--baseline", "known.sarif", ".");
  assert.equal(code, 0);
  assert.match(stderr, /gone from “Acme\.sopm”: 20000\./);
});

test("a baseline that is not there, a folder and a place that nobody can write to", async (t) => {
  const folder = folderWith(t);
  const absent = await lint(folder, "--baseline", "absent.sarif", ".");
  assert.match(absent.stderr, /“absent\.sarif” cannot be read: there is no such file or folder\./);
  assert.match((await lint(folder, "--baseline", "b", ".")).stderr, /“b” is no file; name the SARIF log/);
  const nowhere = await lint(folder, "--write-baseline", "no/such/folder.sarif", ".");
  assert.match(nowhere.stderr, /“no\/such\/folder\.sarif” cannot be written/);
  assert.deepEqual([absent.code, nowhere.code], [2, 1]);
});

test("more warnings than allowed fail a run, and known ones do not count", async (t) => {
  const folder = folderWith(t, warned);
  assert.equal((await lint(folder, ".")).code, 0);
  assert.equal((await lint(folder, "--max-warnings=2", ".")).code, 0);
  const { code, stderr } = await lint(folder, "--max-warnings", "1", ".");
  assert.deepEqual([code, stderr], [1, "sopm: Warnings: 2. --max-warnings allows 1.\n"]);
  await baselineOf(folder);
  assert.equal((await lint(folder, "--max-warnings=0", "--baseline=known.sarif", ".")).code, 0);
  for (const value of ["-1", "1.5", "many", ""]) {
    const wrong = await lint(folder, `--max-warnings=${value}`, ".");
    assert.match(wrong.stderr, /is no value for --max-warnings; it takes a number, such as 0\./);
    assert.equal(wrong.code, 2);
  }
});

/** Runs it with something on standard input. */
function fed(input: string | Uint8Array, folder: string, ...words: string[]): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cliBundle, "lint", ...words], {
      cwd: folder,
      env: cliEnvironment(),
    });
    const result = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (result.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (result.stderr += text));
    child.on("close", (code) => resolve({ code, ...result }));
    child.stdin.end(input);
  });
}

test("a spec from standard input is one without a place, or lies where it is said to", async (t) => {
  const folder = folderWith(t);
  const plain = await fed(faulty, folder, "-");
  assert.match(plain.stdout, /^-\n {2}6:6 {2}error/);
  assert.equal(plain.code, 1);
  assert.equal((await fed(goodSpec, folder, "-")).code, 0);
  const elsewhere = await fed(goodSpec, folder, "-", "--stdin-path", "sub/Acme.sopm", "--format=json");
  const [file] = JSON.parse(elsewhere.stdout).files;
  assert.equal(file.file, "sub/Acme.sopm");
  // Its files are looked for beside it.
  assert.deepEqual(file.findings.map(({ rule }: { rule: string }) => rule).slice(0, 1), ["file-not-found"]);
  const named = await fed(goodSpec, folder, "-", "--stdin-path", "Other.sopm");
  assert.match(named.stdout, /\(spec-filename-mismatch\)/);
  const shown = await fed(goodSpec.replaceAll("Framework>", "Framewrk>"), folder, "-", "--fix-dry-run");
  assert.match(shown.stdout, /^--- a\/-\n\+\+\+ b\/-\n@@ .*\n\+ {4}<Framework>7/s);
  assert.deepEqual(
    [(await fed("", folder, "-")).code, (await fed(Buffer.from([0xff, 0xfe]), folder, "-")).code],
    [1, 1],
  );
  const unused = await lint(folder, "--stdin-path", "x.sopm", ".");
  assert.match(
    unused.stderr,
    /--stdin-path is for what comes from standard input; name it as “-” among the paths\./,
  );
});
