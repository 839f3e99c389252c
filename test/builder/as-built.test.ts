import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { type DialectId, dialectIds } from "../../server/src/dialect/dialect.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import type { PackageStructure, StartTag, Tag } from "../../server/src/model/package-structure.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { sharedFolder } from "../support/shared.ts";

/** Every spec is read as built, its archive is made and read back, and both have to say the same. */
function checkSpec(name: string, bytes: Uint8Array, dialect: DialectId): void {
  const { text, problem } = decodeText(bytes);
  const tree = SyntaxTree.parse(text);
  if (problem || !tree.isWellFormed) return;
  test(`${name} as built for ${dialect}`, async () => {
    const content = contentOf(new TextEncoder().encode("content"));
    const unbuilt = contentsOfSpec(tree, dialect, name, () => content);
    const archive = await unbuilt.archive.read();
    assert.equal(archive.length, unbuilt.archive.size);
    const built = contentsOfArchive(archive, name, dialect, "");
    if (!unbuilt.build || unbuilt.build.log.some(({ id }) => id === "no-known-tag")) {
      assert.equal(unbuilt.structure, undefined);
      return;
    }
    assert.equal(unbuilt.malformed, built.malformed);
    if (built.malformed !== undefined) {
      // What the lenient parsers of some products make of such an archive has no places in the spec.
      assert.equal(unbuilt.structure, undefined);
      return;
    }
    assert.deepEqual(forms(unbuilt), forms(built));
    assert.deepEqual(
      unbuilt.files.map((file) => [file.location, file.permission, file.type, file.content?.size]),
      built.files.map((file) => [file.location, file.permission, file.type, file.content?.size]),
    );
    assert.deepEqual(
      unbuilt.log.map(({ id }) => id),
      built.log.map(({ id }) => id),
    );
    if (unbuilt.structure) checkElements(unbuilt.structure, tree);
  });
}

/** What both kinds have in common: everything but elements, and what only an archive has of files. */
function forms({ structure }: PackageContents): unknown {
  if (!structure) return undefined;
  const { single, repeated, files, database } = structure;
  const form = (tag: Tag) => {
    if (tag.kind === "end") return tag;
    const { element: _, ...others } = tag;
    return { ...others, attributes: [...tag.attributes] };
  };
  const inFileList = new Set<Tag>(files);
  const formOf = (tag: Tag) =>
    inFileList.has(tag) && tag.kind === "start"
      ? form({ ...tag, content: undefined, size: undefined })
      : form(tag);
  const { BuildDate, BuildHost, ...others } = single;
  return {
    single: Object.fromEntries(Object.entries(others).map(([name, tag]) => [name, formOf(tag)])),
    stamps: [BuildDate?.count, BuildHost?.count],
    repeated: Object.fromEntries(Object.entries(repeated).map(([name, tags]) => [name, tags.map(formOf)])),
    files: files.map(formOf),
    database: Object.fromEntries(
      Object.entries(database).map(([name, phases]) => [
        name,
        [...phases].map(([phase, tags]) => [phase, tags.map(formOf)]),
      ]),
    ),
  };
}

/** A tag stands where the spec has it: the element has its name, or it is the root for what the builder added. */
function checkElements({ single, repeated, files, database }: PackageStructure, tree: SyntaxTree): void {
  const root = tree.root!;
  const starts = (tags: readonly Tag[]) => tags.filter((tag): tag is StartTag => tag.kind === "start");
  for (const tag of Object.values(single)) {
    if (tag.element.start !== root.start) assert.equal(tag.element.name, tag.name);
    else assert.match(tag.name, /^(Name|Version|BuildDate|BuildHost)$/);
  }
  for (const tag of Object.values(repeated).flat()) {
    assert.equal(tag.element.name.replace(/^(Intro\w+)(Pre|Post)$/, "$1"), tag.name);
  }
  for (const tag of files) assert.notEqual(tag.element.start, root.start);
  for (const phases of Object.values(database)) {
    for (const tag of starts([...phases.values()].flat())) {
      assert.equal(tag.element.name, tag.name);
      const content = tag.content?.trim() ?? "";
      if (content !== "") assert.equal(tag.element.text.value.trim(), content);
    }
  }
}

const sources = sharedFolder("vectors/build/sources");
const extra = sharedFolder("vectors-znuny/extra/build/sources");
for (const folder of [sources, extra]) {
  if (!folder) continue;
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".sopm")) continue;
    const bytes = readFileSync(join(folder, path));
    for (const dialect of dialectIds) checkSpec(basename(path), bytes, dialect);
  }
}

const corpus = sharedFolder("corpus/sopm");
if (corpus && existsSync(corpus)) {
  for (const name of readdirSync(corpus)) {
    const bytes = readFileSync(join(corpus, name));
    for (const dialect of ["znuny-7", "otobo-11", "otrs-5"] as const) checkSpec(name, bytes, dialect);
  }
}

/** Oddities that no package of the corpus has. */
const odd: readonly (readonly [name: string, content: string])[] = [
  ["no Name and no Version", "<Vendor>V</Vendor>"],
  [
    "a file list in a section",
    '<DatabaseInstall><Filelist><File Location="a"/></Filelist></DatabaseInstall>',
  ],
  [
    "a file list",
    '<Filelist><File Location="a&#10;b" TagKey="x" Size="3" Encode="plain" B="1" A="2"/></Filelist>',
  ],
  ["a location that becomes forbidden", '<Filelist><File Location="Kernel/Config&#10;pm"/></Filelist>'],
  ["markup in a phase", '<DatabaseInstall Type="a&quot;&lt;"><Insert/></DatabaseInstall>'],
  ["an attribute in a phase", '<DatabaseInstall Type="a&quot; B=&quot;"><Insert/></DatabaseInstall>'],
  [
    "elements in a phase",
    '<DatabaseInstall Type="a&quot;&gt;&lt;Name/&gt;&lt;X C=&quot;"><Insert/></DatabaseInstall>',
  ],
  [
    "a description in a section",
    "<Description>D</Description><DatabaseInstall><Insert><Description>E</Description></Insert></DatabaseInstall>",
  ],
  ["a version in a section", "<DatabaseInstall><Insert><Version>1</Version></Insert></DatabaseInstall>"],
  ["a section named like build data", "<DatabaseInstall><BuildHost/></DatabaseInstall>"],
  ["a name among files", '<Filelist><Name Location="b">N</Name></Filelist><Description>D</Description>'],
  [
    "intros for OTRS 2.2",
    "<Framework>2.2.x</Framework><IntroInstall>a</IntroInstall><IntroInstallPre>b</IntroInstallPre><IntroReinstall>c</IntroReinstall>",
  ],
  [
    "line breaks in attributes",
    '<PackageRequired Version="1&#10;2&#9;3">P</PackageRequired><CodeInstall>a&#13;b</CodeInstall>',
  ],
];
for (const [name, content] of odd) {
  for (const dialect of ["otrs-legacy", "otrs-5", "znuny-7", "otobo-11"] as const) {
    checkSpec(name, Buffer.from(`<otrs_package>${content}</otrs_package>`), dialect);
  }
}
