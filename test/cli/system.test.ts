import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { type FrameworkBox, frameworkBox } from "../support/framework-box.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const tables = `<DatabaseInstall><TableCreate Name="acme">
  <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
  <Column Name="title" Required="false" Size="200" Type="VARCHAR"/>
</TableCreate></DatabaseInstall>
<DatabaseUninstall><TableDrop Name="acme"/></DatabaseUninstall>
</otrs_package>`;

const settings = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="2.0" init="Application">
  <Setting Name="Acme::Mode" Required="0" Valid="1">
    <Description Translatable="1">How it works.</Description>
    <Navigation>Core::Acme</Navigation>
    <Value><Item ValueType="String">fast</Item></Value>
  </Setting>
</otrs_config>
`;

const richSpec = goodSpec
  .replace(
    "    </Filelist>",
    `        <File Permission="660" Location="Kernel/Config/Files/XML/Acme.xml"/>
        <File Permission="660" Location="scripts/test/Acme.t"/>
    </Filelist>`,
  )
  .replace("</otrs_package>", tables);

const richPackage = {
  ...goodPackage,
  "Acme.sopm": richSpec,
  "Kernel/Config/Files/XML/Acme.xml": settings,
  "scripts/test/Acme.t": "1;\n",
};

interface Scene {
  readonly box: FrameworkBox;
  readonly spec: string;
  /** Runs a command on the system “box”, allowed. */
  readonly run: (words: readonly string[], more?: readonly string[]) => ReturnType<typeof runHere>;
  readonly systems: string;
}

function scene(
  context: TestContext,
  said: (box: FrameworkBox) => object = ({ home }) => ({ command: [], home }),
  { files = richPackage as Readonly<Record<string, string>>, box = frameworkBox(context) } = {},
): Scene {
  process.env.XDG_STATE_HOME = temporaryFolder(context);
  const folder = temporaryFolder(context, files);
  const tablesCommand = ["cat", join(box.home, "var/tables.txt")];
  const settingsFolder = temporaryFolder(context, {
    "systems.json": JSON.stringify({ box: { tables: tablesCommand, ...said(box) } }),
  });
  const systems = join(settingsFolder, "systems.json");
  return {
    box,
    systems,
    spec: join(folder, "Acme.sopm"),
    run: ([command = "", ...words], more = ["--yes"]) =>
      runHere(["system", command, ...words, "--on", "box", "--systems", systems, ...more]),
  };
}

test("a package is installed, upgraded, reinstalled and uninstalled on a local home as the dry run foretells", async (context) => {
  const { box, spec, run } = scene(context);
  const installed = await run(["install", spec], ["--yes", "--format", "json"]);
  assert.equal(installed.code, 0, installed.stderr + installed.stdout);
  const report = JSON.parse(installed.stdout);
  assert.equal(report.product, "Znuny 7.1.7");
  assert.deepEqual(
    report.promises.map(({ kind, subject }: { kind: string; subject: string }) =>
      `${kind} ${subject}`.trim(),
    ),
    [
      "outcome",
      "statement TableCreate(acme)",
      "package Acme",
      "deployment Acme",
      "file Kernel/System/Acme.pm",
      "file Kernel/Config/Files/XML/Acme.xml",
      "file scripts/test/Acme.t",
      "table acme",
      "column acme.id",
      "column acme.title",
      "setting Acme::Mode",
    ],
  );
  assert.deepEqual(report.notCompared, []);
  assert.match(installed.stderr, /^ {2}Installing package\.\.\.$/m);
  assert.ok(box.read("Kernel/System/Acme.pm"));

  const again = await run(["install", spec]);
  assert.equal(again.code, 1, "a refusal that was foretold is no success");
  assert.match(again.stdout, /The operation ended as the dry run foretold it\./);

  const reinstalled = await run(["reinstall", spec]);
  assert.equal(reinstalled.code, 0, reinstalled.stdout);

  const uninstalled = await run(["uninstall", spec]);
  assert.equal(uninstalled.code, 0, uninstalled.stdout + uninstalled.stderr);
  assert.equal(box.read("Kernel/System/Acme.pm"), undefined);
  assert.match(
    uninstalled.stdout,
    /Promises kept on test systems with Znuny 7\.1 so far: \d+ of \d+ \(100 %\)\. Operations: 4\./,
  );
  const gone = await run(["uninstall", spec]);
  assert.equal(gone.code, 1);
  assert.match(gone.stderr, /The package Acme is not installed on the test system “box”, or hides itself/);
});

test("an upgrade is foretold from the version that the system has", async (context) => {
  const { box, spec, run } = scene(context);
  assert.equal((await run(["install", spec])).code, 0);
  const files = {
    ...richPackage,
    "Acme.sopm": richSpec
      .replace("1.0.0</Version>", "1.1.0</Version>")
      .replace("Kernel/System/Acme.pm", "Kernel/System/AcmeNew.pm"),
    "Kernel/System/AcmeNew.pm": "package Kernel::System::AcmeNew;\n1;\n",
  };
  const newer = join(temporaryFolder(context, files), "Acme.sopm");
  const upgraded = await run(["upgrade", newer, "--from", spec], ["--yes", "--format", "json"]);
  const report = JSON.parse(upgraded.stdout);
  assert.equal(upgraded.code, 0, upgraded.stdout);
  assert.equal(report.installedBefore, "1.0.0");
  const written = report.promises.filter(({ kind }: { kind: string }) => kind === "file");
  assert.deepEqual(
    written.map(({ subject, found }: { subject: string; found: string }) => [subject, found === "no file"]),
    [
      ["Kernel/System/Acme.pm", true],
      ["Kernel/Config/Files/XML/Acme.xml", false],
      ["scripts/test/Acme.t", false],
      ["Kernel/System/AcmeNew.pm", false],
    ],
  );
  assert.equal(box.read("Kernel/System/Acme.pm"), undefined);
  // Who has an older version than the system is told so.
  const reinstalled = await run(["reinstall", spec]);
  assert.match(
    reinstalled.stderr,
    /has Acme 1\.1\.0, and a reinstall takes the same version\. Upgrade it to 1\.0\.0 instead\./,
  );
});

test("what came otherwise is told with who foretold it, and counted", async (context) => {
  const { box, spec, run, systems } = scene(context);
  box.plant({
    leaveOut: "scripts/test/Acme.t",
    change: "Kernel/System/Acme.pm",
    loseColumn: "title",
    settings: { "Acme::Mode": "slow" },
  });
  const file = join(temporaryFolder(context), "case.json");
  const { code, stdout, stderr } = await run(["install", spec, "--case", file], ["--yes"]);
  assert.equal(code, 1);
  assert.match(stdout, /Foretold by the dry run, and compared: 11\. Came otherwise: 5\./);
  for (const expected of [
    /≠ File Kernel\/System\/Acme\.pm\n {4}foretold: a file with the digest [0-9a-f]{12}\n {4}found: a file with the digest [0-9a-f]{12}\n {4}SOPM was wrong, or something else on the system has changed it\.\n {4}Foretold by step \d+ of the dry run, line 12 of the spec\./,
    /≠ File scripts\/test\/Acme\.t\n {4}foretold: a file with the digest [0-9a-f]{12}\n {4}found: no file/,
    /≠ Column acme\.title\n {4}foretold: a column\n {4}found: no column/,
    /≠ Setting Acme::Mode\n {4}foretold: the value “fast”\n {4}found: the value “slow”\n {4}An administrator may have changed it before, or SOPM is wrong\./,
    /≠ Files as the framework sees them Acme/,
  ]) {
    assert.match(stdout, expected);
  }
  assert.match(stderr, /What came otherwise stands in “.*case\.json”, without names and values\./);
  const kept = readFileSync(file, "utf8");
  assert.doesNotMatch(kept, /Acme|acme|fast|slow|box/, "nothing of the package and the system is in it");
  assert.deepEqual(
    JSON.parse(kept).differences.map(({ kind, subject }: { kind: string; subject: string }) => [
      kind,
      subject,
    ]),
    [
      ["deployment", "name1"],
      ["file", "Kernel/System/name1.pm"],
      ["file", "scripts/test/name1.t"],
      ["column", "name2.name3"],
      ["setting", "name1::name4"],
    ],
  );
  const listed = await runHere(["system", "list", "--systems", systems]);
  assert.equal(
    listed.stdout,
    `box  this computer  ${box.home}\nPromises kept on test systems with Znuny 7.1 so far: 6 of 11 (54.5 %). Operations: 1.\n`,
  );
});

const failingTables = `<DatabaseInstall><TableAlter Name="nowhere">
  <ColumnAdd Name="size" Type="INTEGER"/>
</TableAlter></DatabaseInstall>
</otrs_package>`;
const failedSql = "ALTER TABLE nowhere ADD size INTEGER NULL";

test("a success of the framework is none where a step fails, and its errors are told", async (context) => {
  const spec = goodSpec.replace("</otrs_package>", failingTables);
  const {
    box,
    run,
    spec: path,
  } = scene(context, undefined, { files: { ...goodPackage, "Acme.sopm": spec } });
  box.plant({
    errors: [
      `Table 'nowhere' doesn't exist, SQL: '${failedSql}'`,
      "Code: died\nat line 3",
      "Code: died\nat line 3",
      `No such file: ${box.home}/ARCHIVE!`,
    ],
  });
  const installed = await run(["install", path, "--force"]);
  assert.equal(installed.code, 1, "a step failed");
  assert.match(
    installed.stdout,
    /✗ The framework reports success, although steps fail: 1\. Everything that was compared is as the dry run foretold it: \d+\./,
  );
  assert.match(
    installed.stdout,
    /Steps that fail, as the dry run foretells\n {2}✗ Runs SQL: ALTER TABLE nowhere ADD size INTEGER NULL \(line \d+\)/,
  );
  assert.match(installed.stdout, /✗ Code: died at line 3 \(2 ×\)/);
  assert.doesNotMatch(installed.stdout, /ARCHIVE/, "every uninstall says that");
});

test("a statement that is refused and was foretold to be done is a broken promise at its element", async (context) => {
  const { box, run, spec } = scene(context);
  box.plant({
    errors: [
      `Specified key was too long, SQL: 'CREATE TABLE acme (
    id INTEGER NOT NULL AUTO_INCREMENT,
    title VARCHAR (200) NULL,
    PRIMARY KEY(id)
)'`,
    ],
  });
  const { code, stdout } = await run(["install", spec], ["--yes", "--format", "json"]);
  assert.equal(code, 1);
  const { promises } = JSON.parse(stdout);
  const [broken, ...others] = promises.filter(({ isKept }: { isKept: boolean }) => !isKept);
  assert.deepEqual(others, []);
  assert.equal(broken.subject, "TableCreate(acme)");
  assert.equal(broken.foretold, "done");
  assert.match(broken.found, /^refused: Specified key was too long, SQL:/);
  assert.equal(richSpec.split("\n").findIndex((line) => line.includes("<TableCreate")) + 1, broken.step.line);
});

test("nothing is said of statements where the framework refuses what was foretold to succeed", async (context) => {
  const { box, run, spec } = scene(context);
  box.plant({ refuse: "Package installation failed." });
  const { code, stdout } = await run(["install", spec], ["--yes", "--format", "json"]);
  assert.equal(code, 1);
  const { promises } = JSON.parse(stdout);
  const kinds = promises.map(({ kind }: { kind: string }) => kind);
  assert.ok(kinds.includes("outcome"));
  assert.ok(!kinds.includes("statement"), "none of them was executed");
});

test("an error that code brought about is told, and breaks no promise", async (context) => {
  const { box, run, spec } = scene(context);
  box.plant({ errors: ["Table 'x' doesn't exist, SQL: 'DELETE FROM x'"] });
  const { code, stdout } = await run(["install", spec]);
  assert.equal(code, 1);
  assert.match(stdout, /✗ The framework reports success, although it printed errors: 1\./);
  assert.doesNotMatch(stdout, /Differences/);
});

test("statements are not compared where failing ones are foretold and the console prints no error", async (context) => {
  const spec = goodSpec.replace("</otrs_package>", failingTables);
  const { run, spec: path } = scene(context, undefined, { files: { ...goodPackage, "Acme.sopm": spec } });
  const { code, stdout } = await run(["install", path, "--force"]);
  assert.equal(code, 1);
  assert.match(stdout, /Statements are not compared: the dry run foretells some that fail/);
  assert.doesNotMatch(stdout, /Differences/);
});

test("code of the package that names a file is told as who may have changed it", async (context) => {
  const coded = richSpec.replace(
    "<DatabaseInstall>",
    `<CodeInstall Type="post"><![CDATA[# Touches Acme.pm\n1;]]></CodeInstall>\n<DatabaseInstall>`,
  );
  const { box, spec, run } = scene(context, undefined, { files: { ...richPackage, "Acme.sopm": coded } });
  box.plant({ change: "Kernel/System/Acme.pm" });
  const { stdout } = await run(["install", spec]);
  assert.match(
    stdout,
    /Acme\.pm\n.*\n.*\n {4}Code of the package names it and may have changed it\. The dry run does not run code\./,
  );
});

test("nothing is run that was not allowed, and what is kept is not asked about again", async (context) => {
  const { box, spec, run } = scene(context);
  const asked = await run(["install", spec], []);
  assert.equal(asked.code, 1);
  const console = `${box.home}/{console}`;
  assert.equal(
    asked.stderr.slice(asked.stderr.indexOf("sopm: Commands")),
    [
      "sopm: Commands for the test system “box”:",
      `  cat ${box.home}/RELEASE`,
      `  ${console} Admin::Package::List --show-deployment-info`,
      `  ${console} Admin::Package::Install {archive}`,
      "  sha256sum {files}",
      `  cat ${box.home}/var/tables.txt`,
      `  ${console} Admin::Config::Read --setting-name {setting}`,
      "sopm: Nothing was run. Give --yes to run these commands, with whatever takes the place of the words in braces.",
      "sopm: Nothing was run on the test system “box”, because its commands were not allowed.",
      "",
    ].join("\n"),
  );
  assert.equal(box.read("var/state.json"), undefined);
  assert.match((await run(["install", spec], ["--keep"])).stderr, /--keep goes with --yes/);
  for (const timeout of ["0", "0.5", "1e3", "86401", "x"]) {
    const refused = await run(["install", spec], ["--yes", "--timeout", timeout]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /is no number of seconds; write one from 1 to 86400/);
  }
  assert.equal((await run(["install", spec], ["--yes", "--keep"])).code, 0);
  // The same commands, and one more that is asked about.
  const again = await run(["uninstall", spec], []);
  assert.match(
    again.stderr,
    /Commands for the test system “box”:\n {2}\S+ Admin::Package::Uninstall Acme\nsopm: Nothing/,
  );
  assert.equal((await run(["uninstall", spec], ["--yes"])).code, 0);
  assert.equal((await run(["install", spec], [])).code, 0);
});

/** Passes its words on as ssh does: in one line, to a shell. */
const likeSsh = `#!/bin/sh\nshift\nexec sh -c "$*"\n`;

/** Knows one container, which is this computer. */
const likeDocker = `#!/bin/sh
case "$1" in
  exec) shift; [ "$1" = -u ] && shift 2; [ "$1" = box ] || { echo "Error: No such container: $1" >&2; exit 1; }; shift; exec "$@" ;;
  cp) cp "$2" "\${3#box:}" ;;
esac
`;

test("systems are reached through a shell, a container, another computer and a shared folder", async (context) => {
  const programs = temporaryFolder(context, { ssh: likeSsh, docker: likeDocker });
  for (const name of ["ssh", "docker"]) chmodSync(join(programs, name), 0o755);
  const folder = temporaryFolder(context);
  const ways: readonly object[] = [
    { command: ["sh", "-c", 'exec "$@"', "sh"], copy: ["cp", "{from}", "{to}"], folder },
    {
      command: [join(programs, "docker"), "exec", "-u", "znuny", "box"],
      copy: [join(programs, "docker"), "cp", "{from}", "box:{to}"],
      folder,
    },
    { command: [join(programs, "ssh"), "box"], copy: ["cp", "{from}", "{to}"], folder },
    { command: ["env"], shared: { here: folder, there: folder } },
  ];
  for (const way of ways) {
    const { box, spec, run } = scene(context, ({ home }) => ({ home, ...way }));
    const installed = await run(["install", spec, "--log"]);
    assert.equal(installed.code, 0, `${JSON.stringify(way)} ${installed.stderr}${installed.stdout}`);
    assert.match(
      installed.stdout,
      /New in the log of the system\n {2}· Notice: Admin::Package::Install Acme-1\.0\.0\.opm\n/,
    );
    assert.ok(box.read("Kernel/System/Acme.pm"));
    assert.deepEqual(readdirSync(folder), [], "the archive is taken away");
    assert.equal((await run(["uninstall", spec])).code, 0);
  }
});

test("it is told which archive was not copied to a system elsewhere", async (context) => {
  const folder = temporaryFolder(context);
  const { box, spec, run } = scene(context, ({ home }) => ({
    ...{ home, folder, command: ["sh", "-c", 'exec "$@"', "sh"] },
    copy: ["sh", "-c", "echo no room >&2; exit 1", "sh", "{from}", "{to}"],
  }));
  const { code, stderr } = await run(["install", spec]);
  assert.equal(code, 1);
  assert.match(stderr, /The archive “Acme-1\.0\.0\.opm” was not copied to the test system “box”: no room/);
  assert.equal(box.read("Kernel/System/Acme.pm"), undefined);
});

test("names that a shell might take for something else never get there", async (context) => {
  const programs = temporaryFolder(context, { ssh: likeSsh });
  chmodSync(join(programs, "ssh"), 0o755);
  const folder = temporaryFolder(context);
  for (const name of [
    "Acme; touch PWNED",
    "$(touch PWNED)",
    "--force",
    "-rf",
    "a b",
    "`id`",
    "~root",
    "=ls",
    "a|b",
    "é",
  ]) {
    const files = {
      ...goodPackage,
      "Acme.sopm": goodSpec.replace("<Name>Acme<", `<Name>${name}<`),
    };
    const said = ({ home }: FrameworkBox) => ({
      home,
      command: [join(programs, "ssh"), "box"],
      copy: ["cp", "{from}", "{to}"],
      folder,
    });
    const { spec, run } = scene(context, said, { files });
    // The name of the archive has nothing of it, so that it can be installed.
    const installed = await run(["install", spec]);
    assert.match(
      installed.stderr,
      /^\$ \S+ box \S+ Admin::Package::Install \S+\/sopm-[0-9a-f]{12}\.opm$/m,
      name,
    );
    assert.match(installed.stderr, /^ {2}Done\.$/m, name);
    const { code, stderr } = await run(["uninstall", spec]);
    assert.equal(code, 1, name);
    assert.match(stderr, /is not handed to a test system: it begins like an option, or a shell on/, name);
    assert.doesNotMatch(stderr, /^\$ .*Uninstall/m, name);
  }
  assert.deepEqual(readdirSync(folder), []);
});

test("a system that cannot be used is told in one sentence", async (context) => {
  const cases: readonly (readonly [
    string,
    (box: FrameworkBox) => object,
    RegExp,
    Parameters<typeof frameworkBox>[1]?,
  ])[] = [
    [
      "no such home",
      () => ({ command: [], home: "/nowhere/znuny" }),
      /There is no framework at “\/nowhere\/znuny” on the test system “box”.*No such file/,
    ],
    [
      "no program",
      ({ home }) => ({ home, command: ["no-such-program"], shared: { here: home, there: home } }),
      /cannot be reached: there is no program “no-such-program” on this computer/,
    ],
    [
      "no container",
      ({ home }) => ({
        home,
        command: ["sh", "-c", "echo Error: No such container >&2; exit 1"],
        shared: { here: home, there: home },
      }),
      /or the system cannot be reached: Error: No such container/,
    ],
    [
      "no console",
      ({ home }) => ({ home, command: [] }),
      /cannot be reached: there is no program “\S+\/bin\/znuny\.Console\.pl” on this computer/,
      { console: false },
    ],
    [
      "no console behind a shell",
      ({ home }) => ({ home, command: ["sh", "-c", 'exec "$@"', "sh"], shared: { here: home, there: home } }),
      /has no program “.*bin\/znuny\.Console\.pl.*” that can be run: .*not found/,
      { console: false },
    ],
    [
      "unknown product",
      ({ home }) => ({ home, command: [] }),
      /RELEASE at “.*” on the test system “box” names no product/,
      { product: "Zammad" },
    ],
    [
      "wrong product said",
      ({ home }) => ({ home, command: [], product: "Zammad 6" }),
      /“Zammad 6” is no product that SOPM knows/,
    ],
  ];
  for (const [name, said, problem, box] of cases) {
    const { spec, run } = scene(context, said, { box: frameworkBox(context, box) });
    const { code, stderr } = await run(["install", spec]);
    assert.equal(code, 1, name);
    assert.match(stderr, problem, name);
  }
});

test("a console that answers garbage, or dies half way, is told as such", async (context) => {
  const { box, spec, run } = scene(context);
  box.plant({ garbage: "Admin::Package::List" });
  const garbage = await run(["install", spec]);
  assert.equal(garbage.code, 1);
  assert.match(
    garbage.stderr,
    /What the test system “box” answers is no list of packages\..*502 Bad Gateway/,
  );
  assert.doesNotMatch(garbage.stderr, /[\u0000\u0007]/);

  box.plant({ dieAfterFiles: 1 });
  const died = await run(["install", spec], ["--yes", "--format", "json"]);
  assert.equal(died.code, 1);
  const report = JSON.parse(died.stdout);
  assert.equal(report.succeeded, null);
  assert.deepEqual(report.counts, { made: 0, kept: 0 }, "what was killed breaks no promise");
  const broken = report.promises.filter(({ isKept }: { isKept: boolean }) => !isKept);
  assert.deepEqual(
    broken.map(({ subject }: { subject: string }) => subject),
    ["Acme", "Kernel/Config/Files/XML/Acme.xml", "scripts/test/Acme.t", "acme", "Acme::Mode"],
  );
});

/** Does what it is told, but for one program that does not let everything be read. */
const secretive = (program: string) => `#!/bin/sh
case "$*" in
  ${program}
  *) exec "$@" ;;
esac
`;

test("what cannot be read on a system breaks no promise", async (context) => {
  const cases: readonly (readonly [program: string, left: RegExp, more?: object])[] = [
    [
      `sha256sum*) shift
    for path; do
      case $path in
        */Acme.pm) echo "sha256sum: $path: Permission denied" >&2 ;;
        *) sha256sum "$path" ;;
      esac
    done
    exit 1 ;;`,
      /Files are not compared that cannot be read on the test system: 1\. It says: sha256sum: \S+\/Acme\.pm: Permission denied/,
    ],
    [
      `sha256sum*) sha256sum "$2"; kill -9 $$ ;;`,
      /Files are not compared that cannot be read on the test system: 2\. It says: –/,
    ],
    [
      `*Config::Read*) echo "Connection closed." >&2; exit 255 ;;`,
      /Settings are not compared, because the test system does not print them: Connection closed\./,
    ],
    [
      "none) ;;",
      /“.*” was ended, because it wrote more than a million characters\./,
      { tables: ["sh", "-c", "head -c 2000000 /dev/zero | tr '\\0' a"] },
    ],
  ];
  for (const [program, left, more] of cases) {
    const way = join(temporaryFolder(context, { way: secretive(program) }), "way");
    chmodSync(way, 0o755);
    const { spec, run } = scene(context, ({ home }) => ({
      ...{ home, command: [way], shared: { here: home, there: home } },
      ...more,
    }));
    const { code, stdout, stderr } = await run(["install", spec]);
    assert.equal(code, 0, `${program} ${stderr}${stdout}`);
    assert.match(stdout.replaceAll(/\n +/g, " "), left);
  }
});

test("what is wrong with a named system is told where it is used", async (context) => {
  const { systems, spec } = scene(context);
  const named = (content: object) =>
    join(temporaryFolder(context, { "systems.json": JSON.stringify(content) }), "systems.json");
  for (const [said, problem] of [
    [{ home: "opt" }, /“home” of the test system “box” must be an absolute path there/],
    [{ home: "/opt/a b" }, /“home” of the test system “box” must be an absolute path there/],
    [
      { home: "/opt/znuny", command: "docker exec" },
      /“command” of the test system “box” must be a list of words in brackets/,
    ],
    [
      { home: "/opt/znuny", command: ["-x"] },
      /“command” of the test system “box” begins with “-x”, which looks like an option/,
    ],
    [{ home: "/opt/znuny", command: ["ssh", "a\nb"] }, /without control characters/],
    [{ home: "/opt/znuny", command: ["ssh", "box"] }, /does not say how an archive gets there/],
    [
      { home: "/opt/znuny", command: ["ssh", "box"], copy: ["scp", "{from}"] },
      /needs the words \{from\} and \{to\}/,
    ],
    [
      { home: "/opt/znuny", shared: { here: "x", there: "/x" } },
      /“shared\.here” of the test system “box” must be an absolute path/,
    ],
    [{ home: "/opt/znuny", password: "x" }, /The test system “box” has “password”, which means nothing/],
    ["x", /The test system “box” must be an object in braces/],
  ] as const) {
    const { code, stderr } = await runHere([
      "system",
      "install",
      spec,
      "--on",
      "box",
      "--systems",
      named({ box: said }),
    ]);
    assert.equal(code, 2, JSON.stringify(said));
    assert.match(stderr, problem);
  }
  for (const [words, problem] of [
    [["system", "list"], /Nothing says where test systems are\./],
    [["system", "install", spec, "--systems", systems], /Name the test system with --on\. There are: box\./],
    [
      ["system", "install", spec, "--on", "lab", "--systems", systems],
      /There is no test system “lab”\. There are: box\./,
    ],
    [["system", "list", "--systems", named({ "-x": {} })], /“-x” is no name for a test system/],
    [
      ["system", "check", "--yes", "--timeout", "soon", "--systems", systems],
      /“soon” is no number of seconds/,
    ],
  ] as const) {
    const { code, stdout, stderr } = await runHere(words);
    assert.ok(code === 2 || words[1] === "list", words.join(" "));
    assert.match(stdout + stderr, problem);
  }
});

test("a system is asked what it is, rebuilds, clears its caches, prints its log and runs tests", async (context) => {
  const { box, spec, run, systems } = scene(context);
  assert.equal((await run(["install", spec])).code, 0);
  const checked = await runHere(["system", "check", "--systems", systems, "--yes"]);
  assert.equal(checked.stdout, "box: Znuny 7.1.7 can be used. Installed: Acme 1.0.0.\n");
  assert.match((await run(["rebuild-config"])).stderr, /Rebuilding the system configuration\.\.\./);
  assert.match((await run(["clear-cache"])).stderr, /Deleting cache\.\.\./);
  assert.equal((await run(["log"])).stdout, "Notice: Admin::Package::Install Acme-1.0.0.opm\n");
  const passed = await run(["test", spec]);
  assert.equal(passed.stdout, "✓ scripts/test/Acme.t\n");
  box.plant({ failingTest: "Acme" });
  const failed = await run(["test", spec, "--file", "scripts/test/Acme.t"]);
  assert.equal(failed.code, 1);
  assert.equal(failed.stdout, "✗ scripts/test/Acme.t: It failed on the test system “box”: 1 tests failed.\n");
  rmSync(join(box.home, "scripts/test/Acme.t"));
  const missing = await run(["test", spec], ["--yes", "--format", "json"]);
  assert.equal(missing.code, 1);
  const [told] = JSON.parse(missing.stdout).tests;
  assert.equal(told.result, "unknown");
  assert.match(told.reason, /does not say that the test was run.* The system says: No tests executed\.$/);
  assert.match(
    (await run(["test", spec, "--file", "Other.t"])).stderr,
    /“Other\.t” is no test of the package\. It has: scripts\/test\/Acme\.t\./,
  );
});

test("the log of a system is printed to its end, and nothing else of what is said on the way", async (context) => {
  const talks = ["sh", "-c", `"$@"; code=$?; printf 'Connection closed.' >&2; exit $code`, "sh"];
  const { box, run } = scene(context, ({ home }) => ({
    ...{ home, command: talks },
    shared: { here: home, there: home },
  }));
  box.write("var/state.json", JSON.stringify({ packages: [], log: ["last", "one\n"] }));
  const { code, stdout, stderr } = await run(["log"]);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "one\nlast\n");
});

test("a dry run says beside its basis how often the product was foretold rightly on test systems", async (context) => {
  const { box, spec, run } = scene(context);
  const dryRun = async (...words: readonly string[]) =>
    (await runHere(["dry-run", "install", spec, "--product", "Znuny 7.1.7", ...words])).stdout;
  assert.doesNotMatch(await dryRun(), /Promises kept/);
  box.plant({ leaveOut: "scripts/test/Acme.t" });
  assert.equal((await run(["install", spec])).code, 1);
  const sentence =
    /Basis: .*\. Promises kept on test systems with Znuny 7\.1 so far: 9 of 11 \(81\.8 %\)\. Operations: 1\./;
  assert.match(await dryRun(), sentence);
  assert.match(await dryRun("--format", "html"), sentence);
  assert.match(await dryRun("--format", "junit"), sentence);
  assert.deepEqual(JSON.parse(await dryRun("--format", "json")).onTestSystems, {
    ...{ product: "Znuny 7.1", made: 11, kept: 9, runs: 1 },
  });
  const other = await runHere(["dry-run", "install", spec, "--product", "Znuny 7.2.1"]);
  assert.doesNotMatch(other.stdout, /Promises kept/, "it is about this release line alone");
});

test("what is taken for granted of required Perl modules is told with the outcome", async (context) => {
  const spec = goodSpec.replace(
    "</otrs_package>",
    '<ModuleRequired Version="1.0">Acme::Nowhere</ModuleRequired></otrs_package>',
  );
  const { run, spec: path } = scene(context, undefined, { files: { ...goodPackage, "Acme.sopm": spec } });
  const { stdout } = await run(["install", path, "--force"]);
  assert.match(stdout, /· All Perl modules that the package requires are there\./);
});
