import assert from "node:assert/strict";
import { test } from "node:test";
import { completion } from "../../server/src/features/completion.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument } from "../support/feature-document.ts";
import { withCaret } from "../support/marked.ts";

function completed(intro: string) {
  const { text, caret } = withCaret(`<otrs_package><Name>A</Name>${intro}</otrs_package>`);
  const options = { now: "2024-05-02 10:00:00", translate: english, trigger: "<" };
  const { items } = completion(featureDocument(text), caret, options);
  return { text, items, labels: items.map(({ label }) => label) };
}

function chosen(intro: string, label: string): string {
  const { text, items } = completed(intro);
  const item = items.find((each) => each.label === label);
  assert.ok(item, `no ${label}`);
  return applyEdits(text, [item.edit]).slice(
    "<otrs_package><Name>A</Name>".length,
    -"</otrs_package>".length,
  );
}

test("tags of HTML are offered in CDATA, first those that fit", () => {
  assert.deepEqual(completed("<IntroInstall><![CDATA[<|]]></IntroInstall>").labels.slice(0, 2), ["p", "br"]);
  assert.deepEqual(completed("<IntroInstall><![CDATA[<ul><|</ul>]]></IntroInstall>").labels.slice(0, 2), [
    "li",
    "p",
  ]);
  assert.equal(
    chosen("<IntroInstall><![CDATA[x <st|]]></IntroInstall>", "strong"),
    "<IntroInstall><![CDATA[x <strong>$0</strong>]]></IntroInstall>",
  );
});

test("what is open is closed, the innermost first", () => {
  const { labels } = completed("<IntroInstall><![CDATA[<p>a</p><ul><li>x<br/></|]]></IntroInstall>");
  assert.deepEqual(labels, ["</li>", "</ul>"]);
  assert.equal(
    chosen("<IntroInstall><![CDATA[<ul></u|]]></IntroInstall>", "</ul>"),
    "<IntroInstall><![CDATA[<ul></ul>]]></IntroInstall>",
  );
});

test("what is escaped stays escaped", () => {
  assert.equal(
    chosen("<IntroInstall>&lt;p|</IntroInstall>", "pre"),
    "<IntroInstall>&lt;pre&gt;$0&lt;/pre&gt;</IntroInstall>",
  );
  assert.equal(
    chosen("<IntroInstall>&lt;b&gt;x&lt;/|</IntroInstall>", "</b>"),
    "<IntroInstall>&lt;b&gt;x&lt;/b&gt;</IntroInstall>",
  );
});

test("plain texts, code and places without a bracket are left alone", () => {
  for (const intro of [
    '<IntroInstall Format="plain"><![CDATA[<|]]></IntroInstall>',
    "<IntroInstall><![CDATA[a |]]></IntroInstall>",
    "<CodeInstall><![CDATA[ if ($A <| ]]></CodeInstall>",
  ])
    assert.deepEqual(completed(intro).labels, [], intro);
});

test("every place of a text that is cut off anywhere is answered", () => {
  const whole =
    "<otrs_package><IntroInstall><![CDATA[<p a='<'>x</p></ul><!-- ]]>&lt;b&gt;&lt;/</IntroInstall></otrs_package>";
  for (let end = 0; end <= whole.length; end++) {
    const document = featureDocument(whole.slice(0, end));
    for (let offset = 0; offset <= end; offset++)
      completion(document, offset, { now: "", translate: english });
  }
});
