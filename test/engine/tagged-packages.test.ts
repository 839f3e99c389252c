import assert from "node:assert/strict";
import { join } from "node:path";
import { taggedPackages } from "../../server/src/engine/tagged-packages.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";
import { runHere } from "../support/run-here.ts";

const world = nodeWorld();

test("packages that tags have released are known, but for those of other branches and packages", async (t) => {
  const repository = new GitRepository(t);
  const inside = `<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate></DatabaseInstall>`;
  repository.commit(
    { "Acme.sopm": smallSpec("1.0.0", { inside }), "Other.sopm": smallSpec("0.0.0", { name: "Other" }) },
    "v1.0.0",
  );
  repository.git("checkout", "-q", "-b", "side");
  repository.commit({ "Acme.sopm": smallSpec("1.0.9") }, "v1.0.9");
  repository.git("checkout", "-q", "main");
  repository.commit({ "Acme.sopm": smallSpec("1.1.0") }, "Acme-1.1.0");
  repository.commit({ "Acme.sopm": smallSpec("1.2.0") });
  const specs = ["Acme", "Other"].map((name) => ({ name, path: join(repository.folder, `${name}.sopm`) }));
  const { packages: found, left } = await taggedPackages(specs, world, { untrustedFolders: [] });
  assert.deepEqual(left, []);
  const told = [...found].map(([path, packages]) => [
    path.slice(repository.folder.length + 1),
    packages.map(({ kind, name, version, tag }) => `${kind} ${name} ${version} ${tag}`).toSorted(),
  ]);
  assert.deepEqual(told, [
    ["Acme.sopm", ["tag Acme 1.0.0 v1.0.0", "tag Acme 1.1.0 Acme-1.1.0"]],
    ["Other.sopm", ["tag Other 1.0.0 v1.0.0"]],
  ]);
  const first = found.get(specs[0]!.path)!.find(({ version }) => version === "1.0.0");
  assert.equal(first?.shape()?.tables.get("acme")?.isOwn, true);
});

test("specs whose tags are too many are told", async (t) => {
  const repository = new GitRepository(t);
  const names = ["A", "B", "C"];
  const files = names.map((name) => [`${name}.sopm`, smallSpec("1.0.0", { name })] as const);
  repository.commit(Object.fromEntries(files), "v1.0.0");
  repository.git("tag", "v1.0.1");
  const specs = names.map((name) => ({ name, path: join(repository.folder, `${name}.sopm`) }));
  const { packages, left } = await taggedPackages(specs, world, { untrustedFolders: [], most: 4 });
  assert.deepEqual([...packages.keys()], [specs[0]!.path, specs[1]!.path]);
  assert.deepEqual(left, [specs[2]]);
});

test("a build tells what tags have released", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" }, "v1.0.0");
  repository.write({ "Acme.sopm": smallSpec("1.0.1", { inside: "<CodeInstall>1;</CodeInstall>" }) });
  const spec = join(repository.folder, "Acme.sopm");
  const { stderr } = await runHere(["build", spec, "--version", "0.9.1", "--output", repository.folder]);
  assert.match(
    stderr,
    /Version 0\.9\.1 is lower than 1\.0\.0, which has been released with another CodeInstall, by the tag “v1\.0\.0”/,
  );
});

test("rules about released versions go by tags", async (t) => {
  const repository = new GitRepository(t);
  const table = (columns: string) =>
    `<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>${columns}</TableCreate></DatabaseInstall><DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>`;
  repository.commit(
    { "Acme.sopm": smallSpec("1.0.0", { inside: table("") }), "Kernel/System/Acme.pm": "1;\n" },
    "v1.0.0",
  );
  const more = '<Column Name="more" Required="false" Type="INTEGER"/>';
  const spec = join(repository.folder, "Acme.sopm");
  const findings = async () => {
    const { stdout, stderr } = await runHere(["lint", "--format", "json", spec]);
    assert.equal(stderr, "");
    const { files } = JSON.parse(stdout) as {
      readonly files: readonly { readonly findings: readonly Record<"rule" | "message", string>[] }[];
    };
    return files
      .flatMap(({ findings: all }) => all)
      .filter(({ rule }) => ["upgrade-missing", "version-not-increased"].includes(rule))
      .map(({ rule, message }) => `${rule}: ${message}`);
  };
  repository.write({ "Acme.sopm": smallSpec("1.0.0", { inside: table("") }) });
  assert.deepEqual(await findings(), []);
  repository.write({ "Acme.sopm": smallSpec("1.0.0", { inside: table(more) }) });
  assert.deepEqual(await findings(), [
    "version-not-increased: Version 1.0.0 has been released with another DatabaseInstall, by the tag “v1.0.0”, and systems that have it take no upgrade to the same version. Raise the version before the next release.",
  ]);
  repository.write({ "Acme.sopm": smallSpec("1.1.0", { inside: table(more) }) });
  const [missing = "", ...others] = await findings();
  assert.match(missing, /^upgrade-missing: .*more/);
  assert.deepEqual(others, []);
  repository.git("tag", "-d", "v1.0.0");
  assert.deepEqual(await findings(), []);
});
