import assert from "node:assert/strict";
import { test } from "node:test";
import type { BuildMode } from "../../server/src/builder/build-mode.ts";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import { defaultLintSettings } from "../../server/src/engine/lint.ts";
import { lintFile } from "../../server/src/engine/lint-file.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { archiveText } from "../support/archive-text.ts";
import { filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";

const spec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.2.0</Version>
    <Vendor>R &amp; D</Vendor>
    <URL>https://acme.example/</URL>
    <License>MIT</License>
    <ChangeLog Version="1.2.0" Date="2026-01-01">
        New.
    </ChangeLog>
    <Description Lang="en">Contracts.</Description>
    <Framework Minimum="7.1.2">7.1.x</Framework>
    <PackageIsVisible>0</PackageIsVisible>
    <PackageMerge Name="Old" TargetVersion="1.0.0">
        <DatabaseUpgrade Type="merge"><TableDrop Name="acme_old"/></DatabaseUpgrade>
        <CodeUpgrade Type="merge">2;</CodeUpgrade>
    </PackageMerge>
    <CodeInstall><![CDATA[
        if (1 < 2) { 1; }
    ]]></CodeInstall>
    <CodeUninstall Type="pre">3;</CodeUninstall>
    <IntroInstall Lang="en" Title="Hello" Type="post">Text</IntroInstall>
    <DatabaseInstall Type="pre">
        <TableCreate Name="acme">
            <Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>
            <Index Name="acme_id"><IndexColumn Name="id"/></Index>
        </TableCreate>
    </DatabaseInstall>
    <DatabaseInstall Type="post">
        <Insert Table="acme"><Data Key="name" Type="Quote">a</Data></Insert>
    </DatabaseInstall>
    <DatabaseUninstall Type="post"><TableDrop Name="acme"/></DatabaseUninstall>
    <Filelist>
        <File Permission="660" Location="Kernel/A.pm"/>
        <File Permission="755" Location="bin/acme.pl"/>
    </Filelist>
</otrs_package>
`;

const files: Readonly<Record<string, string>> = {
  "Kernel/A.pm": "package A;\n1;\n",
  "bin/acme.pl": "print 1;\n",
};

function built(text: string, mode: BuildMode = "framework"): string {
  const stamp = { date: "2026-01-01 00:00:00", host: "host" };
  const plan = planArchive(SyntaxTree.parse(text), { mode, release: "znuny-7", stamp });
  assert.ok(plan.kind === "archive");
  return archiveText(plan.parts, (location) => new TextEncoder().encode(files[location]));
}

/** What is said of an archive beside a spec and its files, as "variant at the text of its place". */
async function told(
  archive: string,
  {
    text = spec,
    changes = {},
  }: { text?: string; changes?: Readonly<Record<string, string | undefined>> } = {},
): Promise<readonly string[]> {
  const disk = new MemoryWorkspace({ "/ws/Acme-1.2.0.opm": archive, "/ws/Acme.sopm": text });
  for (const [path, content] of Object.entries({ ...files, ...changes }))
    if (content !== undefined) disk.files.set(`/ws/${path}`, content);
  const linted = await lintFile("/ws/Acme-1.2.0.opm", defaultLintSettings, memoryWorld(filesOf(disk)));
  return linted.findings
    .filter(({ rule }) => rule === "opm-stale" || rule === "opm-phase-changed")
    .map(({ variant, span, arguments: values = {} }) =>
      [variant, archive.slice(span.start, span.end), values.element].filter(Boolean).join(" "),
    );
}

test("an archive that was just built says what its spec says, whoever has built it", async () => {
  for (const mode of ["framework", "opmbuild"] as const)
    assert.deepEqual(await told(built(spec, mode)), [], mode);
});

test("an archive of another version or another package is an older one or none of this spec", async () => {
  assert.deepEqual(
    await told(built(spec), { text: spec.replaceAll("1.2.0", "1.3.0").replace("R &amp; D", "X") }),
    [],
  );
  assert.deepEqual(
    await told(built(spec), { text: spec.replace(">Acme<", ">Other<").replace("MIT", "X") }),
    [],
  );
  assert.deepEqual(await told(built(spec), { text: "<otrs_package><Name>" }), []);
});

const changes: readonly (readonly [what: string, from: string, to: string, said: readonly string[]])[] = [
  ["a text", "R &amp; D", "Acme", ["element Vendor Vendor"]],
  ["an attribute", '"7.1.2"', '"7.1.3"', ["element Framework Framework"]],
  ["code", "if (1", "unless (1", ["element CodeInstall CodeInstall"]],
  ["a column", 'Type="BIGINT"', 'Type="INTEGER"', ["element TableCreate DatabaseInstall"]],
  ["the kind of a value", 'Key="name" Type="Quote"', 'Key="name"', ["element Insert DatabaseInstall"]],
  ["the mode of a file", 'Permission="755"', 'Permission="770"', ["file-attributes bin/acme.pl"]],
  ["a file of the list", "bin/acme.pl", "bin/acme.pm", ["file-left bin/acme.pl"]],
  ["the phase of code", '<CodeUninstall Type="pre"', '<CodeUninstall Type="post"', ["phase CodeUninstall"]],
  [
    "the phase of a table",
    '<DatabaseInstall Type="pre"',
    '<DatabaseInstall Type="post"',
    ["phase TableCreate"],
  ],
];
for (const [what, from, to, said] of changes)
  test(`${what} is another one in the spec: ${to}`, async () => {
    assert.deepEqual(await told(built(spec), { text: spec.replace(from, to) }), said);
  });

test("files are compared by their content", async () => {
  const archive = built(spec);
  assert.deepEqual(await told(archive, { changes: { "bin/acme.pl": "print 2;\n" } }), ["file bin/acme.pl"]);
  assert.deepEqual(await told(archive, { changes: { "bin/acme.pl": "print 12;\n" } }), ["file bin/acme.pl"]);
  // What is not there is told of the spec.
  assert.deepEqual(await told(archive, { changes: { "bin/acme.pl": undefined } }), []);
  const listed = spec.replace("<Filelist>", '<Filelist><File Permission="660" Location="Kernel/B.pm"/>');
  assert.deepEqual(await told(archive, { text: listed, changes: { "Kernel/B.pm": "1;" } }), [
    "file-missing otrs_package",
  ]);
});

test("an archive is compared and tried, and told of both", async () => {
  const refused = spec.replace(/(?=<\/TableCreate>)/, '<Column Name="id" Type="BIGINT"/>');
  const path = "/ws/Acme-1.2.0.opm";
  const archive = built(refused).replace("Contracts.", "Others.");
  const disk = new MemoryWorkspace({ [path]: archive, "/ws/Acme.sopm": refused });
  for (const [name, text] of Object.entries(files)) disk.files.set(`/ws/${name}`, text);
  const rules = { "column-duplicate": "off" } as const;
  const settings = { ...defaultLintSettings, rules };
  const world = memoryWorld(filesOf(disk));
  const { findings } = await lintFile(path, settings, world, { databases: ["mysql"] });
  const ids = findings.map(({ rule }) => rule);
  for (const rule of ["opm-stale", "statement-makes-twice"])
    assert.ok(ids.includes(rule), `${rule} of ${ids}`);
});
