import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { performLinks, planLinks } from "../../server/src/engine/test-system/link-package.ts";
import { unflushedFiles } from "../../server/src/node/file-system.ts";
import { paths } from "../../server/src/node/paths.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { frameworkBox } from "../support/framework-box.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const module = "Kernel/System/Acme.pm";

function scene(context: TestContext, { spec = goodSpec, said = {} as object } = {}) {
  const box = frameworkBox(context);
  const folder = temporaryFolder(context, { ...goodPackage, "Acme.sopm": spec });
  const named = { box: { home: box.home, ...said } };
  const systems = join(temporaryFolder(context, { "s.json": JSON.stringify(named) }), "s.json");
  const run = (command: "link" | "unlink", ...more: readonly string[]) =>
    runHere(["system", command, join(folder, "Acme.sopm"), "--on", "box", "--systems", systems, ...more]);
  return { box, folder, run, path: join(box.home, module), target: join(folder, module) };
}

const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

test("the files of a package are linked into a local home, shown first, and unlinked", async (context) => {
  const { run, path, target } = scene(context);
  const shown = await run("link");
  assert.equal(shown.code, 1);
  assert.equal(shown.stdout, `+ ${path} -> ${target}\n`);
  assert.match(shown.stderr, /Nothing was changed\. Give --yes to have it done\./);
  assert.ok(!isThere(dirname(path)));
  assert.equal((await run("link", "--yes")).code, 0);
  assert.equal(readlinkSync(path), target);
  const again = await run("link", "--yes");
  assert.deepEqual([again.code, again.stdout], [0, `= ${path}\n`]);
  assert.equal((await run("unlink")).stdout, `- ${path}\n`);
  assert.ok(isThere(path), "nothing is removed without --yes");
  assert.equal((await run("unlink", "--yes")).code, 0);
  assert.ok(!isThere(path));
  assert.ok(existsSync(target));
});

test("what stands in the home is not replaced, and only links to the package are removed", async (context) => {
  const { box, run, path, target } = scene(context);
  box.write(module, "the framework's\n");
  const refused = await run("link", "--yes");
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /^! .*: Something is there, and nothing of the framework is replaced\.$/m);
  assert.match(refused.stderr, /Nothing was changed on the test system “box”/);
  const left = await run("unlink", "--yes");
  assert.match(left.stdout, /It is no link to the file of the package, and stays as it is\./);
  assert.equal(readFileSync(path, "utf8"), "the framework's\n");
  assert.ok(existsSync(target));

  const other = scene(context);
  mkdirSync(dirname(other.path), { recursive: true });
  symlinkSync(target, other.path);
  assert.match((await other.run("link", "--yes")).stdout, /A link to something else is there\./);
  await other.run("unlink", "--yes");
  assert.equal(readlinkSync(other.path), target);
});

test("no path leaves the home, no link on the way is followed, and one refusal refuses all", async (context) => {
  const extra = `<File Permission="644" Location="../outside.pm"/></Filelist>`;
  const odd = scene(context, { spec: goodSpec.replace("</Filelist>", extra) });
  // As in the framework, where such a file is left out.
  assert.doesNotMatch((await odd.run("link", "--yes")).stdout, /outside/);
  const here = { files: unflushedFiles, paths };
  for (const location of ["../o.pm", "Kernel/../../o.pm", "/etc/o.pm", "Kernel/./o.pm", "a\\b", "a\0b", ""]) {
    const { box, folder, path } = scene(context);
    const system = { ...{ name: "box", command: [], home: box.home, transfer: { kind: "none" } as const } };
    const said = { ...system, product: undefined, database: undefined, tables: undefined };
    for (const kind of ["link", "unlink"] as const) {
      const plan = await planLinks(kind, { system: said, locations: [module, location], base: folder }, here);
      assert.equal(plan.steps[1]!.reason?.text, "The path does not stay in the home.", location);
      assert.equal(await performLinks(plan, here.files), false);
      assert.ok(!isThere(path), location);
    }
  }
  const { box, run } = scene(context);
  const elsewhere = temporaryFolder(context);
  symlinkSync(elsewhere, join(box.home, "Kernel"));
  for (const command of ["link", "unlink"] as const)
    assert.match((await run(command, "--yes")).stdout, /A folder on the way is a link\./);
  assert.ok(!existsSync(join(elsewhere, "System")));
});

test("a file of the package that is itself a link, or is missing, is not linked", async (context) => {
  const { folder, run, path } = scene(context, { spec: goodSpec.replaceAll(module, "Kernel/Odd.pm") });
  assert.match((await run("link", "--yes")).stdout, /The package has no plain file there\./);
  symlinkSync("/etc/hostname", join(folder, "Kernel/Odd.pm"));
  assert.match((await run("link", "--yes")).stdout, /The package has no plain file there\./);
  assert.ok(!isThere(path));
});

test("only a framework on this computer has links", async (context) => {
  const far = scene(context, { said: { command: ["ssh", "lab"], copy: ["scp", "{from}", "lab:{to}"] } });
  assert.match((await far.run("link", "--yes")).stderr, /is reached by a command, and links lead to files/);
  const none = scene(context, { said: { home: temporaryFolder(context) } });
  assert.match((await none.run("link", "--yes")).stderr, /it has no file RELEASE/);
});
