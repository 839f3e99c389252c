import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { cliBundle, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const crooked = goodSpec.replace(/\n +(?=<File )/, "\n").replace(/\n +(?=<URL)/, "");

test("one spec is printed, and stays as it is", async (t) => {
  const folder = temporaryFolder(t, { "Acme.sopm": crooked });
  const { code, stdout, stderr } = await runCli(["format", "Acme.sopm"], {}, { cwd: folder });
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: goodSpec, stderr: "" });
  assert.equal(readFileSync(join(folder, "Acme.sopm"), "utf8"), crooked);
});

test("what comes from standard input is printed by the rules of where it would lie", async (t) => {
  const folder = temporaryFolder(t, { ".editorconfig": "[*.sopm]\nindent_style = tab\n" });
  const child = spawn(process.execPath, [cliBundle, "format", "-", "--stdin-path=a/Acme.sopm"], {
    cwd: folder,
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stdin.end(crooked);
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual({ code, stdout }, { code: 0, stdout: goodSpec.replaceAll("    ", "\t") });
});

test("--check names what is not formatted in a folder, --write formats it, and then nothing is left", async (t) => {
  const folder = temporaryFolder(t, {
    ...goodPackage,
    "b/Crooked.sopm": crooked.replaceAll("\n", "\r\n"),
    "b/Latin.sopm": "<otrs_package>\n</otrs_package>",
  });
  const latin = Buffer.from(
    '<?xml version="1.0" encoding="iso-8859-1"?>\n<otrs_package>\n<Vendor>Größe</Vendor>\n    <URL/>\n</otrs_package>\n',
    "latin1",
  );
  writeFileSync(join(folder, "b/Latin.sopm"), latin);
  const run = (option: string) => runCli(["format", option, "."], {}, { cwd: folder });
  assert.deepEqual(await run("--check"), {
    code: 1,
    stdout: "b/Crooked.sopm\nb/Latin.sopm\n",
    stderr: "sopm: Specs that are not formatted: 2. With --write they are.\n",
  });
  assert.deepEqual(await run("--write"), { code: 0, stdout: "b/Crooked.sopm\nb/Latin.sopm\n", stderr: "" });
  assert.equal(readFileSync(join(folder, "b/Crooked.sopm"), "utf8"), goodSpec.replaceAll("\n", "\r\n"));
  assert.equal(
    readFileSync(join(folder, "b/Latin.sopm"), "latin1"),
    latin.toString("latin1").replace("<Vendor", "    <Vendor"),
  );
  assert.deepEqual(await run("--check"), { code: 0, stdout: "", stderr: "" });
});

test("options say how", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  const { stdout } = await runCli(
    ["format", "--indent=2", "--quotes=single", "--attributes=wrap", "Acme.sopm"],
    {},
    { cwd: folder },
  );
  assert.match(
    stdout,
    /^ {2}<Filelist>\n {4}<File Permission='660' Location='Kernel\/System\/Acme\.pm'\/>\n/m,
  );
});

test("sopm.json says how, where no option does, and which folders are left out", async (t) => {
  const folder = temporaryFolder(t, {
    ...goodPackage,
    "sopm.json": '{ "format.indentation": "tab", "format.quotes": "single", "ignoredFolders": ["old"] }',
    "old/Old.sopm": crooked,
  });
  const run = (...words: string[]) => runCli(["format", ...words], {}, { cwd: folder });
  assert.match((await run("Acme.sopm")).stdout, /^\t\t<File Permission='660'/m);
  assert.match(
    (await run("--quotes=double", "--indent=2", "Acme.sopm")).stdout,
    /^ {4}<File Permission="660"/m,
  );
  assert.equal((await run("--check", ".", "Acme.sopm")).stdout, "Acme.sopm\n");
  writeFileSync(join(folder, "sopm.json"), '{ "format.quotes": "both" }');
  assert.match((await run("--check", ".")).stderr, /^sopm\.json:1:20: .*format\.quotes/);
});

const refused: readonly (readonly [name: string, words: readonly string[], code: number, said: RegExp])[] = [
  ["nothing", [], 2, /There is no spec to format/],
  ["several to print", ["a.sopm", "b.sopm"], 2, /not printed one behind the other; name --check or --write/],
  ["a folder to print", ["."], 2, /not printed one behind the other/],
  ["both at once", ["--check", "--write", "a.sopm"], 2, /Name either --check or --write/],
  ["standard input to write", ["--write", "-"], 2, /standard input is none/],
  ["a place of nothing", ["--stdin-path=a.sopm", "b.sopm"], 2, /name it as “-”/],
  ["an archive", ["a.opm"], 2, /“a.opm” is an archive, which stays as its builder has written it/],
  ["what is not there", ["nope.sopm"], 1, /“nope.sopm” cannot be read: there is no such file/],
  ["another kind of XML", ["--check", "Settings.xml"], 1, /is no spec: it begins with <otobo_config>/],
  [
    "what no framework reads",
    ["--write", "Wide.sopm"],
    1,
    /no framework reads its encoding. Save it as UTF-8/,
  ],
];

test("what cannot be formatted is told, and stays", async (t) => {
  const folder = temporaryFolder(t, {
    "a.sopm": goodSpec,
    "b.sopm": goodSpec,
    "Settings.xml": "<otobo_config>\n<a/></otobo_config>",
  });
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "Wide.sopm"), Buffer.from(`\ufeff${crooked}`, "utf16le"));
  for (const [name, words, code, said] of refused) {
    const result = await runCli(["format", ...words], {}, { cwd: folder });
    assert.equal(result.code, code, name);
    assert.match(result.stderr, said, name);
    assert.equal(result.stdout, "", name);
  }
  assert.deepEqual(readFileSync(join(folder, "Wide.sopm")), Buffer.from(`\ufeff${crooked}`, "utf16le"));
});
