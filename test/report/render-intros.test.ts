import assert from "node:assert/strict";
import { test } from "node:test";
import { builtStructure } from "../../server/src/engine/preview-sql.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { renderIntros } from "../../server/src/report/render-intros.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

function rendered(intros: string): string {
  const spec = `<otrs_package version="1.1"><Name>Acme</Name><Version>1.0.0</Version>${intros}</otrs_package>`;
  const structure = builtStructure(SyntaxTree.parse(spec), "znuny-7");
  assert.ok(structure);
  return renderIntros(structure, english);
}

/** The headings and the lines about readers, in their order. */
function outline(html: string): readonly string[] {
  return [...html.matchAll(/<h2>(.*?)<\/h2>|<p class="readers">(.*?)<\/p>|<h3>(.*?)<\/h3>/g)].map(
    ([, section, readers, title]) => section ?? readers ?? title ?? "",
  );
}

test("each text is shown once, with those who read it, in the order of the operations", () => {
  const html = rendered(`
<IntroUpgrade Type="post" Lang="en" Title="Later"><![CDATA[<p>Up</p>]]></IntroUpgrade>
<IntroInstall Type="post" Lang="en" Title="Thanks"><![CDATA[<b>Hello</b>]]></IntroInstall>
<IntroInstall Type="post" Lang="de" Title="Danke">&lt;b&gt;Hallo&lt;/b&gt;</IntroInstall>`);
  assert.deepEqual(outline(html), [
    ...["Install, afterwards", "For readers of en and of all other languages:", "Thanks"],
    ...["For readers of de:", "Danke"],
    ...["Upgrade, afterwards", "For readers of en and of all other languages:", "Later"],
  ]);
  assert.match(html, /<b>Hello<\/b>.*<b>Hallo<\/b>/s);
  assert.match(html, /<summary>On the console<\/summary><pre><code>.*\| Acme-1\.0\.0\n\| Thanks/s);
});

test("a plain text keeps its line breaks, and a version is told to mean nothing", () => {
  const html = rendered(
    '<IntroUpgrade Type="pre" Lang="en" Format="plain" Version="1.2.0">one\ntwo</IntroUpgrade>',
  );
  assert.match(html, /<pre>one\ntwo<\/pre>/);
  assert.match(html, /the Version “1\.2\.0” of the text is looked at by no framework/);
});

test("behind an uninstallation there is an empty box", () => {
  const html = rendered('<IntroUninstall Type="post" Lang="en" Title="Bye">x</IntroUninstall>');
  assert.match(html, /Uninstall, afterwards.*An empty box is shown\./s);
});

test("a package without texts says so", () => {
  assert.equal(rendered(""), "<p>The package has no texts for administrators.</p>");
});

test("nothing of a package runs, loads or looks like the page", () => {
  const html =
    rendered(`<IntroInstall Type="pre" Lang="&lt;i&gt;" Title="&lt;img src=x onerror=y&gt;" Version="&lt;s&gt;"><![CDATA[
<script>alert(1)</script><img src="https://x/y.png"><a href="command:sopm.build" onclick="z()">a</a><style>p{}</style>
<p style="position:fixed">b</p></section><h1>c</h1><iframe src="https://x"></iframe>]]></IntroInstall>`);
  const marks = [...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/g)].map(([, name]) => name);
  for (const name of ["script", "img", "style", "iframe", "i", "s", "h1"])
    assert.ok(!marks.includes(name), name);
  assert.doesNotMatch(html, /<[^>]*(?:onclick|onerror|style=|command:)/);
  assert.equal(html.split("<section>").length, 2);
  assert.equal(html.split("</section>").length, 2);
});

test("many languages are answered in time, and each once", () => {
  const many = Array.from(
    { length: 300 },
    (_, index) => `<IntroInstall Type="pre" Lang="l${index}">x</IntroInstall>`,
  );
  const html = rendered(many.join(""));
  assert.ok(html.split("<h2>").length === 2);
});
