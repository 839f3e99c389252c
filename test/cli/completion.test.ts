import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { withPaths } from "../../server/src/cli/command.ts";
import { commands } from "../../server/src/cli/commands.ts";
import { optionsOf } from "../../server/src/cli/help.ts";
import { cliEnvironment, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Files to be offered, or not. */
const files = {
  "Acme.sopm": "",
  "Acme-1.0.0.opm": "",
  "Acme.txt": "",
  "a folder/Inner.sopm": "",
  "report.html": "",
};

const groups = commands.flatMap((each) => ("commands" in each ? [each] : []));

/** What each line comes to, whose last word is being typed. Words that are offered come in any order. */
const lines: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ["sopm dry-run in", ["install"]],
  ["sopm dry-run install --database ", ["mysql", "mysql-8", "oracle", "postgresql"]],
  ["sopm dry-run install --database po", ["postgresql"]],
  ["sopm dry-run --force --database mysql up", ["upgrade"]],
  ["sopm compl", ["completion"]],
  ["sopm completion ", ["bash", "fish", "zsh"]],
  ["sopm explain root-u", ["root-unknown"]],
  ...groups.map(({ name, commands: below }): [string, string[]] => [
    `sopm ${name} `,
    below.map((each) => each.name),
  ]),
  ["sopm sandbox create Acme", []],
  ["sopm sandbox create system Acme", ["Acme-1.0.0.opm", "Acme.sopm"]],
  ["sopm sandbox create system one.opm two.opm Acme", ["Acme-1.0.0.opm", "Acme.sopm"]],
  ["sopm build Acme", ["Acme.sopm"]],
  ["sopm build Acme.sopm Acme", []],
  ["sopm lint --base a", ["a folder"]],
  ["sopm dry-run --output re", ["report.html"]],
  // A flag here, and with a value for a sandbox.
  ["sopm test --list Acme", ["Acme-1.0.0.opm", "Acme.sopm"]],
  ["sopm sandbox install --list re", []],
  ["sopm sandbox install --list x.json system Acme", ["Acme-1.0.0.opm", "Acme.sopm"]],
  ["sopm frobnicate ", []],
];

const bashProgram = `
source "$1"; shift
cd "$1"; shift
complete -p sopm >/dev/null || exit 1
for line; do
  read -ra COMP_WORDS <<<"\${line//=/ = }"
  [[ $line == *" " ]] && COMP_WORDS+=("")
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)) COMPREPLY=()
  _sopm
  printf '%s\\t' "\${COMPREPLY[@]}"
  printf '\\n'
done`;

const fishProgram = `
source $argv[1]
cd $argv[2]
for line in $argv[3..]
    string join \\t -- (complete -C $line | string replace -r '\\t.*' '' | string unescape)
    or echo
end`;

test("bash completes what the rows say", { skip: !has("bash") }, async (context) => {
  const program = ["-c", bashProgram, "bash"];
  await assertOffers(
    context,
    "bash",
    ["--norc", "--noprofile", ...program],
    [
      ...lines,
      ["sopm dry-run install --database=po", ["postgresql"]],
      ["sopm lint --format=", ["github", "gitlab", "json", "junit", "sarif", "text", "unix"]],
    ],
  );
});

test("fish completes what the rows say", { skip: !has("fish") }, async (context) => {
  await assertOffers(context, "fish", ["--no-config", "-c", fishProgram, "--"], lines);
});

test("zsh reads its script", { skip: !has("zsh") }, async (context) => {
  const folder = temporaryFolder(context, { _sopm: (await runCli(["completion", "zsh"])).stdout });
  const { status, stderr } = spawnSync("zsh", ["-n", join(folder, "_sopm")], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

for (const shell of ["bash", "zsh", "fish"] as const) {
  test(`the script for ${shell} names every command and every option`, async () => {
    const { code, stdout } = await runCli(["completion", shell]);
    assert.equal(code, 0);
    for (const { command } of withPaths(commands)) {
      assert.ok(stdout.includes(command.name), command.name);
      for (const [name] of optionsOf(command.parameters)) {
        assert.ok(
          stdout.includes(shell === "fish" ? `-l ${name} ` : `--${name}`),
          `${command.name} --${name}`,
        );
      }
    }
  });
}

function has(shell: string): boolean {
  return spawnSync(shell, ["--version"]).status === 0;
}

async function assertOffers(
  context: TestContext,
  shell: string,
  program: readonly string[],
  expected: typeof lines,
): Promise<void> {
  const folder = temporaryFolder(context, {
    ...files,
    ".script": (await runCli(["completion", shell])).stdout,
  });
  const words = [...program, join(folder, ".script"), folder, ...expected.map(([line]) => line)];
  const output = await new Promise<string>((resolve, reject) => {
    const options = { env: cliEnvironment({ HOME: folder }) };
    execFile(shell, words, options, (error, stdout, stderr) =>
      error || stderr !== "" ? reject(new Error(`${error?.message}${stderr}`)) : resolve(stdout),
    );
  });
  // Some shells end folders with a slash, some leave that to what shows them.
  const offered = output.split("\n").map((row) => row.split("\t").filter((word) => word !== ""));
  for (const [index, [line, words]] of expected.entries()) {
    const plain = offered[index]!.map((word) => word.replace(/\/$/, ""));
    assert.deepEqual(plain.sort(), [...words].sort(), line);
  }
}
