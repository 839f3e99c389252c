import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Family } from "../../server/src/dialect/dialect.ts";
import { renderXsd } from "../../server/src/dialect/render-xsd.ts";
import { askSecondValidator } from "../../server/src/node/schema-opinion.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { mutations } from "../support/mutations.ts";
import { sharedFolder } from "../support/shared.ts";
import { schemaProblems } from "../support/xsd-problems.ts";

const supportFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), "support");
const folder = mkdtempSync(join(tmpdir(), "sopm-xsd-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const schemaFiles: Readonly<Record<Family, string>> = {
  otrs: join(folder, "sopm-otrs.xsd"),
  otobo: join(folder, "sopm-otobo.xsd"),
};
for (const family of ["otrs", "otobo"] as const) writeFileSync(schemaFiles[family], renderXsd(family));

interface Judged {
  readonly name: string;
  readonly family: Family;
  readonly text: string;
}

const valid = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.1">
    <Name>AcmeContracts</Name>
    <Filelist>
        <File Location="doc/a.txt" Permission="644" Encode="Base64">QUJD</File>
    </Filelist>
    <PackageIsRemovable></PackageIsRemovable>
    <DatabaseInstall Type="post">
        <TableCreate Type="post" Name="acme_item">
            <Column AutoIncrement="TRUE" Name="id" PrimaryKey="true" Type="bigint"></Column>
            <Index Name="acme_item_t">
                <IndexColumn Name="title">
                </IndexColumn>
            </Index>
        </TableCreate>
    </DatabaseInstall>
</otrs_package>`;

const own: readonly Judged[] = [
  { name: "a valid archive", family: "otrs", text: valid },
  { name: "an archive of the other family", family: "otobo", text: valid },
  ...[
    ['Permission="644"', "a missing attribute", ""],
    ['Type="post"', "an unknown phase", 'Type="Post"'],
    ['Type="bigint"', "an unknown type", 'Type="TEXT"'],
    ["<Name>", "an unknown element", "<Nope/><Name>"],
    ["<Name>", "an element in a text", "<Name><b/>"],
    ["<Filelist>", "text between elements", "<Filelist>text"],
    ["></Column>", "text in an empty element", ">text</Column>"],
    ["<PackageIsRemovable>", "an unknown flag", "<PackageIsRemovable>2"],
    ['version="1.1"', "an unknown attribute", 'Version="1.1"'],
    ['version="1.1"', "a default namespace", 'xmlns="urn:a"'],
  ].map(([from, name, to]): Judged => ({ name: name!, family: "otrs", text: valid.replace(from!, to!) })),
];

test("the schemas are valid by the schema of schemas, and xmllint judges as we do", (context) => {
  const verdicts = verdictsOfXmllint(own);
  if (!verdicts) return leftOut(context, "xmllint is not installed");
  compare(own, verdicts);
});

test("the validator that builds use judges as we do", async (context) => {
  for (const [index, { name, family, text }] of own.slice(0, 4).entries()) {
    const file = join(folder, `builds-${index}.sopm`);
    writeFileSync(file, text);
    const { kind } = await askSecondValidator(file, family, { untrustedFolders: [] });
    if (kind === "not-asked") return leftOut(context, "there is no Java");
    assert.equal(kind === "valid", ourVerdict({ name, family, text }), name);
  }
});

const corpus = sharedFolder("corpus");

test("specs and archives from everywhere, and mutations of them, are judged as Xerces does", (context) => {
  if (!corpus) return;
  const found: Judged[] = ["sopm", "opm"].flatMap((kind) =>
    readdirSync(join(corpus, kind)).map((name) =>
      judgedOf(name, readFileSync(join(corpus, kind, name), "utf8")),
    ),
  );
  const small = found.filter(({ text }) => text.length < 200_000).map(({ text }) => text);
  const mutated = mutations(small, 400).map((text, index) => judgedOf(`mutation ${index}`, text));
  const wellFormed = [...own, ...found, ...mutated].filter(({ text }) => SyntaxTree.parse(text).isWellFormed);
  const verdicts = verdictsOfXerces(wellFormed);
  if (!verdicts) return leftOut(context, "there is no Java");
  compare(wellFormed, verdicts);
  const mutatedCount = wellFormed.length - own.length - found.length;
  const validCount = verdicts.filter((verdict) => verdict === "valid").length;
  assert.ok(mutatedCount > 300, `only ${mutatedCount} mutations are well-formed`);
  assert.ok(validCount > 100 && wellFormed.length - validCount > 100, `${validCount} are valid`);
});

function judgedOf(name: string, text: string): Judged {
  return { name, text, family: text.includes("<otobo_package") ? "otobo" : "otrs" };
}

function compare(documents: readonly Judged[], verdicts: readonly string[]): void {
  assert.equal(verdicts.length, documents.length);
  for (const [index, document] of documents.entries()) {
    const problems = problemsOf(document);
    const message = `${document.name}: they say ${verdicts[index]}, we say ${JSON.stringify(problems.slice(0, 3))}`;
    assert.equal(verdicts[index] === "valid", problems.length === 0, message);
  }
}

function problemsOf({ text, family }: Judged) {
  const root = SyntaxTree.parse(text).root!;
  return schemaProblems(root.node, root.start, family);
}

function ourVerdict(document: Judged): boolean {
  return problemsOf(document).length === 0;
}

/** Undefined when xmllint cannot be started. */
function verdictsOfXmllint(documents: readonly Judged[]): readonly string[] | undefined {
  const files = documentFiles(documents);
  const verdicts: string[] = [];
  for (const [index, { family }] of documents.entries()) {
    const run = spawnSync("xmllint", ["--noout", "--schema", schemaFiles[family], files[index]!], {
      encoding: "utf8",
    });
    if (run.error) return undefined;
    assert.ok(run.status === 0 || run.status === 3, run.stderr);
    verdicts.push(run.status === 0 ? "valid" : run.stderr);
  }
  return verdicts;
}

/** Undefined when Java is not installed, or only without its compiler. */
function verdictsOfXerces(documents: readonly Judged[]): readonly string[] | undefined {
  const files = documentFiles(documents);
  const input = documents.map(({ family }, index) => `${schemaFiles[family]}\t${files[index]}\n`).join("");
  const run = spawnSync("java", [join(supportFolder, "SchemaVerdicts.java")], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.error || run.status !== 0) return undefined;
  return run.stdout.split("\n").slice(0, -1);
}

let documentCount = 0;

function documentFiles(documents: readonly Judged[]): readonly string[] {
  return documents.map(({ text }) => {
    const file = join(folder, `${documentCount++}.xml`);
    writeFileSync(file, text);
    return file;
  });
}

function leftOut(context: { diagnostic(message: string): void }, reason: string): void {
  context.diagnostic(`left out: ${reason}`);
}
