import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { runHere } from "../support/run-here.ts";

const table = (columns = "") => `    <DatabaseInstall Type="post">
        <TableCreate Name="acme">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
            ${columns}
        </TableCreate>
    </DatabaseInstall>
`;
const drop = `    <DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>\n`;
const name = '<Column Name="name" Required="false" Type="VARCHAR" Size="100"/>';
const upgrade = `    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme" Version="1.1.0"><ColumnAdd Name="name" Required="false" Type="VARCHAR" Size="100"/></TableAlter>
    </DatabaseUpgrade>
`;

/** A spec at 1.1.0 beside a tag of 1.0.0, which has no column yet. */
function released(t: Parameters<Parameters<typeof test>[1]>[0], inside: string): GitRepository {
  const repository = new GitRepository(t);
  const files = { "Kernel/System/Acme.pm": "1;\n" };
  repository.commit({ "Acme.sopm": smallSpec("1.0.0", { inside: table() + drop }), ...files }, "v1.0.0");
  repository.write({ "Acme.sopm": smallSpec("1.1.0", { inside }) });
  return repository;
}

/** What comes of each trial, by its title. */
async function results(folder: string, words: readonly string[] = []): Promise<Record<string, string>> {
  const { stdout } = await runHere(["test", "--format", "json", ...words, folder]);
  const { packages } = JSON.parse(stdout);
  const trials = packages.flatMap((each: { trials: unknown[] }) => each.trials);
  return Object.fromEntries(
    trials.map(({ title, result }: { title: string; result: string }) => [title, result]),
  );
}

test("0 where every trial passes", async (t) => {
  const { folder } = released(t, table(name) + upgrade + drop);
  const { code, stdout } = await runHere(["test", folder]);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /Trials: 5\. Passed: 5, failed: 0, not known: 0\./);
});

test("1 where one fails, with message, file and line in every form", async (t) => {
  const { folder } = released(t, table(name) + drop);
  for (const format of ["text", "json", "junit"]) {
    const { code, stdout } = await runHere(["test", "--format", format, folder]);
    assert.equal(code, 1, format);
    assert.match(stdout, /Upgraded systems have no column name in acme\./, format);
    assert.match(stdout, /upgrade from 1\.0\.0/, format);
    assert.match(stdout, format === "json" ? /"line": 16,/ : /Acme\.sopm:16:13/, format);
  }
});

test("the JSON is as its schema says, for results and, without them, for lists", async (t) => {
  const { folder } = released(t, table(name));
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../schemas/trials.schema.json"), "utf8"),
  );
  const { stdout } = await runHere(["test", "--format", "json", folder]);
  assert.deepEqual(schemaProblems(JSON.parse(stdout), schema), []);
  const list = await runHere(["test", "--list", "--format", "json", folder]);
  assert.equal(list.code, 0);
  const ids = (text: string) => JSON.parse(text).packages[0].trials.map(({ id }: { id: string }) => id);
  assert.deepEqual(ids(list.stdout), ids(stdout));
});

test("a table that stays fails the uninstall, and the install after it", async (t) => {
  const { folder } = released(t, table(name) + upgrade);
  assert.deepEqual(await results(folder), {
    install: "passed",
    "reinstall after a changed file": "passed",
    "uninstall leaves nothing": "failed",
    "install again after the uninstall": "failed",
    "upgrade from 1.0.0": "passed",
  });
});

test("a table that is left on purpose is named with its reason, and hides nothing else", async (t) => {
  const other = table(name).replace('"acme"', '"acme_other"');
  const repository = released(t, table(name) + upgrade);
  const run = (...words: readonly string[]) =>
    runHere(["test", "--filter", "uninstall leaves", ...words, repository.folder]);
  const red = await run();
  assert.equal(red.code, 1);
  assert.match(
    red.stdout,
    /The table acme is still there.* name the table with the reason in “keptTables” of sopm\.json\./,
  );
  repository.write({ "sopm.json": JSON.stringify({ keptTables: { ACME: "Customers keep their data." } }) });
  const green = await run("--format", "json");
  assert.equal(green.code, 0, green.stdout);
  assert.match(green.stdout, /The table acme is left on purpose: Customers keep their data\./);
  repository.write({ "Acme.sopm": smallSpec("1.1.0", { inside: table(name) + other + upgrade }) });
  const both = await run();
  assert.equal(both.code, 1);
  assert.match(both.stdout, /The table acme_other is still there/);
  assert.doesNotMatch(both.stdout, /The table acme is still there/);
  repository.write({
    "Acme.sopm": smallSpec("1.1.0", { inside: table(name) + upgrade }),
    "sopm.json": JSON.stringify({ keptTables: { acme: " " } }),
  });
  const silent = await run();
  assert.equal(silent.code, 1);
  assert.match(silent.stderr, /No reason is given for “acme”, so that it does not count\. Say why\./);
});

test("a file that is not there fails the install, since nothing can be built", async (t) => {
  const repository = released(t, "");
  repository.write({ "Kernel/System/Acme.pm": undefined });
  const { code, stdout } = await runHere(["test", "--filter", "› install", repository.folder]);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /The file Kernel\/System\/Acme\.pm is not there, so that the package cannot be built\./,
  );
});

test("what was refused at the install has nothing to go on from, and is not known", async (t) => {
  const repository = released(t, "");
  repository.write({ "Acme.sopm": smallSpec("1.1.0").replace("7.1.x", "99.0.x") });
  const found = await results(repository.folder);
  assert.equal(found.install, "failed");
  assert.equal(found["uninstall leaves nothing"], "unknown");
  assert.equal(found["upgrade from 1.0.0"], "unknown");
});

test("packages that sections ask for are tried as well: as they are below the folder, else with nothing known of them", async (t) => {
  const inside = `    <CodeInstall Type="post" IfNotPackage="Other">1;</CodeInstall>
    <PackageMerge Name="Merged" TargetVersion="1.0.0"/>
    <DatabaseInstall Type="post" IfNotPackage="Other"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate></DatabaseInstall>
${drop}`;
  const repository = released(t, inside);
  const alone = await results(repository.folder);
  assert.equal(alone["install where Other is installed"], "passed");
  assert.equal(alone["install where Merged is installed"], "unknown", "nobody knows what is merged");
  repository.write({
    "Merged.sopm": smallSpec("1.0.0", { name: "Merged" }).replace("Acme.pm", "Merged.pm"),
    "Kernel/System/Merged.pm": "1;\n",
  });
  const together = await results(repository.folder);
  assert.equal(together["install where Merged is installed"], "passed");
});

test("a package comes up to date together with what it requires beside it, in the framework's order", async (t) => {
  const required = (version: string, more = "") =>
    `    <PackageRequired Version="${version}">Base</PackageRequired>\n${more}`;
  const base = (version: string, inside = "") =>
    smallSpec(version, { name: "Base", inside }).replace("Acme.pm", "Base.pm");
  const repository = new GitRepository(t);
  const files = { "Kernel/System/Acme.pm": "1;\n", "Kernel/System/Base.pm": "1;\n" };
  const first = {
    "Acme.sopm": smallSpec("1.0.0", { inside: required("1.0.0") }),
    "Base.sopm": base("1.0.0"),
  };
  repository.commit({ ...first, ...files }, "v1.0.0");
  const title = "update of all packages, with those that it requires";
  const present = { "Acme.sopm": smallSpec("1.1.0", { inside: required("1.1.0") }) };
  const tried = async (texts: Readonly<Record<string, string>>) => {
    repository.write({ ...present, ...texts });
    return (await results(repository.folder, ["--filter", "Acme ›"]))[title];
  };
  assert.equal(await tried({ "Base.sopm": base("1.1.0") }), "passed");
  // Each is fine alone, and together they are not.
  assert.equal(await tried({ "Base.sopm": base("1.0.0") }), "failed");
  assert.equal(
    await tried({
      "Base.sopm": base("1.1.0", '    <PackageRequired Version="1.0.0">Far</PackageRequired>\n'),
    }),
    "unknown",
  );
  const broken = base(
    "1.1.0",
    '    <DatabaseUpgrade Type="post"><TableDrop Name="gone"/></DatabaseUpgrade>\n',
  );
  assert.equal(await tried({ "Base.sopm": broken }), "failed");
});

test("scenarios of sopm.json are trials, and may expect a refusal", async (t) => {
  const repository = released(t, table(name) + upgrade + drop);
  const scenarios = {
    Younger: { operation: "upgrade", from: "2.0.0" },
    Refused: { operation: "upgrade", from: "2.0.0", expect: "refusal" },
    Unexpected: { operation: "install", expect: "refusal" },
    Broken: { operation: "install", productVersion: "Foo 3" },
  };
  repository.write({ "sopm.json": JSON.stringify({ scenarios }) });
  const found = await results(repository.folder, ["--filter", "scenario"]);
  assert.deepEqual(found, {
    "scenario Younger": "failed",
    "scenario Refused": "passed",
    "scenario Unexpected": "failed",
    "scenario Broken": "unknown",
  });
});

test("--filter, --product and --since choose trials", async (t) => {
  const { folder } = released(t, table(name) + upgrade + drop);
  assert.deepEqual(Object.keys(await results(folder, ["--filter", "UPGRADE"])), ["upgrade from 1.0.0"]);
  assert.ok(!("upgrade from 1.0.0" in (await results(folder, ["--since", "1.1.0"]))));
  const { stdout } = await runHere(["test", "--list", "--product", "Znuny 7.2.1", folder]);
  assert.match(stdout, /^Acme › Znuny 7\.2\.1 with MariaDB › install$/m);
});

test("2 for words that make no sense, and where there is nothing to try", async (t) => {
  const { folder } = released(t, "");
  const wrong = [
    ["--since", "newest", folder],
    ["--format", "html", folder],
    ["--list", "--format", "junit", folder],
    ["--product", "Foo 3", folder],
    ["--filter", "no trial has this", folder],
    [join(folder, "Kernel")],
    [join(folder, "Gone.sopm")],
  ];
  for (const words of wrong) assert.equal((await runHere(["test", ...words])).code, 2, words.join(" "));
});
