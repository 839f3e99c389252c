import assert from "node:assert/strict";
import { test } from "node:test";
import type { Knowledge } from "../../server/src/knowledge/knowledge.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { type Operation, operations } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { headingOf } from "../../server/src/report/heading.ts";
import { renderHtmlBody, renderHtmlDocument } from "../../server/src/report/render-html.ts";
import { renderJunit } from "../../server/src/report/render-junit.ts";
import { renderMarkdown } from "../../server/src/report/render-markdown.ts";
import { renderText } from "../../server/src/report/render-text.ts";
import { type DryRunReport, makeReport } from "../../server/src/report/report-model.ts";
import { differenceOf } from "../../server/src/report/system-difference.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { memorySystem } from "../support/memory-system.ts";
import { type PackageText, packageOf } from "../support/package-text.ts";

const table = `<DatabaseInstall Type="post"><TableCreate Name="acme">
  <Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/><Column Name="title" Type="VARCHAR" Size="50"/>
</TableCreate><Insert Table="acme"><Data Key="id">1</Data><Data Key="title" Type="Quote">one</Data></Insert>
<Insert Table="acme"><Data Key="id">2</Data></Insert></DatabaseInstall>
<CodeInstall Type="post"><![CDATA[
        my $A = 1;
          1;
    ]]></CodeInstall>`;

const acme: PackageText = { body: table, files: { "a.txt": "a" } };

function system(knowledge: Partial<Knowledge> = {}): SystemState {
  return memorySystem({ dialect: "znuny-7", version: "7.1.7", knowledge: { ...noKnowledge, ...knowledge } });
}

function reportOf(
  operation: Operation,
  state: SystemState,
  text: PackageText = acme,
  leftovers?: DryRunReport["leftovers"],
): DryRunReport {
  const plan = planOperation(operation, packageOf(text), state);
  return makeReport({ plan, fileName: "Acme.opm", specText: undefined, leftovers });
}

const html = { translate: english, interactive: true } as const;

test("steps are numbered from 1 without gaps in every form", () => {
  const report = reportOf("install", system());
  const expected = report.timeline.map((_, index) => index + 1);
  const numbersIn = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, number]) => Number(number));
  assert.deepEqual(numbersIn(renderHtmlBody(report, html), /<span class="number">(\d+)</g), expected);
  const text = renderText(report, { translate: english, width: undefined, colors: false });
  assert.deepEqual(numbersIn(text, /^ +(\d+) {2}\S /gm), expected);
  assert.deepEqual(numbersIn(renderMarkdown(report, english), /^- \S (\d+) · /gm), expected);
  const cases = numbersIn(renderJunit(report, english), /<testcase classname="\w+" name="(\d+) /g);
  assert.deepEqual(
    cases,
    cases.map((_, index) => index + 1),
  );
});

test("the title of an upgrade names the version that it starts at", () => {
  const state = planOperation("install", packageOf({ ...acme, version: "0.9.0" }), system()).after;
  const { text, values } = headingOf(reportOf("upgrade", state));
  assert.equal(english(text, values), "Dry run: upgrade Acme from 0.9.0 to 1.0.0 on Test 7.1.7 with MariaDB");
});

test("the title says of a package without a name that it has none", () => {
  for (const applied of [true, false]) {
    for (const operation of operations) {
      const report = {
        ...reportOf("install", system()),
        operation,
        applied,
        package: { name: undefined, version: "1.0.0", vendor: undefined },
      };
      const { text, values } = headingOf(report);
      assert.match(english(text, values), /a package without a name (?:on|from) Test 7\.1\.7 with MariaDB$/);
    }
  }
});

test("code has no indent that all its lines have", () => {
  assert.match(renderHtmlBody(reportOf("install", system()), html), /<pre><code>my \$A = 1;\n {2}1;<\/code>/);
});

test("rows of a table stand together below the names of its columns", () => {
  const body = renderHtmlBody(reportOf("install", system()), html);
  const [, values = ""] = /<table class="values">(.*?)<\/table>/s.exec(body) ?? [];
  assert.deepEqual(
    [...values.matchAll(/<th scope="col"><code>(\w+)</g)].map(([, name]) => name),
    ["id", "title"],
  );
  assert.match(values, /<tr><td>1<\/td><td>one<\/td><\/tr><tr><td>2<\/td><td class="null">NULL<\/td><\/tr>/);
});

test("what an uninstall leaves comes before its steps and is open", () => {
  const base = system();
  const installed = planOperation("install", packageOf(acme), base).after;
  const report = reportOf("uninstall", installed, acme, differenceOf(base, installed, ["a.txt"]));
  const body = renderHtmlBody(report, html);
  const left = body.indexOf("What an uninstall leaves behind");
  assert.ok(left > 0 && left < body.indexOf("<h2>Steps</h2>"));
  assert.match(body, /<details open="" data-fold="leftovers database">/);
  const text = renderText(report, { translate: english, width: undefined, colors: false });
  assert.ok(text.indexOf("What an uninstall leaves behind") < text.indexOf("Steps\n"));
});

test("a step that needs attention is marked, and the filter is there where no view has one", () => {
  const report = reportOf("install", system(), {
    ...acme,
    body: '<CodeInstall Type="never">1;</CodeInstall>',
  });
  const body = renderHtmlBody(report, html);
  assert.match(body, /<li class="step never" data-attention="" /);
  assert.match(body, /<li class="step runs" data-key/);
  assert.doesNotMatch(body, /only-attention/);
  const whole = renderHtmlDocument(report, { ...html, interactive: false, language: "en", nonce: "abc" });
  assert.match(whole, /<input type="checkbox" id="only-attention">/);
});

const settingsPath = "Kernel/Config/Files/XML/Acme.xml";
const override: PackageText = {
  files: {
    [settingsPath]: `<otrs_config version="2.0" init="Config"><Setting Name="Ticket::Hook"><Value><Item>Acme#</Item></Value></Setting></otrs_config>`,
  },
};
const ticketHook: Partial<Knowledge> = {
  release: "Znuny 7.1.7",
  isFrameworkSetting: (name) => name === "Ticket::Hook",
  settingSources: (name) => (name === "Ticket::Hook" ? [{ init: "Framework", file: "Ticket.xml" }] : []),
};

test("a setting of the framework is changed by a package and returns when that goes", () => {
  const state = system(ticketHook);
  const installed = reportOf("install", state, override);
  assert.deepEqual(
    installed.difference.settings.map(({ change, name }) => [change, name]),
    [["changed", "Ticket::Hook"]],
  );
  const after = planOperation("install", packageOf(override), state).after;
  const removed = reportOf("uninstall", after, override);
  assert.deepEqual(
    removed.difference.settings.map(({ change, name }) => [change, name]),
    [["returned", "Ticket::Hook"]],
  );
  assert.match(
    renderText(removed, { translate: english, width: undefined, colors: false }),
    /↺ Ticket::Hook, that of the framework counts again/,
  );
});
