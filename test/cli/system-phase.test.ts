import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { type BoxOptions, frameworkBox } from "../support/framework-box.ts";
import { addPerlFramework } from "../support/perl-framework.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const sections = `<CodeInstall><![CDATA[print "installed ü\\n";]]></CodeInstall>
<CodeInstall Type="pre"><![CDATA[print "before";]]></CodeInstall>
<CodeUpgrade Version="0.9.0"><![CDATA[print "from 0.9.0";]]></CodeUpgrade>
<CodeUpgrade Version="0.5.0"><![CDATA[print "from 0.5.0";]]></CodeUpgrade>
<CodeUninstall><![CDATA[die "no way";]]></CodeUninstall>
<DatabaseUpgrade>
  <TableCreate Name="acme" Version="0.5.0"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate>
  <TableAlter Name="acme" Version="0.9.0"><ColumnAdd Name="more" Required="false" Type="INTEGER"/></TableAlter>
</DatabaseUpgrade>
</otrs_package>`;

function scene(context: TestContext, options: BoxOptions = {}, said: (home: string) => object = () => ({})) {
  process.env.XDG_STATE_HOME = temporaryFolder(context);
  const box = frameworkBox(context, options);
  addPerlFramework(box);
  const files = { ...goodPackage, "Acme.sopm": goodSpec.replace("</otrs_package>", sections) };
  const spec = join(temporaryFolder(context, files), "Acme.sopm");
  const systems = join(
    temporaryFolder(context, {
      "systems.json": JSON.stringify({ box: { command: [], home: box.home, ...said(box.home) } }),
    }),
    "systems.json",
  );
  const run = (words: readonly string[], allowed: readonly string[] = ["--yes"]) =>
    runHere(["system", "phase", spec, ...words, "--on", "box", "--systems", systems, ...allowed]);
  return { box, run, asked: () => box.read("var/asked.txt") };
}

test("the code of one phase is run by the package manager of the system, and nothing else is done", async (context) => {
  const { run, asked } = scene(context);
  const { code, stdout, stderr } = await run(["--section", "CodeInstall"]);
  assert.equal(code, 0, stderr);
  assert.equal(asked(), `code post 1.0.0: print "installed ü\\n";\n`);
  assert.match(stdout, /^CodeInstall \(post\) on the test system “box”\. Lines of the spec: \d+\.\n$/);
  assert.match(stderr, /^ {2}installed ü$/m, "what the code prints is shown");
  await run(["--section", "CodeInstall", "--phase", "pre"]);
  assert.match(asked()!, /\ncode pre 1\.0\.0: print "before";\n$/);
});

test("upgrades count from the version that is named, gate by gate", async (context) => {
  const { run, asked } = scene(context);
  assert.equal((await run(["--section", "CodeUpgrade", "--from", "0.5.0"])).code, 0);
  assert.equal((await run(["--section", "DatabaseUpgrade", "--from", "0.5.0"])).code, 0);
  assert.equal((await run(["--section", "DatabaseUpgrade", "--from", "0.4.0"])).code, 0);
  assert.equal(
    asked(),
    [
      `code post 1.0.0: print "from 0.9.0";`,
      "database TableAlter",
      "database TableCreate TableAlter",
      "",
    ].join("\n"),
  );
});

test("an upgrade of which no version is named counts from the one that the system has", async (context) => {
  const { box, run, asked } = scene(context);
  const without = await run(["--section", "CodeUpgrade"]);
  assert.equal(without.code, 1);
  assert.match(
    without.stderr,
    /The package Acme is not installed on the test system “box”\. Say from which version/,
  );
  const text = "<Name>Acme</Name><Version>0.8.0</Version>";
  box.write(
    "var/state.json",
    JSON.stringify({ packages: [{ name: "Acme", version: "0.8.0", text }], log: [] }),
  );
  const { code, stdout, stderr } = await run(["--section", "CodeUpgrade"]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /from 0\.8\.0 on/);
  assert.equal(asked(), `code post 1.0.0: print "from 0.9.0";\n`);
});

test("an error that the framework logs is a failure, told in its words", async (context) => {
  const { run } = scene(context);
  const { code, stderr } = await run(["--section", "CodeUninstall"]);
  assert.equal(code, 1);
  assert.match(stderr, /The test system “box” failed: .*Code: no way at/);
});

test("what no operation runs in that phase is not run, and the reason is told", async (context) => {
  const { run, asked } = scene(context);
  for (const [words, reason] of [
    [["--section", "CodeReinstall"], /The package has no CodeReinstall in the phase post\./],
    [
      ["--section", "DatabaseUpgrade", "--from", "1.0.0"],
      /Nothing of DatabaseUpgrade is run in the phase post of an upgrade from 1\.0\.0\./,
    ],
    [["--section", "CodeInstall", "--from", "0.5.0"], /--from is for sections of upgrades/],
    [[], /Name the sections with --section/],
  ] as const) {
    const { code, stderr } = await run(words);
    assert.notEqual(code, 0);
    assert.match(stderr, reason);
  }
  assert.equal(asked(), undefined);
});

test("the program that runs a phase is shown before anything is run", async (context) => {
  const { run, asked } = scene(context);
  const { code, stderr } = await run(["--section", "CodeInstall"], []);
  assert.equal(code, 1);
  assert.match(stderr, /^ {2}perl \{program\} \S+ \{archive\} CodeInstall post$/m);
  assert.match(stderr, /^ {4}.*Kernel::System::ObjectManager/m);
  assert.match(stderr, /Nothing was run\./);
  assert.equal(asked(), undefined);
});

test("program and package are copied to a system elsewhere, and taken away", async (context) => {
  const there = temporaryFolder(context);
  const { run, asked } = scene(context, {}, () => ({
    command: ["sh", "-c", 'exec "$@"', "sh"],
    ...{ copy: ["cp", "{from}", "{to}"], folder: there },
  }));
  const { code, stderr } = await run(["--section", "CodeInstall"]);
  assert.equal(code, 0, stderr);
  assert.match(asked()!, /^code post/);
  assert.deepEqual(readdirSync(there), []);
});

test("it is told which of program and package was not copied to a system elsewhere", async (context) => {
  const there = temporaryFolder(context);
  for (const [ending, told] of [
    ["opm", "The package that has the phase alone"],
    ["pl", "The program that runs the phase"],
  ] as const) {
    const copy = ["sh", "-c", `case "$2" in *.${ending}) exit 1; esac; cp "$1" "$2"`, "sh", "{from}", "{to}"];
    const { run, asked } = scene(context, {}, () => ({
      ...{ command: ["sh", "-c", 'exec "$@"', "sh"], copy, folder: there },
    }));
    const { code, stderr } = await run(["--section", "CodeInstall"]);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`${told} was not copied to the test system “box”: `));
    assert.equal(asked(), undefined, "nothing is run");
    assert.deepEqual(readdirSync(there), []);
  }
});

test("a release without an object manager is refused before anything is copied", async (context) => {
  const { run, asked } = scene(context, {
    product: "OTRS",
    version: "4.0.10",
    console: "bin/otrs.PackageManager.pl",
  });
  const { code, stderr } = await run(["--section", "CodeInstall"]);
  assert.equal(code, 1);
  assert.match(stderr, /A phase alone cannot be run on OTRS 4\.0\.10: SOPM knows how from OTRS 5 on\./);
  assert.equal(asked(), undefined);
});
