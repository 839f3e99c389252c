import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { lintFile } from "../../server/src/engine/lint-file.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";

const path = "Kernel/Config/Files/XML/Acme.xml";
const good = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="2.0" init="Application">
    <Setting Name="Acme::A" Required="1" Valid="1">
        <Description Translatable="1">How many there are.</Description>
        <Navigation>Core::Acme</Navigation>
        <Value><Hash><DefaultItem ValueType="Select"><Item ValueType="Option" Value="a">A</Item></DefaultItem><Item Key="a" SelectedID="a"></Item></Hash></Value>
    </Setting>
    <Setting Name="Acme::B" Required="1" Valid="1">
        <Description Translatable="1"><![CDATA[A & B.]]></Description>
        <Navigation>Core::Acme</Navigation>
        <Value><Item ValueType="String" ValueRegex="^(a+)+$">aaa</Item></Value>
    </Setting>
</otrs_config>
`;

function findingsIn(
  text: string,
  root: "otrs" | "otobo",
  kind: "spec" | "archive" = "spec",
): readonly Finding[] {
  const content = kind === "archive" ? Buffer.from(text).toString("base64") : "";
  const spec = `<${root}_package version="1.0"><Name>Acme</Name><Framework>${root === "otobo" ? "11.0.x" : "7.1.x"}</Framework><Filelist><File Permission="660" Location="${path}">${content}</File></Filelist></${root}_package>`;
  return lint(SyntaxTree.parse(spec), defaultLintSettings, {
    fileName: undefined,
    kind,
    folder: {
      factOf: () => ({ kind: "missing" }),
      files: () => [path],
      textOf: (asked) => (asked === path ? text : ""),
    },
    knowledge: () => noKnowledge,
    today: "2024-05-02",
  }).findings;
}

test("a settings file that ends anywhere is checked, for every product, in a package and in an archive", () => {
  for (const root of ["otrs", "otobo"] as const) {
    const text = good.replaceAll("otrs_", `${root}_`);
    for (let end = 0; end <= text.length; end += 3) {
      for (const { file, span } of findingsIn(text.slice(0, end), root))
        if (file) assert.ok(0 <= span.start && span.start <= span.end && span.end <= end);
      findingsIn(text.slice(0, end), root, "archive");
    }
  }
});

const nested = (count: number, name: string) =>
  good.replace(
    '<Item ValueType="String"',
    `${`<${name}>`.repeat(count)}${`</${name}>`.repeat(count)}<Item ValueType="String"`,
  );

const hostile: Readonly<Record<string, string>> = {
  "200,000 elements in each other": nested(200_000, "Item"),
  "200,000 lists in each other": nested(200_000, "Hash"),
  "2,000 lists in each other": nested(2000, "Array"),
  "a line of 10 MB": good.replace("aaa", "a".repeat(10_000_000)),
  "a name of 1 MB": good.replace("Acme::A", "A".repeat(1_000_000)),
  "entities in entities": good.replace(
    "<otrs_config",
    `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, at) => `<!ENTITY a${at} "${"&a;".repeat(10)}">`).join("")}]><otrs_config`,
  ),
  "20,000 attributes": good.replace(
    'Name="Acme::A"',
    `Name="Acme::A" ${Array.from({ length: 20_000 }, (_, at) => `a${at}="1"`).join(" ")}`,
  ),
  "5,000 settings of one name": good.replace(
    "</otrs_config>",
    `${'<Setting Name="Acme::A"></Setting>'.repeat(5000)}</otrs_config>`,
  ),
  "a pattern of 1 MB": good.replace("(a+)+", "(a+)+".repeat(200_000)),
  "no text": "",
  zeros: "\0".repeat(1000),
};

for (const [name, text] of Object.entries(hostile)) {
  test(`a settings file with ${name} is checked`, () => {
    for (const root of ["otrs", "otobo"] as const) findingsIn(text.replaceAll("otrs_", `${root}_`), root);
  });
}

const encodings: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["UTF-16", Buffer.from(`\uFEFF${good}`, "utf16le")],
  ["Latin-1", Buffer.from(good.replace("How", "Für"), "latin1")],
  ["no encoding at all", Uint8Array.from({ length: 3000 }, (_, at) => (at * 7) % 256)],
];

for (const [name, bytes] of encodings) {
  test(`a settings file in ${name} is checked for itself`, async () => {
    const world = memoryWorld(filesOf(new MemoryWorkspace({})));
    const { findings } = await lintFile(`/ws/${path}`, defaultLintSettings, world, { bytes });
    assert.ok(Array.isArray(findings));
  });
}

test("what is wrong in an archive stands at the entry that holds the file", () => {
  const wrong = findingsIn(good.replace(' init="Application"', ""), "otrs", "archive");
  const found = wrong.filter(({ rule }) => rule === "sysconfig-init");
  assert.equal(found.length, 1);
  assert.equal(found[0]!.file, undefined);
  assert.equal(found[0]!.span.end - found[0]!.span.start, path.length);
  assert.deepEqual(found[0]!.fixes ?? [], []);
});
