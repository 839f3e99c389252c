import assert from "node:assert/strict";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { namedOutput } from "../../server/src/node/named-files.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { sharedFolder } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const notOnWindows = { skip: process.platform === "win32" ? "there is no such thing on Windows" : false };

/** A misspelt element that is renamed, a vendor that would have to be removed, and a description that only its author knows. */
const faulty = goodSpec
  .replace("<Vendor>Acme Inc.</Vendor>", "<Vendor>A</Vendor>\n    <Vendor>B</Vendor>")
  .replaceAll("Framework>", "Framewrk>")
  .replace(/ *<Description.*\n/, "");

function folderWith(t: TestContext, text: string | Uint8Array = faulty): string {
  const folder = temporaryFolder(t, goodPackage);
  writeFileSync(join(folder, "Acme.sopm"), text);
  return folder;
}

function bytesIn(folder: string): Buffer {
  return readFileSync(join(folder, "Acme.sopm"));
}

async function fix(folder: string, ...words: string[]) {
  return runCli(["lint", "--fix", ...words, "."], {}, { cwd: folder });
}

test("what needs no decision is fixed, and the rest is told and decides about the exit code", async (t) => {
  const folder = folderWith(t);
  const { code, stdout, stderr } = await fix(folder);
  assert.equal(stderr, "");
  assert.equal(bytesIn(folder).toString(), faulty.replaceAll("Framewrk>", "Framework>"));
  assert.match(stdout, /\(single-element-duplicate\)/);
  assert.match(stdout, /\(description-missing\)/);
  assert.doesNotMatch(stdout, /element-unknown|can be fixed/);
  assert.match(stdout, /^Files checked: 1\. Errors: 2, warnings: 0, others: 0\.\nFixed: 1\.$/m);
  assert.equal(code, 1);
  const fine = folderWith(t, goodSpec.replaceAll("Framework>", "Framewrk>"));
  assert.equal((await fix(fine)).code, 0);
  assert.equal(bytesIn(fine).toString(), goodSpec);
});

/** Sections whose fixes decide which systems get what, or which name it has there. */
const undecided = {
  "code-upgrade-unversioned": "<CodeUpgrade><![CDATA[1;]]></CodeUpgrade>",
  "code-upgrade-version-above-package": '<CodeUpgrade Version="1.0.1"><![CDATA[1;]]></CodeUpgrade>',
  "code-upgrade-version-name":
    '<CodeUpgrade Version="0.9.5"><![CDATA[$Kernel::OM->Get("Kernel::System::Acme")->FromLowerThan_0_9_4();]]></CodeUpgrade>',
  "db-upgrade-version-above-package":
    '<DatabaseUpgrade Type="post"><Insert Table="valid" Version="1.0.1"><Data Key="name" Type="Quote">acme</Data></Insert></DatabaseUpgrade>',
  "index-name-generic":
    '<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/><Index Name="id"><IndexColumn Name="id"/></Index></TableCreate></DatabaseInstall>' +
    '<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>',
  "install-upgrade-drift":
    '<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/><Column Name="smtp" Required="true" Size="9" Type="VARCHAR"/></TableCreate></DatabaseInstall>' +
    '<DatabaseUpgrade Type="post"><TableAlter Name="acme" Version="1.0.0"><ColumnChange NameOld="mail" NameNew="stmp" Required="true" Size="9" Type="VARCHAR"/></TableAlter></DatabaseUpgrade>' +
    '<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>',
};

for (const [rule, sections] of Object.entries(undecided)) {
  test(`a fix of ${rule} is left to the author`, async (t) => {
    const spec = goodSpec.replace("</otrs_package>", `    ${sections}\n</otrs_package>`);
    const folder = folderWith(t, spec);
    const { stdout } = await fix(folder, "--format=unix");
    assert.match(stdout, new RegExp(`\\[.*${rule}.*\\]|\\(${rule}\\)`));
    assert.equal(bytesIn(folder).toString(), spec);
  });
}

test("a fix that lists all files there are is left to the author", async (t) => {
  const spec = goodSpec.replace(/ *<Filelist>[\s\S]*<\/Filelist>\n/, "");
  const folder = folderWith(t, spec);
  assert.match((await fix(folder)).stdout, /\(filelist-missing\)/);
  assert.equal(bytesIn(folder).toString(), spec);
});

test("a second run changes nothing, and neither does one of a clean package", async (t) => {
  const folder = folderWith(t);
  await fix(folder);
  const once = bytesIn(folder);
  assert.match((await fix(folder)).stdout, /^Fixed: 0\.$/m);
  assert.deepEqual(bytesIn(folder), once);
});

test("other forms tell what remains, and how much was fixed", async (t) => {
  const [file] = JSON.parse((await fix(folderWith(t), "--format=json")).stdout).files;
  assert.equal(file.fixed, 1);
  assert.deepEqual(
    file.findings.map(({ rule, fixedByFix }: { rule: string; fixedByFix: boolean }) => [rule, fixedByFix]),
    [
      ["description-missing", false],
      ["single-element-duplicate", false],
    ],
  );
});

for (const [name, bytes, after] of [
  [
    "line breaks of Windows",
    faulty.replaceAll("\n", "\r\n"),
    faulty.replaceAll("\n", "\r\n").replaceAll("Framewrk>", "Framework>"),
  ],
  [
    "a lone line break among those of Windows",
    goodSpec
      .replaceAll("\n", "\r\n")
      .replace("\r\n", "\n")
      .replace(/ *<ChangeLog.*\r\n/, "")
      .replace("</Filelist>", '</Filelist>\r\n<CodeInstall Type="post">1 &amp;&amp; 2;\r\n3;</CodeInstall>'),
    undefined,
  ],
  [
    "a byte order mark and letters beyond ASCII",
    goodSpec.replace("Acme Inc.", "Ünïcode 漢").replaceAll("Framework>", "Framewrk>"),
    goodSpec.replace("Acme Inc.", "Ünïcode 漢"),
  ],
  [
    "Latin-1 as it is declared",
    Buffer.from(
      goodSpec
        .replace("utf-8", "iso-8859-1")
        .replace("Acme Inc.", "\u00c4cme")
        .replaceAll("Framework>", "Framewrk>"),
      "latin1",
    ),
    Buffer.from(goodSpec.replace("utf-8", "iso-8859-1").replace("Acme Inc.", "\u00c4cme"), "latin1"),
  ],
] as const) {
  test(`a fixed file keeps ${name}`, async (t) => {
    const folder = folderWith(t, bytes);
    await fix(folder, "--rule", "xml-encoding-not-utf8=off");
    const now = bytesIn(folder);
    if (after !== undefined) assert.deepEqual(now, Buffer.from(after));
    else assert.equal(now.toString().match(/[^\r]\n/g)?.length, 1);
  });
}

test("a text that nobody can read is left alone", async (t) => {
  for (const bytes of [
    Buffer.from(faulty, "utf16le"),
    Buffer.concat([Buffer.from(faulty), Buffer.from([0xff])]),
  ]) {
    const folder = folderWith(t, bytes);
    assert.equal((await fix(folder)).code, 1);
    assert.deepEqual(bytesIn(folder), bytes);
  }
});

test("what the encoding of a file does not have is not written, and the rest is fixed", async (t) => {
  const declared = goodSpec.replace("utf-8", "iso-8859-1").replace("Acme Inc.", "Acme \u00e2\u0082\u00ac");
  const folder = folderWith(t, Buffer.from(declared.replaceAll("Framework>", "Framewrk>"), "latin1"));
  const { stdout, stderr } = await fix(folder, "--rule", "xml-encoding-not-utf8=off");
  assert.match(stdout, /\(text-encoded-twice\)/);
  assert.match(stdout, /^Fixed: 1\.$/m);
  assert.equal(
    stderr,
    "sopm: Not everything in “Acme.sopm” is fixed: its encoding does not have what would be written. Save it as UTF-8.\n",
  );
  assert.deepEqual(bytesIn(folder), Buffer.from(declared, "latin1"));
});

test("a file that was changed meanwhile is not overwritten", async (t) => {
  const path = join(folderWith(t), "Acme.sopm");
  const before = readFileSync(path);
  writeFileSync(path, goodSpec);
  await assert.rejects(namedOutput.replace(path, before, Buffer.from("x")), { code: "output-changed" });
  assert.equal(readFileSync(path, "utf8"), goodSpec);
  assert.deepEqual(readdirSync(dirname(path)).sort(), ["Acme.sopm", "Kernel"]);
});

test("a fixed file keeps its mode", notOnWindows, async (t) => {
  const folder = folderWith(t);
  chmodSync(join(folder, "Acme.sopm"), 0o640);
  await fix(folder);
  assert.match(bytesIn(folder).toString(), /<Framework>/);
  assert.equal(statSync(join(folder, "Acme.sopm")).mode & 0o777, 0o640);
});

test("--fix-dry-run writes nothing and prints what patch takes", notOnWindows, async (t) => {
  const folder = folderWith(t);
  const { code, stdout, stderr } = await runCli(["lint", "--fix-dry-run", "."], {}, { cwd: folder });
  assert.equal(bytesIn(folder).toString(), faulty);
  assert.equal(
    stdout,
    `--- a/Acme.sopm
+++ b/Acme.sopm
@@ -2,7 +2,7 @@
 <otrs_package version="1.0">
     <Name>Acme</Name>
     <Version>1.0.0</Version>
-    <Framewrk>7.1.x</Framewrk>
+    <Framework>7.1.x</Framework>
     <Vendor>A</Vendor>
     <Vendor>B</Vendor>
     <URL>https://acme.example/</URL>
`,
  );
  assert.equal(stderr, "sopm: Can be fixed: 1. Errors that remain: 2, warnings: 0.\n");
  assert.equal(code, 1);
});

test(
  "a link to a spec beside it is followed and stays, one that leads elsewhere is not written through",
  notOnWindows,
  async (t) => {
    const folder = folderWith(t);
    const elsewhere = folderWith(t);
    symlinkSync("Acme.sopm", join(folder, "Beside.sopm"));
    symlinkSync(join(elsewhere, "Acme.sopm"), join(folder, "Elsewhere.sopm"));
    const { code, stderr } = await fix(folder, "--rule=spec-filename-mismatch=off");
    assert.equal(code, 1);
    assert.match(stderr, /^sopm: “Elsewhere\.sopm” in “.*” is a link that leads out of that folder/m);
    assert.equal(bytesIn(elsewhere).toString(), faulty);
    assert.match(bytesIn(folder).toString(), /<Framework>/);
    assert.deepEqual(readdirSync(folder).sort(), ["Acme.sopm", "Beside.sopm", "Elsewhere.sopm", "Kernel"]);
  },
);

test("a file that must not be written is told, and its findings are all there", notOnWindows, async (t) => {
  const folder = folderWith(t);
  chmodSync(join(folder, "Acme.sopm"), 0o444);
  chmodSync(folder, 0o755);
  const someone = process.getuid?.() === 0 ? { uid: 65534 } : {};
  const { code, stdout, stderr } = await runCli(["lint", "--fix", "."], {}, { cwd: folder, ...someone });
  assert.equal(code, 1);
  assert.match(stderr, /Acme\.sopm” cannot be written/);
  assert.match(stdout, /element-unknown/);
  assert.equal(bytesIn(folder).toString(), faulty);
});

test("an archive is not mended", async (t) => {
  const folder = folderWith(t, goodSpec);
  const archive = join(folder, "Acme-1.0.0.opm");
  await runCli(["build", "--output", folder, join(folder, "Acme.sopm")]);
  writeFileSync(archive, readFileSync(archive, "utf8").replaceAll("Framework>", "Framewrk>"));
  const before = readFileSync(archive);
  await runCli(["lint", "--fix", archive]);
  assert.deepEqual(readFileSync(archive), before);
});

test("every spec of the corpus is fixed once and for all", async (t) => {
  const corpus = sharedFolder("corpus");
  if (corpus === undefined) return;
  const folder = temporaryFolder(t);
  cpSync(join(corpus, "sopm"), join(folder, "sopm"), { recursive: true });
  const contents = () =>
    readdirSync(join(folder, "sopm")).map((name) => readFileSync(join(folder, "sopm", name), "latin1"));
  const untouched = contents();
  const first = await fix(folder);
  const once = contents();
  const second = await fix(folder);
  assert.match(first.stdout, /^Fixed: [1-9]\d+\.$/m);
  assert.match(second.stdout, /^Fixed: 0\.$/m);
  assert.notDeepEqual(once, untouched);
  assert.deepEqual(contents(), once);
});

for (const [words, complaint] of [
  [["--fix", "--fix-dry-run", "."], /Name either --fix or --fix-dry-run\./],
  [["--fix", "-"], /--fix writes into files, and standard input is none/],
] as const) {
  test(`sopm lint ${words.join(" ")} is wrong usage`, async () => {
    const { code, stdout, stderr } = await runCli(["lint", ...words]);
    assert.match(stderr, complaint);
    assert.deepEqual([code, stdout], [2, ""]);
  });
}

test("a folder of links and folders without specs has nothing to fix", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "empty"));
  assert.match((await fix(folder)).stdout, /^Files checked: 0\..*\nFixed: 0\.\n$/);
});

/** A misspelt key, the section of an editor in front, a misspelt severity and rule; and what only the author knows. */
const faultyConfiguration = `{
  // what we go by
  "profil": "framwork",
  "sopm.dialect": "znuny-7",
  "rules": { "file-not-fund": "eror", },
  "build": "framework",
  "scenarios": { "Fresh": { "operaton": "instal" } }
}
`;
const mendedConfiguration = faultyConfiguration
  .replace('"profil": "framwork"', '"profile": "framework"')
  .replace("sopm.dialect", "dialect")
  .replace("fund", "found")
  .replace("eror", "error")
  .replace('"operaton": "instal"', '"operation": "install"');

test("slips in a configuration that was named, or lies in a folder that was, are fixed before anything goes by it", async (t) => {
  for (const named of ["sopm.json", "."]) {
    const folder = folderWith(t, goodSpec);
    const file = join(folder, "sopm.json");
    writeFileSync(file, `\ufeff${faultyConfiguration}`);
    const { code, stdout, stderr } = await runCli(["lint", "--fix", named], {}, { cwd: folder });
    assert.equal(readFileSync(file, "utf8"), `\ufeff${mendedConfiguration}`, named);
    assert.equal(stderr, "");
    assert.match(stdout, /^ +6:3 +error +There is no key “build”\. Did you mean “build\.mode”\?/m);
    assert.equal(stdout.match(/configuration-wrong/g)?.length, 1, stdout);
    assert.match(stdout, /Fixed: 7\.$/m);
    assert.equal(code, 1);
    const again = await runCli(["lint", "--fix", named], {}, { cwd: folder });
    assert.match(again.stdout, /Fixed: 0\.$/m);
    assert.equal(readFileSync(file, "utf8"), `\ufeff${mendedConfiguration}`);
  }
});

test("a configuration that is fixed holds for what is checked next", async (t) => {
  const folder = folderWith(t, goodSpec.replace("System/Acme.pm", "System/Other.pm"));
  writeFileSync(join(folder, "sopm.json"), '{ "rules": { "file-not-fund": "off" } }');
  const shown = await runCli(["lint", "--fix-dry-run", "."], {}, { cwd: folder });
  assert.match(shown.stdout, /^--- a\/sopm\.json$[\s\S]*^\+\{ "rules": \{ "file-not-found": "off" \} \}/m);
  // What is warned of is the module that nobody lists.
  assert.match(shown.stderr, /Can be fixed: 1\. Errors that remain: 0, warnings: 1\./);
  assert.match(readFileSync(join(folder, "sopm.json"), "utf8"), /fund/);
  const json = await runCli(["lint", "--fix", ".", "--format", "json"], {}, { cwd: folder });
  assert.equal(json.code, 0, json.stdout);
  assert.match(readFileSync(join(folder, "sopm.json"), "utf8"), /found/);
  assert.deepEqual(
    JSON.parse(json.stdout).files.map(({ file, fixed }: { file: string; fixed: number }) => [file, fixed]),
    [
      ["sopm.json", 1],
      ["Acme.sopm", 0],
    ],
  );
});

test("a configuration elsewhere, one whose rule is off and a key that is there already are left alone", async (t) => {
  const outer = temporaryFolder(t, { "sopm.json": '{ "profil": "strict" }', ".git/HEAD": "" });
  const folder = join(outer, "pkg");
  for (const [path, text] of Object.entries(goodPackage)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const above = await runCli(["lint", "--fix", "pkg"], {}, { cwd: outer });
  assert.match(above.stdout, /Did you mean “profile”/);
  assert.match(above.stdout, /Fixed: 0\./);
  assert.match(readFileSync(join(outer, "sopm.json"), "utf8"), /profil"/);
  const both = '{ "profil": "strict", "profile": "framework" }';
  writeFileSync(join(folder, "sopm.json"), both);
  assert.match((await runCli(["lint", "--fix", "pkg"], {}, { cwd: outer })).stdout, /Fixed: 0\./);
  assert.equal(readFileSync(join(folder, "sopm.json"), "utf8"), both);
  const off = '{ "profil": "strict", "rules": { "configuration-wrong": "off" } }';
  writeFileSync(join(folder, "sopm.json"), off);
  await runCli(["lint", "--fix", "pkg"], {}, { cwd: outer });
  assert.equal(readFileSync(join(folder, "sopm.json"), "utf8"), off);
});
