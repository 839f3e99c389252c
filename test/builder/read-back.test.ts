import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type BuildMode, buildModes } from "../../server/src/builder/build-mode.ts";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import { type ReadBackDifference, readBack } from "../../server/src/builder/read-back.ts";
import { type DialectId, dialectIds } from "../../server/src/dialect/dialect.ts";
import type { PlannedElement } from "../../server/src/host/archive-writer.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { sharedFolder } from "../support/shared.ts";

interface Built {
  readonly text: string;
  readonly elements: readonly PlannedElement[];
}

/** Of every third file there is no content. */
const markOf = (file: number) => (file % 3 === 1 ? "" : `content ${file}`);

/** Undefined for what is not built, or not read back. */
function build(spec: string, mode: BuildMode, dialect: DialectId = "znuny-7"): Built | undefined {
  const stamp = { date: "2024-01-02 03:04:05", host: "a & b" };
  const plan = planArchive(SyntaxTree.parse(spec), { mode, release: dialect, stamp });
  if (plan.kind !== "archive" || !plan.elements) return undefined;
  let files = 0;
  const texts = plan.parts.map((part) => {
    if (part.kind === "text") return part.text;
    const mark = markOf(files++);
    return mark === "" ? part.whenEmpty : part.start + mark + part.end;
  });
  return { text: texts.join(""), elements: plan.elements };
}

function differenceIn({ elements }: Built, text: string): ReadBackDifference | undefined {
  return readBack(text, elements, markOf);
}

function spec(content: string): string {
  return `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0"><Name>A</Name><Version>1.0.0</Version><Vendor>V</Vendor><License>L</License><Description Lang="en">D</Description>${content}</otrs_package>`;
}

const oddities: Readonly<Record<string, string>> = {
  "blanks, numbers and what looks like a value":
    "<URL>  007  </URL><ChangeLog>true</ChangeLog><ChangeLog>1e3</ChangeLog><ChangeLog>0x10</ChangeLog><ChangeLog> \n </ChangeLog>",
  references:
    "<ChangeLog>&lt;a&gt; &amp;amp; &quot;&apos; &#228;&#xE4;&#128512; &#13; &#9;x &amp;#10; &amp;lt;</ChangeLog>",
  "CDATA and comments":
    '<CodeInstall><![CDATA[if ($a < 1 && $b > 2) { print "]]"; }]]></CodeInstall><ChangeLog>one<!-- <two> -->three<![CDATA[]]></ChangeLog>',
  "attributes with line breaks, tabs and quotes":
    '<ChangeLog Version="a\nb\tc&#10;d&#13;&#10;e" Date=\'say "x" &amp; &lt;y>\'>t</ChangeLog>',
  "line breaks of all kinds": "<ChangeLog>a\r\nb\rc\nd</ChangeLog>",
  "elements without content": '<PackageMerge Name="B" TargetVersion="2.0.0"/><OS/><OS></OS><OS> </OS>',
  "names that objects have for themselves":
    '<constructor a="1">b</constructor><__proto__/><toString hasOwnProperty="1" constructor="2" __proto__="3"/>',
  "names in front of which there is something": "<_A/><A-b.c>x</A-b.c><x:y xmlns:x='urn:x'/><Ä>ö</Ä>",
  "texts around children": "<Odd>a<B>b</B>c<D/>e</Odd>",
  "files with something in them":
    '<Filelist><File Location="a" Permission="660">old &amp; <!-- c --> <B>x</B></File><File Location="bc"/>\n<Other><File Location="ddd">x</File></Other></Filelist><File>y</File>',
  "a database section":
    '<DatabaseInstall Type="pre"><TableCreate Name="t" Type="x"> text <Column Name="a" Required="true" Type="INTEGER"/> more <Unique Name="u">x<UniqueColumn Name="a"/></Unique></TableCreate><Insert Table="t"><Data Key="a">0</Data><Data Key="b" Type="Quote"> b\n</Data></Insert></DatabaseInstall>',
  "another root": "",
  "a file in a database section":
    "<DatabaseInstall><File Location='x'><File>y</File></File></DatabaseInstall>",
  "characters from everywhere": "<ChangeLog>\u0085\u2028\ufeff😀 é e\u0301 \u00ad</ChangeLog>",
};

for (const [what, content] of Object.entries(oddities)) {
  for (const mode of buildModes) {
    test(`${what}: an archive of mode ${mode} reads as it was planned`, () => {
      for (const dialect of mode === "framework" ? dialectIds : (["znuny-7"] as const)) {
        for (const text of [
          spec(content),
          `${spec(content).replace(/^<\?.*?\?>/, "<!DOCTYPE otrs_package>")}\n<!-- end -->`,
        ]) {
          const built = build(
            what === "another root" ? text.replaceAll("otrs_package", "a.b") : text,
            mode,
            dialect,
          );
          assert.ok(built, dialect);
          assert.equal(differenceIn(built, built.text), undefined, `${dialect}\n${built.text}`);
        }
      }
    });
  }
}

test("the archives of every spec at hand read as they were planned", () => {
  const folders = [join(import.meta.dirname, "../fixtures"), join(import.meta.dirname, "../../examples")];
  for (const name of ["corpus", "vectors", "vectors-znuny", "vectors-otrs-6", "cases"]) {
    const folder = sharedFolder(name);
    if (folder) folders.push(folder);
  }
  let count = 0;
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!/\.s?opm$/.test(name)) continue;
      const { text, problem } = decodeText(readFileSync(join(folder, name)));
      if (problem) continue;
      for (const [mode, dialect] of [
        ["framework", "znuny-7"],
        ["framework", "otrs-5"],
        ["opmbuild", "znuny-7"],
      ] as const) {
        const built = build(text, mode, dialect);
        // The frameworks' builders make archives of some specs that nobody can read, and so do we.
        if (!built || !SyntaxTree.parse(built.text).isWellFormed) continue;
        assert.equal(differenceIn(built, built.text), undefined, `${name} for ${dialect}, ${mode}`);
        count++;
      }
    }
  }
  assert.ok(count > 0);
});

test("an archive that the builder itself has made malformed is noticed", () => {
  const broken = spec(`<DatabaseInstall Type='a"&lt;b'><TableDrop Name="t"/></DatabaseInstall>`);
  const built = build(broken, "framework")!;
  assert.ok(!SyntaxTree.parse(built.text).isWellFormed);
  assert.equal(differenceIn(built, built.text)?.kind, "unreadable");
});

const changed: Readonly<Record<string, readonly [from: string, to: string, ReadBackDifference["kind"]]>> = {
  "another name": ["<Name>A</Name>", "<Nam>A</Nam>", "element"],
  "an end tag of another name": ["A</Name>", "A</Nane>", "unreadable"],
  "a missing end tag": ["</License>", "", "unreadable"],
  "a missing end": ["</otrs_package>", "", "unreadable"],
  "another text": ["<Vendor>V<", "<Vendor>W<", "element"],
  "a text with a blank more": ["<Vendor>V<", "<Vendor>V <", "element"],
  "an escape too few": ["a &amp; b", "a & b", "unreadable"],
  "an escape too many": ["a &amp; b", "a &amp;amp; b", "element"],
  "another attribute": ['Lang="en"', 'Lang="de"', "element"],
  "an attribute too many": ['Lang="en"', 'Lang="en" X=""', "element"],
  "an attribute too few": [' Lang="en"', "", "element"],
  "an element too many": ["</otrs_package>", "<B></B></otrs_package>", "element"],
  "an element too few": ["<BuildHost>a &amp; b</BuildHost>", "", "element"],
  "two elements in the place of one": ["<Name>A</Name>", "<Name>A</Name><Name>A</Name>", "element"],
  "something in the layout": ["<Filelist>\n", "<Filelist>x\n", "element"],
  "another content": ["content 0", "content 2", "element"],
  "no content": ["content 0", "", "element"],
  "a content where there is none": ["></File>", ">content 1</File>", "element"],
  "two files in the place of each other": ["Kernel/a", "abc", "element"],
  "a file too few": [
    `        <File Location="Kernel/a" Permission="660" Encode="Base64">content 0</File>\n`,
    "",
    "element",
  ],
  "a name of a file": ["Kernel/a", "Kernel/b", "element"],
  nothing: ["", "", "element"],
};
for (const [what, [from, to, kind]] of Object.entries(changed)) {
  test(`${what} is noticed`, () => {
    const files =
      '<Filelist><File Location="Kernel/a" Permission="660"/><File Location="abc" Permission="660"/></Filelist>';
    const built = build(spec(files), "framework")!;
    assert.ok(built.text.includes(from), built.text);
    const other = from === "" ? "" : built.text.replace(from, to);
    assert.equal(differenceIn(built, other)?.kind, kind);
  });
}

test("an archive that the parser cannot read reliably is not read back", () => {
  assert.equal(build(spec("<?php it's ?>"), "opmbuild"), undefined);
  assert.equal(build(spec(`<ChangeLog>${"x".repeat(1_000_001)}</ChangeLog>`), "framework"), undefined);
  assert.ok(build(spec("<?php it's ?>"), "framework"), "it writes no instruction");
});
