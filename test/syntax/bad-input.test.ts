import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { rebuiltText } from "../support/compare-trees.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { randomFrom } from "../support/random.ts";
import { sharedFolder } from "../support/shared.ts";
import { withoutHanging } from "../support/without-hanging.ts";

/** With SOPM_FULL=1 files are damaged at 200 places each, and hostile texts are a megabyte long. */
const isFull = process.env.SOPM_FULL === "1";

const length = isFull ? 1_000_000 : 100_000;

/** A piece again and again, up to the usual length. */
const many = (piece: string, before = "", behind = "") =>
  before + piece.repeat(Math.ceil(length / piece.length)) + behind;

/** The same with a number in each piece. */
function numbered(piece: (index: number) => string, before = "", behind = ""): string {
  const pieces: string[] = [];
  for (let total = 0; total < length; total += pieces.at(-1)!.length) pieces.push(piece(pieces.length));
  return before + pieces.join("") + behind;
}

/** One piece repeated, then another just as often. */
const halves = (first: string, second: string, before = "", behind = "") => {
  const count = Math.ceil(length / (first.length + second.length));
  return before + first.repeat(count) + second.repeat(count) + behind;
};

const opened = numbered((index) => `<a${index} `);

/** Texts that a careless reader would go through again and again. */
const hostile: Readonly<Record<string, () => string>> = {
  "start tags in start tags": () => many("<a "),
  "start tags of many names in each other": () => opened,
  "the same closed from the inside": () =>
    `${opened}${opened
      .replace(/<(a\d+) /g, "</$1>")
      .split(/(?=<)/)
      .reverse()
      .join("")}`,
  "the same closed in order": () => `<r>${opened}${opened.replace(/<(a\d+) /g, "</$1>")}`,
  "start tags of one name in each other, closed": () => halves("<a ", "</a>", "<r>"),
  "start tags around something deep, closed": () =>
    `<r>${halves("<x ", "</x>").replace("</x>", `${"<d>".repeat(255)}${"</d>".repeat(255)}</x>`)}`,
  "start tags with closed ones in them": () => many("<a <b></b></a>", "<r>"),
  "quotes in start tags": () => many('<a "'),
  "values without end": () => many('<a b="'),
  "values without end, single quotes": () => many("<a b='"),
  "values without end, both quotes": () => many("<a b=\"<a c='"),
  "values without end, then one quote": () => many('<a b="x y', "<r>", '" >'),
  "values with the other quote": () => many("<a b='\"", "<r>", '" '),
  "values that open the next one": () => many('b="c d="e ', "<a "),
  "values without quotes": () => numbered((index) => ` a${index}=1`, "<r", "/>"),
  "values that are missing": () => many("b= ", "<a "),
  "brackets in a value": () => many("<", '<r a="', '"/>'),
  "closing brackets in a value": () => many(">\n", '<a b="'),
  "blanks in a value": () => many(" ", '<a b="'),
  "blanks before quotes": () => many(`"${" ".repeat(200)}"x`, "<a b="),
  "ampersands in a value": () => many("&", '<r a="', '"/>'),
  "control characters in a value": () => many("\0a", '<r a="', '"/>'),
  "thousands of attributes": () => numbered((index) => ` a${index}="1"`, "<r", "/>"),
  "thousands of attributes and no end": () => numbered((index) => ` a${index}="1"`, "<r"),
  "thousands of equal attributes": () => many(' a="1"', "<r", "/>"),
  "slashes in a tag": () => many("/", "<a"),
  "commas in a tag": () => many("! ", "<a "),
  "a long name": () => many("n", "<", "/>"),
  "long names": () => many(`<${"n".repeat(5000)}>`),
  "long names, nearly the same": () =>
    `<r>${`<${"n".repeat(60)}>`.repeat(250)}${many(`</${"n".repeat(59)}m>`)}`,

  "elements in each other": () => many("<a>"),
  "elements of many names in each other": () => numbered((index) => `<a${index}>`),
  "elements in each other, closed": () => halves("<a>", "</a>"),
  "end tags alone": () => many("</a>"),
  "end tags in something deep": () => many("</b>", "<a>".repeat(257)),
  "end tags in something deep, of no such name": () =>
    many("</zzz>", Array.from({ length: 257 }, (_, index) => `<a${index}>`).join("")),
  "end tags that are nearly right": () => many("<Filelist></Filelst>", "<r>"),
  "end tags without end": () => many("</a "),
  "end tags without slash": () => many("<a>x<a>y", "<r>"),
  "elements in something deep without end tags": () => many("<b/>", "<a>".repeat(257)),
  "elements without end tag": () => many("<a><b></a>", "<r>"),
  siblings: () => many("<a/>", "<r>", "</r>"),
  "siblings with mistakes": () => many("<a b/>", "<r>", "</r>"),
  roots: () => many("<a/>"),
  "roots and text": () => many("<a/>x"),

  "CDATA in CDATA": () => many("<![CDATA[", "<r><a>", "]]></a></r>"),
  "CDATA without end": () => many("<a><![CDATA[x</a>", "<r>"),
  "CDATA that something far away closes": () => many("<a><![CDATA[</a>", "<r>", "]]></b>"),
  "CDATA that something farther away closes": () =>
    `${halves("<a><![CDATA[</a>", "xxxxxxxxxxxxxxxxxxxx", "<r>")}]]></b>`,
  "CDATA that the wrong end closes": () => many("<a><![CDATA[</a><![CDATA[ ]]></b>", "<r>"),
  "CDATA in elements without end tag": () => many("<a><![CDATA[]]>", "<r>"),
  "CDATA with ends of longer names": () => many("<a><![CDATA[</ab><![CDATA[]]></b>", "<r>"),
  "control characters in CDATA": () => many("\0a", "<r><![CDATA[", "]]></r>"),
  "comments without end": () => many("<a><!--</a>", "<r>"),
  "comments in comments": () => many("<a><!-- </a><!--", "<r>", "-->"),
  "comments in comments, without end tags": () => many("<a><!-- </b><!--", "<r>", "-->"),
  "dashes in a comment": () => many("-", "<r><!--", "--></r>"),
  "instructions without end": () => many("<?"),
  "instructions with a name without end": () => many("<?p "),
  "declarations without end": () => many("<!x", "<r>"),
  "DOCTYPE without end": () => many("<!DOCTYPE a ["),
  "DOCTYPE with a quote": () => many('<!DOCTYPE "'),
  "DOCTYPE with comments": () => many("<!--", "<!DOCTYPE a ["),
  "thousands of entities": () =>
    `${numbered((index) => `<!ENTITY e${index} "x">`, "<!DOCTYPE r [", "]>")}<r>${numbered((index) => `&e${index};`)}</r>`,
  "brackets at the end of nothing": () => many("]", "<r>"),
  "ends of nothing": () => many("]]>", "<r>"),

  "brackets alone": () => many("<"),
  "ampersands alone": () => many("&"),
  "references without end": () => many("&a", "<r>"),
  "references to nothing": () => many("&#", "<r>"),
  "a reference of many digits": () => many("1", "<r>&#"),
  "a reference of many letters": () => many("a", "<r>&"),
  references: () => many("&#x41;", "<r>"),
  "NUL bytes": () => many("\0"),
  "NUL bytes here and there": () => many("\0a", "<r>", "</r>"),
  "halves of surrogate pairs": () => many("\ud800", "<r>", "</r>"),
  "carriage returns": () => many("\r", "<r>"),
  "byte order marks": () => many("\ufeff"),
  "text without root": () => many("x "),
};

for (const [name, make] of Object.entries(hostile)) {
  test(`is read to its end: ${name}`, () => {
    const text = make();
    const tree = withoutHanging(() => SyntaxTree.parse(text));
    assert.equal(tree.document.width, text.length);
    assert.ok(Array.isArray(withoutHanging(() => tree.problems)));
    const elements = withoutHanging(() => Array.from(tree.elements()));
    assert.ok(elements.every(({ span }) => span.end <= text.length));
    for (const start of [0, Math.floor(text.length / 2), text.length]) {
      const edit = { span: { start, end: start }, newText: "x" };
      assert.equal(withoutHanging(() => tree.edited(edit)).document.width, text.length + 1);
      assert.ok(withoutHanging(() => tree.placeAt(start)).kind);
    }
  });
}

test("elements nested 100,000 deep", () => {
  for (const text of [
    "<a>".repeat(100_000) + "</a>".repeat(100_000),
    "<a>".repeat(100_000),
    "<a ".repeat(100_000) + "</a>".repeat(100_000),
    `${"<a><b>".repeat(50_000)}${"</b></a>".repeat(50_000)}`,
  ]) {
    const tree = SyntaxTree.parse(text);
    assert.equal(rebuiltText(tree), text);
    assert.ok(tree.problems.some(({ code }) => code === "too-deep" || code === "tag-unclosed"));
    for (const { node } of tree.topLevel()) assert.ok(node.kind !== "element" || node.height <= 258);
  }
});

test("a line of ten megabytes", () => {
  const text = `<r><a b="${"x".repeat(3_000_000)}"/>${"y".repeat(7_000_000)}</r>`;
  const tree = SyntaxTree.parse(text);
  assert.deepEqual(tree.problems, []);
  const after = tree.edited({ span: { start: 20, end: 21 }, newText: "&" });
  assert.deepEqual(
    after.problems.map(({ code, span }) => [code, span.start]),
    [["bare-ampersand", 20]],
  );
  assert.deepEqual(after.source.positionAt(9_000_000), { line: 0, character: 9_000_000 });
});

test("entities that multiply are not replaced", () => {
  const names = [..."abcdefghijklmnopqrstuvwxyz"];
  const entities = names.map((name, index) => {
    const value = index === 0 ? "lol" : `&${names[index - 1]};`.repeat(10);
    return `<!ENTITY ${name} "${value}">`;
  });
  const tree = SyntaxTree.parse(`<!DOCTYPE r [${entities.join("")}]><r b="&z;">&z;</r>`);
  assert.deepEqual(tree.problems, []);
  assert.equal(tree.root!.text.value, "&z;");
  assert.equal(tree.root!.value("b"), "&z;");
});

test("the memory of a tree is bounded", () => {
  for (const text of [many("<a>"), many("<a b/>", "<r>"), many("&#65;", "<r>"), many("\0a", "<r>")]) {
    const before = usedMemory();
    const tree = SyntaxTree.parse(text);
    const perCharacter = (usedMemory() - before) / text.length;
    assert.equal(tree.document.width, text.length);
    assert.ok(perCharacter < 200, `${perCharacter.toFixed(0)} bytes a character for ${text.slice(0, 20)}`);
  }
});

test("edits leave nothing behind", () => {
  const text = generateSpec(1_000);
  const random = randomFrom(4);
  let tree = SyntaxTree.parse(text);
  const edit = (count: number) => {
    for (let round = 0; round < count; round++) {
      const start = random.below(text.length);
      tree = tree.edited({ span: { start, end: start }, newText: "x" });
      tree = tree.edited({ span: { start, end: start + 1 }, newText: "" });
    }
  };
  edit(500);
  const before = usedMemory();
  edit(4_000);
  const grown = usedMemory() - before;
  assert.equal(tree.source.toString(), text);
  assert.ok(grown < 5_000_000, `${grown} bytes more after 8,000 edits`);
});

/** Bytes in use after everything that nobody needs is gone. */
function usedMemory(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

const corpus = sharedFolder("corpus");

function* corpusFiles(): Iterable<readonly [name: string, bytes: Uint8Array]> {
  for (const kind of ["sopm", "opm", "sysconfig", "index"]) {
    for (const name of readdirSync(join(corpus!, kind))) {
      yield [`${kind}/${name}`, new Uint8Array(readFileSync(join(corpus!, kind, name)))];
    }
  }
}

/** What holds for the tree of any text. */
function assertSensible(text: string, about: string): SyntaxTree {
  const tree = SyntaxTree.parse(text);
  assert.equal(tree.document.width, text.length, about);
  let last = 0;
  for (const { span } of tree.problems) {
    assert.ok(span.start >= last && span.end >= span.start && span.end <= text.length, about);
    last = span.start;
  }
  return tree;
}

test("files cut off anywhere have few problems", { skip: !corpus }, () => {
  const places = isFull ? 200 : 5;
  let count = 0;
  for (const [name, bytes] of corpusFiles()) {
    const { text } = decodeText(bytes);
    const whole = SyntaxTree.parse(text).problems.length;
    for (let place = 0; place < places; place++) {
      const end = Math.floor((text.length * (place + 0.37)) / places);
      const about = `${name} cut at ${end}`;
      const { problems } = assertSensible(text.slice(0, end), about);
      // Every open element lacks its end tag, and what the cut goes through may be wrong in a few ways.
      assert.ok(problems.length <= whole + 14, `${about}: ${problems.length} problems`);
      count++;
    }
  }
  if (isFull) console.log(`${count} files cut off, all read`);
});

test("files with damaged bytes are read", { skip: !corpus }, () => {
  const random = randomFrom(9);
  const rounds = isFull ? 200 : 5;
  let count = 0;
  for (const [name, bytes] of corpusFiles()) {
    for (let round = 0; round < rounds; round++) {
      const damaged = bytes.slice(0, 200_000);
      for (let flip = random.below(4); flip >= 0; flip--) {
        const at = random.below(damaged.length);
        damaged[at] = damaged[at]! ^ (1 << random.below(8));
      }
      const { text } = decodeText(damaged);
      const tree = assertSensible(text, name);
      if (round === 0) assert.equal(rebuiltText(tree), text, name);
      count++;
    }
  }
  if (isFull) console.log(`${count} files with damaged bytes, all read`);
});

test("files that are no text at all are read", () => {
  const random = randomFrom(6);
  for (let round = 0; round < 20; round++) {
    const bytes = Uint8Array.from({ length: 20_000 }, () => random.below(256));
    const { text } = decodeText(bytes);
    assert.equal(rebuiltText(assertSensible(text, `round ${round}`)), text);
  }
});
