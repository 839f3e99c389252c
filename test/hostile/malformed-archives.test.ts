import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import { operations } from "../../server/src/lifecycle/operation.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { renderJunit } from "../../server/src/report/render-junit.ts";
import { renderText } from "../../server/src/report/render-text.ts";
import { makeReport } from "../../server/src/report/report-model.ts";
import { verdictText } from "../../server/src/report/verdict.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import { archiveContents } from "../support/memory-system.ts";
import { randomFrom } from "../support/random.ts";
import { systemNamed } from "../support/system-named.ts";

/** Products of every kind of XML parser, and a release that nobody knows. */
const products = [
  "OTRS 3.1.0",
  "OTRS 6.0.30",
  "Znuny 6.5.4",
  "Znuny 7.1.7",
  "Znuny 7.9.9",
  "OTOBO 10.1.11",
  "OTOBO 11.0.5",
] as const;

const sound = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.1">
    <Name>Acme</Name>
    <Version>1.0.0</Version>
    <Vendor>Acme Inc.</Vendor>
    <License>GPL</License>
    <Description Lang="en">A package &amp; more</Description>
    <Framework>x.x.x</Framework>
    <!-- a comment -->
    <CodeInstall Type="post"><![CDATA[
        1; # code
    ]]></CodeInstall>
    <DatabaseInstall>
        <TableCreate Name="acme_item">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
        </TableCreate>
        <Insert Table="acme_item"><Data Key="id">1</Data></Insert>
    </DatabaseInstall>
    <Filelist>
        <File Location="var/acme.txt" Permission="644" Encode="Base64">QWNtZQo=</File>
        <File Location="var/empty.txt" Permission="644" Encode="Base64"></File>
    </Filelist>
</otrs_package>
`;

function planOf(text: string | Uint8Array, product: string, operation = operations[0]!): Plan {
  const system = systemNamed(product);
  return planOperation(operation, archiveContents(text, system.framework.dialect), system);
}

function reportOf(plan: Plan) {
  return makeReport({ plan, specText: undefined, fileName: "acme.opm", applied: false });
}

function sentenceOf(plan: Plan): string {
  return verdictText(reportOf(plan).verdict, english);
}

/** What is wrong, and what becomes of an install in Znuny; OTOBO 11 refuses all of them. */
const faults: readonly (readonly [what: string, from: string, to: string, verdict: Plan["verdict"]])[] = [
  ["a bare ampersand", "&amp; more", "& more", "success"],
  ["an entity that is not declared", "&amp; more", "&auml; more", "success"],
  ["an attribute that is there twice", 'Lang="en"', 'Lang="en" Lang="de"', "success"],
  ["two hyphens in a comment", "a comment", "a -- comment", "success"],
  ["a control character", "&amp; more", "\u0001 more", "success"],
  ["a blank line before the declaration", "<?xml", "\n<?xml", "success"],
  ["an end tag that does not fit", "</License>", "</Licence>", "refused"],
  ["an element that nothing closes", "</Filelist>", "", "refused"],
  ["a second root", "</otrs_package>\n", "</otrs_package><a/>", "refused"],
  ["text behind the root", "</otrs_package>\n", "</otrs_package>text", "refused"],
  ["an attribute without quotes", 'Lang="en"', "Lang=en", "refused"],
  ["the same in an element without end tag", 'Type="BIGINT"/>', "Type=BIGINT/>", "unknown"],
  ["CDATA that nothing closes", "]]>", "", "unknown"],
  ["a comment that nothing closes", "a comment -->", "a comment", "unknown"],
  [
    "an entity beside a DOCTYPE",
    "<otrs_package",
    '<!DOCTYPE a [<!ENTITY b "c">]>\n<otrs_package x="&d;"',
    "unknown",
  ],
];
for (const [what, from, to, verdict] of faults) {
  test(`an archive with ${what} is judged as each product reads it`, () => {
    const text = sound.replace(from, to);
    assert.notEqual(text, sound);
    for (const product of ["Znuny 7.1.7", "OTRS 6.0.30", "OTRS 3.1.0", "OTOBO 10.1.11"]) {
      const plan = planOf(text, product);
      assert.equal(plan.verdict, verdict, product);
      const report = reportOf(plan);
      assert.ok(report.verdict.needsAttention);
      if (verdict === "success") assert.match(sentenceOf(plan), /steps fail/);
      if (verdict === "unknown") {
        const written = renderText(report, { translate: english, width: undefined, colors: false });
        assert.match(written, /cannot be foretold/);
        assert.doesNotMatch(written, /would refuse|is refused/);
        assert.match(renderJunit(report, english), /<failure type="unknown"/);
        assert.ok(plan.steps.every(({ changes }) => changes.length === 0));
      }
    }
    const otobo = planOf(text, "OTOBO 11.0.5");
    assert.equal(otobo.verdict, "refused");
    assert.match(sentenceOf(otobo), /^OTOBO 11\.0\.5 would refuse this/);
  });
}

test("what is no UTF-8 is refused by every product", () => {
  const bytes = Buffer.from(sound.replace("more", "m\u00e4re"), "latin1");
  for (const product of products) assert.equal(planOf(bytes, product).verdict, "refused", product);
});

/** Archives that are damaged at random, the same at every run. */
function* damaged(count: number): Iterable<string | Uint8Array> {
  const random = randomFrom(20261128);
  const pieces = [
    "&",
    "<",
    ">",
    '"',
    "]]>",
    "<![CDATA[",
    "--",
    "<!--",
    "&x;",
    "\u0000",
    "\ufeff",
    "<File/>",
    "</",
    " a=1",
    "<a>",
  ];
  for (let index = 0; index < count; index++) {
    let text = sound;
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      const place = random.below(text.length);
      const width = random.below(4) === 0 ? random.below(200) : random.below(3);
      const insert = random.below(3) === 0 ? "" : random.pick(pieces);
      text = text.slice(0, place) + insert + text.slice(place + width);
    }
    if (random.below(8) > 0) yield text;
    else {
      const bytes = Buffer.from(text);
      bytes[random.below(bytes.length)] = 0x80 + random.below(128);
      yield bytes;
    }
  }
}

test("a damaged archive never gets a green verdict, and never ends the program", () => {
  const seen = new Map<string, number>();
  for (const archive of damaged(150)) {
    for (const product of products) {
      for (const operation of operations) {
        const plan = planOf(archive, product, operation);
        const contents = archiveContents(archive, plan.before.framework.dialect);
        const report = reportOf(plan);
        const written = renderText(report, { translate: english, width: 80, colors: false });
        assert.ok(written.length > 0);
        seen.set(plan.verdict, (seen.get(plan.verdict) ?? 0) + 1);
        if (contents.structure !== undefined && contents.malformed === undefined) continue;
        const sentence = sentenceOf(plan);
        assert.ok(report.verdict.needsAttention, `${product}, ${operation}: ${sentence}`);
        assert.doesNotMatch(sentence, /no step fails|no step is known to fail/);
        if (contents.malformed === "unknown") assert.doesNotMatch(written, /would refuse|is refused/);
      }
    }
  }
  assert.deepEqual([...seen.keys()].sort(), ["refused", "success", "unknown"]);
});

test("a release that nobody knows is never certain", () => {
  for (const product of ["Znuny 9.9.9", "OTOBO 99.0.1", "OTRS 9.9.9"]) {
    assert.equal(readProductVersion(product), undefined, product);
  }
  for (const product of ["Znuny 7.9.9", "OTOBO 11.9.9", "OTRS 6.9.9"]) {
    const plan = planOf(sound, product);
    assert.match(sentenceOf(plan), /was neither run nor read as a whole/, product);
    assert.ok(reportOf(plan).verdict.needsAttention, product);
  }
});
