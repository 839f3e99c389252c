import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodSpec } from "../support/cli-package.ts";
import { GitRepository, testWithGit } from "../support/git-repository.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const settings = (value: string) => `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="2.0" init="Application">
    <Setting Name="Acme::Old" Required="0" Valid="1">
        <Description Translatable="1">Old.</Description>
        <Navigation>Core::Acme</Navigation>
        <Value><Item ValueType="String">${value}</Item></Value>
    </Setting>
</otrs_config>
`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const long = "package Kernel::Acme;\n".repeat(20);

/** An archive in the form of the frameworks' builder. */
const archive = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.1">
    <Name>Acme</Name>
    <Version>1.0.0</Version>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://example.com/</URL>
    <License>GNU</License>
    <Description Lang="en">An A.</Description>
    <Description Lang="de">Ein A.</Description>
    <Framework>7.1.x</Framework>
    <BuildDate>2024-05-02 10:00:00</BuildDate>
    <BuildHost>a.example.com</BuildHost>
    <Filelist>
        <File Location="Kernel/Acme.pm" Permission="644" Encode="Base64">${base64(long)}</File>
        <File Location="Kernel/Config/Files/XML/Acme.xml" Permission="644" Encode="Base64">${base64(settings("one"))}</File>
        <File Location="bin/a.pl" Permission="755" Encode="Base64">${base64("1;\n")}</File>
    </Filelist>
    <DatabaseInstall Type="post">
        <TableCreate Type="post" Name="acme">
            <Column Name="id" Required="true" Type="BIGINT"></Column>
        </TableCreate>
        <Insert Type="post" Table="acme">
            <Data Key="id">1</Data>
        </Insert>
    </DatabaseInstall>
</otrs_package>`;

interface Answer {
  readonly isSame: boolean;
  readonly facts: readonly {
    readonly element: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
  readonly files: readonly {
    readonly location: string;
    readonly change: string;
    readonly diff?: string;
    readonly isSameContent: boolean;
    readonly attributes: readonly object[];
  }[];
  readonly database: readonly {
    readonly change: string;
    readonly element: string;
    readonly phaseBefore?: string;
    readonly phaseAfter?: string;
    readonly diff?: string;
  }[];
  readonly settings: readonly {
    readonly name: string;
    readonly change: string;
    readonly before?: string;
    readonly after?: string;
  }[];
  readonly bytes: {
    readonly first: {
      readonly offset: number;
      readonly line: number;
      readonly before: string;
      readonly after: string;
    };
    readonly reasons: readonly { readonly id: string; readonly message: string }[];
  } | null;
}

/** The archive beside a changed one, compared. */
async function diffOf(t: TestContext, changed: string): Promise<Answer> {
  const folder = temporaryFolder(t, { "a.opm": archive, "b.opm": changed });
  const words = ["diff", join(folder, "a.opm"), join(folder, "b.opm")];
  const { code, stdout, stderr } = await runHere([...words, "--format", "json"]);
  const answer = JSON.parse(stdout) as Answer;
  assert.equal(code, answer.isSame ? 0 : 1, stderr);
  // What is read aloud has no hole in it.
  assert.doesNotMatch((await runHere(words)).stdout, /undefined|\{\w+\}/);
  return answer;
}

test("the same bytes are told as such", async (t) => {
  const answer = await diffOf(t, archive);
  assert.deepEqual([answer.isSame, answer.bytes], [true, null]);
});

const swapped = (text: string, one: RegExp, other: RegExp) => {
  const [a, b] = [one.exec(text)![0], other.exec(text)![0]];
  return text
    .replace(a, "\u0000")
    .replace(b, () => a)
    .replace("\u0000", () => b);
};
const line = (start: string) => new RegExp(`^ *${start}.*\\n`, "m");

/** What is changed, with every reason that has to be found and no other. */
const reasonRows: readonly (readonly [name: string, changed: string, reasons: readonly string[]])[] = [
  ["another stamp", archive.replace("10:00:00", "11:00:00"), ["stamp"]],
  ["another host", archive.replace("a.example.com", "b.example.com"), ["stamp"]],
  ["another declaration", archive.replace(" ?>", "?>"), ["declaration"]],
  ["another root", archive.replace('"1.1"', '"1.0"'), ["root"]],
  ["CR and LF", archive.replaceAll("\n", "\r\n"), ["line-ends"]],
  [
    "wrapped Base64",
    archive.replaceAll(
      /Base64">([^<]+)</g,
      (_, content: string) => `Base64">${content.replace(/.{1,76}/g, "$&\n")}<`,
    ),
    ["wrapping"],
  ],
  ["elements in another order", swapped(archive, line("<Vendor>"), line("<URL>")), ["order"]],
  [
    "files in another order",
    swapped(archive, line('<File Location="Kernel/Acme'), line('<File Location="bin')),
    ["file-order"],
  ],
  ["a comment", archive.replace("    <Name>", "    <!-- by hand --><Name>"), ["comments"]],
  ["another indentation", archive.replace("    <Name>", "  <Name>"), ["layout"]],
  [
    "attributes in another order",
    archive.replace('Name="id" Required="true"', 'Required="true" Name="id"'),
    ["layout"],
  ],
  ["CDATA", archive.replace(">GNU<", "><![CDATA[GNU]]><"), ["layout"]],
  ["a changed file", archive.replace(base64("1;\n"), base64("2;\n")), ["files"]],
  ["another mode", archive.replace('"755"', '"644"'), ["files"]],
  ["another fact", archive.replace("Acme Inc.", "Other Inc."), ["facts"]],
  ["another statement", archive.replace('"BIGINT"', '"INTEGER"'), ["database"]],
  [
    "several of these",
    archive.replace("10:00", "11:00").replace(base64("1;\n"), base64("2;\n")).replace(" ?>", "?>"),
    ["files", "stamp", "declaration"],
  ],
];
for (const [name, changed, reasons] of reasonRows) {
  test(`why bytes differ: ${name}`, async (t) => {
    const { isSame, bytes } = await diffOf(t, changed);
    assert.equal(isSame, false);
    assert.deepEqual(
      bytes!.reasons.map(({ id }) => id),
      reasons,
    );
    let offset = 0;
    while (archive[offset] === changed[offset]) offset++;
    const { first } = bytes!;
    assert.equal(first.offset, offset);
    assert.equal(first.line, archive.slice(0, offset).split("\n").length);
    assert.ok(archive.slice(offset).startsWith(first.before) && first.before.length === 40);
    assert.ok(changed.slice(offset).startsWith(first.after));
  });
}

test("an archive that is the beginning of the other differs at its end", async (t) => {
  const { bytes } = await diffOf(t, `${archive}\n`);
  assert.deepEqual(
    [bytes!.first.offset, bytes!.first.before, bytes!.first.after],
    [archive.length, "", "\n"],
  );
});

test("elements are compared by name, all of a name together", async (t) => {
  const changed = archive
    .replace("<Version>1.0.0", "<Version>1.1.0")
    .replace('    <Description Lang="de">Ein A.</Description>\n', "")
    .replace("</URL>\n", "</URL>\n    <OS>linux</OS>\n");
  const { facts } = await diffOf(t, changed);
  assert.deepEqual(facts, [
    { element: "Version", before: ["1.0.0"], after: ["1.1.0"] },
    { element: "Description", before: ['Lang="en" An A.', 'Lang="de" Ein A.'], after: ['Lang="en" An A.'] },
    { element: "OS", before: [], after: ["linux"] },
  ]);
});

test("files are compared by place, with the lines that differ", async (t) => {
  const changed = archive
    .replace(base64("1;\n"), base64("2;\n"))
    .replace('"755"', '"700"')
    .replace(
      line('<File Location="Kernel/Acme'),
      `<File Location="new" Permission="644" Encode="Base64">${base64("\u0000")}</File>`,
    );
  const { files } = await diffOf(t, changed);
  assert.deepEqual(
    files.map(({ location, change, isSameContent }) => [location, change, isSameContent]),
    [
      ["Kernel/Acme.pm", "removed", false],
      ["bin/a.pl", "changed", false],
      ["new", "added", false],
    ],
  );
  assert.deepEqual(files[1]!.attributes, [{ name: "Permission", before: "755", after: "700" }]);
  assert.equal(files[1]!.diff, "--- a/bin/a.pl\n+++ b/bin/a.pl\n@@ -1,1 +1,1 @@\n-1;\n+2;\n");
});

test("statements are compared by section and phase", async (t) => {
  const insert = archive.slice(archive.indexOf("        <Insert"), archive.indexOf("    </DatabaseInstall>"));
  const changed = archive
    .replace(insert, "")
    .replace('"BIGINT"', '"INTEGER"')
    .replace(
      "</otrs_package>",
      `    <DatabaseInstall Type="pre">\n${insert.replace("post", "pre")}    </DatabaseInstall>\n</otrs_package>`,
    );
  const { database } = await diffOf(t, changed);
  assert.deepEqual(
    database.map((each) => [each.change, each.element, each.phaseBefore, each.phaseAfter]),
    [
      ["changed", "TableCreate(acme)", "post", "post"],
      ["moved", "Insert(acme)", "post", "pre"],
    ],
  );
  assert.match(database[0]!.diff!, /^- {2}Column .*Type="BIGINT"\n\+ {2}Column .*Type="INTEGER"$/m);
});

test("statements in another order are told", async (t) => {
  const [create] = /^ *<TableCreate.*?<\/TableCreate>\n/ms.exec(archive)!;
  const [insert] = /^ *<Insert.*?<\/Insert>\n/ms.exec(archive)!;
  const { database } = await diffOf(t, archive.replace(create + insert, insert + create));
  assert.deepEqual(
    database.map(({ change, element }) => [change, element]),
    [["order", "TableCreate(acme)"]],
  );
});

test("settings are compared by their values", async (t) => {
  const { settings: found } = await diffOf(
    t,
    archive.replace(base64(settings("one")), base64(settings("two"))),
  );
  assert.deepEqual(found, [{ name: "Acme::Old", change: "changed", before: '"one"', after: '"two"' }]);
});

test("a spec is compared with its archive, and what is not there is missing", async (t) => {
  const folder = temporaryFolder(t, { "a.opm": archive });
  const source = join(folder, "source");
  assert.equal(
    (await runHere(["extract", join(folder, "a.opm"), "--as-source", "--output", source])).code,
    0,
  );
  const words = ["diff", join(source, "Acme.sopm"), join(folder, "a.opm")];
  const same = await runHere(words);
  assert.equal(same.code, 0, same.stdout + same.stderr);
  assert.match(same.stdout, /Both are the same package\./);
  writeFileSync(join(source, "bin/a.pl"), "3;\n");
  const other = await runHere(words);
  assert.equal(other.code, 1);
  assert.match(other.stdout, /~ bin\/a\.pl: other bytes/);
  const spec = readFileSync(join(source, "Acme.sopm"), "utf8");
  writeFileSync(join(source, "Acme.sopm"), spec.replace("bin/a.pl", "bin/none.pl"));
  assert.match((await runHere(words)).stdout, /\+ bin\/a\.pl: 3 B/);
});

test("a package is compared as it is installed in a sandbox", async (t) => {
  const folder = temporaryFolder(t, { "a.opm": archive, "b.opm": archive.replace("Acme Inc.", "Other") });
  const box = join(folder, "box");
  const run = async (...words: readonly string[]) => {
    const result = await runHere(words);
    return { ...result, all: result.stdout + result.stderr };
  };
  const made = await run("sandbox", "create", box, "--product", "Znuny 7.1.7");
  assert.equal(made.code, 0, made.all);
  const installed = await run("sandbox", "install", box, join(folder, "a.opm"), "--force");
  assert.equal(installed.code, 0, installed.all);
  assert.equal((await run("diff", `sandbox:${box}#Acme`, join(folder, "a.opm"))).code, 0);
  const other = await run("diff", `sandbox:${box}#Acme-1.0.0`, join(folder, "b.opm"));
  assert.equal(other.code, 1);
  assert.match(other.stdout, /Acme 1\.0\.0 as it is installed/);
  assert.match(other.stdout, /Vendor: Acme Inc\. → Other/);
  for (const named of [`sandbox:${box}`, `sandbox:${box}#None`, "sandbox:#x"]) {
    const { code, stderr } = await run("diff", named, join(folder, "a.opm"));
    assert.equal(code, 2, stderr);
  }
});

test("what cannot be read ends with 2, and what is no package is compared by its bytes", async (t) => {
  const folder = temporaryFolder(t, { "a.opm": archive, "b.opm": "<otrs_package><Name>" });
  assert.equal((await runHere(["diff", join(folder, "a.opm"), join(folder, "none.opm")])).code, 2);
  const { code, stdout } = await runHere(["diff", join(folder, "a.opm"), join(folder, "b.opm")]);
  assert.equal(code, 1);
  assert.match(stdout, /nothing of a package can be read out of it/);
  assert.match(stdout, /not well-formed/);
});

testWithGit("a spec is compared with an earlier version, which its number or its tag names", async (t) => {
  const repository = new GitRepository(t);
  const { folder } = repository;
  const spec = join(folder, "Acme.sopm");
  const file = "Kernel/System/Acme.pm";
  repository.commit({ "Acme.sopm": goodSpec, [file]: "package Kernel::System::Acme;\n1;\n" }, "v1.0.0");
  repository.write({
    "Acme.sopm": goodSpec.replaceAll("1.0.0", "1.1.0"),
    [file]: "package Kernel::System::Acme;\nour $New;\n1;\n",
  });
  for (const named of ["1.0.0", "v1.0.0"]) {
    const { code, stdout, stderr } = await runHere(["diff", `version:${spec}#${named}`, spec]);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /1\.0\.0.*1\.1\.0/s);
    assert.match(stdout, /\+our \$New;/);
  }
  const same = await runHere(["diff", `version:${spec}#1.0.0`, `version:${spec}#v1.0.0`]);
  assert.equal(same.code, 0, same.stdout + same.stderr);
  const absent = await runHere(["diff", `version:${spec}#9.9.9`, spec]);
  assert.match(absent.stderr, /No version and no tag “9\.9\.9” of “.*Acme\.sopm” is found/);
  const wrong = await runHere(["diff", `version:${spec}`, spec]);
  assert.match(wrong.stderr, /write it as version:SPEC#VERSION/);
});
