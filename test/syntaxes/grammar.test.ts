import assert from "node:assert/strict";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { elementFacts } from "../../server/src/dialect/elements.ts";
import { type LoadedGrammar, loadGrammar, renderScopes } from "../support/grammar.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const fixtures = new URL("../fixtures/grammar/", import.meta.url);

let sopm: LoadedGrammar;
let opm: LoadedGrammar;

before(async () => {
  sopm = await loadGrammar("text.xml.sopm");
  opm = await loadGrammar("text.xml.opm");
});

describe("snapshots", () => {
  for (const name of readdirSync(fixtures).filter((file) => /\.s?opm$/.test(file))) {
    test(name, () => {
      const grammar = name.endsWith(".opm") ? opm : sopm;
      const rendered = renderScopes(grammar.tokenize(readFileSync(new URL(name, fixtures), "utf8")));
      const snapshot = new URL(`${name}.snap`, fixtures);
      if (process.env.UPDATE_SNAPSHOTS === "1") {
        const draft = new URL(`${name}.snap.new`, fixtures);
        writeFileSync(draft, rendered);
        renameSync(draft, snapshot);
      }
      assert.equal(rendered, readFileSync(snapshot, "utf8").replaceAll("\r\n", "\n"));
    });
  }
});

/** The scopes of the piece that starts with `text` on a line, counted from 1, below the grammar's own scope. */
function scopesAt(grammar: LoadedGrammar, source: string, line: number, text: string): readonly string[] {
  const pieces = grammar.tokenize(source)[line - 1] ?? [];
  const piece = pieces.find((candidate) => candidate.text.trimStart().startsWith(text));
  assert.ok(
    piece,
    `no piece starts with ${text} in: ${pieces.map((candidate) => candidate.text).join(" | ")}`,
  );
  return piece.scopes.slice(1);
}

function checkScopes(
  source: string,
  line: number,
  text: string,
  expected: readonly string[],
  unexpected = /(?!)/,
): void {
  const scopes = scopesAt(sopm, source, line, text);
  for (const scope of expected)
    assert.ok(scopes.includes(scope), `${text} has no ${scope} but ${scopes.join(" ")}`);
  assert.doesNotMatch(scopes.join(" "), unexpected);
}

const perl = ["meta.embedded.block.perl", "source.perl"];
const html = ["meta.embedded.block.html", "text.html.basic"];
const embedded = /meta\.embedded|source\.perl|text\.html/;
const knownTag = (kind: string): string[] => ["entity.name.tag.xml", `entity.name.tag.${kind}.sopm`];

describe("Perl", () => {
  test("colours a CDATA section of a Code element", () => {
    const source = "<CodeInstall><![CDATA[\n    my $A = 1;\n]]></CodeInstall>";
    checkScopes(source, 2, "my", [...perl, "keyword.perl"]);
    checkScopes(source, 3, "]]>", ["string.unquoted.cdata.xml"], embedded);
    checkScopes(source, 3, "CodeInstall", knownTag("section"), embedded);
  });

  for (const name of ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"]) {
    test(`${name} holds Perl`, () => checkScopes(`<${name}><![CDATA[my $A;]]></${name}>`, 1, "my", perl));
  }

  const endless: [what: string, code: string][] = [
    ["a double quote", 'print "never closed;'],
    ["a single quote", "print 'never closed;"],
    ["a quote operator", "print q{ never closed;"],
    ["a brace", "if (1) {"],
    ["a here-document", 'print <<"END";'],
    ["documentation", "=pod"],
    ["the end of the source", "__END__"],
  ];
  for (const [what, code] of endless) {
    test(`${what} left open ends at ]]> on its own line`, () => {
      const source = `<CodeInstall><![CDATA[\n${code}\n]]></CodeInstall>\n<Name>A</Name>`;
      checkScopes(source, 3, "]]>", ["string.unquoted.cdata.xml"], embedded);
      checkScopes(source, 4, "Name", knownTag("metadata"), embedded);
    });

    test(`${what} left open ends at ]]> on the same line`, () => {
      const source = `<CodeInstall><![CDATA[\n${code} ]]></CodeInstall>\n<Name>A</Name>`;
      checkScopes(source, 2, "]]>", ["string.unquoted.cdata.xml"], embedded);
      checkScopes(source, 3, "Name", knownTag("metadata"), embedded);
    });

    test(`${what} left open ends at the end tag when the text is no CDATA section`, () => {
      const source = `<CodeInstall>\n${code}\n</CodeInstall>\n<Name>A</Name>`;
      checkScopes(source, 2, code.slice(0, 2), ["meta.embedded.block.perl.escaped", "source.perl"]);
      checkScopes(source, 3, "CodeInstall", knownTag("section"), embedded);
      checkScopes(source, 4, "Name", knownTag("metadata"), embedded);
    });
  }

  test("goes on over lines, markup and blank lines inside CDATA", () => {
    const source = '<CodeInstall><![CDATA[\nmy $A = "<b>\n\n</b> ]] >";\nmy $B;\n]]></CodeInstall>';
    checkScopes(source, 4, "</b>", [...perl, "string.quoted.double.perl"]);
    checkScopes(source, 5, "my", [...perl, "keyword.perl"]);
  });

  test("ends at its end tag when the CDATA section has no end", () => {
    const source = "<CodeInstall><![CDATA[\nprint 'a;\n</CodeInstall>\n<Name>A</Name>";
    checkScopes(source, 3, "CodeInstall", knownTag("section"), embedded);
    checkScopes(source, 4, "Name", knownTag("metadata"), embedded);
  });

  test("ends at the next tag when there is no end tag", () => {
    checkScopes("<CodeInstall>\nmy $A;\n<Name>A</Name>", 3, "Name", knownTag("metadata"), embedded);
  });

  test("shows references inside strings of escaped code", () => {
    checkScopes('<CodeInstall>\n"a &lt; b"\n</CodeInstall>', 2, "&", [
      "string.quoted.double.perl",
      "constant.character.entity.xml",
    ]);
  });

  test("is not coloured in other CDATA sections", () => {
    checkScopes("<License><![CDATA[my $A;]]></License>", 1, "my", ["string.unquoted.cdata.xml"], embedded);
  });
});

describe("HTML", () => {
  test("colours a CDATA section of an Intro element", () => {
    const source = "<IntroInstall><![CDATA[\n<p>Hello</p>\n]]></IntroInstall>";
    checkScopes(source, 2, "<p", [...html, "meta.tag.html"]);
    checkScopes(source, 3, "IntroInstall", knownTag("section"), embedded);
  });

  for (const name of [
    "IntroInstall",
    "IntroUpgrade",
    "IntroReinstall",
    "IntroUninstall",
    "IntroInstallPre",
  ]) {
    test(`${name} holds HTML`, () => checkScopes(`<${name}><![CDATA[<p>]]></${name}>`, 1, "<p", html));
  }

  for (const open of ["<!-- comment", "<script>", "<p"]) {
    test(`${open} left open ends at ]]>`, () => {
      const source = `<IntroUpgrade><![CDATA[\n${open}\n ]]></IntroUpgrade>\n<Name>A</Name>`;
      checkScopes(source, 3, "]]>", ["string.unquoted.cdata.xml"], embedded);
      checkScopes(source, 4, "Name", knownTag("metadata"), embedded);
    });
  }
});

describe("XML", () => {
  test("every known element has a scope of the format, and its misspelling has not", () => {
    for (const { name } of elementFacts) {
      const [, tag] = sopm.tokenize(`<${name}/>`)[0]!;
      assert.equal(tag?.text, name);
      assert.match(tag.scopes.join(" "), /entity\.name\.tag\.xml entity\.name\.tag\.\w+\.sopm$/, name);
      const [, misspelt] = sopm.tokenize(`<${name}s/>`)[0]!;
      assert.equal(misspelt?.scopes.at(-1), "entity.name.tag.xml", `${name}s`);
    }
  });

  test("a string left open ends at the next tag", () => {
    const source = '<File Location="a/>\n<Name>A</Name>';
    checkScopes(source, 1, "a/>", ["string.quoted.double.xml"]);
    checkScopes(source, 2, "Name", knownTag("metadata"), /string/);
  });

  const cases: [source: string, text: string, scope: string][] = [
    ["<Version>1.2.0</Version>", "1.2.0", "constant.numeric.version.sopm"],
    ["<Framework>7.1.x</Framework>", "7.1.x", "constant.numeric.version.sopm"],
    ['<Framework Minimum="7.1.1"/>', "7.1.1", "constant.numeric.version.sopm"],
    ["<TableAlter Version='1.2.0'/>", "1.2.0", "constant.numeric.version.sopm"],
    ["<Name>A &amp; B</Name>", "&", "constant.character.entity.xml"],
    ["<Name>A &#x41; B</Name>", "&", "constant.character.entity.xml"],
    ["<Name>A & B</Name>", "&", "invalid.illegal.bad-ampersand.xml"],
    ["<Name>A &nbsp; B</Name>", "&nbsp;", "invalid.illegal.undefined-entity.xml"],
    ["A < B", "<", "invalid.illegal.stray-bracket.xml"],
    ["text ]]>", "]]>", "invalid.illegal.stray-cdata-end.xml"],
    ["<!DOCTYPE a>", "<!DOCTYPE", "invalid.illegal.doctype.xml"],
    ["<!-- nofilter(A::B) -->", "nofilter", "keyword.other.suppression.sopm"],
    ["<!-- nofilter(A::B) -->", "A::B", "variable.parameter.suppression.sopm"],
    ["<!-- sopm-disable-line file-empty -->", "sopm-disable-line", "keyword.other.suppression.sopm"],
    ["<!-- sopm-disable-line file-empty -->", "file-empty", "variable.parameter.suppression.sopm"],
    ["<!-- a -- b -->", "--", "invalid.illegal.hyphens-in-comment.xml"],
    ["<?xml version='1.0'?>", "xml", "entity.name.tag.xml"],
  ];
  for (const [source, text, scope] of cases) {
    test(`${source} shows ${scope}`, () => checkScopes(source, 1, text, [scope]));
  }
});

describe("archives", () => {
  test("the content of a file is one string", () => {
    const [line] = opm.tokenize('<File Location="a" Encode="Base64">QUJD</File>');
    const content = line!.find(({ text }) => text === "QUJD");
    assert.deepEqual(content?.scopes.slice(1), ["meta.element.file.opm", "string.unquoted.base64.opm"]);
  });

  test("everything else is as in a spec", () => {
    const source = "<CodeInstall>\nprint 'a;\n</CodeInstall><Version>1.0.0</Version>";
    assert.ok(scopesAt(opm, source, 2, "print").includes("source.perl"));
    assert.ok(scopesAt(opm, source, 3, "1.0.0").includes("constant.numeric.version.sopm"));
  });
});

describe("very long lines", () => {
  const lines: [what: string, make: (length: number) => string][] = [
    ["Base64", (length) => `<File Location="a">${"QUJD".repeat(length / 4)}</File>`],
    ["tags", (length) => '<Column Name="a" Version="1.0"/>'.repeat(length / 32)],
    ["attributes", (length) => `<File ${'a="b" '.repeat(length / 6)}/>`],
    ["hyphens in a comment", (length) => `<!-- ${"-".repeat(length)} -->`],
    ["stray brackets", (length) => `<Name>${"< ".repeat(length / 2)}`],
    ["CDATA without an end", (length) => `<CodeInstall>${"<![CDATA[".repeat(length / 9)}`],
    [
      "Perl in CDATA",
      (length) => `<CodeInstall><![CDATA[${'my $A = "a"; '.repeat(length / 13)}]]></CodeInstall>`,
    ],
    ["Perl as text", (length) => `<CodeInstall>${"$A < 3; ".repeat(length / 8)}</CodeInstall>`],
  ];
  for (const [what, make] of lines) {
    test(`${what}: a line of 160,000 characters is coloured to its end`, () => {
      const line = make(160_000);
      const coloured = withoutHanging(() => opm.tokenize(line))
        .flat()
        .map(({ text }) => text);
      assert.ok(coloured.join("") === line);
    });
  }
});
