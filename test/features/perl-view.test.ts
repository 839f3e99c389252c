import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type PerlView, perlView, perlViewAt } from "../../server/src/features/perl-view.ts";
import { codeText } from "../../server/src/model/code-text.ts";
import { codeFamilies } from "../../server/src/model/package-spec.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { featureDocument } from "../support/feature-document.ts";
import { withCaret } from "../support/marked.ts";
import { sharedFolder } from "../support/shared.ts";

const linesOf = (text: string) => text.split(/\r\n?|\n/);

/** Every character of code stands in the line and column that it has in the spec, and nothing else is there. */
function assertInPlace(text: string, views: readonly PerlView[], name: string): void {
  const { tree, spec } = featureDocument(text);
  const whole = text.split("");
  for (const view of views) {
    const lines = linesOf(view.text);
    const isShown = (offset: number) => view.spans.some(({ start, end }) => start <= offset && offset < end);
    const code = new Map<string, string>();
    for (const section of spec.sections(codeFamilies)) {
      const { indexAt, text: perl } = codeText(section);
      const { start, end } = section.contentSpan;
      for (let offset = start; offset < end; offset++) {
        const index = isShown(offset) ? indexAt(offset) : undefined;
        const next = isShown(offset) ? indexAt(offset + 1) : undefined;
        // What begins here and ends in the same piece is written as it stands.
        if (index === undefined || next !== index + 1 || perl[index] !== whole[offset]) continue;
        const { line, character } = tree.source.positionAt(offset);
        if (!/[\r\n]/.test(whole[offset]!)) code.set(`${line}:${character}`, whole[offset]!);
      }
    }
    for (const [place, character] of code) {
      const [line, column] = place.split(":").map(Number);
      assert.equal(lines[line!]?.[column!], character, `${name}, ${place}`);
    }
    const source = linesOf(text);
    assert.ok(lines.length <= source.length, name);
    for (const [line, written] of lines.entries()) assert.ok(written.length <= source[line]!.length, name);
  }
}

const shapes: Readonly<Record<string, string>> = {
  CDATA:
    '<otrs_package>\n  <CodeInstall Type="post"><![CDATA[\n\tmy $A = 1;\n  ]]></CodeInstall>\n</otrs_package>',
  "code on the line of the tag":
    "<otrs_package><CodeInstall><![CDATA[my $A;\n]]></CodeInstall></otrs_package>",
  escaped:
    "<otrs_package>\n<CodeInstall>\n if ($A &gt; 1 &amp;&amp; $B &lt;= 2) { $C-&gt;D(); }\n</CodeInstall></otrs_package>",
  "several sections":
    "<otrs_package>\n<CodeInstall>my $A;</CodeInstall><CodeUpgrade><![CDATA[my $B;]]></CodeUpgrade>\n<CodeInstall>my\n$C;</CodeInstall></otrs_package>",
  CRLF: "<otrs_package>\r\n<CodeInstall>\r\n<![CDATA[\r\n  my $A;\r\n\r\n  my $B;\r\n]]></CodeInstall>\r\n<CodeUpgrade>x();\r\n</CodeUpgrade></otrs_package>",
  CR: "<otrs_package>\r<CodeInstall>my $A;\rmy $B;</CodeInstall><CodeUpgrade>x();</CodeUpgrade></otrs_package>",
  "tabs and astral characters":
    '<otrs_package>\n\t<Name>😀</Name>\t<CodeInstall>\t<!-- 😀 -->my $A = "😀"; my $B;&#128512;x();</CodeInstall></otrs_package>',
  "comments and parts of CDATA":
    "<otrs_package><CodeInstall>a();<!-- b\nc --><![CDATA[d();]]>\n e();<![CDATA[f();]]></CodeInstall></otrs_package>",
  "an element in code": "<otrs_package><CodeInstall>a();<b>c();</b>\nd();</CodeInstall></otrs_package>",
  "unfinished CDATA": "<otrs_package>\n<CodeInstall><![CDATA[\n  my $A = ",
  "a section without an end":
    "<otrs_package>\n<CodeInstall>a();\n<CodeUpgrade>b();</CodeUpgrade></otrs_package>",
};

for (const [name, text] of Object.entries(shapes)) {
  test(`Perl for others: ${name}`, () => {
    const document = featureDocument(text);
    const whole = perlView(document);
    assert.ok(whole);
    assert.match(whole.text, /\S/);
    const views = Array.from(text, (_, offset) => perlViewAt(document, offset)).filter((view) => view);
    assert.ok(views.length > 0);
    assertInPlace(text, [whole, ...views] as PerlView[], name);
  });
}

test("each section has a text of its own, and all together have one", () => {
  const { text } = { text: shapes["several sections"]! };
  const document = featureDocument(text);
  const at = (code: string) => perlViewAt(document, text.indexOf(code));
  assert.deepEqual([at("$A")?.section, at("$B")?.section, at("$C")?.section], [1, 2, 3]);
  assert.equal(at("$B")?.text, `\n${" ".repeat(55)}my $B;   `);
  assert.equal(at("$C")?.text.replaceAll("\n", ""), `${" ".repeat(13)}my$C;`);
  assert.equal(
    perlView(document)?.text,
    `\n${" ".repeat(13)}my $A;${" ".repeat(36)}my $B;   \n${" ".repeat(13)}my\n$C;`,
  );
  assert.equal(perlView(document)?.section, 0);
});

test("what is escaped is Perl, its signs in one piece and in their columns", () => {
  const code = (written: string) =>
    perlViewAt(featureDocument(`<a><CodeInstall>x ${written} y</CodeInstall></a>`), 17)?.text.slice(18);
  assert.equal(code("$A-&gt;{b}"), "$A->   {b} y");
  assert.equal(code("&lt;= 1"), "   <= 1 y");
  assert.equal(code("$A &lt;=&gt; $B"), "$A    <=>    $B y");
  assert.equal(code("$A &amp;&amp; $B"), "$A &&         $B y");
  assert.equal(code("=&gt; &quot;b&quot;"), '=>    "     b"      y');
  assert.equal(code("a&#10;b &#x41; &nbsp;"), "a     b A      &nbsp; y");
});

test("a place tells whether what is inserted there is escaped", () => {
  const isEscaped = (marked: string) => {
    const { text, caret } = withCaret(`<otrs_package>${marked}</otrs_package>`);
    return perlViewAt(featureDocument(text), caret)?.isEscaped;
  };
  assert.equal(isEscaped("<CodeInstall>$Self-&gt;|</CodeInstall>"), true);
  assert.equal(isEscaped("<CodeInstall>|$Self</CodeInstall>"), true);
  assert.equal(isEscaped("<CodeInstall><![CDATA[|]]></CodeInstall>"), false);
  assert.equal(isEscaped("<CodeInstall><![CDATA[ $A->|"), false);
});

test("markup, references and what is no code have no Perl", () => {
  for (const marked of [
    "<Code|Install>x</CodeInstall>",
    "<CodeInstall Ty|pe='post'>x</CodeInstall>",
    "<CodeInstall>x &a|mp; y</CodeInstall>",
    "<CodeInstall>x <!-- | --> y</CodeInstall>",
    "<CodeInstall><![CD|ATA[x]]></CodeInstall>",
    "<CodeInstall>x <b>|</b> y</CodeInstall>",
    "<IntroInstall>x|</IntroInstall>",
    "<Name>A|</Name><CodeInstall>x</CodeInstall>",
  ]) {
    const { text, caret } = withCaret(`<otrs_package>${marked}</otrs_package>`);
    assert.equal(perlViewAt(featureDocument(text), caret), undefined, marked);
  }
  assert.equal(perlView(featureDocument("<otrs_package><Name>A</Name></otrs_package>")), undefined);
});

const corpus = sharedFolder("corpus");

test("the Perl of real specs is where it is in them", { skip: !corpus }, () => {
  let sections = 0;
  for (const name of readdirSync(corpus!, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".sopm")) continue;
    const { text } = decodeText(readFileSync(join(corpus!, name)));
    const view = perlView(featureDocument(text));
    if (!view) continue;
    sections += view.spans.length;
    assertInPlace(text, [view], name);
  }
  assert.ok(sections > 100, `${sections} sections`);
});
