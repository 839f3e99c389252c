import assert from "node:assert/strict";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const notOnWindows = { skip: process.platform === "win32" ? "there is no such thing on Windows" : false };

/** An archive with what an index needs, and code that does not belong there. */
function archive(name: string, { root = "otrs_package", more = "" } = {}): string {
  return `<?xml version="1.0" encoding="utf-8" ?>
<${root} version="1.1">
    <Name>${name}</Name>
    <Version>1.0.0</Version>
    <Vendor>R &amp; D</Vendor>
    <License>MIT</License>
    <Description Lang="en">D</Description>
    <Framework>7.1.x</Framework>${more}
    <CodeInstall Type="post">1;</CodeInstall>
    <Filelist>
        <File Location="doc/${name}.md" Permission="644" Encode="Base64">YQ==</File>
        <File Location="Kernel/${name}.pm" Permission="644" Encode="Base64">YQ==</File>
    </Filelist>
</${root}>`;
}

function frameworkEntry(name: string, path: string): string {
  return `<Package>
    <Name>${name}</Name>
    <Version>1.0.0</Version>
    <Vendor>R &amp; D</Vendor>
    <License>MIT</License>
    <Description Lang="en">D</Description>
    <Framework>7.1.x</Framework>
    <Filelist>
        <FileDoc Location="doc/${name}.md" Permission="644" ></FileDoc>
    </Filelist>
  <File>${path}</File>
</Package>
`;
}

function frame(root: string, packages: string): string {
  return `<?xml version="1.0" encoding="utf-8" ?>\n<${root} version="1.0">\n${packages}</${root}>\n`;
}

test("the index lists every archive below the folder in the order of their paths", async (t) => {
  const folder = temporaryFolder(t, {
    "b.opm": archive("B"),
    "Z/a.opm": archive("A"),
    "ignored.OPM": archive("Ignored"),
    "notes.txt": "no archive",
  });
  const { code, stdout, stderr } = await runCli(["index", folder]);
  assert.equal(stderr, "");
  assert.equal(
    stdout,
    frame("otrs_package_list", frameworkEntry("A", "Z/a.opm") + frameworkEntry("B", "b.opm")),
  );
  assert.equal(code, 0);
  const asOtobo = await runCli(["index", `${folder}/`, "--dialect", "otobo-11"]);
  assert.equal(asOtobo.stdout, stdout.replaceAll("otrs_package_list", "otobo_package_list"));
});

test("the root element follows the archives unless a dialect is given", async (t) => {
  const folder = temporaryFolder(t, { "a.opm": archive("A", { root: "otobo_package" }) });
  assert.match((await runCli(["index", folder])).stdout, /<otobo_package_list/);
  assert.equal((await runCli(["index", temporaryFolder(t)])).stdout, frame("otrs_package_list", ""));
});

test("the index of opmbuild is laid out anew", async (t) => {
  const folder = temporaryFolder(t, {
    "a.opm": archive("A", {
      more: '\n    <ChangeLog Version="1.0.0">  two\n  words </ChangeLog><Own>&quot;x&quot;</Own>',
    }),
    "sub/b.opm": archive("B", { root: "otobo_package" }),
  });
  const entry = (name: string, path: string, more = "") => `<Package>
  <Name>${name}</Name>
  <Version>1.0.0</Version>
  <Vendor>R &amp; D</Vendor>
  <License>MIT</License>
  <Description Lang="en">D</Description>
  <Framework>7.1.x</Framework>${more}
  <Filelist>
    <FileDoc Location="doc/${name}.md" Permission="644"/>
  </Filelist>
  <File>${path}</File>
</Package>
`;
  const changes = `
  <ChangeLog Version="1.0.0">
    two words
  </ChangeLog>
  <Own>
    "x"
  </Own>`;
  const { code, stdout } = await runCli(["index", folder, "--mode", "opmbuild"]);
  assert.equal(
    stdout,
    frame("otobo_package_list", `${entry("A", "/a.opm", changes)}${entry("B", "/sub/b.opm")}\n`),
  );
  assert.equal(code, 0);
});

test("one archive that cannot be listed leaves no index", async (t) => {
  const cases = [
    ["", "framework", /no package can be read out of “b\.opm”/],
    ["<otrs_package><Name>B</otrs_package>", "opmbuild", /no package can be read out of “b\.opm”/],
    ["<otrs_package><Name>B</Name></otrs_package>", "framework", /“b\.opm” has no Version/],
    [`<otrs_package>${" ".repeat(31_457_280)}</otrs_package>`, "opmbuild", /“b\.opm” is larger/],
  ] as const;
  for (const [text, mode, message] of cases) {
    const folder = temporaryFolder(t, { "a.opm": archive("A"), "b.opm": text });
    const { code, stdout, stderr } = await runCli(["index", folder, "--mode", mode]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, message);
  }
});

test("links are followed inside the folder only", notOnWindows, async (t) => {
  const outside = temporaryFolder(t, { "secret.opm": archive("Secret"), "more/x.opm": archive("X") });
  const folder = temporaryFolder(t, { "sub/a.opm": archive("A") });
  symlinkSync(join(outside, "secret.opm"), join(folder, "b.opm"));
  symlinkSync(join(outside, "more"), join(folder, "c"));
  symlinkSync(join(folder, "sub/a.opm"), join(folder, "d.opm"));
  symlinkSync("nowhere", join(folder, "e.opm"));
  symlinkSync(folder, join(folder, "sub/circle"));
  const { code, stdout } = await runCli(["index", folder]);
  assert.equal(code, 0);
  assert.deepEqual(
    [...stdout.matchAll(/<File>(.*)<\/File>/g)].map(([, path]) => path),
    ["d.opm", "sub/a.opm"],
  );
});

test("the index that is there is checked", async (t) => {
  const folder = temporaryFolder(t, {
    "a.opm": archive("A"),
    "otrs.xml": frame("otrs_package_list", frameworkEntry("A", "a.opm")),
  });
  const sound = await runCli(["index", folder, "--check"]);
  assert.deepEqual([sound.code, sound.stderr], [0, ""]);
  assert.match(sound.stdout, /otrs\.xml: entries in the index: 1\n$/);
  const other = `${frameworkEntry("A", "../a.opm")}${frameworkEntry("B", "a.opm")}`;
  writeFileSync(join(folder, "otrs.xml"), frame("otrs_package_list", other));
  const { code, stdout } = await runCli(["index", folder, "--check"]);
  assert.equal(code, 1);
  assert.match(stdout, / 13:9 .*“\.\.\/a\.opm” is not in the folder of the index.*\(index-file-missing\)$/m);
  assert.match(stdout, / 25:9 .*“a\.opm” holds A 1\.0\.0.*\(index-entry-stale\)$/m);
  const nothing = await runCli(["index", temporaryFolder(t), "--check"]);
  assert.equal(nothing.code, 1);
  assert.match(nothing.stderr, /no index to check .*: otrs\.xml, otobo\.xml/);
});

test("what cannot be listed at all is told", async (t) => {
  for (const words of [[], ["a", "b"], [join(temporaryFolder(t), "absent")], [".", "--mode", "own"]]) {
    assert.equal((await runCli(["index", ...words])).code, 2, words.join(" "));
  }
});

test("a folder or an archive that may not be read ends the command", {
  skip: process.platform === "win32" || process.getuid?.() !== 0 ? "needs another user" : false,
}, async (t) => {
  const folder = temporaryFolder(t, { "a.opm": archive("A") });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "a.opm"), 0);
  const { code, stdout, stderr } = await runCli(["index", folder], {}, { uid: 65534, cwd: "/" });
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /a\.opm/);
});

test("a requirement is met by the index, or by the packages that were named beside it", async (t) => {
  const requiring = `
    <PackageRequired Version="1.0.0">B</PackageRequired>
    <PackageRequired Version="1.0.0">C</PackageRequired>
    <PackageRequired Version="1.0.1">D</PackageRequired>`;
  const folder = temporaryFolder(t, {
    "repository/a.opm": archive("A", { more: requiring }),
    "repository/b.opm": archive("B"),
    "workspace/C-1.0.0.opm": archive("C"),
    "workspace/D-1.0.0.opm": archive("D"),
  });
  const repository = join(folder, "repository");
  const { stdout: printed } = await runCli(["index", repository]);
  writeFileSync(join(repository, "otrs.xml"), printed);
  const alone = await runCli(["index", repository, "--check"]);
  // Another repository may offer them, so that it is no fault of this one.
  assert.equal(alone.code, 0);
  assert.equal(alone.stdout.match(/\(index-unresolvable\)$/gm)?.length, 2);
  const checked = await runCli(["index", repository, "--check", "--packages-of", join(folder, "workspace")]);
  assert.match(
    checked.stdout.replace(/\s+/g, " "),
    /“A 1\.0\.0” requires “D” 1\.0\.1, which this repository does not offer/,
  );
  assert.doesNotMatch(checked.stdout, /“C”/);
  assert.equal(checked.code, 1);
  const wrong = await runCli(["index", repository, "--packages-of", folder]);
  assert.match(wrong.stderr, /--packages-of is for --check/);
  assert.equal(wrong.code, 2);
});
