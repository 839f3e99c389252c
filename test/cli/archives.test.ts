import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileList, hostilePackage } from "../support/hostile-package.ts";
import { runCli } from "../support/run-cli.ts";
import { runHere } from "../support/run-here.ts";
import { sharedFolder } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const spec = `<?xml version="1.0" encoding="utf-8"?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.2.3</Version>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://example.com/</URL>
    <License>GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007</License>
    <Description Lang="en">An “A &amp; B”.</Description>
    <Framework>7.1.x</Framework>
    <PackageRequired Version="1.0.0">Base</PackageRequired>
    <CodeInstall Type="post"><![CDATA[
        $Self->{Acme} = 1 if 1 < 2 && 1;
    ]]></CodeInstall>
    <Filelist>
        <File Permission="755" Location="bin/acme.pl"/>
        <File Permission="644" Location="Kernel/Acme.pm"/>
    </Filelist>
    <DatabaseInstall Type="post">
        <TableCreate Name="acme">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
            <Column Name="a" Required="true" Size="200" Type="VARCHAR"/>
            <Unique Name="acme_a">
                <UniqueColumn Name="a"/>
            </Unique>
        </TableCreate>
    </DatabaseInstall>
</otrs_package>
`;

/** The archive of a spec, as one of the builders writes it. */
async function built(t: TestContext, mode: "framework" | "opmbuild" = "framework"): Promise<string> {
  const folder = temporaryFolder(t, {
    "Acme.sopm": spec,
    "bin/acme.pl": "#!/usr/bin/perl\nprint 1;\n",
    "Kernel/Acme.pm": "package Kernel::Acme;\n\u00e4\n1;\n",
  });
  const words = ["build", join(folder, "Acme.sopm"), "--mode", mode, "--force"];
  const { code, stderr } = await runHere([
    ...words,
    "--stamp-date",
    "2024-05-02 10:00:00",
    "--stamp-host",
    "a.b",
  ]);
  assert.equal(code, 0, stderr);
  return join(folder, "Acme-1.2.3.opm");
}

function archiveWith(t: TestContext, body: string): string {
  const folder = temporaryFolder(t, { "Acme.opm": hostilePackage(body) });
  return join(folder, "Acme.opm");
}

test("show tells what an archive holds", async (t) => {
  const path = await built(t);
  const { code, stdout, stderr } = await runHere(["show", path]);
  assert.equal(code, 0, stderr);
  const lines = stdout.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "));
  assert.equal(lines[0], "Acme 1.2.3");
  assert.ok(lines.includes("Requires | Base 1.0.0"), stdout);
  assert.ok(lines.includes("Built | 2024-05-02 10:00:00, a.b"), stdout);
  assert.match(stdout, /^Files: 2 \(53 B\), in an archive of \d+ B$/m);
  const digest = createHash("sha256").update("#!/usr/bin/perl\nprint 1;\n").digest("hex");
  assert.ok(stdout.includes(`\n  755  25  ${digest}  bin/acme.pl\n`), stdout);
});

test("show marks what is listed twice, left out or empty", async (t) => {
  const body = `${fileList("a", "a", "../b")}<Filelist><File Location="c" Permission="644" Encode="Base64"></File></Filelist>`;
  const path = archiveWith(t, body);
  const { stdout } = await runHere(["show", path, "--format", "json"]);
  const { files } = JSON.parse(stdout) as {
    readonly files: readonly { readonly location: string; readonly size: number }[];
  };
  assert.deepEqual(
    files.map((each) => ({ ...each, digest: undefined })),
    [
      ["a", 4, false, false],
      ["a", 4, true, false],
      ["../b", 4, false, true],
      ["c", 0, false, false],
    ].map(([location, size, isListedTwice, isLeftOut]) => ({
      ...{ location, permission: "644", size, digest: undefined, isListedTwice, isLeftOut },
    })),
  );
  const text = (await runHere(["show", path])).stdout;
  assert.match(text, / a {2,}listed twice$/m);
  assert.match(text, / \.\.\/b {2,}left out by the frameworks$/m);
  assert.match(text, / c {2,}empty, so that it is not installed$/m);
});

test("show prints the spec part without contents, and one file byte for byte", async (t) => {
  const path = await built(t);
  const { stdout } = await runHere(["show", path, "--spec"]);
  assert.match(stdout, /<File Location="bin\/acme\.pl" Permission="755" Encode="Base64"><\/File>/);
  assert.match(stdout, /<BuildHost>a\.b<\/BuildHost>/);
  const bytes = Buffer.from([0, 255, 10, 13, 128]);
  const encoded = bytes.toString("base64");
  const odd = archiveWith(
    t,
    `<Filelist><File Location="x" Permission="644" Encode="Base64">${encoded}</File></Filelist>`,
  );
  const out = await runCli(["show", odd, "--file", "x"]);
  // It is no text: what tests get of it is the five bytes as UTF-8.
  assert.equal(out.stdout, bytes.toString());
  const none = await runHere(["show", path, "--file", "nowhere"]);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /There is no file “nowhere” in the archive\./);
});

test("show reads the contents of large files where they are", async (t) => {
  const large = Buffer.alloc(300_000, "0123456789");
  const path = archiveWith(
    t,
    `<Filelist><File Location="large" Permission="644" Encode="Base64">${large.toString("base64")}</File>
    <File Location="../left" Permission="644" Encode="Base64">${large.toString("base64")}</File></Filelist>`,
  );
  const { files } = JSON.parse((await runHere(["show", path, "--format", "json"])).stdout) as {
    readonly files: readonly { readonly size: number; readonly digest: string }[];
  };
  assert.equal(files[0]!.size, 300_000);
  assert.deepEqual(files[0]!.digest, files[1]!.digest);
  assert.equal((await runHere(["show", path, "--file", "large"])).stdout, large.toString());
  assert.doesNotMatch((await runHere(["show", path, "--spec"])).stdout, /=cut|MDEy/);
});

test("what is no archive is told", async (t) => {
  const folder = temporaryFolder(t, { "a.opm": "<otrs_package><Name>", "b.opm": "", "c.opm": "<x/>" });
  for (const name of ["a.opm", "b.opm", "c.opm"]) {
    for (const words of [["show"], ["extract", "--output", join(folder, "out")]]) {
      const { code, stderr } = await runHere([...words, join(folder, name)]);
      assert.equal(code, 1, stderr);
      assert.match(stderr, /cannot be read as an archive/);
    }
  }
  assert.deepEqual(readdirSync(folder).sort(), ["a.opm", "b.opm", "c.opm"]);
  const { code } = await runHere(["show", join(folder, "none.opm")]);
  assert.equal(code, 2);
});

test("extract writes files with their modes, and replaces none without being asked", async (t) => {
  const path = await built(t);
  const out = join(temporaryFolder(t), "new/folder");
  const first = await runHere(["extract", path, "--output", out]);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /files written: 2 \(53 B\)/);
  assert.equal(readFileSync(join(out, "bin/acme.pl"), "utf8"), "#!/usr/bin/perl\nprint 1;\n");
  if (process.platform !== "win32") assert.equal(statSync(join(out, "bin/acme.pl")).mode & 0o777, 0o755);
  assert.deepEqual(readdirSync(out).sort(), ["Kernel", "bin"]);
  writeFileSync(join(out, "Kernel/Acme.pm"), "mine");
  const second = await runHere(["extract", path, "--output", out, "--as-source"]);
  assert.equal(second.code, 1);
  assert.match(second.stderr, /Nothing is written, because files of the archive are in “.*” already: 2\./);
  assert.equal(readFileSync(join(out, "Kernel/Acme.pm"), "utf8"), "mine");
  assert.deepEqual(readdirSync(out).sort(), ["Kernel", "bin"]);
  const third = await runHere(["extract", path, "--output", out, "--force"]);
  assert.equal(third.code, 0, third.stderr);
  assert.notEqual(readFileSync(join(out, "Kernel/Acme.pm"), "utf8"), "mine");
  assert.deepEqual(readdirSync(out).sort(), ["Kernel", "bin"]);
});

test("extract wants to know the folder", async (t) => {
  const { code, stderr } = await runHere(["extract", await built(t)]);
  assert.equal(code, 2);
  assert.match(stderr, /--output/);
});

for (const mode of ["framework", "opmbuild"] as const) {
  test(`the source of an archive by ${mode} is built to the same bytes by the command that is told`, async (t) => {
    const path = await built(t, mode);
    const out = temporaryFolder(t);
    const { code, stdout, stderr } = await runHere(["extract", path, "--as-source", "--output", out]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /gives the archive back, byte for byte/);
    const source = readFileSync(join(out, "Acme.sopm"), "utf8");
    assert.doesNotMatch(source, /Build|Base64/);
    assert.match(source, /<!\[CDATA\[\$Self->\{Acme\} = 1 if 1 < 2 && 1;\]\]>|<!\[CDATA\[\n/);
    const words = [...stdout.split("\n")[2]!.matchAll(/'([^']*)'|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain!,
    );
    assert.deepEqual(words.slice(0, 2), ["sopm", "build"]);
    const again = await runHere([...words.slice(1), "--force"]);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(readFileSync(join(out, "Acme-1.2.3.opm")), readFileSync(path));
  });
}

test("an archive that nobody builds so is told from what is built, down to the byte", async (t) => {
  const path = archiveWith(t, `<Vendor>A</Vendor><License>B</License><Description Lang="en">C</Description>`);
  const out = temporaryFolder(t);
  const { code, stdout } = await runHere(["extract", path, "--as-source", "--output", out]);
  assert.equal(code, 0);
  const text = readFileSync(path, "utf8");
  const { offset, line } = /from byte (?<offset>\d+) on, line (?<line>\d+):/.exec(stdout)!.groups!;
  // The builder would begin a line here.
  assert.equal(Number(offset), text.indexOf("<Name>"));
  assert.equal(line, "2");
});

interface SourceAnswer {
  readonly source: {
    readonly spec: string;
    readonly mode: string;
    readonly dialect: string | null;
    readonly stampDate: string;
    readonly stampHost: string;
    readonly isSame: boolean;
  };
}

/** Archives that no builder of ours has written, by how they differ from what one would write. */
const foreign: Readonly<Record<string, string>> = {
  "PerlServices__OPM-Parser__QuickMergeInvalid-3.3.3.opm": "edited by hand: no BuildDate, two BuildHosts",
  "PerlServices__OPM-Parser__QuickMergeInvalid-3.3.4.opm": "edited by hand: no BuildDate, two BuildHosts",
  "RotherOSS__otobo__TestPackage.opm": "written by hand: another version of the root",
  "RotherOSS__otobo__TestPackageIncompatible.opm": "written by hand: another version of the root",
  "alderpinto__Znuny-I9atech__TestPackage.opm": "written by hand: another version of the root",
  "alderpinto__Znuny-I9atech__CloneDB-6.5.2.opm": "another builder: comments and one line of Base64",
  "alderpinto__Znuny-I9atech__RS4OTRS_Mobile-6.0.8.opm": "another builder: CDATA in introductions",
};
/** Not well-formed. */
const unreadable = new Set([
  "PerlServices__OPM-Installer__InvalidOPM-6.0.6.opm",
  "PerlServices__OPM-Parser__QuickMergeInvalid-3.3.2.opm",
  "b25-lookalikes.opm",
]);

for (const name of ["corpus/opm", "vectors/build/expected", "vectors-znuny/build/expected"]) {
  const folder = sharedFolder(name);
  if (!folder) continue;
  for (const file of readdirSync(folder).filter((each) => each.endsWith(".opm"))) {
    if (unreadable.has(file)) continue;
    const isForeign = Object.hasOwn(foreign, file);
    test(`${name}/${file} ${isForeign ? "is no archive of ours" : "comes back from its source, byte for byte"}`, async (t) => {
      const out = temporaryFolder(t);
      const path = join(folder, file);
      const words = ["extract", path, "--as-source", "--output", out, "--format", "json"];
      const extracted = await runHere(words);
      const { source } = JSON.parse(extracted.stdout) as SourceAnswer;
      assert.equal(source.isSame, !isForeign);
      if (isForeign) return;
      const { spec, mode, dialect, stampDate, stampHost } = source;
      const target = temporaryFolder(t);
      const { code, stderr } = await runHere([
        ...["build", spec, "--mode", mode, "--force", "--output", target],
        ...(dialect === null ? [] : ["--dialect", dialect]),
        ...["--stamp-date", stampDate, "--stamp-host", stampHost],
      ]);
      assert.equal(code, 0, `${stderr}${extracted.stderr}`);
      const [archive] = readdirSync(target);
      assert.ok(readFileSync(join(target, archive!)).equals(readFileSync(path)));
    });
  }
}
