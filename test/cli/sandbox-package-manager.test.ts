import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A package of our tests under another name and version. */
function spec(name: string, version: string, more = ""): string {
  return goodSpec
    .replace("<Name>Acme<", `<Name>${name}<`)
    .replace("<Version>1.0.0", `<Version>${version}`)
    .replace("    <Vendor>", `${more}    <Vendor>`);
}

/** A sandbox for Znuny 7.1.3 with a repository that has Acme 1.0.0, and Base 1.0.0 and Top 1.0.0, which requires it. */
async function work(t: TestContext) {
  const folder = temporaryFolder(t, {
    ...goodPackage,
    "Base.sopm": spec("Base", "1.0.0").replace("Acme.pm", "Base.pm"),
    "Kernel/System/Base.pm": "package Kernel::System::Base;\n1;\n",
    "Top.sopm": spec("Top", "1.0.0", '    <PackageRequired Version="1.0.0">Base</PackageRequired>\n').replace(
      "Acme.pm",
      "Top.pm",
    ),
    "Kernel/System/Top.pm": "package Kernel::System::Top;\n1;\n",
  });
  const repository = join(folder, "offers");
  mkdirSync(repository);
  for (const name of ["Acme", "Base", "Top"]) {
    await runCli(["build", "--output", repository, join(folder, `${name}.sopm`)]);
  }
  const { stdout } = await runCli(["index", repository]);
  writeFileSync(join(repository, "otrs.xml"), stdout);
  const sandbox = join(folder, "system");
  const result = async ([command, ...words]: readonly string[], code: number) => {
    const ended = await runCli(["sandbox", command!, sandbox, ...words], {}, { cwd: folder });
    assert.equal(ended.code, code, `${command}: ${ended.stderr}${ended.stdout}`);
    return ended;
  };
  const run = async (words: readonly string[], code = 0) => {
    const { stdout, stderr } = await result(words, code);
    return stdout + stderr;
  };
  const json = async (words: readonly string[], code = 0) =>
    JSON.parse((await result([...words, "--format", "json"], code)).stdout);
  await run(["create", "--product", "Znuny 7.1.3", "--repository", repository]);
  return { folder, sandbox, repository, run, json, archive: join(repository, "Acme-1.0.0.opm") };
}

test("a package is registered, listed, given back and taken out of the table", async (t) => {
  const { run, json, archive, folder } = await work(t);
  assert.equal(await run(["packages"]), "sopm: No packages are installed.\n");
  assert.match(await run(["add", archive]), /^Acme +1\.0\.0 +not installed\n$/);
  const { packages } = await json(["packages", "--short"]);
  assert.deepEqual(
    packages.map(({ name, version, status }: Record<string, string>) => [name, version, status]),
    [["Acme", "1.0.0", "not installed"]],
  );
  assert.match(packages[0].md5, /^[0-9a-f]{32}$/);
  await run(["get", "Acme", "1.0.0", "--output", join(folder, "again.opm")]);
  assert.deepEqual(readFileSync(join(folder, "again.opm")), readFileSync(archive));
  assert.match(await run(["get", "Acme", "1.0.0"]), /<Name>Acme<\/Name>/);
  assert.match(await run(["get", "Acme", "2.0.0"], 1), /no package “Acme” 2\.0\.0/);
  assert.deepEqual(await json(["is-installed", "Acme"], 1), { isInstalled: false });
  assert.deepEqual(await json(["remove", "Acme", "2.0.0"]), {
    packages: packages.map(({ md5, ...row }: Record<string, string>) => row),
  });
  assert.deepEqual(await json(["remove", "Acme"]), { packages: [] });
  await run(["undo"]);
  assert.match(await run(["packages", "--short"]), /^Acme/);
});

test("what is installed is told, with its files and whether they are as they should be", async (t) => {
  const { run, json, archive, sandbox } = await work(t);
  await run(["install", archive]);
  assert.equal(await run(["is-installed", "Acme"]), "installed\n");
  assert.equal(await run(["is-installed", archive]), "installed\n");
  assert.equal(await run(["is-installed", "Base"], 1), "not installed\n");
  assert.deepEqual(await json(["files"]), {
    files: [{ package: "Acme", location: "Kernel/System/Acme.pm" }],
  });
  assert.match(await run(["search", "Acme.p"]), /^Acme +1\.0\.0 +Kernel\/System\/Acme\.pm\n$/);
  assert.match(await run(["search", "absent"], 1), /^sopm: No package has a file “absent”\.\n$/);
  const [row] = (await json(["packages", "--deployment"])).packages;
  assert.deepEqual(
    [row.name, row.version, row.vendor, row.deployment, row.files],
    ["Acme", "1.0.0", "Acme Inc.", "OK", []],
  );
  writeFileSync(join(sandbox, "home/Kernel/System/Acme.pm"), "changed");
  const [damaged] = (await json(["packages", "--deployment"])).packages;
  assert.deepEqual([damaged.deployment, damaged.files], ["Not OK", ["Kernel/System/Acme.pm: different"]]);
  assert.match(await run(["check"], 1), /^✗ Acme/);
  assert.deepEqual(await json(["packages", "--filter", "^Base"]), { packages: [] });
  assert.match(await run(["packages", "--short", "--deployment"], 2), /--short lists all packages/);
});

test("checksums of files are those of their contents", async (t) => {
  const { json, run, archive } = await work(t);
  const md5 = createHash("md5").update(goodPackage["Kernel/System/Acme.pm"]).digest("hex");
  const { files } = await json(["md5", archive]);
  assert.deepEqual(files, [{ location: "Kernel/System/Acme.pm", md5: md5 }]);
  await run(["install", archive]);
  assert.deepEqual((await json(["md5", "Acme"])).files, files);
});

test("a folder of the name of a package is no reason not to find the package", async (t) => {
  const { run, archive, folder } = await work(t);
  await run(["install", archive]);
  mkdirSync(join(folder, "Acme"));
  assert.match(await run(["md5", "Acme"]), /Kernel\/System\/Acme\.pm/);
  assert.match(await run(["is-installed", "Acme"]), /^installed/);
  assert.match(await run(["uninstall", "Acme"]), /✓ Done/);
});

test("what a package requires is told with what is there of it", async (t) => {
  const { json, run, repository } = await work(t);
  const top = join(repository, "Top-1.0.0.opm");
  const { framework, packages } = await json(["requirements", top], 1);
  assert.equal(framework.fits, true);
  assert.deepEqual(packages, [
    { name: "Base", version: "1.0.0", isInstalled: false, isVersionInstalled: true },
  ]);
  await run(["install", join(repository, "Base-1.0.0.opm")]);
  assert.match(await run(["requirements", top]), /^✓ +framework .*\n✓ +package +Base +1\.0\.0\n$/);
});

test("versions are compared as the package manager does", async (t) => {
  const { json, run } = await work(t);
  assert.deepEqual(await json(["check-version", "1.2.0", "1.10.0"], 1), {
    installedIsEnough: false,
    otherIsNewer: true,
  });
  assert.equal(await run(["check-version", "1.10.0", "1.2.0"]), "1.10.0 is at least 1.2.0\n");
});

test("local repositories tell what they offer, give archives, and install with what is required", async (t) => {
  const { json, run, repository, folder, archive } = await work(t);
  assert.deepEqual(await json(["repositories"]), {
    repositories: [{ name: repository, url: repository }],
  });
  writeFileSync(
    join(folder, "root.xml"),
    "<list><Repository><Name>More</Name><URL>/more</URL></Repository></list>",
  );
  const { repositories } = await json(["repositories", "--root", join(folder, "root.xml")]);
  assert.ok(repositories.some(({ name, url }: Record<string, string>) => name === "More" && url === "/more"));
  const { offers } = await json(["offers"]);
  assert.deepEqual(
    offers.map(({ name, version, isInstalled }: Record<string, unknown>) => [name, version, isInstalled]),
    [
      ["Acme", "1.0.0", false],
      ["Base", "1.0.0", false],
      ["Top", "1.0.0", false],
    ],
  );
  await run(["fetch", repository, "Acme", join(folder, "fetched.opm")]);
  assert.deepEqual(readFileSync(join(folder, "fetched.opm")), readFileSync(archive));
  assert.match(await run(["fetch", repository, "Absent", join(folder, "x.opm")], 1), /neither a file nor/);
  assert.ok(!existsSync(join(folder, "x.opm")));

  const planned = await run(["install-required", "Top", "--dry-run"]);
  const order = `1. Base 1.0.0 from “${repository}”\n2. Top 1.0.0 from “${repository}”\n`;
  assert.equal(planned, `✓ Base 1.0.0 is installed\n✓ Top 1.0.0 is installed\n${order}`);
  assert.match(await run(["is-installed", "Top"], 1), /^not installed/);
  assert.equal(await run(["install-required", "Top"]), planned);
  assert.match(await run(["is-installed", "Top"]), /^installed/);
  assert.match(await run(["install-required", "Absent"], 1), /No repository offers “Absent”/);

  const { order: numbers, failures } = await json(["order"]);
  assert.deepEqual(
    numbers.map(({ name }: Record<string, string>) => name),
    ["Base", "Top"],
  );
  assert.deepEqual(failures, []);
  assert.equal((await json(["offers"])).offers.length, 1);
  assert.equal((await json(["offers", "--all"])).offers.length, 3);
});

test("a run of upgrading all packages is remembered until it is deleted", async (t) => {
  const { json, run, sandbox, archive } = await work(t);
  const never = { isRunning: false, status: null, success: null, remembered: null };
  assert.deepEqual(await json(["upgrade-all-status"]), never);
  await run(["install", archive]);
  await run(["upgrade-all"]);
  const { remembered, ...finished } = await json(["upgrade-all-status"]);
  assert.deepEqual(finished, { isRunning: false, status: "finished", success: true });
  assert.deepEqual(JSON.parse(remembered["Package_UpgradeAll::UpgradeResult"]).AlreadyUpdated, { Acme: 1 });
  const file = join(sandbox, "upgrade-all.json");
  const note = (minutesAgo: number) => {
    const date = new Date(Date.now() - minutesAgo * 60_000 - new Date().getTimezoneOffset() * 60_000);
    const time = date.toISOString().slice(0, 19).replace("T", " ");
    const running = { "Package_UpgradeAll::Status": "Running", "Package_UpgradeAll::UpdateTime": time };
    writeFileSync(file, JSON.stringify(running));
  };
  note(0);
  const { isRunning, status, success } = await json(["upgrade-all-status"]);
  assert.deepEqual({ isRunning, status, success }, { isRunning: true, status: "running", success: null });
  await run(["upgrade-all"], 1);
  note(6);
  assert.equal((await json(["upgrade-all-status"])).status, "timed-out");
  await run(["upgrade-all"]);
  assert.deepEqual(await json(["upgrade-all-status", "--forget"]), never);
  for (const nonsense of ["", "[]", "null", '{"Package_UpgradeAll::Status":"Running"}']) {
    writeFileSync(file, nonsense);
    assert.deepEqual(await json(["upgrade-all-status"]), never, nonsense);
  }
  await run(["verify"]);
});

test("a run that is broken off is not remembered, so that the next one may begin", async (t) => {
  const { json, run, sandbox, archive, folder, repository } = await work(t);
  await run(["install", archive]);
  writeFileSync(join(folder, "Acme.sopm"), spec("Acme", "1.1.0"));
  await runCli(["build", "--output", repository, join(folder, "Acme.sopm")]);
  writeFileSync(join(repository, "otrs.xml"), (await runCli(["index", repository])).stdout);
  // A folder where the new archive is to be kept.
  const digest = createHash("sha256")
    .update(readFileSync(join(repository, "Acme-1.1.0.opm")))
    .digest("hex");
  const place = join(sandbox, "archives", `${digest}.opm`);
  mkdirSync(place);
  await run(["upgrade-all"], 1);
  rmdirSync(place);
  assert.equal((await json(["upgrade-all-status"])).status, null);
  assert.match(await run(["upgrade-all"]), /^✓ Acme is upgraded from 1\.0\.0 to 1\.1\.0\n$/);
});

test("archives that come with a framework are installed, and what is refused is passed over", async (t) => {
  const { json, run, sandbox, repository } = await work(t);
  assert.match(await run(["install-defaults"]), /^There is no archive in var\/packages\.\n$/);
  mkdirSync(join(sandbox, "home/var/packages"), { recursive: true });
  for (const name of ["Base-1.0.0.opm", "Top-1.0.0.opm"]) {
    writeFileSync(join(sandbox, "home/var/packages", name), readFileSync(join(repository, name)));
  }
  writeFileSync(join(sandbox, "home/var/packages/Broken.opm"), "<otrs_package");
  const { packages } = await json(["install-defaults"], 1);
  assert.deepEqual(
    packages.map(({ path, verdict }: Record<string, string>) => [path, verdict]),
    [
      ["var/packages/Base-1.0.0.opm", "success"],
      ["var/packages/Broken.opm", "refused"],
      ["var/packages/Top-1.0.0.opm", "success"],
    ],
  );
  assert.match(await run(["check"]), /✓ Base 1\.0\.0\n.*✓ Top 1\.0\.0\n/s);
});

test("files of a package are exported into a folder, and never through a link", async (t) => {
  const { json, run, folder, archive } = await work(t);
  await run(["install", archive]);
  const target = join(folder, "out");
  assert.deepEqual(await json(["export-files", "Acme", target]), {
    folder: target,
    files: ["Kernel/System/Acme.pm"],
    failed: 0,
  });
  assert.equal(
    readFileSync(join(target, "Kernel/System/Acme.pm"), "utf8"),
    goodPackage["Kernel/System/Acme.pm"],
  );
  writeFileSync(join(target, "Kernel/System/Acme.pm"), "mine");
  await run(["export-files", "Acme", target]);
  assert.equal(readFileSync(join(target, "Kernel/System/Acme.pm.save"), "utf8"), "mine");

  const linked = join(folder, "linked");
  mkdirSync(linked);
  mkdirSync(join(folder, "elsewhere"));
  symlinkSync(join(folder, "elsewhere"), join(linked, "Kernel"));
  await run(["export-files", "Acme", linked], 1);
  assert.ok(!existsSync(join(folder, "elsewhere/System")));
});

test("a console command takes a location and prints what the framework's would", async (t) => {
  const { run, repository, folder } = await work(t);
  const intro = '    <IntroInstall Type="post" Title="Thanks"><![CDATA[Acme is there.]]></IntroInstall>\n';
  writeFileSync(join(folder, "Acme.sopm"), spec("Acme", "1.1.0", intro));
  await runCli(["build", "--output", folder, join(folder, "Acme.sopm")]);
  assert.match(await run(["console", "install", "Acme-1.1.0.opm"]), /Acme-1\.1\.0\n.*Acme is there\./s);
  assert.equal(await run(["console", "install", `${repository}:Base`]), "");
  assert.match(await run(["is-installed", "Base"]), /^installed/);
  await run(["console", "uninstall", "Base-1.0.0"]);
  assert.match(await run(["is-installed", "Base"], 1), /^not/);
  assert.match(await run(["console", "uninstall", "Absent"], 1), /“Absent” is no archive/);
});
