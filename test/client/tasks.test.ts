import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { commandWords } from "../../client/src/tasks/command-words.ts";
import { runProgram } from "../../client/src/tasks/run-program.ts";
import { settingsVariable } from "../../client/src/tasks/task-settings.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "sopm-tasks-")));
after(() => rmSync(folder, { recursive: true }));

const wordsOf = (task: object) => commandWords({ type: "sopm", ...task })?.join(" ");

test("a task is the words that one would type", () => {
  const spec = "a/Acme.sopm";
  assert.equal(wordsOf({ command: "lint", spec }), "lint -- a/Acme.sopm");
  assert.equal(wordsOf({ command: "lint", folder: "a" }), "lint -- a");
  assert.equal(wordsOf({ command: "lint" }), "lint -- .");
  assert.equal(wordsOf({ command: "test", spec, options: ["--list"] }), "test --list -- a/Acme.sopm");
  assert.equal(wordsOf({ command: "dry-run", spec }), "dry-run -- install a/Acme.sopm");
  const upgrade = { command: "dry-run", spec, operation: "upgrade", options: ["--from", "1.0.1"] };
  assert.equal(wordsOf(upgrade), "dry-run --from 1.0.1 -- upgrade a/Acme.sopm");
  const scenario = { command: "dry-run", spec, operation: "upgrade", scenario: "-with Base" };
  assert.equal(wordsOf(scenario), "dry-run --scenario=-with Base -- a/Acme.sopm");
  assert.equal(wordsOf({ command: "index", folder: "out", spec }), "index -- out");
});

test("what a task names is no option, and nothing else is started by one", () => {
  assert.equal(wordsOf({ command: "lint", spec: "--fix" }), "lint -- --fix");
  assert.equal(wordsOf({ command: "dry-run", spec: "--force", operation: "-x" }), "dry-run -- -x --force");
  for (const command of ["build", "release", "constructor", "", 5, null, undefined]) {
    assert.equal(wordsOf({ command }), undefined, String(command));
  }
  const nonsense = { command: "dry-run", spec: 7, operation: [], scenario: {}, options: [1, "--list", null] };
  assert.equal(wordsOf(nonsense), "dry-run --list -- install");
  assert.equal(wordsOf({ command: "lint", spec: 7, folder: {}, options: "--fix" }), "lint -- .");
});

test("what a program prints is heard as text, and its exit code is that of the task", async () => {
  const script = scriptOf("prints.cjs", [
    "process.stdout.write(`${process.argv.slice(2)} ${process.cwd()} ${process.env.LC_ALL} `);",
    'const bytes = Buffer.from("ü\\n");',
    "process.stdout.write(bytes.subarray(0, 1), () => process.stdout.write(bytes.subarray(1)));",
    'process.stderr.write("refused\\n");',
    "process.exitCode = 3;",
  ]);
  const { code, printed } = await run(script, ["a b", "$(c)"]);
  assert.equal(code, 3);
  // The two outputs come in any order.
  assert.equal(printed.replace("refused\n", ""), `a b,$(c) ${folder} de ü\n`);
  assert.ok(printed.includes("refused\n"));
});

test("a program that is stopped ends the task", async () => {
  const script = scriptOf("waits.cjs", ['process.stdout.write("begun");', "setInterval(() => {}, 1000);"]);
  const running = runProgram(script, [], { folder, variables: {}, write: () => running.stop() });
  assert.equal(await running.ended, 1);
});

test("a program that cannot be started says why", async () => {
  const { code, printed } = await run(join(folder, "missing.cjs"), []);
  assert.equal(code, 1);
  assert.match(printed, /missing\.cjs/);
  const nowhere = { folder: join(folder, "missing"), variables: {} };
  let said = "";
  const write = (text: string) => {
    said += text;
  };
  assert.equal(await runProgram(scriptOf("ends.cjs", []), [], { ...nowhere, write }).ended, 1);
  assert.match(said, /ENOENT/);
});

test("a task hands over the settings of the editor, and a sandbox of its storage as a folder", () => {
  mkdirSync(join(folder, "sandboxes", "mine"), { recursive: true });
  const read = (settings: Readonly<Record<string, unknown>>) =>
    JSON.parse(settingsVariable(settings, folder).SOPM_SETTINGS!);
  assert.deepEqual(read({ profile: "strict" }), { profile: "strict" });
  assert.deepEqual(read({ sandbox: "mine" }), { sandbox: join(folder, "sandboxes", "mine") });
  for (const sandbox of ["other", "./mine", "", 5]) assert.deepEqual(read({ sandbox }), { sandbox });
});

function scriptOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

async function run(script: string, words: readonly string[]): Promise<{ code: number; printed: string }> {
  let printed = "";
  const write = (text: string) => {
    printed += text;
  };
  const code = await runProgram(script, words, { folder, variables: { LC_ALL: "de" }, write }).ended;
  return { code, printed };
}
