import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ElementNode, SyntaxNode } from "../../server/src/syntax/node.ts";
import { type Block, NodeList } from "../../server/src/syntax/node-list.ts";
import { type Place, SyntaxTree } from "../../server/src/syntax/tree.ts";
import type { TextEdit } from "../../server/src/text/edit.ts";
import { assertLikeFullParse, differenceBetween, rebuiltText } from "../support/compare-trees.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { marked } from "../support/marked.ts";
import { type Random, randomFrom } from "../support/random.ts";
import { randomEdit } from "../support/random-edits.ts";
import { sharedFolder } from "../support/shared.ts";

/** With SOPM_FULL=1 there are many more random edits. */
const isFull = process.env.SOPM_FULL === "1";

/** All nodes of a tree, whatever they are. */
function nodesOf(tree: SyntaxTree): Set<SyntaxNode> {
  const found = new Set<SyntaxNode>();
  const waiting = [...tree.document.children];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    found.add(node);
    if (node.kind === "element") for (const child of node.children) waiting.push(child);
  }
  return found;
}

/** The names of the elements that an edit made anew, in document order. */
function madeAnew(before: SyntaxTree, after: SyntaxTree): string[] {
  const old = nodesOf(before);
  return [...after.elements()].filter(({ node }) => !old.has(node)).map(({ name }) => name);
}

const spec = `<?xml version="1.0"?>
<otrs_package version="1.0">
  <Name>Demo</Name>
  <Version>1.0.0</Version>
  <Filelist>
    <File Permission="644" Location="a.pm"/>
    <File Permission="644" Location="b.pm"/>
    <File Permission="644" Location="c.pm"/>
  </Filelist>
  <Code Type="post"><![CDATA[ 1 < 2 ]]></Code>
  <Vendor>Some &amp; body</Vendor>
</otrs_package>
`;

/** Replaces the first occurrence of a piece of the spec above. `after` is put behind the caret's left. */
const localEdits: readonly [name: string, edit: (text: string) => TextEdit, anew: readonly string[]][] = [
  ["typing in a text", typing("Demo|</Name>", "x"), ["otrs_package", "Name"]],
  ["typing next to a reference", typing("&amp;| body", "x"), ["otrs_package", "Vendor"]],
  ["typing in CDATA", typing("1 < |2", "x"), ["otrs_package", "Code"]],
  ["typing in an attribute", typing("b|.pm", "x"), ["otrs_package", "Filelist", "File"]],
  ["typing between elements", typing("</Name>|", "x"), ["otrs_package"]],
  ["typing a new element", typing('a.pm"/>|', "<File/>"), ["otrs_package", "Filelist", "File"]],
  ["beginning a tag", typing('a.pm"/>|', "<"), ["otrs_package", "Filelist"]],
  ["beginning a tag with a name", typing('a.pm"/>|', "<Fi"), ["otrs_package", "Filelist", "Fi"]],
  ["breaking a reference", typing("&|amp;", " "), ["otrs_package", "Vendor"]],
  ["misspelling an end tag", typing("</Nam|e>", "x"), ["otrs_package", "Name"]],
  ["typing outside the root", typing("|<otrs_package", "x"), []],
  ["deleting an element", deleting('<File Permission="644" Location="b.pm"/>'), ["otrs_package", "Filelist"]],
  ["deleting the end of a tag", deleting("/>"), ["otrs_package", "Filelist", "File"]],
  [
    "deleting a whole section",
    deleting(spec.slice(spec.indexOf("<Filelist"), spec.indexOf("<Code"))),
    ["otrs_package"],
  ],
];

function typing(place: string, newText: string): (text: string) => TextEdit {
  const { text: context, caret } = marked(place);
  return (text) => {
    const start = text.indexOf(context) + caret!;
    return { span: { start, end: start }, newText };
  };
}

function deleting(piece: string): (text: string) => TextEdit {
  return (text) => {
    const start = text.indexOf(piece);
    return { span: { start, end: start + piece.length }, newText: "" };
  };
}

for (const [name, edit, anew] of localEdits) {
  test(`${name} keeps all other elements`, () => {
    const before = SyntaxTree.parse(spec);
    const after = before.edited(edit(spec));
    assertLikeFullParse(after, () => name);
    assert.deepEqual(madeAnew(before, after), anew);
  });
}

test("what readers keep at a node stays where the edit is not", () => {
  const before = SyntaxTree.parse(spec);
  for (const { node } of before.elements()) node.memo = node;
  const after = before.edited(typing("b|.pm", "x")(spec));
  const without = [...after.elements()].filter(({ node }) => node.memo !== node);
  assert.deepEqual(
    without.map(({ name, node }) => [name, node.memo]),
    [
      ["otrs_package", undefined],
      ["Filelist", undefined],
      ["File", undefined],
    ],
  );
});

test("an edit does not change the tree it is applied to", () => {
  const before = SyntaxTree.parse(spec);
  const random = randomFrom(2);
  for (let round = 0; round < 50; round++) before.edited(randomEdit(spec, random));
  assert.equal(before.source.toString(), spec);
  assert.equal(differenceBetween(before, SyntaxTree.parse(spec)), undefined);
});

test("in a large spec an edit makes few nodes anew, wherever it is", () => {
  const text = generateSpec(3_000);
  const tree = SyntaxTree.parse(text);
  const old = nodesOf(tree);
  const counts: number[] = [];
  for (let round = 0; round < 200; round++) {
    const start = Math.floor((text.length * round) / 200);
    const after = tree.edited({ span: { start, end: start }, newText: "x" });
    counts.push([...nodesOf(after)].filter((node) => !old.has(node)).length);
  }
  counts.sort((a, b) => a - b);
  // The root, its section and what the edit is in; a code section ends in three nodes.
  assert.ok(counts[100]! <= 4, `median ${counts[100]}`);
  assert.ok(counts[190]! <= 8, `of 200 edits the tenth worst made ${counts[190]} nodes anew`);
});

test("typing a tag at the top of a long list makes few nodes anew at each key", () => {
  const text = generateSpec(3_000);
  const start = text.indexOf("<Filelist>") + "<Filelist>".length;
  const typed = '\n        <File Permission="644" Location="Kernel/A.pm"/>';
  let tree = SyntaxTree.parse(text);
  for (let index = 0; index < typed.length; index++) {
    const at = start + index;
    const before = tree;
    tree = before.edited({ span: { start: at, end: at }, newText: typed[index]! });
    const old = nodesOf(before);
    const anew = [...nodesOf(tree)].filter((node) => !old.has(node)).length;
    assert.ok(anew <= 5, `${anew} after ${typed.slice(0, index + 1)}`);
  }
  assert.deepEqual(tree.problems, []);
});

test("nodes behind a broken place are kept as well", () => {
  const text = generateSpec(300);
  const at = text.indexOf("<Filelist>") + "<Filelist>".length;
  const broken = SyntaxTree.parse(text).edited({
    span: { start: at, end: at },
    newText: "\n<File Location='a'",
  });
  const start = broken.source.toString().indexOf("<CodeUpgrade");
  const after = broken.edited({ span: { start, end: start }, newText: "x" });
  // The broken file is read again, as text behind it could have a say in it.
  assert.deepEqual(madeAnew(broken, after), ["otrs_package", "Filelist", "File"]);
});

test("an edit can be taken back", () => {
  const before = SyntaxTree.parse(spec);
  const random = randomFrom(5);
  for (let round = 0; round < 500; round++) {
    const edit = randomEdit(spec, random);
    const { start, end } = edit.span;
    const back = { span: { start, end: start + edit.newText.length }, newText: spec.slice(start, end) };
    assert.equal(
      differenceBetween(before.edited(edit).edited(back), before),
      undefined,
      JSON.stringify(edit),
    );
  }
});

/** Edits that once gave another tree than a full parse: the text before, with the removed part marked, and what came there. */
const foundOnce: readonly [before: string, newText: string][] = [
  ["<Column«»<!--</Column<!-->", ">"],
  ["<r><a></a  xyz«»<b/></r>", ">"],
  ["<r></<a><b>«»</b></a><c/></r", "\u0000"],
  ["<a>x<a>«»</a>'></a></r>", "<a><b c='"],
  ["<r><!-- a «»<b>x</b></r>", "-->"],
  ["«»\ufeff", "<?p?>"],
  ["«<?p?>»\ufeff<a/>", ""],
  ["«x»\ufeffx", ""],
  ["<a>x<\ud83d«»\ude00b/></a>", "<?"],
  ["<a>x<\ud83d«x»\ude00b/></a>", ""],
  ["<a><![CDATA[ </a> «»<![CDATA[ ]]></b></a>", "</a>"],
];
for (const [before, newText] of foundOnce) {
  test(`putting ${newText} into ${before}`, () => {
    const { text, ranges } = marked(before, { open: "«", close: "»", caret: "¦" });
    const after = SyntaxTree.parse(text).edited({ span: ranges[0]!, newText });
    assertLikeFullParse(after, () => before);
  });
}

function checkRandomEdits(name: string, text: string, rounds: number, random: Random): void {
  let tree = SyntaxTree.parse(text);
  for (let round = 0; round < rounds; round++) {
    // Errors pile up; now and then there is a sound text again.
    if (random.below(25) === 0) tree = SyntaxTree.parse(text);
    const before = tree;
    const edit = randomEdit(before.source.toString(), random);
    tree = before.edited(edit);
    assertLikeFullParse(tree, () => `${name}, ${describe(before, edit)}`);
    if (round % 10 > 0) continue;
    assert.equal(rebuiltText(tree), tree.source.toString());
    checkPlaces(tree, random);
  }
}

function describe(before: SyntaxTree, { span, newText }: TextEdit): string {
  const around = before.source.slice(span.start - 200, span.end + 200);
  return `${JSON.stringify(newText)} for ${span.start}-${span.end}, around: ${JSON.stringify(around)}`;
}

/** Places and problems of an edited tree are those of one read from its text. */
function checkPlaces(tree: SyntaxTree, random: Random): void {
  const fresh = SyntaxTree.parse(tree.source.toString());
  assert.deepEqual(tree.problems, fresh.problems);
  for (let question = 0; question < 10; question++) {
    const offset = random.below(tree.source.length + 2);
    assert.deepEqual(
      plainPlace(tree.placeAt(offset)),
      plainPlace(fresh.placeAt(offset)),
      `place at ${offset}`,
    );
  }
}

function plainPlace(place: Place): object {
  const { element } = place;
  const path: [string, number][] = [];
  for (let outer = element; outer; outer = outer.parent) path.push([outer.name, outer.start]);
  const attribute = "attribute" in place ? place.attribute : undefined;
  const node = "node" in place && place.node ? [place.node.node.kind, place.node.start] : undefined;
  return { kind: place.kind, path, attribute, node };
}

for (const [name, text] of [
  ["an empty text", ""],
  ["a tiny text", "<a b='1'><c>x</c></a>"],
  ["a small spec", spec],
  ["a small spec with CRLF", spec.replaceAll("\n", "\r\n")],
  ["a generated spec", generateSpec(150)],
  ["a larger one", generateSpec(900, 3)],
] as const) {
  test(`random edits of ${name} give what a full parse gives`, () => {
    checkRandomEdits(
      name,
      text,
      (isFull ? 20 : 1) * (text.length < 10_000 ? 1_000 : 300),
      randomFrom(text.length),
    );
  });
}

const corpus = sharedFolder("corpus");

test("random edits of specs give what a full parse gives", { skip: !corpus }, () => {
  const random = randomFrom(11);
  const rounds = isFull ? 150 : 10;
  let edits = 0;
  for (const name of readdirSync(join(corpus!, "sopm"))) {
    const text = readFileSync(join(corpus!, "sopm", name), "utf8");
    if (text.length > (isFull ? 100_000 : 20_000)) continue;
    checkRandomEdits(name, text, rounds, random);
    edits += rounds;
  }
  assert.ok(edits > 500);
  if (isFull) console.log(`${edits} random edits of specs, each like a full parse`);
});

test("elements keep their children when a long list is edited all over", () => {
  // More than one block of siblings, which grow, dwindle and join.
  const random = randomFrom(8);
  let tree = SyntaxTree.parse(`<r>${"<a/>".repeat(600)}</r>`);
  for (let round = 0; round < 600; round++) {
    const at = 3 + 4 * random.below((tree.source.length - 7) / 4);
    const removed = round % 300 < 150 ? 0 : 4 * random.below(12);
    const end = Math.min(tree.source.length - 4, at + removed);
    const newText = removed > 0 ? "" : "<a/>".repeat(random.below(8));
    tree = tree.edited({ span: { start: at, end }, newText });
    const root = tree.root!.node as ElementNode;
    assert.equal(root.children.length, root.content.length);
    assert.equal(root.content.length, (tree.source.length - 7) / 4);
  }
  assertLikeFullParse(tree, () => "after all edits");
});

test("a tag that is broken further down costs an edit in a long list no more than one without", () => {
  const line = '<a b="1"/>';
  const list = (before: string, after: string) =>
    `<r>${line.repeat(500)}${before}${line.repeat(500)}${after}</r>`;
  const broken = {
    "an unclosed comment": list("", "<!-- "),
    "an end tag of nothing": list("</b>", ""),
    "an element without end": `<o>${list(`<c>${line.repeat(300)}`, "")}</o>`,
  };
  for (const [name, text] of Object.entries(broken)) {
    let tree = SyntaxTree.parse(text);
    for (let edit = 0; edit < 20; edit++) {
      const before = blocksOf(tree);
      const start = 6 + line.length * (20 * edit + 1);
      tree = tree.edited({ span: { start, end: start }, newText: "x" });
      const after = blocksOf(tree);
      const fresh = [...after].filter((block) => !before.has(block));
      assert.ok(after.size > 12, name);
      assert.ok(fresh.length <= 8, `${name}: ${fresh.length} of ${after.size} are new`);
    }
    assertLikeFullParse(tree, () => name);
  }
});

function blocksOf(tree: SyntaxTree): Set<Block> {
  const lists = [tree.document, ...nodesOf(tree)].map((node) =>
    "content" in node ? node.content : undefined,
  );
  return new Set(lists.flatMap((list) => (list instanceof NodeList ? list.blocks : [])));
}
