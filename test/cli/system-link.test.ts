import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { performLinks, planLinks } from "../../server/src/engine/test-system/link-package.ts";
import { type FileSystem, systemError } from "../../server/src/host/file-system.ts";
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

/** The real disk, on which one member fails for one path, and others for all. */
function failingAt(path: string, member: Member, ...others: readonly Member[]): FileSystem {
  const fails = new Set<PropertyKey>([member, ...others]);
  return new Proxy(unflushedFiles, {
    get(target, name: keyof FileSystem) {
      const value = target[name];
      if (typeof value !== "function") return value;
      return (...given: readonly never[]) => {
        const [first] = (given[0] ?? []) as readonly (string | { readonly path: string })[];
        const at = typeof first === "string" ? first : first?.path;
        if (fails.has(name) && (name !== member || at === path)) throw systemError("EIO", path);
        return Reflect.apply(value, target, given);
      };
    },
  });
}

type Member = "makeLinks" | "remove" | "removeFolders";

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
    const said = { ...system, product: undefined, mounts: [], database: undefined, tables: undefined };
    for (const kind of ["link", "unlink"] as const) {
      const plan = await planLinks(kind, { system: said, locations: [module, location], base: folder }, here);
      assert.equal(plan.steps[1]!.reason?.text, "The path does not stay in the home.", location);
      assert.deepEqual(await performLinks(plan, here.files), { kind: "refused" });
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

const far = { command: ["ssh", "lab"], copy: ["scp", "{from}", "lab:{to}"] };

test("a home has links only where it is seen here, sees the package and has a framework", async (context) => {
  const unseen = scene(context, { said: { ...far, home: "/opt/znuny" } });
  assert.match(
    (await unseen.run("link", "--yes")).stderr,
    /“\/opt\/znuny” there is not known to be a folder that is seen here\. Say with “mounts” by which path here\./,
  );
  const { box } = unseen;
  const blind = scene(context, {
    said: { ...far, home: "/opt/znuny", mounts: [{ here: box.home, there: "/opt/znuny" }] },
  });
  assert.match(
    (await blind.run("link", "--yes")).stderr,
    /does not see the files of the package: “.*” lies in none of the folders that its “mounts” name\./,
  );
  const none = scene(context, { said: { home: temporaryFolder(context) } });
  assert.match((await none.run("link", "--yes")).stderr, /it has no file RELEASE/);
});

test("links in a mounted home lead to where its system sees the package, and are found again", async (context) => {
  const box = frameworkBox(context);
  const root = temporaryFolder(context, { "ws/Acme/Acme.sopm": goodSpec, [`ws/Acme/${module}`]: "1;\n" });
  const mounts = [
    { here: box.home, there: "/opt/znuny" },
    { here: join(root, "ws"), there: "/src" },
  ];
  const named = { box: { ...far, home: "/opt/znuny", mounts } };
  const systems = join(temporaryFolder(context, { "s.json": JSON.stringify(named) }), "s.json");
  const run = (command: string, ...more: readonly string[]) =>
    runHere([
      "system",
      command,
      join(root, "ws/Acme/Acme.sopm"),
      "--on",
      "box",
      "--systems",
      systems,
      ...more,
    ]);
  const path = join(box.home, module);
  assert.equal((await run("link", "--yes")).stdout, `+ ${path} -> /src/Acme/${module}\n`);
  assert.equal(readlinkSync(path), `/src/Acme/${module}`);
  rmSync(join(root, "ws/Acme", module));
  assert.match((await run("link", "--list")).stdout, /^! .* -> \/src\/Acme\/.*: The file is gone\./);
  assert.equal((await run("unlink", "--yes")).code, 0);
  assert.ok(!isThere(path));
});

test("links lead to where sopm.json says that the files are, and --base comes before it", async (context) => {
  const box = frameworkBox(context);
  const folder = temporaryFolder(context, {
    "sopm.json": JSON.stringify({ "build.baseFolder": "code" }),
    "Acme.sopm": goodSpec,
    [`code/${module}`]: "1;\n",
    [`other/${module}`]: "1;\n",
  });
  const systems = temporaryFolder(context, { "s.json": JSON.stringify({ box: { home: box.home } }) });
  const named = ["--on", "box", "--systems", join(systems, "s.json")];
  const run = (...more: readonly string[]) =>
    runHere(["system", "link", join(folder, "Acme.sopm"), ...named, ...more]);
  const path = join(box.home, module);
  assert.equal((await run()).stdout, `+ ${path} -> ${join(folder, "code", module)}\n`);
  const other = await run("--base", join(folder, "other"));
  assert.equal(other.stdout, `+ ${path} -> ${join(folder, "other", module)}\n`);
  const none = await run("--base", join(folder, "nowhere"));
  assert.equal(none.code, 2);
  assert.match(none.stderr, /There is no folder “.*nowhere”\./);
});

const two = `<File Permission="644" Location="Kernel/System/Acme/Two.pm"/></Filelist>`;

test("where the disk fails midway, nothing is half linked or half removed", async (context) => {
  const { box, folder, run, path } = scene(context, { spec: goodSpec.replace("</Filelist>", two) });
  mkdirSync(join(folder, "Kernel/System/Acme"));
  writeFileSync(join(folder, "Kernel/System/Acme/Two.pm"), "1;\n");
  const second = join(box.home, "Kernel/System/Acme/Two.pm");
  const system = {
    ...{ name: "box", command: [], home: box.home, transfer: { kind: "none" } as const },
    ...{ product: undefined, mounts: [], database: undefined, tables: undefined },
  };
  const locations = [module, "Kernel/System/Acme/Two.pm"];
  const here = { files: unflushedFiles, paths };
  const link = await planLinks("link", { system, locations, base: folder }, here);
  assert.deepEqual(await performLinks(link, failingAt(second, "makeLinks")), {
    ...{ kind: "failed", path: second, reason: "EIO", left: [] },
  });
  assert.ok(!isThere(join(box.home, "Kernel")), "folders are gone as well");
  assert.deepEqual(await performLinks(link, failingAt(second, "makeLinks", "remove", "removeFolders")), {
    ...{ kind: "failed", path: second, reason: "EIO" },
    left: [join(box.home, "Kernel"), dirname(path), dirname(second), path],
  });
  assert.ok(isThere(path), "it is said to be left");
  assert.equal((await run("unlink", "--yes")).code, 0);
  assert.ok(!isThere(path));

  assert.equal((await run("link", "--yes")).code, 0);
  const unlink = await planLinks("unlink", { system, locations, base: folder }, here);
  assert.deepEqual(await performLinks(unlink, failingAt(second, "remove")), {
    ...{ kind: "failed", path: second, reason: "EIO", left: [] },
  });
  assert.equal(readlinkSync(path), join(folder, module));
});

test("it is told what the disk refused, and what is there now", async (context) => {
  const { box, folder, path } = scene(context);
  const systems = temporaryFolder(context, { "s.json": JSON.stringify({ box: { home: box.home } }) });
  const words = ["--on", "box", "--systems", join(systems, "s.json"), "--yes"];
  const run = (files: FileSystem) =>
    runHere(["system", "link", join(folder, "Acme.sopm"), ...words], {}, { files });
  const failed = await run(failingAt(path, "makeLinks"));
  assert.equal(failed.code, 1);
  assert.match(
    failed.stderr,
    /^sopm: “.*Acme\.pm” cannot be changed: the disk reports an error\. What had been done before was taken back: the home is as it was\.$/m,
  );
  const left = await run(failingAt(path, "makeLinks", "removeFolders"));
  assert.match(left.stderr, /could not all be taken back.* Left are:\n {2}.*Kernel\n {2}.*System\n$/);
});

test("a file below another file of the list is refused by name, and hinders no unlink", async (context) => {
  const below = `<File Permission="644" Location="${module}/Below.pm"/></Filelist>`;
  const { folder, run, path } = scene(context);
  assert.equal((await run("link", "--yes")).code, 0);
  writeFileSync(join(folder, "Acme.sopm"), goodSpec.replace("</Filelist>", below));
  const refused = await run("link", "--yes");
  assert.equal(refused.code, 1);
  assert.match(
    refused.stdout,
    /^! .*Below\.pm: The package lists “Kernel\/System\/Acme\.pm” as a file as well, so that nothing can lie below it\.$/m,
  );
  assert.equal((await run("unlink", "--yes")).code, 0);
  assert.ok(!isThere(path));
});

test("links of earlier runs are listed, and those that lead to nothing are removed", async (context) => {
  const { box, folder, run, path, target } = scene(context, { spec: goodSpec.replace("</Filelist>", two) });
  mkdirSync(join(folder, "Kernel/System/Acme"));
  writeFileSync(join(folder, "Kernel/System/Acme/Two.pm"), "1;\n");
  assert.equal((await run("link", "--list")).stdout, "");
  assert.equal((await run("link", "--yes")).code, 0);
  const second = join(box.home, "Kernel/System/Acme/Two.pm");
  const secondFile = join(folder, "Kernel/System/Acme/Two.pm");
  const both = await run("link", "--list");
  assert.deepEqual([both.code, both.stdout], [0, `= ${second} -> ${secondFile}\n= ${path} -> ${target}\n`]);
  // Links of others are none of ours.
  symlinkSync("/nowhere", join(box.home, "Kernel/other"));
  writeFileSync(join(folder, "Acme.sopm"), goodSpec);
  const unlisted = (await run("link", "--list")).stdout;
  assert.match(unlisted, /^\? .*Two\.pm -> .*: The package does not list this file\.$/m);
  assert.doesNotMatch(unlisted, /Kernel\/other/);
  rmSync(secondFile);
  assert.match(
    (await run("link", "--list")).stdout,
    /^! .*Two\.pm -> .*: The file is gone\. “sopm system unlink” removes the link\.$/m,
  );
  const removed = await run("unlink", "--yes");
  assert.match(removed.stdout, /^- .*Two\.pm: It leads to a file of the package that is gone\.$/m);
  assert.ok(!isThere(second) && !isThere(path) && isThere(join(box.home, "Kernel/other")));
});
