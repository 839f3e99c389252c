import assert from "node:assert/strict";
import { test } from "node:test";
import type { Element } from "../../server/src/syntax/element.ts";
import { type Place, SyntaxTree } from "../../server/src/syntax/tree.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { withCaret } from "../support/marked.ts";

/** A place in words: what it is, the names of the elements from the inside out, and what it touches. */
function describe(place: Place): string {
  const names: string[] = [];
  for (let outer = place.element; outer; outer = outer.parent) names.push(outer.name);
  const where = names.join(" in ") || "nothing";
  switch (place.kind) {
    case "tag-name":
      return `${place.inEndTag ? "end tag" : "tag"} of ${where}`;
    case "attribute-name":
      return `name of ${place.attribute.name} of ${where}`;
    case "attribute-value":
      return `value of ${place.attribute.name} of ${where}`;
    case "start-tag":
      return `start tag of ${where}`;
    case "content":
      return `${place.node?.node.kind ?? "between"} in ${where}`;
  }
}

const places: readonly [marked: string, place: string][] = [
  ["<|a b='1'>x</a>", "tag of a"],
  ["<a| b='1'>x</a>", "tag of a"],
  ["<a |b='1'>x</a>", "name of b of a"],
  ["<a  | b='1'>x</a>", "start tag of a"],
  ["<a b|='1'>x</a>", "name of b of a"],
  ["<a b=|'1'>x</a>", "start tag of a"],
  ["<a b='|1'>x</a>", "value of b of a"],
  ["<a b='1|'>x</a>", "value of b of a"],
  ["<a b='1'|>x</a>", "start tag of a"],
  ["<a b='1'>|x</a>", "text in a"],
  ["<a b='1'>x|</a>", "text in a"],
  ["<a>x<|/a>", "end tag of a"],
  ["<a>x</|a>", "end tag of a"],
  ["<a>x</a|>", "end tag of a"],
  ["<a>x</a>|", "between in nothing"],
  ["|<a>x</a>", "between in nothing"],
  ["<a|/>", "tag of a"],
  ["<a b=''/|>", "start tag of a"],
  ["<a><b/>|<c/></a>", "between in a"],
  ["<a><b>x</b>|y</a>", "text in a"],
  ["<a><b>x<|</b></a>", "text in b in a"],
  ["<a>&am|p;</a>", "reference in a"],
  ["<a><![CDATA[|x]]></a>", "cdata in a"],
  ["<a><!-- | --></a>", "comment in a"],
  ["<?xml | ?><a/>", "instruction in nothing"],
  ["<!DOCTYPE |a><a/>", "doctype in nothing"],
  // Half typed, where a place matters most.
  ["<a>|", "between in a"],
  ["<a><|", "text in a"],
  ["<a><b|", "tag of b in a"],
  ["<a><b |", "text in a"],
  ["<a><b |<c/></a>", "text in a"],
  ["<a><b c|</a>", "name of c of b in a"],
  ["<a><b c=|</a>", "start tag of b in a"],
  ["<a><b c='|</a>", "value of c of b in a"],
  ["<a><b c='x|\n</a>", "value of c of b in a"],
  ["<a><b>x|", "text in b in a"],
  ["<a></|", "between in a"],
  ["<a><![CDATA[ x|", "cdata in a"],
  ["<a><!-- x|", "comment in a"],
  ["|", "between in nothing"],
];
for (const [marked, place] of places) {
  test(`the place at ${JSON.stringify(marked)}`, () => {
    const { text, caret } = withCaret(marked);
    const tree = SyntaxTree.parse(text);
    const found = tree.placeAt(caret);
    assert.equal(describe(found), place);
    assert.equal(tree.elementAt(caret)?.start, found.element?.start);
  });
}

test("a place in a long list is found without making an element of every sibling", () => {
  const text = generateSpec(3_000);
  const tree = SyntaxTree.parse(text);
  for (const piece of ["<File Permission", "<Column Name", "<CodeUpgrade"]) {
    const start = text.lastIndexOf(piece);
    const place = tree.placeAt(start + 1);
    assert.equal(place.kind, "tag-name");
    assert.equal(place.element?.start, start);
    assert.equal(tree.placeAt(start).kind, "content");
  }
});

const declared = `<?xml version="1.0"?>
<!-- first -->
<!DOCTYPE a>
<a b="1" c='&lt;&#65;' b="2" d>
  Te<!-- x -->xt &amp; <![CDATA[<more>]]>
  <b> inner </b>lost
  <b/>
</a>
<?p?>`;

test("what stands outside the root", () => {
  const tree = SyntaxTree.parse(declared);
  assert.equal(tree.declaration?.node.raw, '<?xml version="1.0"?>');
  assert.equal(tree.doctype?.start, declared.indexOf("<!DOCTYPE"));
  assert.equal(tree.root?.start, declared.indexOf("<a"));
  assert.deepEqual(
    tree.topLevel().map(({ node }) => node.kind),
    ["instruction", "text", "comment", "text", "doctype", "text", "element", "text", "instruction"],
  );
  const without = SyntaxTree.parse("<!---->");
  assert.deepEqual([without.declaration, without.doctype, without.root], [undefined, undefined, undefined]);
});

const written = (tree: SyntaxTree, { start, end }: { start: number; end: number }) =>
  tree.source.slice(start, end);

test("an element knows its parts", () => {
  const tree = SyntaxTree.parse(declared);
  const root = tree.root!;
  assert.equal(written(tree, root.nameSpan), "a");
  assert.equal(written(tree, root.startTagSpan), '<a b="1" c=\'&lt;&#65;\' b="2" d>');
  assert.equal(written(tree, root.endNameSpan!), "a");
  assert.match(written(tree, root.contentSpan), /^\n {2}Te[\s\S]*<b\/>\n$/);
  assert.equal(written(tree, root.span), declared.slice(root.start, declared.indexOf("\n<?p?>")));
  const [first, second] = root.elements;
  assert.deepEqual([first?.name, second?.name, root.elements.length], ["b", "b", 2]);
  assert.equal(root.child("b")?.start, first?.start);
  assert.equal(root.childrenNamed("b").length, 2);
  assert.equal(root.child("c"), undefined);
  assert.equal(second?.endNameSpan, undefined);
  assert.deepEqual(second?.contentSpan, { start: second!.span.end, end: second!.span.end });
  assert.deepEqual([root.level, first?.level, first?.parent?.start], [1, 2, root.start]);
});

test("attributes have names, values and places", () => {
  const tree = SyntaxTree.parse(declared);
  const root = tree.root!;
  assert.deepEqual(
    root.attributes.map(({ name, value, hasValue }) => [name, value, hasValue]),
    [
      ["b", "1", true],
      ["c", "<A", true],
      ["b", "2", true],
      ["d", "", false],
    ],
  );
  assert.equal(root.value("b"), "2", "readers take the last one");
  assert.equal(root.value("nope"), undefined);
  const second = root.attribute("c")!;
  assert.equal(written(tree, second.nameSpan), "c");
  assert.equal(written(tree, second.valueSpan), "&lt;&#65;");
  assert.equal(written(tree, second.span), "c='&lt;&#65;'");
  assert.equal(written(tree, root.attribute("d")!.span), "d");
});

test("text is what stands before the first child element", () => {
  const tree = SyntaxTree.parse(declared);
  const { text, trimmedText } = tree.root!;
  assert.equal(text.value, "\n  Text & <more>\n  ");
  assert.equal(
    written(tree, text.span),
    declared.slice(tree.root!.contentSpan.start, declared.indexOf("<b>")),
  );
  assert.equal(trimmedText.value, "Text & <more>");
  const inner = tree.root!.child("b")!.trimmedText;
  assert.deepEqual([inner.value, written(tree, inner.span)], ["inner", "inner"]);
});

test("line breaks in text are read as LF, and places stay those of the source", () => {
  const tree = SyntaxTree.parse("<a>\r\n\r\n  one\r\ntwo\r</a>");
  assert.equal(tree.root?.text.value, "\n\n  one\ntwo\n");
  const { value, span } = tree.root!.trimmedText;
  assert.equal(value, "one\ntwo");
  assert.equal(written(tree, span), "one\r\ntwo");
});

test("blank text is an empty one", () => {
  const { value, span } = SyntaxTree.parse("<a> \n </a>").root!.trimmedText;
  assert.deepEqual([value, span], ["", { start: 3, end: 3 }]);
});

test("elements come in the order of the text", () => {
  const names = (elements: Iterable<Element>) => Array.from(elements, ({ name }) => name).join(" ");
  const tree = SyntaxTree.parse("<a><b><c/></b><d>x</d></a><e/>");
  assert.equal(names(tree.elements()), "a b c d e");
  assert.equal(names(tree.root!.child("b")!.descendants()), "b c");
});

test("a name in a misspelt end tag is not that of the element", () => {
  const root = SyntaxTree.parse("<a><Name>x</Nmae></a>").root!;
  assert.equal(root.child("Name")?.closing, "mismatched");
  assert.equal(root.child("Name")?.endNameSpan, undefined);
});

test("the child elements in a span are those that lie in it, or partly", () => {
  const text = `<a><b/>x<c>${"<d/>".repeat(1000)}</c><!-- e --><f/></a>`;
  const { root } = SyntaxTree.parse(text);
  for (const outer of [root!, root!.child("c")!]) {
    for (let start = 0; start < text.length; start += 7) {
      for (const end of [start, start + 1, start + 5, start + 400, text.length]) {
        const expected = outer.elements.filter(({ span }) => span.start < end && span.end > start);
        assert.deepEqual(
          outer.elementsIn({ start, end }).map(({ span }) => span),
          expected.map(({ span }) => span),
          `${start}–${end}`,
        );
      }
    }
  }
});
