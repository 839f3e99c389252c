import assert from "node:assert/strict";
import { type DefaultTreeAdapterTypes, parse } from "parse5";

/**
 * Makes sure that nothing in a page of ours loads, runs, submits or leads anywhere but to https: it is read as a
 * browser reads it, and each element and attribute has to be one that we write.
 */
export function assertHarmless(html: string): void {
  const document = parse(html);
  const elements = [...below(document)];
  const names = new Set(elements.map(({ nodeName }) => nodeName));
  for (const name of names) assert.ok(allowedElements.has(name), `an element ${name}`);
  for (const { nodeName, attrs } of elements) {
    if (nodeName === "input") {
      const values = attrs.map(({ name, value }) => `${name}=${value}`);
      assert.deepEqual(values, ["type=checkbox", "id=only-attention"]);
      continue;
    }
    for (const { name, value } of attrs) {
      assert.ok(allowedAttributes.has(name) || name.startsWith("data-"), `${nodeName} ${name}`);
      assert.doesNotMatch(name, /^on/i);
      if (name === "href") {
        assert.equal(nodeName, "a");
        assert.match(value, /^https:\/\//i);
      }
    }
  }
  assert.ok(elements.filter(({ nodeName }) => nodeName === "input").length <= 1, "one filter of ours");
  const metas = elements.filter(({ nodeName }) => nodeName === "meta");
  const [policy, ...others] = metas.flatMap(({ attrs }) =>
    attrs.some(({ name, value }) => name === "http-equiv" && value === "Content-Security-Policy")
      ? [attrs.find(({ name }) => name === "content")!.value]
      : [],
  );
  assert.equal(others.length, 0);
  assert.match(
    policy!,
    /^default-src 'none'; style-src 'nonce-[\w+/=]+'; base-uri 'none'; form-action 'none'$/,
  );
  assert.equal(metas.length, 4);
  const styles = elements.filter(({ nodeName }) => nodeName === "style");
  assert.equal(styles.length, 1);
  assert.doesNotMatch(html.replace(/[\t\n\r]/g, ""), invisible);
}

/** What moves a cursor, turns the direction of writing or is not seen; line breaks and tabs are left to the caller. */
export const invisible =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|(?![\u0600-\u0605\u06dd\u070f])[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\p{Default_Ignorable_Code_Point}/u;

const allowedElements: ReadonlySet<string> = new Set([
  ...["html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "h4"],
  ...[
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "span",
    "b",
    "i",
    "code",
    "pre",
    "details",
    "summary",
    "div",
    "br",
  ],
  ...[
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "caption",
    "a",
    "strong",
    "em",
    "small",
    "u",
    "s",
    "hr",
  ],
  ...["blockquote", "sub", "sup", "kbd", "samp", "nav", "footer", "mark", "label", "input"],
]);

const allowedAttributes: ReadonlySet<string> = new Set([
  ...[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "nonce",
    "id",
    "class",
    "aria-hidden",
    "aria-label",
  ],
  ...["scope", "href", "rel", "colspan", "rowspan", "role", "open", "title", "aria-labelledby", "tabindex"],
]);

function* below(node: DefaultTreeAdapterTypes.ParentNode): Iterable<DefaultTreeAdapterTypes.Element> {
  for (const child of node.childNodes) {
    if (!("tagName" in child)) continue;
    yield child;
    yield* below(child);
  }
}
