import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { wantsColors } from "../../server/src/node/colors.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const rows: readonly (readonly [
  environment: Record<string, string>,
  inTerminal: boolean,
  inPipe: boolean,
])[] = [
  [{}, true, false],
  [{ NO_COLOR: "1" }, false, false],
  [{ NO_COLOR: "0" }, false, false],
  [{ NO_COLOR: "" }, true, false],
  [{ FORCE_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "3" }, true, true],
  [{ FORCE_COLOR: "true" }, true, true],
  [{ FORCE_COLOR: "0" }, false, false],
  [{ FORCE_COLOR: "false" }, false, false],
  [{ FORCE_COLOR: "" }, true, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "0", NO_COLOR: "" }, false, false],
  [{ TERM: "dumb" }, false, false],
  [{ TERM: "dumb", FORCE_COLOR: "1" }, true, true],
];

for (const [environment, inTerminal, inPipe] of rows) {
  test(`colours with ${JSON.stringify(environment)}`, () => {
    assert.equal(wantsColors(environment, true), inTerminal);
    assert.equal(wantsColors(environment, false), inPipe);
  });
}

test("the command line prints colours into a pipe where they are forced, and never into a file", async (t) => {
  const cwd = temporaryFolder(t, { ...goodPackage, "Bad.sopm": goodSpec.replace("1.0.0", "one") });
  const colour = "\u001b[";
  const plain = { FORCE_COLOR: "", NO_COLOR: "" };
  const forced = { FORCE_COLOR: "1", NO_COLOR: "" };
  for (const words of [
    ["lint", "Bad.sopm"],
    ["dry-run", "install", "Acme.sopm"],
  ]) {
    const print = async (environment: NodeJS.ProcessEnv) =>
      (await runCli(words, environment, { cwd })).stdout;
    assert.ok((await print(forced)).includes(colour), words[0]);
    assert.ok(!(await print(plain)).includes(colour), words[0]);
    assert.ok(!(await print({ FORCE_COLOR: "0", NO_COLOR: "" })).includes(colour), words[0]);
  }
  await runCli(["dry-run", "install", "Acme.sopm", "--output", "report.txt"], forced, { cwd });
  const { stdout } = await runCli(["lint", "Bad.sopm", "--format", "json"], forced, { cwd });
  assert.ok(!stdout.includes(colour));
  assert.ok(!readFileSync(join(cwd, "report.txt"), "utf8").includes(colour));
});
