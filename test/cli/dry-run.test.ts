import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { type CliResult, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../schemas/dry-run.schema.json"), "utf8"),
);

/** Puts elements into the good spec, before its file list. */
function specWith(elements: string): string {
  return goodSpec.replace("    <Filelist>", `    ${elements}\n    <Filelist>`);
}

function packageWith(t: TestContext, elements: string, files: Record<string, string> = {}): string {
  return join(temporaryFolder(t, { ...goodPackage, "Acme.sopm": specWith(elements), ...files }), "Acme.sopm");
}

async function usage(words: readonly string[], message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await runCli(["dry-run", ...words]);
  assert.equal(stdout, "");
  assert.match(stderr, message);
  assert.equal(code, 2);
}

/** The steps of a report as JSON. */
function stepsOf({ stdout }: CliResult): { key: string; outcome: string; line: number | null }[] {
  return JSON.parse(stdout).steps;
}

test("a package that goes in is told so, step by step, and nothing is changed", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  const { code, stdout, stderr } = await runCli(["dry-run", "install", join(folder, "Acme.sopm")]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  const lines = stdout.split("\n");
  assert.equal(lines[0], "Dry run: install Acme 1.0.0 on Znuny 7.1.7 with MariaDB");
  assert.match(stdout, /^ {2}✓ Znuny 7\.1\.7 would do this, and no step fails\.$/m);
  assert.match(stdout, /^ +\d+ {2}✓ Files +Writes Kernel\/System\/Acme\.pm \(line 12\)$/m);
  assert.match(stdout, /^ {4}\+ Acme 1\.0\.0, installed$/m);
});

test("the product says what system it is, and one that does not fit refuses", async (t) => {
  const path = packageWith(t, "");
  const { code, stdout } = await runCli(["dry-run", "install", path, "--product", "Znuny 6.5.1"]);
  assert.match(stdout, /on Znuny 6\.5\.1 with MariaDB\n/);
  assert.match(stdout, /✗ Znuny 6\.5\.1 would refuse this, and change nothing\./);
  assert.match(stdout, /Why it is refused\n {2}✗ .*7\.1\.x.*\(line 5\)/);
  assert.equal(code, 1);
  const forced = await runCli(["dry-run", "install", path, "--product", "Znuny 6.5.1", "--force"]);
  assert.equal(forced.code, 0);
});

test("as JSON a report is what the published schema describes, for every operation", async (t) => {
  const path = packageWith(
    t,
    `<CodeUpgrade Type="post" Version="0.9.0"><![CDATA[1;]]></CodeUpgrade>
    <CodeUninstall Type="pre"><![CDATA[die;]]></CodeUninstall>
    <IntroInstall Type="pre" Lang="en">Hello</IntroInstall>`,
  );
  for (const words of [["install"], ["upgrade", "--from", "0.8.0"], ["reinstall"], ["uninstall"]]) {
    const result = await runCli(["dry-run", ...words, path, "--format", "json", "--documented"]);
    const report = JSON.parse(result.stdout);
    assert.deepEqual(schemaProblems(report, schema), [], words[0]);
    assert.equal(report.operation, words[0]);
    assert.equal(report.product, "Znuny 7.1.7");
    assert.notEqual(report.promise, null);
  }
});

test("a step that is assumed to fail fails, and the run with it", async (t) => {
  const path = packageWith(t, '<CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>');
  const plain = await runCli(["dry-run", "install", path, "--format", "json"]);
  assert.equal(plain.code, 0);
  const { key, line } = stepsOf(plain).find((step) => step.key.startsWith("code "))!;
  assert.equal(line, 11);
  const words = ["dry-run", "install", path, "--assume", `${key}=fails`];
  const json = await runCli([...words, "--format", "json"]);
  assert.equal(stepsOf(json).find((step) => step.key === key)!.outcome, "fails");
  assert.equal(json.code, 1);
  assert.match((await runCli(words)).stdout, /This step is assumed to fail\./);
  await usage(["install", path, "--assume", "code nothing=fails"], /There is no step “code nothing”/);
  await usage(["install", path, "--assume", key], /such as “code CodeInstall 1=fails”/);
  await usage(["install", path, "--assume", `${key}=dies`], /“dies” is no value for --assume/);
});

test("an upgrade comes from an archive, from another spec, or from a version", async (t) => {
  const path = packageWith(t, "", { "old/Acme.sopm": goodSpec.replaceAll("1.0.0", "0.5.0") });
  const folder = join(path, "..");
  const old = join(folder, "old/Acme.sopm");
  const built = await runCli(["build", "--base", folder, "--output", folder, old]);
  assert.equal(built.code, 0, built.stderr);
  for (const from of ["0.5.0", join(folder, "Acme-0.5.0.opm")]) {
    const result = await runCli(["dry-run", "upgrade", path, "--from", from, "--format", "json"]);
    assert.equal(result.code, 0, result.stderr);
    assert.equal(JSON.parse(result.stdout).installedVersion, "0.5.0");
  }
  await usage(["upgrade", path], /Name with --from what is installed before/);
  const letters = await runCli(["dry-run", "upgrade", path, "--from", "0.5.0-rc1"]);
  assert.match(letters.stdout, /0\.5\.0-rc1/);
  await usage(["upgrade", path, "--from", "absent"], /“absent” is neither a file nor a version/);
  await usage(["install", path, "--from", "0.5.0"], /--from is for an upgrade/);
});

test("an archive is looked at like a spec, without lines", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  await runCli(["build", "--output", folder, join(folder, "Acme.sopm")]);
  const result = await runCli(["dry-run", "uninstall", join(folder, "Acme-1.0.0.opm"), "--format", "json"]);
  assert.equal(result.code, 0, result.stderr);
  assert.equal(JSON.parse(result.stdout).file, "Acme-1.0.0.opm");
  for (const { line } of stepsOf(result)) assert.equal(line, null);
});

test("JUnit, Markdown and HTML are written to a file as to standard output, HTML with a policy", async (t) => {
  const path = packageWith(t, '<DatabaseUpgrade Type="pre"><TableDrop Name="acme"/></DatabaseUpgrade>');
  for (const [format, expected] of [
    ["junit", /<testsuite name="Dry run: install Acme 1\.0\.0/],
    ["markdown", /^# Dry run: install Acme 1\.0\.0/],
    ["html", /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-/],
  ] as const) {
    const { code, stdout } = await runCli(["dry-run", "install", path, "--format", format]);
    assert.equal(code, 0);
    assert.match(stdout, expected);
    const file = join(path, `../report.${format}`);
    const written = await runCli(["dry-run", "install", path, "--format", format, "--output", file]);
    assert.deepEqual(written, { code: 0, stdout: "", stderr: "" });
    assert.equal(readFileSync(file, "utf8"), stdout);
  }
});

test("a report in German, with identifiers as ever", async (t) => {
  const path = packageWith(t, "");
  const text = await runCli(["dry-run", "install", path, "--language", "de"]);
  assert.match(text.stdout, /^Probelauf: Acme 1\.0\.0 auf Znuny 7\.1\.7 mit MariaDB installieren\n/);
  const html = await runCli(["dry-run", "install", path, "--language", "de", "--format", "html"]);
  assert.match(html.stdout, /<html lang="de">/);
  const json = await runCli(["dry-run", "install", path, "--language", "de", "--format", "json"]);
  assert.deepEqual(schemaProblems(JSON.parse(json.stdout), schema), []);
});

test("a report carries digests of what it is about, which change with it", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  const path = join(folder, "Acme.sopm");
  const inputs = async (...words: string[]) => {
    const { stdout } = await runCli(["dry-run", "install", path, "--format", "json", ...words]);
    return JSON.parse(stdout).inputs;
  };
  const first = await inputs();
  assert.deepEqual(first, await inputs(), "the same inputs have the same digests");
  const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
  assert.deepEqual(first.package, { kind: "spec", digest: sha256 });
  assert.equal(first.files.count, 1);
  const otherSystem = await inputs("--database", "postgresql");
  assert.deepEqual({ ...otherSystem, system: first.system }, first);
  assert.notDeepEqual(otherSystem.system, first.system);
  writeFileSync(join(folder, "Kernel/System/Acme.pm"), "package Kernel::System::Acme;\n2;\n");
  const otherFile = await inputs();
  assert.deepEqual({ ...otherFile, files: first.files }, first);
  assert.notEqual(otherFile.files.digest, first.files.digest);
  const { stdout } = await runCli(["dry-run", "install", path]);
  assert.match(
    stdout,
    new RegExp(`Digests of .*: spec ${sha256.slice(0, 16)}, system \\w{16}\\.`),
    "nobody waits at a terminal for all files to be read",
  );
  const html = await runCli(["dry-run", "install", path, "--format", "html"]);
  const digests = `spec ${sha256.slice(0, 16)}, files \\w{16} \\(1\\), system \\w{16}`;
  assert.match(html.stdout, new RegExp(`<p class="inputs">[^<]*${digests}`));
});

/** A package of a workspace, of this name and version, with these elements. */
function packageOf(name: string, version: string, elements: string): Record<string, string> {
  const spec = specWith(elements)
    .replace("<Name>Acme</Name>", `<Name>${name}</Name>`)
    .replace("<Version>1.0.0<", `<Version>${version}<`)
    .replaceAll("System/Acme", `System/${name}`);
  return { [`${name}/${name}.sopm`]: spec, [`${name}/Kernel/System/${name}.pm`]: "1;\n" };
}

const baseTable = `<DatabaseInstall Type="post"><TableCreate Name="base_kind"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate></DatabaseInstall>`;
const requiresBase = `<PackageRequired Version="1.1.0">Base</PackageRequired>`;
const insertsKind = `<DatabaseInstall Type="post"><Insert Table="base_kind"><Data Key="id">1</Data></Insert></DatabaseInstall>`;

test("with the packages of the workspace a requirement that a sibling fulfils is not missing", async (t) => {
  const folder = temporaryFolder(t, {
    ...packageOf("Desk", "2.0.0", requiresBase + insertsKind),
    ...packageOf("Base", "1.2.0", `<PackageRequired Version="1.0.0">Core</PackageRequired>${baseTable}`),
    ...packageOf("Core", "1.0.0", ""),
    "old/Base-1.0.0.sopm": "no spec",
    "broken/Base.sopm": "<otrs_package><Name>Base",
  });
  const path = join(folder, "Desk/Desk.sopm");
  const statementIn = async (...words: string[]) => {
    const result = await runCli(["dry-run", "install", path, "--format", "json", ...words]);
    const report = JSON.parse(result.stdout);
    const step = report.steps.find(({ kind }: { kind: string }) => kind === "statement");
    return { ...report, code: result.code, step };
  };
  const alone = await statementIn();
  assert.equal(alone.step.doubt.id, "package-tables", "nothing is known of the tables of Base");
  assert.equal((await statementIn("--requirements", "check")).verdict.kind, "refused");
  for (const words of [[], ["--requirements", "check"]]) {
    const { step, verdict, assumptions, code, counts } = await statementIn("--packages-of", folder, ...words);
    assert.equal(verdict.sentence, "Znuny 7.1.7 would do this, and no step fails.");
    assert.equal(step.certain, true);
    assert.equal(counts.unknown, 0);
    assert.equal(code, 0);
    assert.ok(
      assumptions.includes(
        "Required packages are installed as they are in the workspace: Core 1.0.0, Base 1.2.0.",
      ),
    );
  }
});

test("a sibling that is too old or cannot be installed does not count, and the tables of others stay unknown", async (t) => {
  const folder = temporaryFolder(t, {
    ...packageOf(
      "Desk",
      "2.0.0",
      requiresBase +
        insertsKind +
        '<PackageRequired Version="1.0.0">Far</PackageRequired><PackageRequired Version="1.0.0">Core</PackageRequired>',
    ),
    ...packageOf("Base", "1.0.9", baseTable),
    ...packageOf(
      "Core",
      "1.0.0",
      '<DatabaseInstall Type="post"><TableCreate Name="core_kind"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate></DatabaseInstall>',
    ),
    ...packageOf("Far", "1.0.0", "<OS>plan9</OS>"),
  });
  const path = join(folder, "Desk/Desk.sopm");
  const { stdout } = await runCli(["dry-run", "install", path, "--packages-of", folder]);
  assert.match(stdout, /Required packages are installed as they are in the workspace: Core 1\.0\.0\./);
  assert.match(stdout, /The package Far 1\.0\.0 of the workspace cannot be installed on this system/);
  assert.match(stdout, /with tables and modules that nobody knows: Base 1\.1\.0, Far 1\.0\.0\./);
  assert.match(stdout, /\? Database +\[cannot be known\] Runs SQL: INSERT INTO base_kind/);
  const checked = await runCli([
    "dry-run",
    "install",
    path,
    "--packages-of",
    folder,
    "--requirements",
    "check",
  ]);
  assert.match(checked.stdout, /The package Base is required in version 1\.1\.0, and it is not installed\./);
  assert.equal(checked.code, 1);
  await usage(["install", path, "--packages-of", join(folder, "absent")], /There is no folder/);
});

test("the home of a framework stands for a system, and one of which nobody knows the release for none", async (t) => {
  const home = temporaryFolder(t, {
    RELEASE: "PRODUCT = Znuny\nVERSION = 7.1.7\n",
    "Kernel/System/Acme.pm": "package Kernel::System::Acme;\n1;\n",
  });
  const path = packageWith(t, "");
  const { code, stdout } = await runCli(["dry-run", "install", path, "--framework", home]);
  assert.match(stdout, /^Dry run: install Acme 1\.0\.0 on Znuny 7\.1\.7 with MariaDB\n/);
  assert.match(stdout, /The file that was there goes to Kernel\/System\/Acme\.pm\.save/);
  assert.equal(code, 0);
  const unknown = temporaryFolder(t, { RELEASE: "PRODUCT = Znuny\nVERSION = 9.9.9\n" });
  const other = await runCli(["dry-run", "install", path, "--framework", unknown]);
  assert.equal(other.stdout, "");
  assert.match(other.stderr, /^sopm: /);
  assert.equal(other.code, 1);
  await usage(
    ["install", path, "--framework", home, "--product", "Znuny 7.1.3"],
    /Name one of --product, --framework and --sandbox/,
  );
  await usage(
    ["install", path, "--product", "Znuny 9.9.9"],
    /“Znuny 9\.9\.9” is no release of Znuny that SOPM knows; the newest line that it knows is 7\.3/,
  );
});

test("the tables of a home are those of its own files, and none where these are damaged", async (t) => {
  const packages = '<Table Name="package_repository"><Column Name="id" Type="INTEGER"/></Table>';
  const schema = `<database Name="znuny">${packages}<Table Name="acme_parent"><Column Name="id" Type="SMALLINT"/></Table></database>`;
  const homeWith = (text: string) =>
    temporaryFolder(t, {
      RELEASE: "PRODUCT = Znuny\nVERSION = 7.1.7\n",
      "scripts/database/schema.xml": text,
    });
  const add = (table: string) =>
    `<DatabaseInstall Type="post"><TableAlter Name="${table}"><ColumnAdd Name="a" Type="INTEGER"/></TableAlter></DatabaseInstall>`;
  const tried = async (table: string, text: string) =>
    runCli(["dry-run", "install", packageWith(t, add(table)), "--framework", homeWith(text)]);
  assert.match((await tried("acme_parent", schema)).stdout, /no step fails/);
  assert.match((await tried("users", schema)).stdout, /There is no table “users”/);
  for (const [table, text] of [
    ["users", schema.replace("</database>", "")],
    ["acme_parent", schema.replace(packages, "")],
  ] as const) {
    const { stdout } = await tried(table, text);
    assert.match(
      stdout,
      /Nothing is known of the tables of this framework, because scripts\/database\/schema\.xml/,
    );
    assert.doesNotMatch(stdout, /no step fails/);
  }
});

test("what cannot be read is said, and slips are wrong usage", async (t) => {
  const path = packageWith(t, "");
  const folder = join(path, "..");
  await usage([], /Name an operation and a spec or an archive/);
  await usage(["install"], /Name an operation/);
  await usage(["remove", path], /“remove” is no value for OPERATION/);
  await usage(["install", path, path], /One package is looked at at a time/);
  await usage(
    ["install", join(folder, "absent.sopm")],
    /absent\.sopm” cannot be read: there is no such file/,
  );
  await usage(["install", folder], /is no file; name a spec/);
  await usage(["install", path, "--product", "Windows 95"], /“Windows 95” is no product/);
  await usage(["install", path, "--sandbox", folder, "--product", "Znuny 7.1.3"], /leave out --product/);
  await usage(["install", path, "--format", "pdf"], /“pdf” is no value for --format/);
  const missing = await runCli(["dry-run", "install", path, "--sandbox", join(folder, "absent")]);
  assert.match(missing.stderr, /^sopm: .*absent/);
  assert.equal(missing.code, 1);
  const unwritable = await runCli([
    "dry-run",
    "install",
    path,
    "--output",
    join(folder, "absent/report.txt"),
  ]);
  assert.match(unwritable.stderr, /report\.txt” cannot be written: there is no such file or folder\./);
  assert.equal(unwritable.code, 1);
});

test("text that is no package, and a hostile one, end with a report", async (t) => {
  const hostile = `${specWith("<CodeInstall><![CDATA[\u202e]]></CodeInstall>").replaceAll("Kernel/System/Acme.pm", "../../etc/\u001bpasswd")}`;
  const folder = temporaryFolder(t, { "None.sopm": "<a><b>", "Empty.sopm": "", "Hostile.sopm": hostile });
  for (const name of ["None.sopm", "Empty.sopm"]) {
    const { code, stdout, stderr } = await runCli(["dry-run", "install", join(folder, name)]);
    assert.match(stderr, /^sopm: .*” cannot be read as a package\. It(?:s root element is <a>| is empty)\./);
    assert.match(stdout, /^Dry run: install a package without a name on Znuny/);
    assert.equal(code, 1);
  }
  const { stdout } = await runCli(["dry-run", "install", join(folder, "Hostile.sopm")]);
  assert.doesNotMatch(stdout, /[\u001b\u202e]/);
});

const neverRuns = '<DatabaseReinstall Type="post"><TableDrop Name="acme"/></DatabaseReinstall>';
const isSkipped = '<CodeUpgrade Type="post" Version="0.9.0"><![CDATA[1;]]></CodeUpgrade>';

test("what --fail-on names ends a run with 1, and usually what fails and what is lost", async (t) => {
  const never = packageWith(t, neverRuns);
  const skipped = packageWith(t, isSkipped);
  const fine = packageWith(t, "");
  const codeOf = async (path: string, operation: string, ...more: string[]) => {
    const from = operation === "upgrade" ? ["--from", "0.9.0"] : [];
    return (await runCli(["dry-run", operation, path, ...from, ...more])).code;
  };
  assert.equal(await codeOf(fine, "install"), 0);
  assert.equal(await codeOf(fine, "install", "--product", "Znuny 6.5.1"), 1);
  assert.equal(await codeOf(fine, "install", "--product", "Znuny 6.5.1", "--fail-on=lost,skipped"), 0);
  assert.equal(await codeOf(never, "reinstall"), 1);
  assert.equal(await codeOf(never, "reinstall", "--fail-on", "lost"), 1);
  assert.equal(await codeOf(never, "reinstall", "--fail-on", "failed,skipped"), 0);
  assert.equal(await codeOf(skipped, "upgrade"), 0);
  assert.equal(await codeOf(skipped, "upgrade", "--fail-on", "failed,skipped"), 1);
  for (const path of [never, skipped])
    assert.equal(await codeOf(path, "install", "--product=Znuny 6.5.1", "--fail-on=never"), 0);
});

test("settings that are lost count as lost, not as failed", async (t) => {
  const elements = "";
  const path = packageWith(t, elements, {
    "Acme.sopm": specWith(elements).replace(
      "</Filelist>",
      '    <File Permission="660" Location="Kernel/Config/Files/XML/Acme.xml"/>\n    </Filelist>',
    ),
    "Kernel/Config/Files/XML/Acme.xml": `<?xml version="1.0" encoding="utf-8" ?>
<otobo_config version="2.0" init="Application">
    <Setting Name="Acme::A" Required="0" Valid="1">
        <Description Translatable="1">A.</Description>
        <Navigation>Core::Acme</Navigation>
        <Value><Item ValueType="String">1</Item></Value>
    </Setting>
</otobo_config>
`,
  });
  const codeOf = async (...more: string[]) => (await runCli(["dry-run", "install", path, ...more])).code;
  assert.equal(await codeOf(), 1);
  assert.equal(await codeOf("--fail-on=lost"), 1);
  assert.equal(await codeOf("--fail-on=failed"), 0);
});

test("for a build server a step is a failure when it lets the run fail", async (t) => {
  const never = packageWith(t, neverRuns);
  const skipped = packageWith(t, isSkipped);
  const junit = async (path: string, ...words: string[]) =>
    (await runCli(["dry-run", ...words, path, "--format=junit"])).stdout;
  assert.match(await junit(never, "reinstall"), /<testsuite [^>]*failures="1".*<failure type="never"/s);
  const tolerated = await junit(never, "reinstall", "--fail-on=never");
  assert.match(tolerated, /<testsuite [^>]*failures="0"/);
  assert.doesNotMatch(tolerated, /<failure/);
  assert.match(tolerated, /<system-out>[^<]*DatabaseReinstall/);
  const upgrade = ["upgrade", "--from=0.9.0"];
  assert.match(await junit(skipped, ...upgrade), /failures="0" [^>]*skipped="1"/);
  assert.match(await junit(skipped, ...upgrade, "--fail-on=skipped"), /<failure type="skipped"/);
});

test("--fail-on takes kinds of failures, or “never” alone", async (t) => {
  const path = packageWith(t, "");
  await usage(
    ["install", path, "--fail-on", "fails"],
    /“fails” is no value for --fail-on; it takes failed, lost, skipped, never\./,
  );
  await usage(["install", path, "--fail-on", "failed,never"], /--fail-on takes “never” alone/);
  await usage(["install", path, "--fail-on="], /“” is no value for --fail-on/);
});
