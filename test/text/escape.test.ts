import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeHtml, escapeXml, inlineCode } from "../../server/src/text/escape.ts";

test("a text stays what it is in XML and in HTML", () => {
  const text = `<a b="c" d='e'>&amp;</a>`;
  assert.equal(escapeXml(text), "&lt;a b=&quot;c&quot; d='e'&gt;&amp;amp;&lt;/a&gt;");
  assert.equal(escapeHtml(text), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;&lt;/a&gt;");
  assert.equal(escapeXml("plain"), "plain");
  assert.equal(escapeHtml("it's"), "it&#39;s");
});

const codes: readonly (readonly [text: string, code: string])[] = [
  ["acme", "`acme`"],
  ["a`b", "`` a`b ``"],
  ["``", "``` `` ```"],
  ["", "`` ``"],
  [" a \n b ", "`a b`"],
];
for (const [text, code] of codes) {
  test(`${JSON.stringify(text)} as inline code`, () => assert.equal(inlineCode(text), code));
}

test("any number of backticks is told", () => {
  assert.equal(inlineCode("` ".repeat(300_000)).slice(0, 4), "`` `");
});
