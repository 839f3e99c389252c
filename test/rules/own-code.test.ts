import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, type LintSettings, lint } from "../../server/src/engine/lint.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { marked } from "../support/marked.ts";

/** What a rule finds in one file of a package “Acme”: what it marks, and what it says. */
function foundIn(
  rule: string,
  path: string,
  text: string,
  { root = "otrs", ...settings }: Partial<LintSettings> & { readonly root?: string } = {},
) {
  const spec = `<${root}_package version="1.0"><Name>Acme</Name><Filelist><File Permission="660" Location="${path}"/></Filelist></${root}_package>`;
  const { findings } = lint(
    SyntaxTree.parse(spec),
    { ...defaultLintSettings, dialect: "znuny-7", profile: "strict", ...settings },
    {
      fileName: "Acme.sopm",
      kind: "spec",
      folder: {
        factOf: () => undefined,
        files: () => undefined,
        textOf: (each) => (each === path ? text : ""),
      },
      knowledge: () => noKnowledge,
      today: "2024-05-02",
    },
  );
  return findings
    .filter((finding) => finding.rule === rule)
    .map((finding) => {
      assert.deepEqual(finding.file, { path, text });
      return { span: finding.span, said: findingText(finding, english) };
    });
}

/** Marked texts, and what is said of each mark; the same for all where there is one. */
const rows: readonly (readonly [
  rule: string,
  path: string,
  markedText: string,
  said?: string | undefined,
  settings?: Partial<LintSettings> & { readonly root?: string },
])[] = [
  [
    "custom-origin-marker",
    "Custom/Kernel/Modules/A.pm",
    "[[package Kernel::Modules::A;]]\n1;\n",
    "The Znuny code policy refuses “Custom/Kernel/Modules/A.pm”, because files in Custom take the place of others and no comment “$origin: …” says of which one.",
  ],
  [
    "custom-origin-marker",
    "Custom/Kernel/Modules/A.pm",
    "# $origin: acme - 1 - Kernel/Modules/A.pm\n# ---\n",
  ],
  ["custom-origin-marker", "Custom/var/httpd/htdocs/js/A.js", "// --\n// $origin: acme - 1 - A.js\n// ---\n"],
  ["custom-origin-marker", "Custom/Kernel/Modules/A.pm", "[[# origin: acme]]\n"],
  ["custom-origin-marker", "Custom/A.txt", "1"],
  [
    "custom-origin-marker",
    "Kernel/Modules/A.pm",
    "package A;\r\n  [[# ---]]  \r\n# Acme\r\n# ---\r\n",
    "The Znuny code policy refuses “Kernel/Modules/A.pm”, because this marks a change and no comment “$origin: …” says what was changed.",
  ],
  ["custom-origin-marker", "Kernel/Modules/A.pm", "# --\n# ----\n#---\nmy $A = '# ---';\n"],
  [
    "custom-origin-marker",
    "Kernel/Modules/A.pm",
    "## nofilter(TidyAll::Plugin::OTOBO::Common::Origin)\n# ---\n",
  ],
  ["custom-origin-marker", "Kernel/cpan-lib/A.pm", "# ---\n"],
  ["custom-origin-marker", "var/httpd/htdocs/js/thirdparty/a/a.js", "// ---\n"],
  ["custom-origin-marker", "Custom/A.pm", "1;", undefined, { profile: "framework" }],
  ["custom-origin-marker", "Custom/A.pm", "[[1;]]", undefined, { profile: "znuny-policy" }],
  [
    "custom-origin-marker",
    "Custom/A.pm",
    "[[1;]]",
    "The OTOBO code policy refuses “Custom/A.pm”, because files in Custom take the place of others and no comment “$origin: …” says of which one.",
    { profile: "otobo-policy", dialect: "otobo-11", root: "otobo" },
  ],

  [
    "custom-marker-name",
    "Kernel/Modules/A.pm",
    "1;\n# ---\n# [[AcmeOld]]\n# ---\n    1;\n# ---\n# ---\n# Acme\n# ---\n# ---\n// ---\n// [[B]]\n// ---",
    "The Znuny code policy refuses “Kernel/Modules/A.pm”, because this marks a change of “{}” and the package is “Acme”.",
  ],
  ["custom-marker-name", "Kernel/Modules/A.pm", "# ---\r\n# [[B]]\r\n# ---\r\n"],
  ["custom-marker-name", "Kernel/Modules/A.pm", "# ---\n# B - what it is for\n# ---\n"],
  ["custom-marker-name", "Kernel/Modules/A.pm", "  # ---\n  # B\n  # ---\n# ---\n# B\n1;\n# ---\n"],
  ["custom-marker-name", "Kernel/Modules/A.pm", "# $former-origin: x\n# ---\n# B\n# ---\n"],
  [
    "custom-marker-name",
    "Kernel/Modules/A.pm",
    "## nofilter(TidyAll::Plugin::Znuny::CodeStyle::CodeMarkerPackageName)\n# ---\n# B\n# ---\n",
  ],
  [
    "custom-marker-name",
    "Kernel/Modules/A.pm",
    "# ---\n# B\n# ---\n",
    undefined,
    { dialect: "otobo-11", root: "otobo" },
  ],
  [
    "custom-marker-name",
    "Kernel/Modules/A.pm",
    "# ---\n# B\n# ---\n",
    undefined,
    { profile: "otobo-policy" },
  ],

  [
    "license-header",
    "Kernel/System/A.pm",
    "[[package A;]]\n1;\n",
    "“Kernel/System/A.pm” has no licence header, so that whoever gets the file alone does not learn its licence.",
  ],
  ["license-header", "Kernel/System/A.pm", "# This comes without any WARRANTY.\n"],
  ["license-header", "Kernel/System/A.pm", `[[${"#"}]]\n${"\n".repeat(60)}# License: MIT\n`],
  ["license-header", "var/httpd/htdocs/js/a.min.js", "1;"],
  ["license-header", "Kernel/A.xml", "<a/>"],
  ...[
    "# --\n# (C) 2019-2024 Acme\n#\n# All rights reserved.\n",
    "/*\n * (C) 2026 Acme\n * All rights reserved. */\n",
    "[%# (C) 2024 Acme %]\n[%- # All rights reserved. -%]\n",
  ].map(
    (text) =>
      [
        "license-header",
        "a.js",
        text,
        undefined,
        { licenseHeader: "(C) 2020 Acme\nAll rights reserved.\n" },
      ] as const,
  ),
  [
    "license-header",
    "a.tt",
    "[[<!-- (C) 2020 Acme -->]]\n[%# License: MIT %]\n",
    "“a.tt” does not have the licence header that the settings want: the line “All rights reserved.” is missing.",
    { licenseHeader: "\n# (C) 2020 Acme\n# All rights reserved." },
  ],
  [
    "license-header",
    "a.pl",
    "[[#!/usr/bin/perl]]\n# License: MIT\n",
    "“a.pl” does not have the licence header that the settings want: the line “(C) 2020 Acme” is missing.",
    { licenseHeader: "(C) 2020 Acme\nAll rights reserved." },
  ],
  // Blank is not set.
  ["license-header", "a.pl", "# License: MIT\n", undefined, { licenseHeader: " \n" }],
  ["license-header", "a.pl", "1;", undefined, { profile: "framework" }],
];

for (const [rule, path, markedText, said, settings] of rows) {
  test(`${rule} in ${path}: ${JSON.stringify(markedText)}`, () => {
    const { text, ranges } = marked(markedText);
    const found = foundIn(rule, path, text, settings);
    assert.deepEqual(
      found.map(({ span }) => text.slice(span.start, span.end)),
      ranges.map(({ start, end }) => text.slice(start, end)),
    );
    assert.deepEqual(
      found.map(({ span }) => span),
      ranges.map(({ start, end }) => ({ start, end })),
    );
    if (said === undefined) return;
    for (const each of found) {
      assert.equal(each.said, said.replace("{}", text.slice(each.span.start, each.span.end)));
    }
  });
}

test("hostile files cost no more than their length", () => {
  const many = 20_000;
  const texts = [
    "# ---\n".repeat(many),
    "# ---\n# A\n".repeat(many),
    `# ${" ".repeat(many)}---x`,
    "#".repeat(many),
  ];
  for (const text of texts) {
    for (const rule of ["custom-origin-marker", "custom-marker-name", "license-header"]) {
      foundIn(rule, "Custom/A.pm", text, { licenseHeader: "# ---\n".repeat(1000) });
    }
  }
});
