import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, type LintSettings } from "../../server/src/engine/lint.ts";
import { lintFile } from "../../server/src/engine/lint-file.ts";
import type { PerlVerdict } from "../../server/src/host/perl-checker.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";

interface Case {
  readonly code: string;
  readonly verdict?: PerlVerdict;
  readonly rules?: LintSettings["rules"];
}

/** What is said of the code of a section by a Perl that says what it is told to, and how often that is asked. */
async function said({ code, verdict = { kind: "compiles" }, rules = {} }: Case) {
  const text = `<otrs_package version="1.0"><CodeInstall Type="post"><![CDATA[${code}]]></CodeInstall></otrs_package>`;
  const asked: string[] = [];
  const perl = {
    check: async (code: string) => {
      asked.push(code);
      return verdict;
    },
  };
  const { findings, tree } = await lintFile(undefined, { ...defaultLintSettings, rules }, nodeWorld(), {
    bytes: new TextEncoder().encode(text),
    perl,
  });
  const found = findings.filter(({ rule }) => rule === "code-perl-syntax");
  return {
    asked,
    messages: found.map((each) => findingText(each, english)),
    places: found.map(({ span }) => tree.source.slice(span.start, span.end)),
  };
}

const refused = (message: string, line: number, near = ""): PerlVerdict => ({
  ...{ kind: "refused", message, line, near },
});

const cases: readonly (readonly [name: string, given: Case, place: string, message: string])[] = [
  [
    "what Perl names",
    { code: "\n  f(1);\n  my $A = ;\n", verdict: refused("syntax error", 3, "= ;") },
    "= ;",
    "None of this code runs, because Perl refuses it near “= ;”: syntax error.",
  ],
  [
    "a variable that Perl names",
    { code: "\n  f($B{A});\n", verdict: refused('Global symbol "$B" requires explicit package name', 2) },
    "$B",
    'None of this code runs, because Perl refuses it: Global symbol "$B" requires explicit package name.',
  ],
  [
    "the whole line where Perl names nothing",
    { code: "f(1);\n  f(2) f(3);  \r\nf(4);", verdict: refused("syntax error", 2) },
    "f(2) f(3);",
    "None of this code runs, because Perl refuses it: syntax error.",
  ],
  [
    "the last line where Perl comes to the end",
    { code: "f(1);\nf(2)\n\n", verdict: refused("syntax error", 5) },
    "f(2)",
    "None of this code runs, because Perl refuses it: syntax error.",
  ],
  [
    "the first of several lines that Perl names",
    { code: "f(1\n  g(2));\n", verdict: refused("syntax error", 2, "1\n  g") },
    "g(2));",
    "None of this code runs, because Perl refuses it near “1”: syntax error.",
  ],
];

for (const [name, given, place, message] of cases) {
  test(`the place is ${name}`, async () => {
    assert.deepEqual(await said(given), { asked: [given.code], messages: [message], places: [place] });
  });
}

test("nothing is said of code that compiles, or of which Perl knows nothing", async () => {
  assert.deepEqual((await said({ code: "f(1);" })).messages, []);
  assert.deepEqual((await said({ code: "f(1);", verdict: { kind: "unknown" } })).messages, []);
});

test("Perl is not asked in vain", async () => {
  const verdict = refused("syntax error", 1);
  const { asked, messages } = await said({ code: "f(;", verdict });
  assert.deepEqual(asked, []);
  assert.equal(messages.length, 1, "what was found without it is said once");
  const vain: readonly Case[] = [
    { code: "f(1)", verdict, rules: { "code-perl-syntax": "off" } },
    { code: " \n ", verdict },
    { code: "my $\u00dcbel = 1;", verdict },
  ];
  for (const given of vain) assert.deepEqual(await said(given), { asked: [], messages: [], places: [] });
});
