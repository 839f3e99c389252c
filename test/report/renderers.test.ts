import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import { renderHtmlBody, renderHtmlDocument } from "../../server/src/report/render-html.ts";
import { renderJson } from "../../server/src/report/render-json.ts";
import { renderJunit } from "../../server/src/report/render-junit.ts";
import { renderMarkdown } from "../../server/src/report/render-markdown.ts";
import { renderText } from "../../server/src/report/render-text.ts";
import type { ReportIntro } from "../../server/src/report/report-intros.ts";
import { type DryRunReport, makeReport } from "../../server/src/report/report-model.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { addRow, neverRun, planOf, statement, step, writeFile } from "../support/hand-made-plan.ts";
import { schemaProblems } from "../support/json-schema.ts";

const spec = "<otrs_package>\n  <Name>Acme</Name>\n</otrs_package>\n";
const span = { start: 17, end: 34 };
const hostile = `"><script>alert(1)</script>\u001b[31m\u202e&amp;`;

const steps = [
  step({ kind: "check", check: "framework", forced: false }, { lane: "check", span }),
  step(
    {
      kind: "code",
      family: "CodeInstall",
      phase: "pre",
      version: undefined,
      code: `die ${hostile};`,
      insight: { modules: [{ name: hostile, loadable: false }], calls: [], uninstalls: [] },
    },
    {
      lane: "code",
      key: `code ${hostile}`,
      span,
      outcome: "fails",
      reason: { text: "It dies: {why}", values: { why: hostile } },
      remains: { text: "Nothing yet." },
      log: [{ id: "died", priority: "error", text: "It died: {why}", values: { why: hostile } }],
    },
  ),
  statement("CREATE TABLE acme (id INTEGER)", { span }),
  neverRun(hostile, { span }),
  step(
    {
      kind: "code",
      family: "CodeInstall",
      phase: "post",
      version: undefined,
      code: "1;",
      insight: { modules: [], calls: [], uninstalls: [] },
    },
    { lane: "code", key: "code 2", outcome: "skipped", reason: { text: "Not this time." } },
  ),
  ...Array.from({ length: 30 }, (_, index) => writeFile(`Kernel/File${index}.pm`)),
  writeFile(`Kernel/${hostile}`),
  addRow("Acme", "1.0.0"),
  step({ kind: "end", success: true }, { lane: "end" }),
];

const intro: ReportIntro = {
  phase: "pre",
  where: "admin",
  title: hostile,
  text: `<h1 onclick="x()">Read</h1><script>alert(1)</script><style>*{}</style><img src="https://acme.example/x.png">
    <a href="javascript:x()">no</a> <a href="//acme.example">no</a> <a href="http://acme.example">no</a>
    <a href="https://acme.example" target="_blank">yes</a> <p style="position:fixed">p</p><form><input></form>
    <iframe src="https://acme.example"></iframe><svg onload="x()"></svg><table><tr><td>cell</td></tr></table>`,
  span,
};

function report(): DryRunReport {
  const plan = planOf(steps);
  return makeReport({
    plan,
    specText: spec,
    fileName: hostile,
    assumptions: [{ text: "Taken: {what}", values: { what: hostile } }],
    documentedPlan: planOf(steps.filter(({ outcome }) => outcome !== "never")),
    intros: [intro, { ...intro, where: "console" }, { ...intro, phase: "post", title: "", text: "" }],
  });
}

/** Names of elements and attributes, told by their tags alone: texts hold no angle bracket. */
function namesIn(html: string): Set<string> {
  const tags = [...html.matchAll(/<\/?[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, ""));
  return new Set(tags.flatMap((tag) => tag.match(/[\w-]+/g) ?? []));
}

const harmlessNames = new Set(
  (
    "header section h1 h2 h3 h4 p span b a ul ol li div button pre code details summary table thead tbody tr th td br " +
    "class type scope href rel aria-hidden aria-label data-key data-fold data-start data-end data-line data-attention open"
  ).split(" "),
);

const htmlOptions = { translate: english, interactive: true } as const;

test("HTML: nothing that comes from a package is markup, and no character of it is unseen", () => {
  const body = renderHtmlBody(report(), htmlOptions);
  assert.deepEqual(
    [...namesIn(body)].filter((name) => !harmlessNames.has(name)),
    [],
  );
  assert.doesNotMatch(body, /[\u001b\u202e]/);
  assert.match(body, /&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;\\u001b\[31m\\u202e&amp;amp;/);
});

test("HTML: of links in introductions only those to https lead anywhere", () => {
  const body = renderHtmlBody(report(), htmlOptions);
  const links = [...body.matchAll(/<a [^>]*>/g)].map(([link]) => link);
  assert.deepEqual(links, ['<a href="https://acme.example" rel="noopener noreferrer">']);
  assert.match(body, /<h4>Read<\/h4>/);
  assert.match(body, /<td>cell<\/td>/);
  assert.match(body, /<p>An empty box is shown\.<\/p>/);
});

test("HTML: the document lets in nothing but its own style and script", () => {
  const html = renderHtmlDocument(report(), {
    ...htmlOptions,
    language: "en",
    nonce: "n0nce",
    script: "go()",
  });
  assert.match(
    html,
    /content="default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'; base-uri 'none'; form-action 'none'"/,
  );
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.doesNotMatch(html, /<link|@import|url\(|<[^>]*\ssrc=/);
  const without = renderHtmlDocument(report(), { ...htmlOptions, language: "en", nonce: "n0nce" });
  assert.doesNotMatch(without, /<script|script-src/);
  assert.throws(() => renderHtmlDocument(report(), { ...htmlOptions, language: "en", nonce: "a'b" }));
});

test("HTML: it is well-formed, headings follow each other, and the verdict comes before the steps", () => {
  const body = renderHtmlBody(report(), htmlOptions).replaceAll(/<(br|hr|img|input)>/g, "<$1/>");
  assert.ok(SyntaxTree.parse(`<div>${body}</div>`).isWellFormed);
  const headings = [...body.matchAll(/<h(\d)>/g)].map(([, level]) => level);
  assert.deepEqual([headings[0], ...new Set(headings.slice(1, -1))].slice(0, 2), ["1", "2"]);
  assert.ok(body.indexOf('class="verdict') < body.indexOf('class="timeline'));
});

test("HTML: a step carries its place, and outcomes are there in words", () => {
  const body = renderHtmlBody(report(), htmlOptions);
  assert.match(body, /<li class="step fails" [^>]*data-start="17" data-end="34" data-line="2"/);
  assert.match(body, /<button type="button" class="place" data-start="17" data-end="34">line 2<\/button>/);
  assert.match(body, /<span class="outcome"><span aria-hidden="true">✗ <\/span>fails<\/span>/);
  assert.match(body, /<span aria-hidden="true">⊘ <\/span>never runs</);
  assert.doesNotMatch(renderHtmlBody(report(), { ...htmlOptions, interactive: false }), /<button/);
});

test("HTML: thousands of files and statements stay a page of bounded size", () => {
  const many = [
    ...Array.from({ length: 8439 }, (_, index) => writeFile(`Kernel/File${index}.pm`, { span })),
    ...Array.from({ length: 3000 }, (_, index) =>
      statement(`DROP TABLE t${index} ${"x".repeat(5000)}`, {
        outcome: index % 2 ? "fails" : "runs",
        reason: { text: "Failure" },
      }),
    ),
  ];
  const large = makeReport({ plan: planOf(many), specText: spec, fileName: "Acme.sopm" });
  const body = renderHtmlBody(large, htmlOptions);
  assert.ok(body.length < 3_000_000, `${body.length} characters`);
  assert.match(body, /Writes 8439 files/);
  assert.match(body, /and 7939 more; as JSON all are listed/);
});

test("text: every line fits the width where it has a blank to break at, and obeys nothing", () => {
  const text = renderText(report(), { translate: english, width: 72, colors: false });
  for (const line of text.split("\n")) {
    assert.ok(line.length <= 72 || !line.trimStart().includes(" ", 1) || /\S{30}/.test(line), line);
  }
  assert.doesNotMatch(text, /[\u001b\u202e\r]/);
  assert.match(text, /^Dry run: install Acme 1\.0\.0 on Znuny 7\.1\.3 with MariaDB\n/);
  assert.match(text, /✗ Code +\[fails\] Runs CodeInstall, pre \(line 2\)/);
  assert.match(text, /⊘ Database +\[never runs\]/);
  assert.match(text, /Left behind: Nothing yet\./);
  assert.match(text, /✓ Files +Writes 31 files\n/);
});

test("text: colours are added to the signs, and nothing else changes", () => {
  const plain = renderText(report(), { translate: english, width: 80, colors: false });
  const colored = renderText(report(), { translate: english, width: 80, colors: true });
  assert.notEqual(colored, plain);
  assert.equal(colored.replaceAll(/\u001b\[\d+m/g, ""), plain);
});

test("Markdown: nothing that comes from a package is markup or HTML outside of code", () => {
  const markdown = renderMarkdown(report(), english);
  const outside = markdown.replaceAll(/^ {2}(`{3,})[\s\S]*?^ {2}\1$/gm, "").replaceAll(/(`+).*?\1/g, "");
  assert.doesNotMatch(outside, /(^|[^\\])<script/);
  assert.doesNotMatch(markdown, /[\u001b\u202e]/);
  assert.match(markdown, /^# Dry run: install Acme 1\.0\.0/);
  assert.match(markdown, /- ⊘ 4 · Database · \*\*never runs\*\* · /);
});

test("JUnit: well-formed XML in which what fails or never runs is a failure", () => {
  const xml = renderJunit(report(), english);
  assert.ok(SyntaxTree.parse(xml).isWellFormed);
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  assert.match(xml, /tests="39" failures="2" errors="0" skipped="1"/);
  assert.equal(xml.match(/<testcase /g)?.length, 39);
  assert.equal(xml.match(/<failure type="fails"/g)?.length, 1);
  assert.equal(xml.match(/<failure type="never"/g)?.length, 1);
  assert.match(xml, /name="2 Runs CodeInstall, pre" file="[^"]*" line="2"/);
});

test("JUnit: a refused operation fails, with its reasons", () => {
  const refusals = [{ check: "framework", text: "No such framework: \ud800", span: undefined }] as const;
  const plan = planOf([], { refusals, verdict: "refused" });
  const xml = renderJunit(makeReport({ plan, specText: undefined, fileName: undefined }), english);
  assert.match(xml, /tests="1" failures="1"/);
  assert.match(xml, /<failure type="refused" [^>]*>[^<]*No such framework: \\ud800\nBasis: [^<]*<\/failure>/);
});

test("JSON: complete, with places, and the same identifiers in every language", () => {
  const shouting = (text: string, values = {}) => english(text, values).toUpperCase();
  const json = JSON.parse(renderJson(report(), english));
  const loud = JSON.parse(renderJson(report(), shouting));
  assert.equal(json.steps.length, steps.length);
  const { title, reason, remains, log, detail, ...facts } = json.steps[1];
  assert.deepEqual(facts, {
    number: 2,
    key: `code ${hostile}`,
    kind: "code",
    lane: "code",
    phase: "pre",
    operation: "install",
    depth: 1,
    outcome: "fails",
    certain: true,
    doubt: null,
    certainty: "run",
    assumed: false,
    line: 2,
    column: 3,
    quirks: [],
  });
  assert.equal(title, "Runs CodeInstall, pre");
  assert.equal(reason, `It dies: ${hostile}`);
  assert.equal(remains, "Nothing yet.");
  assert.deepEqual(log, [{ id: "died", priority: "error", message: `It died: ${hostile}` }]);
  assert.equal(detail.code, `die ${hostile};`);
  assert.equal(json.differences.files.length, 31);
  assert.deepEqual(json.differences.packages, [
    { change: "added", name: "Acme", version: "1.0.0", status: "installed" },
  ]);
  assert.equal(loud.steps[1].kind, "code");
  assert.equal(loud.steps[1].title, "RUNS CODEINSTALL, PRE");
});

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../schemas/dry-run.schema.json"), "utf8"),
);

test("JSON: what is written is what the published schema describes", () => {
  const full = JSON.parse(renderJson(report(), english));
  assert.deepEqual(schemaProblems(full, schema), []);
  const { difference } = report();
  const refusals = [{ check: "framework", text: "No.", span }] as const;
  const plan = planOf([], {
    refusals,
    verdict: "refused",
    package: { name: undefined, version: undefined, vendor: undefined },
  });
  const bare = makeReport({ plan, specText: undefined, fileName: undefined, leftovers: difference });
  assert.deepEqual(schemaProblems(JSON.parse(renderJson(bare, english)), schema), []);
});

test("JSON: the schema tells other things apart", () => {
  const full = JSON.parse(renderJson(report(), english));
  assert.deepEqual(schemaProblems({ ...full, operation: "remove", extra: 1 }, schema), [
    "$.operation: remove is not allowed",
    "$.extra: is not described",
  ]);
  assert.ok(schemaProblems({}, schema).includes("$.verdict: is missing"));
});

test("a second sentence of a refusal stands in every form", () => {
  const further = { text: "It looks like {name} under a new name.", values: { name: "Old" } };
  const refusal = { check: "file-conflicts", text: "The file belongs to Old.", further, span } as const;
  const refused = makeReport({
    plan: planOf(steps, { verdict: "refused", refusals: [refusal] }),
    specText: spec,
    fileName: "Acme.sopm",
  });
  const options = { translate: english, width: 200, colors: false };
  for (const text of [
    renderText(refused, options),
    renderMarkdown(refused, english),
    renderJson(refused, english),
    renderJunit(refused, english),
    renderHtmlBody(refused, { translate: english, interactive: false }),
  ])
    assert.match(text, /The file belongs to Old\. It looks like Old under a new name\./);
});
