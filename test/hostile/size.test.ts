import assert from "node:assert/strict";
import { test } from "node:test";
import { reportFormats } from "../../server/src/cli/common-parameters.ts";
import { formatReport } from "../../server/src/cli/report-format.ts";
import { defaultSystem, productFor } from "../../server/src/engine/default-system.ts";
import { DryRun } from "../../server/src/engine/try-operation.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import type { DryRunReport } from "../../server/src/report/report-model.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import { archiveOf, hostilePackage } from "../support/hostile-package.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const isFull = process.env.SOPM_FULL === "1";
const count = isFull ? 100_000 : 3_000;
const many = (text: (index: number) => string, times = count) =>
  Array.from({ length: times }, (_, n) => text(n)).join("");

function reportOf(body: string): DryRunReport {
  return withoutHanging(() => {
    const system = defaultSystem(readProductVersion("Znuny 7.1.3")!, "mysql", knowledgeFor);
    const contents = archiveOf(hostilePackage(body));
    return new DryRun({
      ...{ operation: "install", contents, specText: undefined, system, isStandIn: true },
      ...{ assumeRequirements: true, language: "en", options: { force: true, now: "2024-05-02 00:00:00" } },
    }).report;
  });
}

const bodies: Readonly<Record<string, string>> = {
  files: `<Filelist>${many((n) => `<File Location="a/${n % 100}/${n}" Permission="644" Encode="Base64">QQ==</File>`)}</Filelist>`,
  "files without anything": `<Filelist>${many(() => "<File/>")}</Filelist>`,
  "files in one place": `<Filelist>${many(() => '<File Location="a" Permission="644" Encode="Base64">QQ==</File>')}</Filelist>`,
  tables: `<DatabaseInstall Type="post">${many((n) => `<TableCreate Name="t${n}"><Column Name="id" Type="BIGINT"/></TableCreate>`)}</DatabaseInstall>`,
  rows: `<DatabaseInstall Type="post"><TableCreate Name="t"><Column Name="v" Type="VARCHAR" Size="9"/></TableCreate>${many((n) => `<Insert Table="${n % 2 ? "t" : "u"}"><Data Key="v">${n}</Data></Insert>`)}</DatabaseInstall>`,
  "columns of one table": `<DatabaseInstall Type="post"><TableCreate Name="t"><Column Name="v" Type="INTEGER"/></TableCreate>${many((n) => `<TableAlter Name="t"><ColumnAdd Name="c${n}" Type="INTEGER"/></TableAlter>`, count / 10)}</DatabaseInstall>`,
  "pieces of code": many(
    (n) => `<CodeInstall Type="${n % 2 ? "post" : "p[o"}">use A${n};</CodeInstall>`,
    count / 5,
  ),
  "words of code": `<CodeInstall Type="post">${"use ".repeat(count)}${"A::".repeat(count)}${"$a = ".repeat(count)}</CodeInstall>`,
  "calls in code": `<CodeInstall Type="post">${"-&gt;Get( ".repeat(count)}${"A -&gt; ".repeat(count)}${" ".repeat(count)}</CodeInstall>`,
  "quotes in code": `<CodeInstall Type="post">${"q{".repeat(count)}${"'".repeat(count)}${"&lt;&lt;A".repeat(count)}</CodeInstall>`,
  "tags in an intro": `<IntroInstall Type="pre" Lang="en" Title="t">${"&lt;div".repeat(count)}${"&lt;b&gt;".repeat(count)}${"&lt;!--".repeat(count)}</IntroInstall>`,
  requirements: many((n) => `<PackageRequired Version="1.0">P${n}</PackageRequired>`, 500),
  "merged packages": many((n) => `<PackageMerge Name="M${n}" TargetVersion="1.0.0"/>`, count / 10),
  "framework ranges": many((n) => `<Framework Minimum="${n}">(7|8).x</Framework>`),
  "a name without end": `<TableCreate Name="${"`".repeat(count * 20)}"/><Filelist><File Location="${"` ".repeat(count * 20)}" Permission="644">a</File></Filelist>`,
};
for (const [name, body] of Object.entries(bodies)) {
  test(`a package of very many ${name} is reported in every form`, async () => {
    const report = reportOf(body);
    for (const format of reportFormats)
      assert.ok((await formatReport(memoryWorld(), report, format)).length > 100);
  });
}

test("a package of very many framework ranges with bounds of their own is made for some product", () => {
  const ranges = many((n) => `<Framework Minimum="7.1.${n + 5}" Maximum="6.5.${n}">7.1.z</Framework>`);
  const contents = archiveOf(`<otrs_package><Name>Acme</Name>${ranges}</otrs_package>`);
  assert.equal(withoutHanging(() => productFor(contents)).product, "Znuny");
});

test("a package of a million files is not read, and says so", () => {
  const { assumptions, steps } = reportOf(`<Filelist>${"<File/>".repeat(1_000_000)}</Filelist>`);
  assert.ok(assumptions.some(({ text }) => text.startsWith("The package is too large")));
  assert.ok(steps.length < 50);
});

test("a report that is longer than a text can be says so", async () => {
  const report = reportOf("");
  const long = "x".repeat(100_000_000);
  const assumptions = Array.from({ length: 8 }, () => ({ text: long }));
  await assert.rejects(formatReport(memoryWorld(), { ...report, assumptions }, "json"), {
    code: "report-too-long",
  });
});
