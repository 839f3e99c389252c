import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { rowsOf, withPaths } from "../../server/src/cli/command.ts";
import { commands } from "../../server/src/cli/commands.ts";
import { commandHelp, optionsOf, overviewHelp } from "../../server/src/cli/help.ts";
import type { Translate } from "../../server/src/l10n/translate.ts";
import { goodSpec } from "../support/cli-package.ts";
import { LanguageClient } from "../support/language-client.ts";
import { type CliResult, cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

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

for (const command of commands) {
  const { name } = command;
  test(`help of ${name}`, async () => {
    const help = await said([name, "--help"]);
    const isGroup = "commands" in command;
    if (!isGroup) assert.ok(help.startsWith(`Usage: sopm ${name} `), help);
    assert.equal(await said([name, "-h", "--nonsense", "absent.sopm"]), help);
    assert.equal(await said(["help", name]), help);
    assert.equal(await said([name, "--help", "--language=en"], german), help);
    const translated = await said([name, "--help", "--language", "de"]);
    if (!isGroup) assert.ok(translated.startsWith(`Aufruf: sopm ${name} `), translated);
  });
}

test("help of a command behind a word", async () => {
  const help = await said(["sandbox", "install", "--help"]);
  assert.ok(help.startsWith("Usage: sopm sandbox install [options] FOLDER PACKAGE\n"), help);
  assert.equal(await said(["help", "sandbox", "install"]), help);
  assert.match(await said(["help", "sandbox", "install"], german), /^Aufruf: sopm sandbox install /);
});

test("help tells every row of every command, on lines that fit a terminal", () => {
  const inGerman = JSON.parse(readFileSync(join(root, "l10n/bundle.l10n.de.json"), "utf8"));
  const translations: readonly Translate[] = [
    (text, values) => fillIn(text, values),
    (text, values) => fillIn(inGerman[text], values),
  ];
  for (const translate of translations) {
    const pages = commands.map((each) =>
      "commands" in each ? overviewHelp(`sopm ${each.name}`, each, translate) : "",
    );
    for (const { command } of withPaths(commands)) {
      const page = commandHelp(command, undefined, translate);
      pages.push(page);
      const words = page.replace(/\s+/g, " ");
      for (const [name, { choices = [] }] of optionsOf(command.parameters)) {
        assert.ok(words.includes(` --${name} `), `--${name} of ${command.name}`);
        for (const choice of choices) assert.ok(words.includes(choice), `${choice} of --${name}`);
      }
    }
    for (const line of pages.join("").split("\n")) assert.ok(line.length <= 100, line);
  }
});

function fillIn(text: string, values: Parameters<Translate>[1] = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

test("names of commands and of their rows are each there once", () => {
  const paths = withPaths(commands).map(({ path }) => path);
  assert.equal(new Set(paths).size, paths.length);
  for (const { command } of withPaths(commands)) {
    assert.ok(!Object.hasOwn(command.parameters, "language"), command.name);
    const operands = rowsOf(command.parameters, "operands").map(([, { operand }]) => operand);
    // Only the last operand may stand for any number of words, or for none.
    for (const operand of operands.slice(0, -1)) assert.equal(operand, "one", command.name);
  }
});

test("the version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  assert.equal(await said(["--version"]), `${version}\n`);
});

for (const name of ["frobnicate", "constructor", "--frobnicate", ""]) {
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

const slips: readonly (readonly [words: readonly string[], meant: string])[] = [
  [["Lint"], "sopm: There is no command “Lint”. Did you mean “sopm lint”?\n"],
  [["biuld", "Acme.sopm"], "sopm: There is no command “biuld”. Did you mean “sopm build”?\n"],
  [["help", "biuld"], "sopm: There is no command “biuld”. Did you mean “sopm build”?\n"],
  [["sandbox", "instal", "x"], "sopm: There is no command “instal”. Did you mean “sopm sandbox install”?\n"],
  [
    ["lint", "--fromat", "json", "."],
    "sopm: There is no option --fromat for this command. Did you mean --format? Add --help to see what there is.\n",
  ],
];

for (const [words, meant] of slips) {
  test(`sopm ${words.join(" ")}: a slip is told`, async () => {
    const { code, stdout, stderr } = await runCli(words);
    assert.equal(stderr, meant);
    assert.equal(stdout, "");
    assert.equal(code, 2);
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

/** One line that says what is the matter and what to do, and not where in the program. */
function assertPlain({ code, stdout, stderr }: CliResult, says: RegExp): void {
  assert.equal(code, 1, stderr);
  assert.equal(stdout, "");
  assert.match(stderr, says);
  assert.match(stderr, /^sopm: [^\n]+\n$/);
}

test("a mistake of ours is told on one line, wherever it happens", async (context) => {
  const folder = temporaryFolder(context, {
    "throw.cjs": 'setTimeout(() => { throw new Error("odd\\u202e thing"); }, 0);',
    "reject.cjs": 'setTimeout(() => Promise.reject(new Error("odd\\u202e thing")), 0);',
    "nothing.cjs": "setTimeout(() => Promise.reject(), 0);",
  });
  for (const name of ["throw", "reject", "nothing"]) {
    const NODE_OPTIONS = `--require ${join(folder, `${name}.cjs`)}`;
    const result = await runCli(["index", root], { NODE_OPTIONS });
    assertPlain(result, name === "nothing" ? /undefined/ : /: odd\\u202e thing\. Please report it/);
  }
});

test("a current folder that is gone is named as the reason", {
  skip: process.platform === "win32",
}, async (context) => {
  const folder = temporaryFolder(context, { "gone/x": "" });
  const script = 'cd "$1" && rm -r "$1" && shift && exec "$@"';
  const run = (...words: string[]) =>
    new Promise<CliResult>((resolve) => {
      mkdirSync(join(folder, "gone"), { recursive: true });
      const shell = ["-c", script, "sh", join(folder, "gone"), process.execPath, cliBundle, ...words];
      execFile("sh", shell, { env: cliEnvironment() }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  assertPlain(await run("sandbox", "list", "."), /The current folder is gone\./);
  assertPlain(await run("lint", "Acme.sopm").then((result) => ({ ...result, code: 1 })), /cannot be read/);
});

test("a SOPM of which parts are missing says which", async (context) => {
  const dist = join(temporaryFolder(context, { "Acme.sopm": goodSpec }), "dist");
  const run = () =>
    new Promise<CliResult>((resolve) => {
      const words = [join(dist, "cli.js"), "lint", join(dist, "../Acme.sopm")];
      execFile(process.execPath, words, { env: cliEnvironment({ LC_ALL: "de" }) }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  cpSync(dirname(cliBundle), dist, { recursive: true, filter: (path) => !path.endsWith(".tmp") });
  rmSync(join(dist, "knowledge"), { recursive: true });
  assertPlain(await run(), /^sopm: Ein Teil von SOPM fehlt: \S+dist\/knowledge\/\S+ Installieren Sie/);
  rmSync(join(dist, "l10n"), { recursive: true });
  assertPlain(await run(), /^sopm: A part of SOPM is missing: \S+dist\/knowledge\/\S+ Install SOPM again/);
  rmSync(join(dist, "engine.js"));
  assertPlain(await run(), /cannot start.+engine\.js/);
});

test("who reads only the beginning is no reason to complain", {
  skip: process.platform === "win32",
}, async () => {
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    const script = '"$@" | head -c 1; echo "|${PIPESTATUS[0]}"';
    const words = [process.execPath, cliBundle, "lint", "--format", "json", join(root, "examples")];
    execFile("bash", ["-c", script, "bash", ...words], { env: cliEnvironment() }, (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
  assert.match(stdout, /^\{\|[01]$/m);
  assert.equal(stderr, "");
});
