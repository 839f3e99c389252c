import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contentsOfArchive, readCutArchive } from "../../server/src/builder/contents-of-archive.ts";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { ContentCutter } from "../../server/src/builder/cut-contents.ts";
import { saysNo, summaryOf } from "../../server/src/builder/package-summary.ts";
import type { Release } from "../../server/src/dialect/switches.ts";
import { contentOf, type FileContent } from "../../server/src/host/file-content.ts";
import { decodeBase64 } from "../../server/src/model/base64.ts";
import { readStructure } from "../../server/src/model/package-structure.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { bytesOf } from "../support/known-system.ts";
import { otrs31 } from "../support/package-text.ts";
import { sharedFolder } from "../support/shared.ts";
import { withoutHanging } from "../support/without-hanging.ts";

function archived(text: string | Uint8Array) {
  return contentsOfArchive(typeof text === "string" ? Buffer.from(text) : text, "a.opm", "znuny-7", "d");
}

function noteIds(text: string | Uint8Array): string[] {
  return archived(text).notes.map(({ id }) => id);
}

test("contents are decoded only when somebody asks", () => {
  const { files } = archived(
    '<p><Name>A</Name><Filelist><File Location="a" Permission="644" Type="replace" Encode="Base64">aGVsbG8=</File>' +
      '<File Location="b" Permission="644">h&amp;\u00e4</File><File Location="c"/></Filelist></p>',
  );
  const [encoded, plain, empty] = files;
  assert.equal(encoded?.content?.size, 5);
  assert.equal(encoded?.type, "replace");
  assert.equal(bytesOf(encoded!.content!).toString(), "hello");
  assert.equal(plain?.content?.size, 4);
  assert.equal(bytesOf(plain!.content!).toString(), "h&\u00e4");
  assert.equal(empty?.content, undefined);
  assert.equal(empty?.permission, undefined);
});

test("Base64 that is no Base64 has the size of what comes out of it", () => {
  for (const text of ["====", "a", "YQ==YQ==", "Y\u{1F600}Q", "!!!!", "YQ=", " 0"]) {
    const { files } = archived(
      `<p><Filelist><File Location="a" Encode="Base64">${text}</File></Filelist></p>`,
    );
    const content = files[0]?.content;
    if (content) assert.equal(bytesOf(content).length, content.size, text);
  }
});

const base64 = "QUJD".repeat(200);

/** What stands in a place where a long text of Base64 may be cut out, and what is read there. */
const longTexts: readonly (readonly [name: string, xml: string])[] = [
  ["in a file", `<Filelist><File Location="a" Encode="Base64">${base64}</File></Filelist>`],
  [
    "in two files",
    `<Filelist><File Encode="Base64">${base64}</File><File Encode="Base64">${base64}=</File></Filelist>`,
  ],
  [
    "in a file with line breaks",
    `<Filelist><File Encode="Base64">\r\n ${base64}\r\n${base64}\n</File></Filelist>`,
  ],
  ["in a file that is not encoded", `<Filelist><File Location="a">${base64}\r\n</File></Filelist>`],
  [
    "in a file that is left out",
    `<Filelist><File Location="../a" Encode="Base64">${base64}</File></Filelist>`,
  ],
  ["in code", `<CodeInstall>${base64}</CodeInstall>`],
  [
    "in code and a file",
    `<CodeInstall>${base64}</CodeInstall><Filelist><File Encode="Base64">${base64}</File></Filelist>`,
  ],
  [
    "in a description among files",
    `<Filelist><Description Encode="Base64">${base64}</Description></Filelist>`,
  ],
  ["in a comment", `<Filelist><File Encode="Base64"><!-- > ${base64}<! -->QQ==</File></Filelist>`],
  ["in CDATA", `<Filelist><File Encode="Base64"><![CDATA[>${base64}<]]></File></Filelist>`],
  ["in an attribute", `<Filelist><File B=">${base64}" Encode="Base64">QQ==</File></Filelist>`],
  ["behind a child", `<Filelist><File Encode="Base64">QQ==<b/>${base64}</File></Filelist>`],
  ["before an entity", `<Filelist><File Encode="Base64">${base64}&amp;</File></Filelist>`],
  ["as blanks alone", `<Filelist>${" ".repeat(1000)}<File Encode="Base64">QQ==</File></Filelist>`],
  [
    "beside something like a mark",
    `<Filelist><File Encode="Base64">=cut0=</File><File Encode="Base64">${base64}</File></Filelist>`,
  ],
  [
    "beside a mark in an attribute",
    `<Filelist><File Location="=cut0=" Encode="Base64">${base64}</File></Filelist>`,
  ],
  ["without an end", `<Filelist><File Encode="Base64">${base64}`],
];
for (const [name, xml] of longTexts) {
  test(`a long text of Base64 ${name} is read as any other`, () => {
    const text = `<p><Name>A</Name>${xml}${name === "without an end" ? "" : "</p>"}`;
    const { structure, files, log } = archived(text);
    const reading = readStructure(SyntaxTree.parse(text), "znuny-7");
    assert.deepEqual(
      log.map(({ id }) => id),
      reading.log.map(({ id }) => id),
    );
    assert.deepEqual(
      structure?.repeated.CodeInstall.map(({ content }) => content),
      reading.structure?.repeated.CodeInstall.map(({ content }) => content),
    );
    assert.deepEqual(
      structure?.repeated.Description.map(({ content }) => content),
      reading.structure?.repeated.Description.map(({ content }) => content),
    );
    assert.deepEqual(
      files.map(({ content, tag }) => [
        content && bytesOf(content).toString(),
        content?.size,
        tag.size,
        [...tag.attributes],
      ]),
      (reading.structure?.files ?? []).map(({ content, size, attributes }) => {
        const bytes =
          content === undefined
            ? undefined
            : attributes.get("Encode") === "Base64"
              ? decodeBase64(content)
              : Buffer.from(content);
        return [bytes && Buffer.from(bytes).toString(), size, size, [...attributes]];
      }),
    );
  });
}

test("an archive that comes in pieces of any length is cut in the same places", () => {
  const text = Buffer.from(
    `<p><Name>A</Name><Filelist><File Encode="Base64">${base64}</File>\n<File>${base64.slice(0, 300)} </File></Filelist></p>`,
  );
  const cutIn = (length: number) => {
    const cutter = new ContentCutter();
    const piece = Buffer.alloc(length);
    for (let start = 0; start < text.length; start += length) {
      cutter.push(piece.subarray(0, text.copy(piece, 0, start, start + length)));
    }
    return cutter.finish();
  };
  const whole = cutIn(text.length);
  assert.equal(whole?.regions.length, 2);
  for (const length of [1, 2, 3, 7, 64, 255, 256, 257, 1000])
    assert.deepEqual(cutIn(length), whole, `${length}`);
});

test("what is no content of a file is put back, and contents of files stay cut out", async () => {
  const file = `<File Location="a" Encode="Base64">${base64}</File>`;
  const code = `<CodeInstall>${base64}</CodeInstall>`;
  const blanks = " ".repeat(1000);
  const text = `<p>${code}<Filelist>${file}${blanks}${file}</Filelist>${code}</p>`;
  const bytes = Buffer.from(text);
  const cutter = new ContentCutter();
  cutter.push(bytes);
  const cut = cutter.finish();
  assert.equal(cut?.regions.length, 5);
  // Each piece is overwritten when the next one is asked for.
  const piece = Buffer.alloc(300);
  const archive = {
    size: bytes.length,
    read: () => assert.fail("read as a whole"),
    async *pieces(start: number, end: number) {
      for (let at = start; at < end; at += piece.length)
        yield piece.subarray(0, bytes.copy(piece, 0, at, Math.min(end, at + piece.length)));
    },
  };
  const reading = await readCutArchive(archive, cut, undefined, "znuny-7", "d");
  const file0 = `<File Location="a" Encode="Base64">=cut0=</File>`;
  const expected = `<p>${code}<Filelist>${file0}${blanks}${file0.replace("0", "1")}</Filelist>${code}</p>`;
  assert.equal(Buffer.from(reading.cut!.rest).toString(), expected);
  for (const { start, end } of reading.cut!.regions) assert.equal(text.slice(start, end), base64);
  assert.equal(reading.cut!.regions.length, 2);
  assert.deepEqual(
    reading.contents.files.map(({ content }) => content?.size),
    [600, 600],
  );
});

const unreadable: readonly (readonly [name: string, bytes: string | Uint8Array, note: string | undefined])[] =
  [
    ["nothing at all", "", undefined],
    ["text that is no XML", "hello", undefined],
    ["an archive that was cut off", "<p><Name>A</Na", undefined],
    ["bytes that are no UTF-8", Uint8Array.from([60, 112, 62, 0xff, 60, 47, 112, 62]), "encoding"],
    ["UTF-16", Buffer.from("\ufeff<p><Name>A</Name></p>", "utf16le"), "encoding"],
    [
      "an encoding that nobody knows",
      '<?xml version="1.0" encoding="klingon"?><p><Name>A</Name></p>',
      "encoding",
    ],
    ["elements nested without end", `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`, undefined],
    [
      "entities that grow with each other",
      `<!DOCTYPE p [<!ENTITY a "${"x".repeat(1000)}">${[..."bcdefghij"]
        .map((name, index) => `<!ENTITY ${name} "${`&${"abcdefghij"[index]};`.repeat(10)}">`)
        .join("")}]><p><Name>&j;</Name></p>`,
      "entity-bomb",
    ],
    [
      "one large entity used often",
      `<!DOCTYPE p [<!ENTITY a "${"x".repeat(10_000)}">]><p><Name>${"&a;".repeat(2000)}</Name></p>`,
      "entity-bomb",
    ],
    [
      "an endless DOCTYPE",
      `<!DOCTYPE p [${"<!ENTITY a SYSTEM ".repeat(20_000)}>]><p><Name>A</Name></p>`,
      "entity-bomb",
    ],
  ];
for (const [name, bytes, note] of unreadable) {
  test(`nothing is read from ${name}`, () => {
    const contents = archived(bytes);
    assert.equal(contents.structure, undefined);
    assert.deepEqual(contents.files, []);
    assert.match(contents.log.at(-1)!.id, /^(?:malformed|too-deep)$/);
    assert.deepEqual(
      contents.notes.map(({ id }) => id),
      note ? [note] : [],
    );
    assert.equal(contents.archive.size, typeof bytes === "string" ? Buffer.byteLength(bytes) : bytes.length);
  });
}

test("an entity of the document itself stands for its text", () => {
  const contents = archived('<!DOCTYPE p [<!ENTITY a "Acme">]><p><Name>&a;</Name></p>');
  assert.equal(contents.structure?.single.Name?.content, "Acme");
  assert.deepEqual(contents.notes, []);
});

test("an entity that names a file stands for nothing, and is reported", () => {
  const contents = archived('<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]><p><Name>A&a;</Name></p>');
  assert.equal(contents.structure?.single.Name?.content, "A");
  assert.deepEqual(contents.notes, [{ id: "external-entity", name: "a" }]);
  assert.deepEqual(noteIds('<!DOCTYPE p SYSTEM "http://example.com/x.dtd"><p><Name>A</Name></p>'), [
    "external-entity",
  ]);
  assert.deepEqual(noteIds('<!DOCTYPE p [<!ENTITY % a PUBLIC "x" "y">]><p><Name>A</Name></p>'), [
    "external-entity",
  ]);
  assert.deepEqual(noteIds("<!DOCTYPE p><p><Name>A</Name></p>"), []);
});

test("an archive of very many files is read", () => {
  const file = '<File Location="a" Permission="644" Encode="Base64">YQ==</File>';
  withoutHanging(() => {
    const { files } = archived(`<p><Name>A</Name><Filelist>${file.repeat(100_000)}</Filelist></p>`);
    assert.equal(files.length, 100_000);
  });
});

test("a spec with a file that is missing says so, and goes on without its content", async () => {
  const tree = SyntaxTree.parse(
    '<p><Name>A</Name><Filelist><File Location="there" Permission="644"/><File Location="gone"/>' +
      '<File Location="empty"/><File/></Filelist></p>',
  );
  const there: Record<string, FileContent> = {
    there: contentOf(Uint8Array.of(1, 2, 3, 4)),
    empty: contentOf(new Uint8Array()),
  };
  const contents = contentsOfSpec(tree, "znuny-7", "A.sopm", (location) => there[location]);
  assert.deepEqual(
    contents.files.map(({ content }) => content?.size),
    [4, undefined, undefined, undefined],
  );
  assert.deepEqual(
    contents.build?.missingFiles.map(({ location }) => location),
    ["gone", undefined],
  );
  assert.deepEqual(
    contents.build?.refusals.map(({ values }) => values.name),
    ["Vendor", "License", "Description"],
  );
  const text = Buffer.from(await contents.archive.read()).toString();
  assert.match(text, /<File Location="there" Permission="644" Encode="Base64">AQIDBA==<\/File>/);
  assert.match(text, /<File Location="gone" Encode="Base64"><\/File>/);
});

test("a spec that was read again counts as another package", () => {
  const tree = SyntaxTree.parse("<p><Name>A</Name></p>");
  const read = () => contentsOfSpec(tree, "znuny-7", undefined, () => undefined);
  assert.notEqual(read().digest, read().digest);
});

for (const text of ["", "<p", "<p/>", "<p><q/></p>"]) {
  test(`a spec of which nothing can be read: ${JSON.stringify(text)}`, async () => {
    const contents = contentsOfSpec(SyntaxTree.parse(text), "znuny-7", undefined, () => undefined);
    assert.equal(contents.structure, undefined);
    assert.ok((contents.build?.refusals.length ?? 0) > 0);
    assert.equal((await contents.archive.read()).length, 0);
  });
}

test("one version of a spec is read once for each release that reads it otherwise, and files are looked for anew", () => {
  const text =
    '<p><Name>A</Name><Version>1</Version><PackageMerge Name="B"/><Filelist><File Location="a"/></Filelist></p>';
  const tree = SyntaxTree.parse(text);
  const read = (release: Release, file?: FileContent) => contentsOfSpec(tree, release, "a.sopm", () => file);
  const first = read("znuny-7");
  const second = read("znuny-7", contentOf(Buffer.from("1;")));
  assert.equal(second.structure, first.structure);
  assert.deepEqual([first.files[0]?.content, second.files[0]?.content?.size], [undefined, 2]);
  const older = read(otrs31);
  assert.deepEqual(
    [older, read("znuny-7")].map(({ release, structure }) => [
      release,
      structure?.repeated.PackageMerge.length,
    ]),
    [
      [otrs31, 0],
      ["znuny-7", 1],
    ],
  );
});

test("a summary tells a flag that is absent from one that is empty", () => {
  const contents = archived(
    "<p><Name>A</Name><PackageIsVisible></PackageIsVisible><PackageIsRemovable>1</PackageIsRemovable>" +
      '<PackageRequired Version="1.0">B</PackageRequired><PackageRequired>C</PackageRequired></p>',
  );
  const summary = summaryOf(contents);
  assert.deepEqual(summary.flags, { visible: "", downloadable: null, removable: "1" });
  assert.deepEqual(Object.values(summary.flags).map(saysNo), [true, false, false]);
  assert.deepEqual(summary.requiredPackages, [
    { name: "B", version: "1.0" },
    { name: "C", version: null },
  ]);
  assert.deepEqual(JSON.parse(JSON.stringify(summary)), summary);
  assert.equal(summaryOf(archived("")).readable, false);
});

const corpus = sharedFolder("corpus/opm");
for (const name of corpus ? readdirSync(corpus) : []) {
  test(`the archive ${name} holds what a plain reading finds in it`, () => {
    const bytes = readFileSync(join(corpus!, name));
    const { structure, files } = archived(bytes);
    const plain = readStructure(SyntaxTree.parse(decodeText(bytes).text), "znuny-7").structure;
    assert.deepEqual(Object.keys(structure?.single ?? {}), Object.keys(plain?.single ?? {}));
    assert.equal(files.length, plain?.files.length ?? 0);
    files.forEach(({ content }, index) => {
      const expected = plain!.files[index]!;
      assert.equal(content?.size, expected.size);
      const isEncoded = expected.attributes.get("Encode") === "Base64";
      if (content && isEncoded) assert.deepEqual(content.inMemory!(), decodeBase64(expected.content!));
    });
  });
}
