import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProblemCode } from "../../server/src/syntax/problem.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { rebuiltText } from "../support/compare-trees.ts";
import { marked } from "../support/marked.ts";
import { renderTree } from "../support/render-tree.ts";

/** A text with «…» around each problem, and the problems in that order. */
type Case = readonly [name: string, markedText: string, ...codes: ProblemCode[]];

function checkProblems(markedText: string, codes: readonly ProblemCode[]): void {
  const { text, ranges } = marked(markedText, { open: "«", close: "»", caret: "¦" });
  const tree = SyntaxTree.parse(text);
  assert.deepEqual(
    tree.problems.map(({ code, span }) => ({ code, span, text: text.slice(span.start, span.end) })),
    ranges.map((span, index) => ({ code: codes[index], span, text: text.slice(span.start, span.end) })),
    renderTree(tree),
  );
  assert.equal(codes.length, ranges.length, "a code for every range");
  assert.equal(rebuiltText(tree), text, "the nodes make up the text");
}

const cases: readonly Case[] = [
  // What is right.
  ["an element", "<a>x</a>"],
  ["a declaration", '<?xml version="1.0" encoding="utf-8"?>\r\n<a/>\r\n'],
  ["no declaration", "<a/>"],
  ["a byte order mark", "\ufeff<?xml version='1.0'?><a/>"],
  ["carriage returns", "<a\r\n b='1'\r>\r\n</a\r\n>\r"],
  [
    "everything there is",
    "<!--c--><?p i?><!DOCTYPE a><a b='&lt;' c=\"'\">x&#9;<![CDATA[]]]]><b/></a><!---->",
  ],
  ["an element within one of its name", "<a><a></a><a/></a>"],

  // Tags that are not closed.
  ["a missing end tag", "<a><«b»>x</a>", "end-tag-missing"],
  ["a missing end tag of the root", "<«a»><b>x</b>", "end-tag-missing"],
  ["several missing end tags", "<a><«b»><«c»>x</a>", "end-tag-missing", "end-tag-missing"],
  ["an empty element without its slash", "<r><«File» a='1'>\n<File a='2'/></r>", "end-tag-missing"],
  ["an end tag without its slash", "<r><Name>X«<Name>»\n<Version/></r>", "end-tag-malformed"],
  ["two end tags without slashes", "<r><a>1«<a>»<b>2«<b>»</r>", "end-tag-malformed", "end-tag-malformed"],
  ["an end tag without its slash at the end", "<«r»><a>1«<a>»", "end-tag-missing", "end-tag-malformed"],
  ["a start tag without its bracket", "<r>\n«<File a='1'»\n<File/></r>", "tag-unclosed"],
  ["a start tag without its bracket, at the end", "<«r»>«<a»", "end-tag-missing", "tag-unclosed"],
  ["a start tag without its bracket, but with an end tag", "<r>«<a b='1'» <c/></a></r>", "tag-unclosed"],
  ["one such within another", "<r>«<a»«<b»<c/></b></a></r>", "tag-unclosed", "tag-unclosed"],
  ["two of the same name", "<r>«<a»«<a»<c/></a></a></r>", "tag-unclosed", "tag-unclosed"],
  ["a tag that is just begun", "<r>\n«<Fi»\n<File/>\n</r>", "tag-unclosed"],

  // End tags that do not fit.
  ["a misspelt end tag", "<a><Name>x</«Nmae»></a>", "end-tag-mismatch"],
  ["an end tag in the wrong case", "<a><b>x</«B»></a>", "end-tag-mismatch"],
  [
    "a misspelt end tag around one missing",
    "<Filelist><«File»></«Filelst»>",
    "end-tag-missing",
    "end-tag-mismatch",
  ],
  [
    "an end tag with the name of the next element",
    "<r><Upgrade><t/></«Other»><Other><t/></Other></r>",
    "end-tag-mismatch",
  ],
  ["an end tag with the name of the element around", "<r><a><b>x</«a»></a></r>", "end-tag-mismatch"],
  ["one further around", "<r><a><b><c>x</«a»></b></a></r>", "end-tag-mismatch"],
  ["one with the name of the root", "<r><a><b>x</b></«r»></r>", "end-tag-mismatch"],
  [
    "a wrong end tag at the end of the text",
    "<«r»><Upgrade>x</«Other»>",
    "end-tag-missing",
    "end-tag-mismatch",
  ],
  [
    "what stands in sections and comments ends nothing",
    "<r><Upgrade>x</«Other»><!-- </Upgrade> --><![CDATA[</Upgrade>]]><?p </Upgrade>?><t u='>'/></r>",
    "end-tag-mismatch",
  ],
  [
    "an end tag too many in an element that has its own",
    "<r><Upgrade>x«</Other>»<t/></Upgrade></r>",
    "end-tag-stray",
  ],
  [
    "many too many",
    `<r><Upgrade>x${"«</Other>»".repeat(6)}</Upgrade></r>`,
    ...Array<ProblemCode>(6).fill("end-tag-stray"),
  ],
  ["an end tag too many", "<a>x«</b>»</a>", "end-tag-stray"],
  ["an end tag too many behind the root", "<a/>«</a>»", "end-tag-stray"],
  ["crossing tags", "<a><«b»></a>«</b>»", "end-tag-missing", "end-tag-stray"],
  ["an end tag with an attribute", "<a><b>«</b c='1'>»</a>", "end-tag-malformed"],
  ["an end tag with a blank before its name", "<a><«b»>«</ b>»</a>", "end-tag-missing", "end-tag-malformed"],
  ["an end tag without its bracket", "<a><b>«</b»<c/></a>", "end-tag-malformed"],
  ["an end tag that is just begun", "<a>\n«</»\n</a>", "end-tag-malformed"],

  // Attributes.
  ["no value", "<a «b»/>", "attribute-value-missing"],
  ["no value behind the equals sign", "<a «b=» c='1'/>", "attribute-value-missing"],
  ["no equals sign", '<a b« »"1"/>', "attribute-equals-missing"],
  ["no equals sign and no blank", '<a b«»"1"/>', "attribute-equals-missing"],
  ["no quotes", "<a b=«1» c=«x/y»/>", "attribute-unquoted", "attribute-unquoted"],
  ["no closing quote before the next attribute", '<a b=«"644» c="Kernel/A.pm"/>', "attribute-quote-missing"],
  ["no closing quote before the bracket", '<r><a b=«"en»>Text</a><b c="1"/></r>', "attribute-quote-missing"],
  [
    "no closing quote before the slash",
    '<r>\n<a b=«"A.pm»/>\n<a b="B.pm"/>\n</r>',
    "attribute-quote-missing",
  ],
  ["no closing quote before the line break", '<r><a b=«"A.pm»\n c="1"/></r>', "attribute-quote-missing"],
  ["no closing single quote", "<r><a b=«'en»>Text</a></r>", "attribute-quote-missing"],
  ["no blank between two", "<a b='1'«c»='2'/>", "attribute-space-missing"],
  ["the same twice", "<a b='1' «b»='2'/>", "attribute-duplicate"],
  ["a bracket in a value", "<a b='x«<»y'/>", "attribute-less-than"],
  ["an ampersand in a value", "<a b='?c=1«&»d=2'/>", "bare-ampersand"],
  ["an unknown entity in a value", "<a b='«&nbsp;»'/>", "entity-undefined"],
  ["a control character in a value", "<a b='«\u0001\u0002»'/>", "character-illegal"],
  ["a comma", "<a b='1'«,» c='2'/>", "tag-junk"],
  ["a slash in the middle", "<a «/» b='1'/>", "tag-junk"],

  // Text.
  ["a stray bracket", "<a>x «<» y</a>", "stray-less-than"],
  ["a bracket before a digit", "<a>«<»3</a>", "stray-less-than"],
  ["a stray ampersand", "<a>B «&» C</a>", "bare-ampersand"],
  ["two ampersands", "<a>$x «&»«&» $y</a>", "bare-ampersand", "bare-ampersand"],
  ["a reference without its semicolon", "<a>«&»amp </a>", "bare-ampersand"],
  ["an unknown entity", "<a>«&nbsp;»</a>", "entity-undefined"],
  ["a reference to no character", "<a>«&#0;»</a>", "character-reference-invalid"],
  ["the end of a CDATA section", "<a>x«]]>»y</a>", "cdata-end-in-text"],
  ["control characters", "<a>«\u0001\u0002»x«\u0003»</a>", "character-illegal", "character-illegal"],
  ["half a surrogate pair", "<a>«\ud83d»x</a>", "character-illegal"],

  // Sections and comments that are not closed.
  ["a CDATA section its element ends", "<r><a>«<![CDATA[» if (1) </a><b/></r>", "cdata-unclosed"],
  [
    "a CDATA section before another one",
    "<r><a>«<![CDATA[» 1 </a><b><![CDATA[ 2 ]]></b></r>",
    "cdata-unclosed",
  ],
  ["a CDATA section to the end", "<r><a>«<![CDATA[» 1", "cdata-unclosed"],
  ["a comment its element ends", "<r><a>«<!--» x </a><b/></r>", "comment-unclosed"],
  ["a comment before another one", "<r><a>«<!--» x </a><b><!-- y --></b></r>", "comment-unclosed"],
  ["a comment to the end", "<r/>«<!--» x <a>", "comment-unclosed"],
  ["dashes in a comment", "<r><!-- a «--» b --></r>", "comment-double-dash"],
  ["a dash at the end of a comment", "<r><!-- a «-»--></r>", "comment-double-dash"],
  ["a comment around a comment", "<!-- <a/> <!«--» b --><r/>", "comment-double-dash"],
  ["a control character in a comment", "<r><!--«\u0000»--></r>", "character-illegal"],
  ["a control character in CDATA", "<r><![CDATA[«\u0000»]]></r>", "character-illegal"],

  // Instructions and declarations.
  ["an instruction to the end of the line", "<r>«<?p»\n</r>", "instruction-unclosed"],
  ["an instruction without a name", "<r>«<? p?>»</r>", "instruction-malformed"],
  ["a late declaration", "\n«<?xml version='1.0'?>»<a/>", "declaration-misplaced"],
  ["a second declaration", "<?xml version='1.0'?>«<?xml version='1.0'?>»<a/>", "declaration-misplaced"],
  ["a declaration without quotes", "«<?xml version=1.0?>»<a/>", "declaration-malformed"],
  ["a DOCTYPE in the root", "<a>«<!DOCTYPE b>»</a>", "doctype-misplaced"],
  ["a DOCTYPE behind the root", "<a/>«<!DOCTYPE b>»", "doctype-misplaced"],
  ["a second DOCTYPE", "<!DOCTYPE a>«<!DOCTYPE a>»<a/>", "doctype-misplaced"],
  ["a DOCTYPE without end", "«<!DOCTYPE a [»<a/>", "doctype-unclosed"],
  ["an entity that is declared", "<!DOCTYPE a [<!ENTITY e 'x'>]><a b='&e;'>&e;«&f;»</a>", "entity-undefined"],

  // Around the root.
  ["text before the root", "«x y» <a/>", "text-outside-root"],
  ["text behind the root", "<a/>\n«x»\n", "text-outside-root"],
  ["a second root", "<a/><«b»/>", "root-duplicate"],
  ["nothing", "«»", "root-missing"],
  ["nothing but a comment", "«<»!---->", "root-missing"],
];

for (const [name, markedText, ...codes] of cases) {
  test(codes.length === 0 ? `no problem: ${name}` : name, () => checkProblems(markedText, codes));
}

test("a value that ends with its tag lacks a quote and a bracket", () => {
  checkTree(
    "<r><File Location='a</r>",
    `
    <r> 0-24
      <File Location="a"> (unfinished) 3-20
    ! tag-unclosed "File" at 3: "<File Location='a"
    ! attribute-quote-missing "Location" at 18: "'a"`,
  );
});

function checkTree(text: string, rendered: string): void {
  const expected = rendered.replace(/^ {4}/gm, "").trim();
  assert.equal(renderTree(SyntaxTree.parse(text)), expected);
}

const trees: readonly [name: string, text: string, rendered: string][] = [
  [
    "all kinds of nodes",
    "\ufeff<?xml version='1.0'?>\n<!DOCTYPE a>\n<a b='1' c>\n  x &lt; <![CDATA[<y>]]><!--z--><?p i?><d/></a></e>",
    `
    byte order mark 0-1
    instruction "<?xml version='1.0'?>" 1-22
    text "\\n" 22-23
    doctype "<!DOCTYPE a>" 23-35
    text "\\n" 35-36
    <a b="1" c> 36-95
      text "\\n  x " 47-52
      reference &lt; "<" 52-56
      text " " 56-57
      cdata "<y>" 57-72
      comment "z" 72-80
      instruction "<?p i?>" 80-87
      <d> (empty) 87-91
    stray end tag e 95-99
    ! attribute-value-missing "c" at 45: "c"
    ! end-tag-stray "e" at 95: "</e>"`,
  ],
  [
    "what follows a forgotten quote is read as if it were there",
    '<r>\n<File Permission="644 Location="Kernel/A.pm"/>\n<File Location="B.pm/>\n<Name/></r>',
    `
    <r> 0-85
      text "\\n" 3-4
      <File Permission="644" Location="Kernel/A.pm"> (empty) 4-50
      text "\\n" 50-51
      <File Location="B.pm"> (empty) 51-73
      text "\\n" 73-74
      <Name> (empty) 74-81
    ! attribute-quote-missing "Permission" at 21: "\\"644"
    ! attribute-quote-missing "Location" at 66: "\\"B.pm"`,
  ],
  [
    "what follows a forgotten bracket is not swallowed",
    "<r>\n  <File Location='a'\n  <File Location='b'/>\n</r>",
    `
    <r> 0-52
      text "\\n  " 3-6
      <File Location="a"> (unfinished) 6-24
      text "\\n  " 24-27
      <File Location="b"> (empty) 27-47
      text "\\n" 47-48
    ! tag-unclosed "File" at 6: "<File Location='a'"`,
  ],
  [
    "an end tag finds its start tag though that has no bracket",
    "<r><a b='1' <c/>x</a><d/></r>",
    `
    <r> 0-29
      <a b="1"> 3-21
        text " " 11-12
        <c> (empty) 12-16
        text "x" 16-17
      <d> (empty) 21-25
    ! tag-unclosed "a" at 3: "<a b='1'"`,
  ],
  [
    "what stands behind an end tag without slash is a sibling",
    "<r><Name>X<Name><Version>1</Version></r>",
    `
    <r> 0-40
      <Name> (mismatched) 3-16
        text "X" 9-10
      <Version> 16-36
        text "1" 25-26
    ! end-tag-malformed "Name" at 10: "<Name>"`,
  ],
  [
    "an unclosed CDATA section ends with its element",
    "<r><Code><![CDATA[ 1 < 2; </Code><Code><![CDATA[ 3 ]]></Code></r>",
    `
    <r> 0-65
      <Code> 3-61
        cdata " 1 < 2; </Code><Code><![CDATA[ 3 " 9-54`,
  ],
  [
    "and so when another one closes in another element",
    "<r><Code><![CDATA[ 1 < 2; </Code><More><![CDATA[ 3 ]]></More></r>",
    `
    <r> 0-65
      <Code> 3-33
        cdata unclosed " 1 < 2; " 9-26
      <More> 33-61
        cdata " 3 " 39-54
    ! cdata-unclosed at 9: "<![CDATA["`,
  ],
  [
    "the name of the parent has to end where it ends",
    "<r><a><!-- x </ab></a></r>",
    `
    <r> 0-26
      <a> 3-22
        comment unclosed " x </ab>" 6-18
    ! comment-unclosed at 6: "<!--"`,
  ],
  [
    "a surrogate pair is a character like any other",
    "<\u{10000} \u{10001}='1'>\u{1f600}</\u{10000}>",
    `
    <\u{10000} \u{10001}="1"> 0-18
      text "\u{1f600}" 11-13`,
  ],
];
for (const [name, text, rendered] of trees) test(name, () => checkTree(text, rendered));

test("elements nested too deep are said once and kept as siblings", () => {
  const text = `<r>${"<a>".repeat(300)}x${"</a>".repeat(300)}</r>`;
  const tree = SyntaxTree.parse(text);
  assert.deepEqual(
    tree.problems.map(({ code }) => code),
    ["too-deep"],
  );
  assert.equal(rebuiltText(tree), text);
  assert.ok(tree.root!.node.height <= 258);
});

test("problems are in the order of the text, and not without end", () => {
  const tree = SyntaxTree.parse(`<r>${"<a b/>&x;<".repeat(5_000)}`);
  assert.ok(tree.problems.length >= 1000 && tree.problems.length <= 2000, `${tree.problems.length}`);
  const starts = tree.problems.map(({ span }) => span.start);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
});
