import assert from "node:assert/strict";
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Configurations, type FoundConfigurations } from "../../server/src/configuration/configurations.ts";
import { builtIn, joined, valueIn } from "../../server/src/configuration/layers.ts";
import { namedFiles } from "../../server/src/node/named-files.ts";
import { paths } from "../../server/src/node/paths.ts";
import { nodeWorkspaceDisk } from "../../server/src/node/workspace-disk.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const trusted = { workFolder: "/ws", isTrusted: true };
const untrusted = { workFolder: "/ws", isTrusted: false };

function configurationsIn(files: Readonly<Record<string, unknown>>): {
  readonly disk: MemoryWorkspace;
  readonly configurations: Configurations;
} {
  const texts = Object.entries(files).map(([path, value]) => [
    path,
    typeof value === "object" ? JSON.stringify(value) : value,
  ]);
  const disk = new MemoryWorkspace(Object.fromEntries(texts));
  return { disk, configurations: new Configurations({ disk, named: disk.named, paths: disk.paths }) };
}

function held({ layers }: FoundConfigurations, key: string): unknown {
  return valueIn(joined([builtIn, ...layers]), key);
}

function told({ files }: FoundConfigurations): readonly string[] {
  return files.flatMap(({ path, findings }) =>
    findings.map(({ variant, span }) => `${path}:${span.start} ${variant}`),
  );
}

test("what stands nearer comes before what stands farther, and that before what both build on", async () => {
  const { configurations } = configurationsIn({
    "/ws/sopm.json": { extends: "shared/base.json", profile: "znuny-policy", dialect: "znuny-7" },
    "/ws/shared/base.json": { profile: "strict", dialect: "otobo-11", productVersion: "Znuny 7.1.3" },
    "/ws/packages/one/sopm.json": { profile: "framework", rules: { "file-not-found": "off" } },
  });
  const found = await configurations.of("/ws/packages/one/Acme.sopm", "file", trusted);
  assert.deepEqual(told(found), []);
  assert.equal(held(found, "profile"), "framework");
  assert.equal(held(found, "dialect"), "znuny-7");
  assert.equal(held(found, "productVersion"), "Znuny 7.1.3");
  assert.deepEqual(held(found, "rules"), { "file-not-found": "off" });
  const beside = await configurations.of("/ws/packages/two/Acme.sopm", "file", trusted);
  assert.equal(held(beside, "profile"), "znuny-policy");
});

test("of several that one builds on the last comes first", async () => {
  const { configurations } = configurationsIn({
    "/ws/sopm.json": { extends: ["a.json", "b.json"] },
    "/ws/a.json": { profile: "strict", dialect: "znuny-6" },
    "/ws/b.json": { profile: "znuny-policy" },
  });
  const found = await configurations.of("/ws/Acme.sopm", "file", trusted);
  assert.equal(held(found, "profile"), "znuny-policy");
  assert.equal(held(found, "dialect"), "znuny-6");
});

test("a root ends the search upwards", async () => {
  const { configurations } = configurationsIn({
    "/ws/sopm.json": { profile: "strict" },
    "/ws/one/sopm.json": { root: true, dialect: "znuny-7" },
  });
  const found = await configurations.of("/ws/one/deep/Acme.sopm", "file", trusted);
  assert.equal(held(found, "profile"), "framework");
  assert.equal(held(found, "dialect"), "znuny-7");
});

test("the search ends at the working copy, or at the folder that somebody works in if that lies above", async () => {
  const files = {
    "/sopm.json": { productVersion: "Znuny 6.5.1" },
    "/ws/sopm.json": { profile: "strict" },
    "/ws/repo/.git/HEAD": "ref",
    "/ws/repo/sopm.json": { dialect: "znuny-7" },
  };
  const heldIn = async (workFolder: string | undefined, spec: string) => {
    const { configurations } = configurationsIn(files);
    const found = await configurations.of(spec, "file", { workFolder, isTrusted: true });
    return ["profile", "dialect", "productVersion"].map((key) => held(found, key));
  };
  assert.deepEqual(await heldIn("/ws", "/ws/repo/deep/Acme.sopm"), ["strict", "znuny-7", ""]);
  assert.deepEqual(await heldIn("/ws/repo/deep", "/ws/repo/deep/Acme.sopm"), ["framework", "znuny-7", ""]);
  assert.deepEqual(await heldIn("/elsewhere", "/ws/repo/deep/Acme.sopm"), ["framework", "znuny-7", ""]);
  assert.deepEqual(await heldIn(undefined, "/ws/other/Acme.sopm"), ["framework", "auto", ""]);
  assert.deepEqual(await heldIn(undefined, "/ws/Acme.sopm"), ["strict", "auto", ""]);
});

test("paths start at the folder of the configuration that says them", async () => {
  const { configurations } = configurationsIn({
    "/ws/sopm.json": {
      ...{ extends: "shared/base.json", "build.outputFolder": "out" },
      knownPackages: ["archives", "/elsewhere"],
      scenarios: { Fresh: { operation: "install", frameworkHome: "home", before: ["Base.opm"] } },
    },
    "/ws/shared/base.json": { "build.baseFolder": "src", frameworkHome: "" },
  });
  const found = await configurations.of("/ws/packages/Acme.sopm", "file", trusted);
  assert.equal(held(found, "build.outputFolder"), "/ws/out");
  assert.equal(held(found, "build.baseFolder"), "/ws/shared/src");
  assert.equal(held(found, "frameworkHome"), "");
  assert.deepEqual(held(found, "knownPackages"), ["/ws/archives", "/elsewhere"]);
  const fresh = found.scenarios.get("Fresh")!;
  assert.equal(fresh.get("frameworkHome")?.value, "/ws/home");
  assert.deepEqual(fresh.get("before")?.value, ["/ws/Base.opm"]);
});

test("what means specs starts at the folder of the configuration, what is said of them at theirs", async () => {
  const { configurations } = configurationsIn({
    "/ws/sopm.json": { baseFolder: { "one/*.sopm": "../src", "two/Acme.sopm": "../other" } },
    "/ws/one/sopm.json": { baseFolder: { "Acme.sopm": "../near" } },
  });
  const folders = async (spec: string) => held(await configurations.of(spec, "file", trusted), "baseFolder");
  assert.deepEqual(await folders("/ws/one/Other.sopm"), { "/ws/one/Other.sopm": "../src" });
  assert.deepEqual(await folders("/ws/one/Acme.sopm"), { "/ws/one/Acme.sopm": "../near" });
  assert.deepEqual(await folders("/ws/two/Acme.sopm"), { "/ws/two/Acme.sopm": "../other" });
  assert.deepEqual(await folders("/ws/three/Acme.sopm"), {});
});

test("circles are told and read once", async () => {
  const { configurations } = configurationsIn({
    "/ws/sopm.json": { extends: "a.json", profile: "strict" },
    "/ws/a.json": { extends: ["b.json", "./a.json"] },
    "/ws/b.json": { extends: "sopm.json", dialect: "znuny-7" },
  });
  const found = await configurations.of("/ws/Acme.sopm", "file", trusted);
  assert.deepEqual(told(found), ["/ws/b.json:12 extends-circle", "/ws/a.json:22 extends-circle"]);
  assert.deepEqual([held(found, "profile"), held(found, "dialect")], ["strict", "znuny-7"]);
});

test("configurations that build on others without end are read up to a limit", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `/ws/${index}.json`,
      { extends: [`${index + 1}.json`, `${index + 1}.json`] },
    ]),
  );
  const { configurations } = configurationsIn({ ...files, "/ws/sopm.json": { extends: "0.json" } });
  const found = await configurations.of("/ws/Acme.sopm", "file", trusted);
  assert.ok(found.layers.length <= 200, String(found.layers.length));
  assert.ok(told(found).some((each) => each.endsWith("extends-many")));
});

test("what one builds on lies below the same folder, and is there", async () => {
  const { configurations, disk } = configurationsIn({
    "/ws/sopm.json": { extends: ["../other/sopm.json", "missing.json", "/etc/sopm.json"] },
    "/other/sopm.json": { profile: "strict" },
  });
  const found = await configurations.of("/ws/Acme.sopm", "file", trusted);
  assert.deepEqual(told(found), [
    "/ws/sopm.json:13 extends-outside",
    "/ws/sopm.json:34 extends-missing",
    "/ws/sopm.json:49 extends-outside",
  ]);
  assert.equal(held(found, "profile"), "framework");
  assert.ok(!disk.readPaths.includes("/other/sopm.json"));
});

test("where nobody has said that it is trusted, nothing leads out and no guard is lowered", async () => {
  const { configurations } = configurationsIn({
    "/ws/sopm.json": {
      ...{ "build.outputFolder": "../../home/.ssh", "build.baseFolder": "src", "build.allowSymlinks": true },
      ...{ "build.strictSchema": "on", frameworkHome: "/opt/znuny", knownPackages: ["../other", "archives"] },
      baseFolder: { "Acme.sopm": "/home/user", "Other.sopm": "src" },
      scenarios: { Fresh: { operation: "install", sandbox: "/srv", before: ["/srv/A.opm", "B.opm"] } },
    },
  });
  const found = await configurations.of("/ws/Acme.sopm", "file", untrusted);
  const keys = ["build.outputFolder", "build.allowSymlinks", "build.strictSchema", "frameworkHome"];
  for (const key of keys) assert.deepEqual(held(found, key), valueIn(builtIn, key), key);
  assert.equal(held(found, "build.baseFolder"), "/ws/src");
  assert.deepEqual(held(found, "knownPackages"), ["/ws/archives"]);
  assert.deepEqual(held(found, "baseFolder"), {});
  assert.deepEqual(found.scenarios.get("Fresh")?.get("before")?.value, ["/ws/B.opm"]);
  assert.equal(found.scenarios.get("Fresh")?.get("sandbox"), undefined);
  assert.deepEqual(
    found.files[0]!.findings.map(({ variant, severity }) => `${severity} ${variant}`),
    [
      ...["warning outside", "warning untrusted", "warning untrusted", "warning outside", "warning outside"],
      ...["warning outside", "warning outside", "warning outside"],
    ],
  );
  const other = await configurations.of("/ws/Other.sopm", "file", untrusted);
  assert.deepEqual(held(other, "baseFolder"), { "/ws/Other.sopm": "src" });
  const own = await configurations.of("/ws/Acme.sopm", "file", trusted);
  assert.equal(held(own, "build.outputFolder"), "/home/.ssh");
  assert.equal(held(own, "build.allowSymlinks"), true);
  assert.deepEqual(told(own), []);
});

test("a link leads nowhere that its text does not say", { skip: process.platform === "win32" }, async (t) => {
  const folder = realpathSync(temporaryFolder(t, { "out/secret.json": '{ "profile": "strict" }' }));
  const work = join(folder, "ws");
  mkdirSync(work);
  symlinkSync(join(folder, "out"), join(work, "link"));
  symlinkSync(join(folder, "out/secret.json"), join(work, "linked.json"));
  writeFileSync(
    join(work, "sopm.json"),
    '{ "extends": ["link/secret.json", "linked.json"], "build.outputFolder": "link/deep/new" }',
  );
  const configurations = new Configurations({ disk: nodeWorkspaceDisk, named: namedFiles, paths });
  const found = await configurations.of(join(work, "Acme.sopm"), "file", {
    workFolder: work,
    isTrusted: false,
  });
  const variants = found.files.flatMap(({ findings }) => findings.map(({ variant }) => variant));
  assert.deepEqual(variants, ["extends-outside", "extends-outside", "outside"]);
  assert.equal(held(found, "profile"), "framework");
  assert.equal(held(found, "build.outputFolder"), "");
});

test("each file is read once for all specs, and again after it has changed", async () => {
  const { configurations, disk } = configurationsIn({ "/ws/sopm.json": { profile: "strict" } });
  const profileOf = async (spec: string) => held(await configurations.of(spec, "file", trusted), "profile");
  assert.equal(await profileOf("/ws/a/One.sopm"), "strict");
  assert.equal(await profileOf("/ws/a/Two.sopm"), "strict");
  assert.equal(await profileOf("/ws/b/Three.sopm"), "strict");
  assert.equal(disk.readPaths.filter((path) => path === "/ws/sopm.json").length, 1);
  assert.deepEqual(configurations.changed("/ws/a/One.sopm"), []);
  disk.files.set("/ws/a/sopm.json", '{ "profile": "framework" }');
  assert.deepEqual(configurations.changed("/ws/a/sopm.json"), ["/ws/a"]);
  assert.equal(await profileOf("/ws/a/One.sopm"), "framework");
  disk.files.delete("/ws/a/sopm.json");
  assert.equal(await configurations.hasChanged(), true);
  assert.equal(await profileOf("/ws/a/One.sopm"), "strict");
  assert.equal(await configurations.hasChanged(), false);
});

test("a change concerns all folders whose configurations build on it", async () => {
  const { configurations } = configurationsIn({
    "/ws/base.json": { profile: "strict" },
    "/ws/a/sopm.json": { extends: "../base.json" },
    "/ws/b/sopm.json": { dialect: "znuny-7" },
  });
  for (const spec of ["/ws/a/deep/One.sopm", "/ws/b/Two.sopm"])
    await configurations.of(spec, "file", trusted);
  assert.deepEqual(configurations.changed("/ws/base.json"), ["/ws", "/ws/a/deep"]);
});

test("what is typed counts", async () => {
  const disk = new MemoryWorkspace({ "/ws/sopm.json": '{ "profile": "strict" }' });
  let typed: string | undefined = '{ "profile": "znuny-policy" }';
  const world = { disk, named: disk.named, paths: disk.paths };
  const configurations = new Configurations(world, (path) => (path === "/ws/sopm.json" ? typed : undefined));
  const profile = async () => held(await configurations.of("/ws/Acme.sopm", "file", trusted), "profile");
  assert.equal(await profile(), "znuny-policy");
  typed = undefined;
  configurations.changed("/ws/sopm.json");
  assert.equal(await profile(), "strict");
});

test("a link in the place of a configuration is told", async () => {
  const disk = new MemoryWorkspace({ "/ws/sopm.json": undefined, "/ws/sopm.json/x": "" });
  const configurations = new Configurations({ disk, named: disk.named, paths: disk.paths });
  assert.deepEqual(told(await configurations.of("/ws/Acme.sopm", "file", trusted)), [
    "/ws/sopm.json:0 no-file",
  ]);
});
