import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const files = 30;
const entries = Array.from(
  { length: files },
  (_, n) => `<File Permission="660" Location="Kernel/A${n}.pm"/>\n`,
);
const spec = goodSpec.replace(/<File .*\/>/, entries.join(""));

/** A spec whose files are in a folder beside its own. */
function splitPackage(t: TestContext) {
  const there = Object.fromEntries(entries.map((_, n) => [`src/Kernel/A${n}.pm`, "1;\n"]));
  const folder = temporaryFolder(t, { "meta/Acme.sopm": spec, "other/x": "", ...there });
  const src = join(folder, "src");
  return {
    path: join(folder, "meta/Acme.sopm"),
    folder,
    src,
    hint: `Pass --base “${src}” to have the files`,
  };
}

test("sopm lint says once where all files are, and how to name the folder", async (t) => {
  const { folder, src, hint } = splitPackage(t);
  const { code: status, stdout } = await runCli(["lint", folder]);
  assert.equal(status, 1);
  assert.match(stdout, /All of them are in “\.\.\/src”.*\(base-folder-elsewhere\)/);
  assert.ok(stdout.includes(hint), stdout);
  assert.match(stdout, /Errors: 1,/);
  const json = JSON.parse((await runCli(["lint", folder, "--format", "json"])).stdout);
  assert.deepEqual(
    json.files[0].findings.map(({ rule, arguments: values }: Record<string, unknown>) => [rule, values]),
    [["base-folder-elsewhere", { folder: "../src" }]],
  );
  assert.equal((await runCli(["lint", folder, "--base", src])).code, 0);
  const off = await runCli(["lint", folder, "--rule", "base-folder-elsewhere=off"]);
  assert.match(off.stdout, new RegExp(`Errors: ${files},`));
});

test("sopm build and dry-run give the same hint", async (t) => {
  const { path, src, hint } = splitPackage(t);
  const built = await runCli(["build", path]);
  assert.equal(built.code, 1);
  assert.ok(built.stderr.includes(hint), built.stderr);
  assert.doesNotMatch(built.stderr, /--force/);
  assert.ok((await runCli(["build", path, "--force"])).stderr.includes(hint));
  assert.ok((await runCli(["dry-run", "install", path])).stderr.includes(hint));
  assert.equal((await runCli(["dry-run", "install", path, "--base", src])).stderr, "");
  assert.equal((await runCli(["build", path, "--base", src])).code, 0);
});
