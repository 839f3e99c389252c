import assert from "node:assert/strict";
import { test } from "node:test";
import { completion } from "../../server/src/features/completion.ts";
import {
  describeHtml,
  introCompletion,
  introHover,
  introTagClose,
} from "../../server/src/features/intro-html.ts";
import { introTextAt } from "../../server/src/features/intro-text.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument } from "../support/feature-document.ts";
import { withCaret } from "../support/marked.ts";

function asked(intro: string) {
  const { text, caret } = withCaret(`<otrs_package><Name>A</Name>${intro}</otrs_package>`);
  const document = featureDocument(text);
  return { text, caret, document, intro: introTextAt(document, caret) };
}

function completed(intro: string, trigger: string | undefined = "<") {
  const { text, document, intro: place } = asked(intro);
  const items = place ? introCompletion(document, place, trigger) : [];
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

const closed = (intro: string) => {
  const { intro: place } = asked(intro);
  return place && introTagClose(place);
};

const explained = (intro: string) => {
  const { text, intro: place } = asked(intro);
  const shown = place && introHover(place, english);
  return shown && { at: text.slice(shown.span.start, shown.span.end), markdown: shown.markdown };
};

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
  assert.equal(
    chosen("<IntroInstall><![CDATA[x <b|]]></IntroInstall>", "br"),
    "<IntroInstall><![CDATA[x <br/>]]></IntroInstall>",
  );
});

test("a tag that is there already gets another name and nothing else", () => {
  for (const rest of ["| >x</b>", "| class='x'>", "|/>"])
    assert.equal(
      chosen(`<IntroInstall><![CDATA[<b${rest}]]></IntroInstall>`, "em"),
      `<IntroInstall><![CDATA[<em${rest.slice(1)}]]></IntroInstall>`,
    );
});

test("what the admin screen takes out, and what belongs to the page around, is not offered", () => {
  const { labels } = completed("<IntroInstall><![CDATA[<|]]></IntroInstall>");
  assert.ok(labels.length > 80, `${labels.length}`);
  for (const name of [
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "svg",
    "html",
    "head",
    "body",
    "!DOCTYPE",
  ])
    assert.ok(!labels.includes(name), name);
  const { labels: attributes } = completed("<IntroInstall><![CDATA[<a |>x</a>]]></IntroInstall>", " ");
  assert.deepEqual(
    attributes.filter((name) => /^on/.test(name)),
    [],
  );
});

test("attributes and their values are offered", () => {
  const { labels } = completed("<IntroInstall><![CDATA[<a |>x</a>]]></IntroInstall>", " ");
  assert.deepEqual(labels.slice(0, 2), ["href", "target"]);
  assert.equal(
    chosen("<IntroInstall><![CDATA[<a hr|>x</a>]]></IntroInstall>", "href"),
    '<IntroInstall><![CDATA[<a href="$1">x</a>]]></IntroInstall>',
  );
  assert.equal(
    chosen('<IntroInstall><![CDATA[<a target="_b|">x</a>]]></IntroInstall>', "_blank"),
    '<IntroInstall><![CDATA[<a target="_blank">x</a>]]></IntroInstall>',
  );
  assert.equal(
    chosen("<IntroInstall>&lt;a hr|&gt;x&lt;/a&gt;</IntroInstall>", "href"),
    "<IntroInstall>&lt;a href=&quot;$1&quot;&gt;x&lt;/a&gt;</IntroInstall>",
  );
});

test("what is open is closed, the innermost first", () => {
  const { labels } = completed("<IntroInstall><![CDATA[<p>a</p><ul><li>x<br/></|]]></IntroInstall>");
  assert.deepEqual(labels, ["</li>", "</ul>"]);
  assert.equal(
    chosen("<IntroInstall><![CDATA[<ul></u|]]></IntroInstall>", "</ul>"),
    "<IntroInstall><![CDATA[<ul></ul>]]></IntroInstall>",
  );
  assert.equal(
    chosen("<IntroInstall><![CDATA[<p>x<|]]></IntroInstall>", "</p>"),
    "<IntroInstall><![CDATA[<p>x</p>]]></IntroInstall>",
  );
});

test("what is escaped stays escaped", () => {
  assert.equal(
    chosen("<IntroInstall>&lt;p|</IntroInstall>", "pre"),
    "<IntroInstall>&lt;pre&gt;$0&lt;/pre&gt;</IntroInstall>",
  );
  assert.equal(
    chosen("<IntroInstall>😀 &lt;|</IntroInstall>", "pre"),
    "<IntroInstall>😀 &lt;pre&gt;$0&lt;/pre&gt;</IntroInstall>",
  );
  assert.equal(
    chosen("<IntroInstall>&lt;b&gt;x&lt;/|</IntroInstall>", "</b>"),
    "<IntroInstall>&lt;b&gt;x&lt;/b&gt;</IntroInstall>",
  );
});

test("a bracket that is typed outside of CDATA is escaped with its tag", () => {
  for (const [before, behind] of [
    ["", ""],
    ["x ", " y"],
    ["&lt;p&gt;x", "&lt;/p&gt;"],
  ])
    assert.equal(
      chosen(`<IntroInstall>${before}<|${behind}</IntroInstall>`, "pre"),
      `<IntroInstall>${before}&lt;pre&gt;$0&lt;/pre&gt;${behind}</IntroInstall>`,
    );
  const { items } = completed("<IntroInstall>&lt;b&gt;x<|</IntroInstall>");
  assert.equal(items.find(({ label }) => label === "pre")?.filterText, "<pre");
  assert.equal(
    chosen("<IntroInstall>&lt;b&gt;x<|</IntroInstall>", "</b>"),
    "<IntroInstall>&lt;b&gt;x&lt;/b&gt;</IntroInstall>",
  );
});

test("references of HTML are offered in CDATA alone, where a spec allows them", () => {
  assert.ok(
    completed("<IntroInstall><![CDATA[a &nb|]]></IntroInstall>", undefined).labels.includes("&nbsp;"),
  );
  assert.deepEqual(completed("<IntroInstall>a &amp;nb|</IntroInstall>", undefined).labels, []);
});

test("plain texts, code and places without a bracket are left alone", () => {
  for (const intro of [
    '<IntroInstall Format="plain"><![CDATA[<|]]></IntroInstall>',
    "<IntroInstall><![CDATA[a |]]></IntroInstall>",
    "<CodeInstall><![CDATA[ if ($A <| ]]></CodeInstall>",
    "<IntroInstall Ti|tle=''>x</IntroInstall>",
    "<IntroInstall>x<!-- <| --></IntroInstall>",
    "<IntroInstall><![CDATA[<p><!-- <| --></p>]]></IntroInstall>",
  ])
    assert.deepEqual(completed(intro).labels, [], intro);
});

test("tags and attributes are explained, and those that are taken out get a warning", () => {
  const tag = explained("<IntroInstall><![CDATA[<p><str|ong>x</strong></p>]]></IntroInstall>");
  assert.equal(tag?.at, "strong");
  assert.match(tag!.markdown, /^The strong element [^!]*\n\n\[MDN Reference\]\(https:/);
  const escaped = explained("<IntroInstall>😀&lt;a hr|ef='x'&gt;y&lt;/a&gt;</IntroInstall>");
  assert.equal(escaped?.at, "href");
  assert.match(
    explained("<IntroInstall><![CDATA[<im|g src='x.png'/>]]></IntroInstall>")!.markdown,
    /^The admin screen takes this out before it shows the text\.\n\n/,
  );
  assert.match(
    explained("<IntroInstall><![CDATA[<p oncl|ick='x()'>a</p>]]></IntroInstall>")!.markdown,
    /^The admin screen takes this element out before it shows the text\./,
  );
  assert.equal(explained("<IntroInstall><![CDATA[<p>wo|rd</p>]]></IntroInstall>"), undefined);
});

test("items tell more of themselves when somebody asks", () => {
  assert.match(describeHtml("p", undefined)!, /^The p element represents a paragraph\./);
  assert.match(describeHtml("a", "href")!, /hyperlink/);
  assert.doesNotMatch(describeHtml("a", "href")!, /data:image/);
  assert.equal(describeHtml("nothing", undefined), undefined);
});

test("tags are closed as they are typed, in both forms", () => {
  assert.equal(closed("<IntroInstall><![CDATA[<p>|]]></IntroInstall>"), "$0</p>");
  assert.equal(closed("<IntroInstall><![CDATA[<ul><li>x</|</ul>]]></IntroInstall>"), "li>");
  assert.equal(closed("<IntroInstall>&lt;p&gt;|</IntroInstall>"), "$0&lt;/p&gt;");
  assert.equal(closed("<IntroInstall>&lt;p&gt;x&lt;/|</IntroInstall>"), "p&gt;");
  for (const intro of [
    "<IntroInstall><![CDATA[<br>|]]></IntroInstall>",
    "<IntroInstall><![CDATA[<p>|</p>]]></IntroInstall>",
    "<IntroInstall><![CDATA[1 > 0 >|]]></IntroInstall>",
    '<IntroInstall Format="plain"><![CDATA[<p>|]]></IntroInstall>',
    "<CodeInstall><![CDATA[ <p>| ]]></CodeInstall>",
  ])
    assert.equal(closed(intro) ?? undefined, undefined, intro);
});

test("every place of a text that is cut off anywhere is answered", () => {
  const whole =
    "<otrs_package><IntroInstall><![CDATA[<p a='<'>x</p></ul><!-- ]]>&lt;b&gt;&lt;/</IntroInstall></otrs_package>";
  for (let end = 0; end <= whole.length; end++) {
    const document = featureDocument(whole.slice(0, end));
    for (let offset = 0; offset <= end; offset++) {
      completion(document, offset, { now: "", translate: english });
      const place = introTextAt(document, offset);
      if (!place) continue;
      for (const { edit } of introCompletion(document, place, undefined))
        assert.ok(edit.span.start <= offset && offset <= edit.span.end, `${end}, ${offset}`);
      introHover(place, english);
      introTagClose(place);
    }
  }
});
