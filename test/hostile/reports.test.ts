import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { ReportFormat } from "../../server/src/cli/common-parameters.ts";
import { formatReport } from "../../server/src/cli/report-format.ts";
import { defaultSystem } from "../../server/src/engine/default-system.ts";
import { DryRun } from "../../server/src/engine/try-operation.ts";
import { type Operation, operations } from "../../server/src/lifecycle/operation.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import { archiveOf, attributeText } from "../support/hostile-package.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { assertHarmless, invisible } from "../support/untrusted-html.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../schemas/dry-run.schema.json"), "utf8"),
);

/** What somebody writes who wants a report to do something. */
const payloads: Readonly<Record<string, string>> = {
  "a script": "<script>alert(1)</script>",
  "a closed page and a script": "</code></pre></details></main></body></html><script>alert(1)</script>",
  "an end of everything": "\"'></title></style></textarea></noscript><svg/onload=alert(1)>",
  "an event handler": '" onmouseover="alert(1)" x="',
  "an image": "<img src=x onerror=alert(1)>",
  "a page in a page":
    '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe><object data="//evil.example"></object><embed src="x">',
  "links that run":
    '<a href="javascript:alert(1)">a</a><a href=" java\u0001script:alert(1)">b</a><a href="data:text/html,<script>alert(1)</script>">c</a><a href="vbscript:x">d</a>',
  "links that lead elsewhere":
    '<a href="//evil.example">a</a><a href="http://evil.example">b</a><a href="file:///etc/passwd">c</a><a href="command:workbench.action.quit">d</a><a href="vscode://x">e</a>',
  "styles and fonts":
    '<style>@import url(//evil.example/x.css)</style><link rel="stylesheet" href="//evil.example"><p style="background:url(//evil.example)">p</p>',
  "other pages":
    '<meta http-equiv="refresh" content="0;url=//evil.example"><base href="//evil.example"><form action="//evil.example"><input name="a"><button formaction="javascript:alert(1)">b</button></form>',
  "foreign elements":
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></table></mtext></math><svg><use href="data:image/svg+xml;base64,PHN2Zz4="/><animate onbegin=alert(1)></svg>',
  "comments and sections":
    "<!--><script>alert(1)</script>--><![CDATA[<script>alert(1)</script>]]><?xml-stylesheet href='x'?>",
  "a page of many parts":
    "<details open ontoggle=alert(1)><summary>s</summary></details><video><source onerror=alert(1)></video><template><script>alert(1)</script></template>",
  "something like ours":
    '<button class="place" data-start="0">line 1</button><main id="report">x</main><div id="report">y</div>',
  "escape sequences": "\u001b[2J\u001b]0;owned\u0007\u001b[31mred\u009b31m\u0090x\u009c\u0008\u007f",
  "other directions": "\u202egnp.exe\u202c \u2066a\u2069 \u200f\u061c\u2028b\u2029",
  "new lines": "a\n✓ Everything is fine\r\n## Steps\n- ok\n```\n\nb",
  markdown:
    "[a](javascript:alert(1)) ![b](//evil.example/x.png) <b>c</b> `d` ``` e ~~~ **f** | g | # h\n# i\n---\n[j]: //evil.example\n",
  backquotes: `${"`".repeat(40)} a ${"` ".repeat(20)}`,
  "the end of a section": "]]> ]]&gt; --> ?>",
  templates: "${alert(1)} {{alert(1)}} <%= x %> {name} {count} %s $& $1 $`",
  "no characters": "\ufffe\uffff\u0000\ufdd0",
  "halves of characters": "\ud800 \udfff a",
  "names of prototypes": "__proto__ constructor toString hasOwnProperty valueOf",
};

/** The payload wherever a package has room for a text. What XML has no place for, nobody can put there. */
function packageWith(payload: string, version: string): string {
  const text = payload.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, "");
  const quoted = attributeText(text);
  const plain = quoted.replaceAll(">", "&gt;");
  const intros = ["IntroInstall", "IntroUpgrade", "IntroUninstall", "IntroReinstall"].flatMap((name) =>
    ["pre", "post"].map(
      (type) => `<${name} Type="${type}" Lang="en" Title="${quoted}" Format="${quoted}">${plain}</${name}>`,
    ),
  );
  const codes = ["CodeInstall", "CodeUpgrade", "CodeUninstall", "CodeReinstall"].flatMap((name) => [
    `<${name} Type="post">use ${plain}; $Kernel::OM->Get('${plain}')->${plain}();</${name}>`,
    `<${name} Type="${quoted}" IfPackage="${quoted}" Version="${quoted}">${plain}</${name}>`,
  ]);
  const statements = `<TableCreate Name="${quoted}"><Column Name="${quoted}" Type="${quoted}" Size="${quoted}" Default="${quoted}" Required="true"/><Index Name="${quoted}"><IndexColumn Name="${quoted}"/></Index><ForeignKey ForeignTable="${quoted}"><Reference Local="${quoted}" Foreign="${quoted}"/></ForeignKey></TableCreate>
    <TableCreate Name="acme"><Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/><Column Name="v" Type="VARCHAR" Size="200" Default="${quoted}"/></TableCreate>
    <Insert Table="acme"><Data Key="v" Type="Quote">${plain}</Data></Insert><Insert Table="${quoted}"><Data Key="${quoted}">${plain}</Data></Insert>
    <TableAlter Name="acme"><ColumnAdd Name="${quoted}" Type="${quoted}"/><ColumnDrop Name="${quoted}"/></TableAlter><TableDrop Name="${quoted}"/>`;
  const databases = ["DatabaseInstall", "DatabaseUpgrade", "DatabaseUninstall"].map(
    (name) => `<${name} Type="post">${statements}</${name}>`,
  );
  const configuration = `<?xml version="1.0" encoding="utf-8"?><otrs_config version="2.0" init="Application"><Setting Name="Acme${quoted}" Required="0" Valid="1"><Description>${plain}</Description><Navigation>${plain}</Navigation><Value><Hash><Item Key="${quoted}">${plain}</Item></Hash></Value></Setting></otrs_config>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<otrs_package version="1.1"><Name>Acme${plain}</Name><Version>${version}</Version><Vendor>${plain}</Vendor><URL>${plain}</URL><License>${plain}</License>
<ChangeLog Version="${quoted}" Date="${quoted}">${plain}</ChangeLog><Description Lang="en">${plain}</Description><Framework>${plain}</Framework><Framework>7.1.x</Framework>
<PackageRequired Version="1.0">${plain}</PackageRequired><ModuleRequired Version="${quoted}">${plain}</ModuleRequired><PackageMerge Name="${quoted}" TargetVersion="${quoted}"><CodeUpgrade>${plain}</CodeUpgrade></PackageMerge><OS>${plain}</OS>
${intros.join("")}${codes.join("")}${databases.join("")}
<Filelist><File Location="a${quoted}" Permission="${quoted}" Type="${quoted}" Encode="Base64">QQ==</File><File Location="Kernel/Config/Files/XML/Acme.xml" Permission="644" Encode="Base64">${Buffer.from(configuration).toString("base64")}</File></Filelist>
</otrs_package>`;
}

function reportOf(operation: Operation, payload: string, force: boolean) {
  const system = defaultSystem(readProductVersion("Znuny 7.1.3")!, "mysql", knowledgeFor);
  const contents = archiveOf(packageWith(payload, "2.0.0"));
  assert.ok(contents.structure);
  return new DryRun({
    ...{ operation, contents, specText: packageWith(payload, "2.0.0"), system, isStandIn: true },
    ...{ assumeRequirements: true, compareWithDocumentation: true, language: "en" },
    from: { kind: "archive", contents: archiveOf(packageWith(payload, "1.0.0")) },
    options: { force, now: "2024-05-02 00:00:00" },
  }).report;
}

for (const [name, payload] of Object.entries(payloads)) {
  test(`${name} in every text of a package does nothing in a report`, async () => {
    for (const operation of operations) {
      for (const force of [false, true]) {
        const report = reportOf(operation, payload, force);
        const as = (format: ReportFormat) => formatReport(memoryWorld(), report, format);
        assertHarmless(await as("html"));
        assertPlain(await as("text"));
        assertMarkdown(await as("markdown"));
        assertXml(await as("junit"));
        const json = await as("json");
        assert.doesNotMatch(json, invisible);
        assert.deepEqual(schemaProblems(JSON.parse(json), schema), []);
      }
    }
  });
}

/** Each line begins as one of ours does, so that no text of the package can pass for a line of the report. */
function assertPlain(text: string): void {
  assert.doesNotMatch(text, invisible);
  assert.doesNotMatch(text, /\r|\t/);
  const forged = /^(?:✓ Everything is fine|## Steps|- ok|```|b$)/m;
  assert.doesNotMatch(text, forged);
}

function assertMarkdown(text: string): void {
  assert.doesNotMatch(text, invisible);
  const outside = withoutCode(text);
  // HTML and links have to be escaped wherever they are no code.
  assert.doesNotMatch(outside, /(?<!\\)<[a-z/!?]/i);
  assert.doesNotMatch(outside, /(?<!\\)\]\(/);
  assert.doesNotMatch(outside, /^ {0,3}\[[^\]]*\]:/m);
  assert.doesNotMatch(outside, /^ {0,3}(?:✓ Everything is fine|- ok|# i|---)/m);
  assert.equal(outside.match(/^## Steps$/gm)?.length ?? 0, text.includes("\n## Steps\n") ? 1 : 0);
}

/** Leaves out fenced blocks and spans of code, as CommonMark reads them. */
function withoutCode(text: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const [, ticks] = /^\s*(`{3,})/.exec(line) ?? [];
    if (fence === undefined && ticks !== undefined) fence = ticks;
    else if (fence !== undefined && new RegExp(`^\\s*${fence}\`*\\s*$`).test(line)) fence = undefined;
    else if (fence === undefined) lines.push(line);
  }
  assert.equal(fence, undefined, "a block of code does not end");
  return lines
    .join("\n")
    .replace(/\\`/g, "")
    .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "code");
}

function assertXml(text: string): void {
  assert.doesNotMatch(text, invisible);
  assert.equal(XMLValidator.validate(text), true);
  const parsed = new XMLParser({ ignoreAttributes: false }).parse(text);
  assert.deepEqual(Object.keys(parsed), ["?xml", "testsuites"]);
  const cases = [parsed.testsuites.testsuite.testcase].flat();
  assert.equal(String(cases.length), parsed.testsuites["@_tests"]);
}
