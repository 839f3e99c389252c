import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const examples = join(import.meta.dirname, "../../examples");
const readme = readFileSync(join(examples, "README.md"), "utf8");

interface Finding {
  readonly rule: string;
  readonly severity: string;
}

async function findingsIn(name: string, ...words: string[]): Promise<readonly Finding[]> {
  const { stdout } = await runCli(["lint", "--format=json", ...words, join(examples, name, `${name}.sopm`)]);
  return (JSON.parse(stdout) as { files: [{ findings: Finding[] }] }).files[0].findings;
}

test("AcmeBroken shows exactly the mistakes that the README lists, in its order", async () => {
  const listed = [...readme.matchAll(/^\|[^|]*\| `([\w-]+)` +\|/gm)].map(([, rule]) => rule!);
  const found = (await findingsIn("AcmeBroken")).map(({ rule }) => rule);
  assert.ok(listed.length > 10, "the table is still found");
  assert.deepEqual([...found].sort(), [...listed].sort());
  for (const rule of listed) assert.ok(existsSync(join(examples, `../docs/rules/${rule}.md`)), rule);
});

test("AcmeContracts has no finding, and keeps the Znuny policy but for its licence", async () => {
  assert.deepEqual(await findingsIn("AcmeContracts"), []);
  for (const profile of ["znuny-policy", "strict"]) {
    const findings = await findingsIn("AcmeContracts", "--profile", profile);
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [["license-policy", "hint"]],
    );
  }
});

test("the commands of the README do what it says", async (t) => {
  const folder = temporaryFolder(t);
  cpSync(examples, join(folder, "examples"), { recursive: true });
  const commands = [...readme.matchAll(/^node dist\/cli\.js (.*?)( +#.*)?$/gm)].map(([, words]) =>
    words!.split(" "),
  );
  const codes: (number | null)[] = [];
  mkdirSync(join(folder, "dist"));
  for (const words of commands) {
    codes.push(
      (
        await runCli(
          [...words, ...(words[0] === "build" ? ["--strict-schema=off"] : [])],
          {},
          { cwd: folder },
        )
      ).code,
    );
  }
  // Findings; a dry run that goes well; built, refused, and built by force.
  assert.deepEqual(codes, [1, 0, 0, 1, 0]);
  assert.deepEqual(readdirSync(join(folder, "dist")).sort(), [
    "AcmeBroken-2.4.1.opm",
    "AcmeContracts-1.2.0.opm",
  ]);
});
