import assert from "node:assert/strict";
import { test } from "node:test";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import { type BuildOptions, planArchive } from "../../server/src/builder/plan-archive.ts";
import { refusalKinds } from "../../server/src/builder/refusal.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { archiveText } from "../support/archive-text.ts";
import { bytesOf } from "../support/known-system.ts";
import { otrs31 } from "../support/package-text.ts";

const options: BuildOptions = {
  mode: "framework",
  release: "znuny-7",
  stamp: { date: "2024-01-02 03:04:05", host: "builder.example" },
};

const needed = "<Vendor>V</Vendor><License>L</License><Description>D</Description>";
const named = `<Name>A</Name><Version>1.0.0</Version>${needed}`;

function spec(content: string): SyntaxTree {
  return SyntaxTree.parse(content.includes("<p>") ? content : `<p>${content}</p>`);
}

function readBack(archive: string) {
  return contentsOfArchive(Buffer.from(archive), "A-1.0.0.opm", "znuny-7", "");
}

/** The ids of all refusals; empty for an archive. */
function refusals(content: string, changes: Partial<BuildOptions> = {}): string[] {
  const plan = planArchive(spec(content), { ...options, ...changes });
  return plan.kind === "refused" ? plan.refusals.map(({ id }) => id) : [];
}

function built(content: string, changes: Partial<BuildOptions> = {}) {
  const plan = planArchive(spec(content), { ...options, ...changes });
  assert.equal(plan.kind, "archive", JSON.stringify(plan));
  if (plan.kind !== "archive") throw new Error("refused");
  return plan;
}

/** The text of an archive between root start tag and build data. */
function bodyOf(content: string, changes: Partial<BuildOptions> = {}): string {
  const text = archiveText(built(content, changes).parts, () => Buffer.from("x"));
  return text.slice(text.indexOf(">\n", 40) + 2, text.indexOf("    <BuildDate>")).trimEnd();
}

const refused: [why: string, content: string, ids: string[], changes?: Partial<BuildOptions>][] = [
  ["nothing is missing", named, []],
  ["not well-formed", `${named}<OS>`, ["malformed"]],
  ["no element of a package", "<Foo/>", ["no-known-tag"]],
  [
    "all that the builder asks for is missing",
    "<Name>A</Name>",
    ["missing-element", "missing-element", "missing-element"],
  ],
  ["empty elements are there", "<Vendor/><License/><Description/>", []],
  [
    "OTRS 3 asks for a name and a version too",
    needed,
    ["missing-element", "missing-element"],
    { release: otrs31 },
  ],
  [
    "OTRS 3 takes the version that is given",
    `<Name>A</Name>${needed}`,
    [],
    { release: otrs31, version: "1.0.0" },
  ],
  ["not downloadable", `${named}<PackageIsDownloadable>0</PackageIsDownloadable>`, ["not-downloadable"]],
  ["empty is not downloadable", `${named}<PackageIsDownloadable/>`, ["not-downloadable"]],
  ["any other word is downloadable", `${named}<PackageIsDownloadable>no</PackageIsDownloadable>`, []],
  [
    "OTRS 3 does not know what is downloadable",
    `${named}<PackageIsDownloadable>0</PackageIsDownloadable>`,
    [],
    { release: otrs31 },
  ],
  ["a version of three groups", named, [], { version: "10.20.3000" }],
  ["a version of four groups", named, ["version-form"], { version: "1.2.3.4" }],
  ["a version with letters", named, ["version-form"], { version: "1.2.3-rc1" }],
  ["a name with blanks", `<Name> A B </Name>${needed}`, []],
  ["a name that leads up", `<Name>../A</Name>${needed}`, ["name-leads-outside"]],
  ["a name that leads down", `<Name>B/A</Name>${needed}`, ["name-leads-outside"]],
  ["a name that leads up on Windows", `<Name>..\\A</Name>${needed}`, ["name-leads-outside"]],
  ["a version that leads up", `<Name>A</Name><Version>/../../B</Version>${needed}`, ["name-leads-outside"]],
  ["a name nested anywhere counts", `${named}<Foo><Name>../A</Name></Foo>`, ["name-leads-outside"]],
  ["a line break in the name", `<Name>A\n</Name>${needed}`, ["name-control-character"]],
  ["a name that no file system takes", `<Name>${"ä".repeat(130)}</Name>${needed}`, ["name-too-long"]],
  ["a DOCTYPE with nothing but a name", `<!DOCTYPE p><p>${named}</p>`, []],
  ["a DOCTYPE with an entity", `<!DOCTYPE p [<!ENTITY v "V">]><p>${named}</p>`, ["doctype"]],
  ["a DOCTYPE that names a file", `<!DOCTYPE p SYSTEM "p.dtd"><p>${named}</p>`, ["doctype"]],
  ["opmbuild asks for a version only", "<Name>A</Name>", ["missing-element"], { mode: "opmbuild" }],
  ["opmbuild takes everything else", "<Version>1</Version><Foo/>", [], { mode: "opmbuild" }],
  [
    "opmbuild leads nowhere else either",
    "<Name>../A</Name><Version>1</Version>",
    ["name-leads-outside"],
    { mode: "opmbuild" },
  ],
];
for (const [why, content, ids, changes] of refused) {
  test(`${ids.length > 0 ? "refused" : "built"}: ${why}`, () => {
    assert.deepEqual(refusals(content, changes), ids);
  });
}

test("every refusal has its own message", () => {
  const texts = Object.values(refusalKinds).map(({ text }) => text);
  assert.equal(new Set(texts).size, texts.length);
  for (const text of texts) assert.match(text, /\.$/);
});

test("an archive is named after what counts, the last of each", () => {
  assert.equal(built(`${named}<Foo><Version>2.0.0</Version></Foo>`).fileName, "A-2.0.0.opm");
  assert.equal(built(needed).fileName, "-.opm");
  assert.equal(built(named, { version: "3.2.1" }).fileName, "A-3.2.1.opm");
});

test("opmbuild names it after all names and the first version", () => {
  const content =
    "<Name>A<b>B</b></Name><Version>1</Version><Version>2</Version><Name>C</Name><Foo><Name>D</Name></Foo>";
  assert.equal(built(content, { mode: "opmbuild" }).fileName, "ABC-1.opm");
});

test("the version that is given is written, in the element that counts", () => {
  const content = `<Name>A</Name><Version Note="n">1.0.0</Version>${needed}<ChangeLog Version="1.0.0">c</ChangeLog>`;
  const text = bodyOf(content, { version: "2.0.0" });
  assert.match(text, /<Version Note="n">2\.0\.0<\/Version>/);
  assert.match(text, /<ChangeLog Version="1\.0\.0">/);
  const both = `<Name>A</Name><Version>1<!-- --></Version>${needed}<Version/>`;
  const opmbuild = archiveText(built(both, { mode: "opmbuild", version: "2.0.0" }).parts, () => undefined);
  assert.match(opmbuild, /<Version>2\.0\.0<\/Version>.*<Version\/>/s);
});

test("attributes under the framework's own names are not written", () => {
  const content = `${named}<OS Tag="a" TagType="a" TagLevel="a" TagCount="a" TagKey="a" TagLastLevel="a" Content="a" Encode="a" Tagged="b">x</OS>`;
  assert.match(bodyOf(content), /^ {4}<OS Tagged="b">x<\/OS>$/m);
});

test("an empty Type is none, and neither is one of 0", () => {
  const content = `${named}<CodeInstall Type="">a</CodeInstall><IntroInstall Type="0">b</IntroInstall>`;
  assert.match(bodyOf(content), /<IntroInstall Type="post">b<.*<CodeInstall Type="post">a</s);
});

test("a second start tag closes a file list", () => {
  const content = `${named}<Filelist><File Location="a"/><Filelist><File Location="b"/></Filelist><File Location="c"/></Filelist>`;
  const files = built(content).parts.filter((part) => part.kind === "file");
  assert.deepEqual(
    files.map(({ location }) => location),
    ["a", "c"],
  );
});

test("a file part tells where its element stands", () => {
  const content = `<p>${named}<Filelist><File Location="a"/></Filelist></p>`;
  for (const mode of ["framework", "opmbuild"] as const) {
    const [file] = built(content, { mode }).parts.filter((part) => part.kind === "file");
    assert.equal(content.slice(file!.span.start, file!.span.end), '<File Location="a"/>');
  }
});

test("the same plan gives the same parts", () => {
  const content = `${named}<Filelist><File Location="a" Permission="644"/></Filelist>`;
  assert.deepEqual(built(content).parts, built(content).parts);
});

test("an archive read back holds what the spec held", () => {
  const content = `${named}<CodeInstall><![CDATA[1 < 2;]]></CodeInstall><Filelist><File Location="a.bin" Permission="660"/><File Location="empty"/></Filelist>`;
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (const mode of ["framework", "opmbuild"] as const) {
    const text = archiveText(built(content, { mode }).parts, (location) =>
      location === "empty" ? undefined : bytes,
    );
    const { structure, files, log } = readBack(text);
    assert.deepEqual(log, []);
    assert.equal(structure?.single.Name?.content, "A");
    assert.equal(structure?.single.BuildHost?.content, "builder.example");
    assert.equal(structure?.repeated.CodeInstall[0]?.content, "1 < 2;");
    assert.equal(structure?.repeated.CodeInstall[0]?.attributes.get("Type"), "post");
    assert.deepEqual(
      files.map(({ location, permission, content }) => [location, permission, content?.inMemory?.()]),
      [
        ["a.bin", "660", bytes],
        ["empty", undefined, undefined],
      ],
    );
    assert.equal(files[0]?.tag.size, 256);
  }
});

test("content that is not said to be Base64 is taken literally", () => {
  const list =
    '<Filelist><File Location="a" Encode="base64">YQ==</File><File Location="b" Encode="Base64">Y Q\n=x=YQ</File></Filelist>';
  const { files } = readBack(`<p>${list}</p>`);
  assert.deepEqual(
    files.map(({ content }) => bytesOf(content!).toString()),
    ["YQ==", "a"],
  );
});
