import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { profiles } from "../../server/src/rules/rule.ts";
import { goodSpec } from "../support/cli-package.ts";
import { LanguageClient } from "../support/language-client.ts";
import { cliBundle, runCli } from "../support/run-cli.ts";

const root = join(import.meta.dirname, "../..");
const german = { LC_ALL: "de_DE.UTF-8" };

/** What is printed when all is well. */
async function said(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, stdout, stderr } = await runCli(words, environment);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  return stdout;
}

test("help lists the commands, however it is asked for", async () => {
  const help = await said(["--help"]);
  for (const command of ["lint", "build", "dry-run", "sandbox", "lsp"])
    assert.match(help, new RegExp(`^  sopm ${command} `, "m"));
  assert.match(help, /Exit codes: 0 .* 1 .* 2 /);
  for (const words of [[], ["-h"], ["help"]]) assert.equal(await said(words), help);
  assert.match(await said(["--help"], german), /^SOPM prüft und baut Pakete/);
  assert.match(await said(["--help", "--language", "de"]), /^SOPM prüft und baut Pakete/);
});

for (const command of ["lint", "build", "dry-run", "sandbox", "lsp"]) {
  test(`help of ${command}`, async () => {
    const help = await said([command, "--help"]);
    assert.ok(help.startsWith(`Usage: sopm ${command} `), help);
    assert.equal(await said([command, "-h", "--nonsense", "absent.sopm"]), help);
    assert.equal(await said(["help", command]), help);
    assert.equal(await said([command, "--help", "--language=en"], german), help);
    const translated = await said([command, "--help", "--language", "de"]);
    assert.ok(translated.startsWith(`Aufruf: sopm ${command} `), translated);
    for (const line of [...help.split("\n"), ...translated.split("\n")]) assert.ok(line.length <= 100, line);
  });
}

test("help names every option, dialect and profile", async () => {
  for (const language of ["en", "de"]) {
    const lint = await said(["lint", "--help", "--language", language]);
    const build = await said(["build", "--help", "--language", language]);
    for (const id of dialectIds)
      for (const page of [lint, build]) assert.match(page, new RegExp(`\\b${id}\\b`));
    for (const profile of profiles) assert.match(lint, new RegExp(`\\b${profile}\\b`));
    for (const [page, file] of [
      [lint, "lint"],
      [build, "build"],
    ] as const) {
      const source = readFileSync(join(root, `server/src/cli/${file}.ts`), "utf8");
      const options = [...source.matchAll(/^ {4}"?([\w-]+)"?: \{ type: "(?:string|boolean)"/gm)];
      assert.ok(options.length >= 5);
      for (const [, option] of options) assert.ok(page.includes(`--${option}`), `--${option}`);
    }
  }
});

test("the version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  assert.equal(await said(["--version"]), `${version}\n`);
});

for (const name of ["frobnicate", "constructor", "--frobnicate", "Lint", ""]) {
  test(`“${name}” is no command`, async () => {
    for (const words of [[name], ["help", name]]) {
      const { code, stdout, stderr } = await runCli(words);
      assert.equal(stderr, `sopm: There is no command “${name}”. “sopm --help” lists the commands.\n`);
      assert.equal(stdout, "");
      assert.equal(code, 2);
    }
    assert.match((await runCli([name], german)).stderr, /^sopm: Es gibt keinen Befehl „/);
  });
}

for (const words of [["lsp", "--stdio"], ["lsp"]]) {
  test(`sopm ${words.join(" ")} speaks the Language Server Protocol`, async () => {
    const client = new LanguageClient(cliBundle, words);
    const { capabilities } = await client.initialize();
    assert.ok(capabilities.hoverProvider);
    assert.ok(capabilities.completionProvider);
    const { diagnostics } = await client.open("untitled:Acme", goodSpec.replace("</Vendor>", ""));
    assert.ok(diagnostics.some(({ code }) => code === "xml-not-wellformed"));
    await client.stop();
    assert.equal(client.process.exitCode, 0);
  });
}

test("sopm lsp ends when its editor is gone", async () => {
  const client = new LanguageClient(cliBundle, ["lsp", "--stdio"]);
  await client.initialize();
  const ended = new Promise((resolve) => client.process.once("exit", resolve));
  client.process.stdin!.end();
  await ended;
  client.connection.dispose();
});
