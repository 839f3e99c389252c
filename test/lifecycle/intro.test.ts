import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { adminIntro, consoleIntro } from "../../server/src/lifecycle/intro.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { PackageStructure } from "../../server/src/model/package-structure.ts";
import { sharedFolder } from "../support/shared.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const border = `+${"-".repeat(76)}+\n`;

function structureOf(content: string, dialect: DialectId = "otobo-11"): PackageStructure {
  const text = `<p><Name>A</Name><Version>1.0.0</Version>${content}</p>`;
  return contentsOfArchive(Buffer.from(text), undefined, dialect, "").structure!;
}

/** The lines between name and border; undefined when nothing is printed. */
function printed(content: string, operation: Operation = "install", phase: "pre" | "post" = "pre") {
  const box = consoleIntro(structureOf(content), operation, phase)?.box;
  if (box === undefined) return undefined;
  assert.ok(box.startsWith(`${border}| A-1.0.0\n`) && box.endsWith(border), box);
  return box.slice(`${border}| A-1.0.0\n`.length, -border.length);
}

const long = "four score and seven years ago our fathers brought forth on this continent a new nation";

const consoleCases: readonly (readonly [name: string, content: string, lines: string | undefined])[] = [
  ["no intro", "<IntroInstall>only after</IntroInstall>", undefined],
  [
    "title and text",
    '<IntroInstall Type="pre" Title="Title">Text here</IntroInstall>',
    "| Title\n| Text here\n",
  ],
  ["letter case of the phase", '<IntroInstall Type="PRE">Text here</IntroInstall>', "| Text here\n"],
  ["a phase that only begins alike", '<IntroInstall Type="prefix">Text here</IntroInstall>', undefined],
  [
    "English before what comes first",
    '<IntroInstall Type="pre" Lang="de">Hallo</IntroInstall><IntroInstall Type="pre" Lang="en">Hello</IntroInstall>',
    "| Hello\n",
  ],
  [
    "an English one without text does not count",
    '<IntroInstall Type="pre" Lang="en"/><IntroInstall Type="pre" Lang="de">Hallo</IntroInstall>',
    "| Hallo\n",
  ],
  ["short titles and texts have no bar", '<IntroInstall Type="pre" Title="abc">Hi</IntroInstall>', "abcHi"],
  [
    "long lines are broken",
    `<IntroInstall Type="pre">${long}</IntroInstall>`,
    "| four score and seven years ago our fathers brought forth on this continent a\n| new nation\n",
  ],
  [
    "a word that is too long keeps its beginning without a bar",
    `<IntroInstall Type="pre">${"a".repeat(80)}</IntroInstall>`,
    `aa| ${"a".repeat(78)}\n`,
  ],
  [
    "markup",
    '<IntroInstall Type="pre"><![CDATA[One <b>bold</b><br/>two &amp; three<p class="x">four</p>five &lt;six&gt;]]></IntroInstall>',
    "| One bold\n| two & three\n\n| four\n\n| five <six>\n",
  ],
  [
    "style sheets go",
    '<IntroInstall Type="pre"><![CDATA[<style type="x">a > b</style>Text]]></IntroInstall>',
    "| Text\n",
  ],
  [
    "indentation goes",
    '<IntroInstall Type="pre">\n   one line\n   another</IntroInstall>',
    "| one line another\n",
  ],
  [
    "a text of markup alone",
    '<IntroInstall Type="pre" Title="Title">&lt;b&gt;&lt;/b&gt;</IntroInstall>',
    undefined,
  ],
];
for (const [name, content, lines] of consoleCases) {
  test(`console: ${name}`, () => assert.equal(printed(content), lines));
}

test("nothing is printed behind an uninstallation", () => {
  const content = '<IntroUninstall Type="post">Gone for good</IntroUninstall>';
  assert.equal(printed(content, "uninstall", "post"), undefined);
  assert.equal(printed(content.replace("post", "pre"), "uninstall"), "| Gone for good\n");
});

test("hostile markup does not keep anybody waiting", () => {
  for (const piece of ["<style", "<style>", "</style>", "<p", "<", "< ", "\n ", "&amp;"]) {
    withoutHanging(() =>
      printed(`<IntroInstall Type="pre"><![CDATA[${piece.repeat(200_000)}]]></IntroInstall>`),
    );
  }
});

const both =
  '<IntroInstall Lang="en" Title="E">English</IntroInstall><IntroInstall Lang="de" Title="D">Deutsch</IntroInstall>';
const adminCases: readonly (readonly [
  name: string,
  content: string,
  language: string,
  html: string | undefined,
])[] = [
  ["the reader's language", both, "de", "Deutsch"],
  ["English else", both, "fr", "English"],
  [
    "the last one of the language",
    `${both}<IntroInstall Lang="de">Nochmals</IntroInstall>`,
    "de",
    "Nochmals",
  ],
  [
    "neither language: the first text of any phase",
    '<IntroInstall Type="pre" Lang="fr">Avant</IntroInstall><IntroInstall Lang="it">Dopo</IntroInstall>',
    "de",
    "Avant",
  ],
  ["no entry of the phase", '<IntroInstall Type="pre" Lang="en">Before</IntroInstall>', "en", undefined],
  [
    "a phase that begins alike",
    '<IntroInstall Type="postscript" Lang="en">After</IntroInstall>',
    "en",
    "After",
  ],
  ["plain text", '<IntroInstall Format="plain" Lang="en">a\n b</IntroInstall>', "en", "<pre>a\n b</pre>"],
  ["markup as written", '<IntroInstall Lang="en">&lt;script&gt;</IntroInstall>', "en", "<script>"],
  ["neither title nor text", '<IntroInstall Lang="en"/>', "en", undefined],
  ["a title alone", '<IntroInstall Lang="en" Title="T"/>', "en", ""],
];
for (const [name, content, language, html] of adminCases) {
  test(`admin screen: ${name}`, () => {
    assert.equal(adminIntro(structureOf(content), "install", "post", language)?.html, html);
  });
}

test("admin screen: an empty box behind an uninstallation", () => {
  const structure = structureOf('<IntroUninstall Lang="en" Title="T">Gone</IntroUninstall>');
  assert.deepEqual(adminIntro(structure, "uninstall", "post", "en"), { tag: undefined, title: "", html: "" });
});

interface Recorded {
  readonly id: string;
  readonly steps: readonly { readonly op: string; readonly args?: readonly string[] }[];
}
for (const [name, dialect] of [
  ["vectors/lifecycle", "otobo-11"],
  ["vectors-znuny/lifecycle", "znuny-7"],
  ["vectors-znuny/extra/lifecycle", "znuny-7"],
  ["vectors-otrs-6/lifecycle", "otrs-6"],
] as const) {
  const folder = sharedFolder(name);
  if (!folder) continue;
  for (const { id, steps } of JSON.parse(
    readFileSync(join(folder, "scenarios.json"), "utf8"),
  ) as Recorded[]) {
    const traces = JSON.parse(readFileSync(join(folder, "traces", `${id}.json`), "utf8"));
    steps.forEach(({ args = [] }, index) => {
      const [command = "", argument = ""] = args;
      const archive = /^<opm:(.*)>$/.exec(argument)?.[1];
      const { exitCode, stdout } = traces.steps[index];
      if (archive === undefined || exitCode !== 0) return;
      test(`${name}: intros of ${id}, step ${index + 1}`, () => {
        const operation = command.split("::").at(-1)!.toLowerCase() as Operation;
        const bytes = readFileSync(join(folder, "opm", `${archive}.opm`));
        const { structure } = contentsOfArchive(bytes, archive, dialect, "");
        const boxes = (["pre", "post"] as const).map(
          (phase) => consoleIntro(structure!, operation, phase)?.box,
        );
        assert.equal(boxes.join(""), stdout.replace(/^.*\n/, "").replace(/Done\.\n$/, ""));
      });
    });
  }
}
