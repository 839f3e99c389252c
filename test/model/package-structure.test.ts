import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../../server/src/dialect/switches.ts";
import { readStructure } from "../../server/src/model/package-structure.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { otrs31 } from "../support/package-text.ts";
import { withoutHanging } from "../support/without-hanging.ts";

function read(text: string, release: Release = "znuny-7") {
  return readStructure(SyntaxTree.parse(text), release);
}

test("the last of a single element counts, at whatever depth", () => {
  const { structure } = read("<p><Version>1</Version><Foo><Version>2</Version></Foo></p>");
  assert.deepEqual(structure?.single.Version?.content, "2");
  assert.equal(structure?.single.Version?.level, 3);
  assert.equal(structure?.single.Version?.parent, "Foo");
});

test("text behind a child is lost, comments are not there, CDATA is text", () => {
  const { structure } = read("<p><OS>a<!-- b --><![CDATA[<c>]]>&amp;<d/>e</OS></p>");
  assert.equal(structure?.repeated.OS[0]?.content, "a<c>&");
});

test("line breaks in an attribute become blanks, those that are written as numbers stay", () => {
  const { structure } = read('<p><OS A="1\r\n2\t3&#10;4">x</OS></p>');
  assert.equal(structure?.repeated.OS[0]?.attributes.get("A"), "1 2 3\n4");
});

test("a section without Type belongs to the phase of the one before it", () => {
  const { structure } = read(
    '<p><DatabaseInstall/><DatabaseInstall Type="pre"/><DatabaseInstall Type=""/><DatabaseUpgrade/></p>',
  );
  const phases = (family: "DatabaseInstall" | "DatabaseUpgrade") =>
    [...structure!.database[family]].map(([phase, tags]) => [phase, tags.map(({ count }) => count)]);
  assert.deepEqual(phases("DatabaseInstall"), [
    ["post", [2, 3]],
    ["pre", [4, 5, 6, 7]],
  ]);
  assert.deepEqual(phases("DatabaseUpgrade"), [["post", [8, 9]]]);
});

test("intros in the form of OTRS 2.2 are read by the OTRS line alone", () => {
  const text = "<p><IntroInstallPre>a</IntroInstallPre><IntroReinstallPost>b</IntroReinstallPost></p>";
  const { structure } = read(text);
  assert.deepEqual(
    structure?.repeated.IntroInstall.map(({ content, attributes }) => [content, attributes.get("Type")]),
    [["a", "pre"]],
  );
  assert.deepEqual(structure?.repeated.IntroReinstall, []);
  assert.deepEqual(read(text, "otobo-11").log, [{ id: "no-known-tag" }]);
});

test("a forbidden location is left out and said, but not in OTRS 3", () => {
  const text = '<p><Filelist><File Location="../a"/><File Location="var/b"/></Filelist></p>';
  const { structure, log } = read(text);
  assert.deepEqual(
    structure?.files.map(({ attributes }) => attributes.get("Location")),
    ["var/b"],
  );
  assert.equal(log[0]?.id === "forbidden-location" && log[0].location, "../a");
  assert.equal(read(text, otrs31).structure?.files.length, 2);
});

test("older frameworks do not know what came later", () => {
  const text = "<p><Name/><PackageMerge/><PackageIsVisible/><PackageAllowDirectUpdate/></p>";
  const known = (release: Release) => Object.keys(read(text, release).structure!.single);
  assert.deepEqual(known(otrs31), ["Name"]);
  assert.deepEqual(known("otrs-legacy"), ["Name", "PackageIsVisible"], "OTRS 4.0");
  assert.deepEqual(known({ dialect: "otrs-6", version: "6.0.5" }), ["Name", "PackageIsVisible"]);
  assert.deepEqual(known("otrs-5"), ["Name", "PackageIsVisible"]);
  assert.deepEqual(known("otrs-6"), ["Name", "PackageIsVisible", "PackageAllowDirectUpdate"]);
  assert.equal(read(text, otrs31).structure?.repeated.PackageMerge.length, 0);
});

test("an empty CDATA section is an empty text for OTOBO 11 and none for the others", () => {
  const text = "<p><OS><![CDATA[]]></OS></p>";
  assert.equal(read(text, "otobo-11").structure?.repeated.OS[0]?.content, "");
  assert.equal(read(text, "otobo-10").structure?.repeated.OS[0]?.content, undefined);
  assert.equal(read(text, "znuny-7").structure?.repeated.OS[0]?.content, undefined);
});

test("entities of the document stand for their texts, those that name a file for nothing", () => {
  const declarations =
    '<!ENTITY a "1&b;&#60;"><!ENTITY b \'2\'><!ENTITY f SYSTEM "/etc/passwd"><!-- <!ENTITY a "no"> -->';
  const { structure } = read(`<!DOCTYPE p [${declarations}]><p><OS A="x&a;b">&a;&f;.</OS></p>`);
  assert.equal(structure?.repeated.OS[0]?.content, "12<.");
  assert.equal(structure?.repeated.OS[0]?.attributes.get("A"), "x12<b");
});

test("entities that grow without end are not expanded", () => {
  const laughs = Array.from(
    { length: 30 },
    (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
  );
  for (const declarations of [
    `<!ENTITY e0 "ha">${laughs.join("")}`,
    '<!ENTITY e30 "&x;"><!ENTITY x "&e30;">',
  ]) {
    const text = `<!DOCTYPE p [${declarations}]><p><OS>&e30;</OS></p>`;
    assert.deepEqual(
      withoutHanging(() => read(text)),
      {
        structure: undefined,
        log: [{ id: "malformed" }],
        malformed: "refused",
      },
    );
  }
});

test("a text that is not well-formed has no structure", () => {
  for (const text of ["", "<p>", "<p><Name>&</Name></p>", "<p/><p/>"]) {
    const reading = read(text, "otobo-11");
    assert.deepEqual(reading, { structure: undefined, log: [{ id: "malformed" }], malformed: "refused" });
    assert.equal(read(text).structure, undefined);
  }
});

test("where there is a lenient parser, it is said whether it takes over", () => {
  for (const [text, malformed] of [
    ["<p>\n<a>", "refused"],
    ["<p>\n<Name>&</Name></p>", "accepted"],
    ["<p>\n<a b=c/></p>", "unknown"],
    ["<p>\n<a b=c></a></p>", "refused"],
    ["<p>\n<a b=c/></b></p>", "unknown"],
  ] as const) {
    const { log, ...reading } = read(text);
    assert.equal(reading.malformed, malformed, text);
    const first = { id: "read-leniently", line: 2 };
    assert.deepEqual(log, malformed === "refused" ? [first, { id: "malformed" }] : [first], text);
  }
});
