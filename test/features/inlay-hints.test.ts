import assert from "node:assert/strict";
import { test } from "node:test";
import { fittingReleases } from "../../server/src/features/fitting-releases.ts";
import { describeHint, type InlayHint, inlayHints } from "../../server/src/features/inlay-hints.ts";
import { type HintKind, hintKinds } from "../../server/src/features/shown-kinds.ts";
import { english, type Translate } from "../../server/src/l10n/translate.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument, file, type Surroundings } from "../support/feature-document.ts";
import { marked } from "../support/marked.ts";

interface Asked extends Surroundings {
  readonly kinds?: readonly HintKind[];
  readonly translate?: Translate;
}

/** The hints of a text, or of the range that is marked in it. */
function hintsIn(
  markedText: string,
  { kinds = hintKinds, translate = english, ...surroundings }: Asked = {},
) {
  const { text, ranges } = marked(markedText, { caret: "\0" });
  const document = featureDocument(text, surroundings);
  const hints = inlayHints(document, ranges[0] ?? { start: 0, end: text.length }, kinds, translate);
  return { text, document, hints, tooltip: (hint: InlayHint) => describeHint(document, hint, translate) };
}

/** The text with each hint where it is shown, such as `<CodeInstall«Type="post"»>`. */
function shown(markedText: string, asked?: Asked): string {
  const { text, hints } = hintsIn(markedText, asked);
  const edits = hints.map(({ offset, label }) => {
    return { span: { start: offset, end: offset }, newText: `«${label}»` };
  });
  return applyEdits(text, edits);
}

function packageOf(content: string, version = "2.0.0"): string {
  return `<otrs_package><Version>${version}</Version>${content}</otrs_package>`;
}

const cases: readonly (readonly [name: string, content: string, shown: string])[] = [
  [
    "a section without a phase shows the one that is meant",
    "<CodeInstall>1;</CodeInstall><IntroInstall>Hi</IntroInstall>",
    '<CodeInstall«Type="post"»>1;</CodeInstall><IntroInstall«Type="post"»>Hi</IntroInstall>',
  ],
  [
    "a database section takes over the phase of the one before",
    '<DatabaseInstall Type="pre"/><DatabaseInstall/><DatabaseUninstall/>',
    '<DatabaseInstall Type="pre"/><DatabaseInstall«Type="pre"»/><DatabaseUninstall«Type="post"»/>',
  ],
  [
    "a phase that is written is not shown again",
    '<CodeInstall Type="post"/><CodeInstall Type=""/>',
    '<CodeInstall Type="post"/><CodeInstall Type=""/>',
  ],
  [
    "gates of code",
    '<CodeUpgrade Type="post" Version="1.3.4">1;</CodeUpgrade><CodeUpgrade Type="pre" Version="2.1.0"/><CodeUpgrade Type="post"/><CodeUpgrade Type="merge" Version="1.0.0"/>',
    '<CodeUpgrade Type="post" Version="1.3.4">«runs on upgrade from below 1.3.4»1;</CodeUpgrade><CodeUpgrade Type="pre" Version="2.1.0"/>«never runs»<CodeUpgrade Type="post"/>«runs on every upgrade»<CodeUpgrade Type="merge" Version="1.0.0"/>«runs on merge»',
  ],
  [
    "gates of statements",
    '<DatabaseUpgrade Type="post"><TableDrop Name="a" Version="1.3.4"/><TableDrop Name="b"/><TableDrop Name="c" Version="2.1.0"/></DatabaseUpgrade>',
    '<DatabaseUpgrade Type="post"><TableDrop Name="a" Version="1.3.4"/>«runs on upgrade from below 1.3.4»<TableDrop Name="b"/>«never runs»<TableDrop Name="c" Version="2.1.0"/>«runs on every upgrade»</DatabaseUpgrade>',
  ],
  [
    "statements of a merge",
    '<DatabaseUpgrade Type="merge"><TableDrop Name="a" Version="1.3.4"/><TableDrop Name="b"/></DatabaseUpgrade>',
    '<DatabaseUpgrade Type="merge"><TableDrop Name="a" Version="1.3.4"/>«runs on merge from below 1.3.4»<TableDrop Name="b"/></DatabaseUpgrade>',
  ],
  [
    "a version without meaning has none",
    '<DatabaseInstall Type="post"><TableDrop Name="a" Version="1.3.4"/></DatabaseInstall><CodeInstall Type="post" Version="1.0.0"/>',
    '<DatabaseInstall Type="post"><TableDrop Name="a" Version="1.3.4"/></DatabaseInstall><CodeInstall Type="post" Version="1.0.0"/>',
  ],
  [
    "what never runs says so once",
    '<DatabaseUpgrade Type="pre"><TableDrop Name="a" Version="1.3.4"/></DatabaseUpgrade><DatabaseReinstall/><CodeInstall Type="during"/><IntroUninstall/>',
    '<DatabaseUpgrade Type="pre">«never runs»<TableDrop Name="a" Version="1.3.4"/></DatabaseUpgrade><DatabaseReinstall/>«never runs»<CodeInstall Type="during"/>«never runs»<IntroUninstall/>«never shown»',
  ],
  [
    "a pattern that fits several phases says nothing",
    '<CodeInstall Type="pre|post"/>',
    '<CodeInstall Type="pre|post"/>',
  ],
  [
    "sections in a merge of packages",
    '<PackageMerge Name="Old" TargetVersion="1.0.0"><CodeUpgrade Type="merge" Version="1.0.0"/></PackageMerge>',
    '<PackageMerge Name="Old" TargetVersion="1.0.0"><CodeUpgrade Type="merge" Version="1.0.0"/>«runs on merge»</PackageMerge>',
  ],
  [
    "what only seems to be a section because an end tag is missing",
    '<DatabaseInstall Type="post"><CodeInstall>1;</CodeInstall><CodeUpgrade/>',
    '<DatabaseInstall Type="post"><CodeInstall>1;</CodeInstall><CodeUpgrade/>',
  ],
  [
    "releases",
    '<Framework>7.1.x</Framework><Framework Minimum="7.0.4">7.0.x</Framework><Framework>7.1</Framework><Framework> </Framework>',
    '<Framework>7.1.x</Framework>«Znuny 7.1»<Framework Minimum="7.0.4">7.0.x</Framework>«OTRS 7.0.4+, Znuny 7.0.4+»<Framework>7.1</Framework>«fits no known release»<Framework> </Framework>',
  ],
];

for (const [name, content, expected] of cases)
  test(`inlay hints: ${name}`, () => assert.equal(shown(packageOf(content)), packageOf(expected)));

test("inlay hints: a phase can be written where it is shown", () => {
  const { text, hints } = hintsIn(packageOf('<DatabaseInstall Type="pre"/><DatabaseInstall/>'));
  assert.equal(
    applyEdits(
      text,
      hints.flatMap(({ edit }) => edit ?? []),
    ),
    packageOf('<DatabaseInstall Type="pre"/><DatabaseInstall Type="pre"/>'),
  );
  assert.equal(hintsIn(packageOf("<CodeInstall/>"), { kind: "archive" }).hints[0]!.edit, undefined);
});

test("inlay hints: sizes of what is known to be a file", () => {
  const sizes = { a: 0, b: 1, c: 999, d: 1000, e: 9949, f: 9950, g: 999_499, h: 999_500, i: 12_345_678 };
  const disk = {
    ...Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, file(size)])),
    folder: { kind: "directory" },
    away: { kind: "file", size: 5, leavesBase: true },
  } as const;
  const list = [...Object.keys(disk), "missing", ""].map((path) => `<File Location="${path}"/>`).join("");
  const { hints } = hintsIn(`<otrs_package><Filelist>${list}<File/></Filelist></otrs_package>`, { disk });
  assert.deepEqual(
    hints.map(({ label }) => label),
    ["0 bytes", "1 byte", "999 bytes", "1.0 kB", "9.9 kB", "10 kB", "999 kB", "1.0 MB", "12 MB"],
  );
  assert.deepEqual(hintsIn(`<otrs_package><Filelist>${list}</Filelist></otrs_package>`).hints, []);
});

test("inlay hints: an archive has the sizes in it", () => {
  const text = '<otrs_package><Filelist><File Location="a">QUJD</File></Filelist></otrs_package>';
  assert.equal(shown(text, { kind: "archive" }), text.replace('"a">', '"a">«3 bytes»'));
});

test("inlay hints: only those in the range that is asked for, and of the kinds that are wanted", () => {
  const content = "<CodeInstall>1;</CodeInstall>[[<CodeUpgrade>\n1;\n]]</CodeUpgrade><CodeReinstall/>";
  assert.equal(
    shown(packageOf(content)),
    packageOf(
      '<CodeInstall>1;</CodeInstall><CodeUpgrade«Type="post"»>«runs on every upgrade»\n1;\n</CodeUpgrade><CodeReinstall/>',
    ),
  );
  assert.deepEqual(
    hintsIn(packageOf(content), { kinds: ["timing"] }).hints.map(({ kind }) => kind),
    ["timing"],
  );
  assert.deepEqual(hintsIn(packageOf(content), { kinds: [] }).hints, []);
});

test("inlay hints: very many files are not all shown at once", () => {
  const list = '<File Location="a"/>'.repeat(200_000);
  const { hints } = hintsIn(`<otrs_package><Filelist>${list}</Filelist></otrs_package>`, {
    disk: { a: file(1) },
  });
  assert.equal(hints.length, 2000);
});

test("inlay hints: a version that is no version does not fill the line", () => {
  const { hints } = hintsIn(
    packageOf(`<CodeUpgrade Type="post" Version="${"1".repeat(10_000)}"/>`, "9".repeat(10_001)),
  );
  assert.ok(hints[0]!.label.length < 80, hints[0]!.label);
});

test("inlay hints: the tooltip says all", () => {
  const disk = { a: file(1), b: file(299), c: file(300) };
  const content =
    '<Framework Minimum="7.0.4">7.x.x</Framework><Framework>8</Framework><Filelist><File Location="a"/><File Location="b"/><File Location="c"/></Filelist><CodeInstall/><CodeUpgrade Type="post" Version="1.0.0"/><DatabaseReinstall/>';
  const { hints, tooltip } = hintsIn(packageOf(content), { disk });
  assert.deepEqual(hints.map(tooltip), [
    "The text and the bounds of this element let in:\n\n- OTRS 7.0.4+\n- Znuny 7.0.4+, 7.1–7.3\n\nOf several `Framework` elements that fit, the last one decides.",
    "The text and the bounds of this element let in no release that is known.",
    "1 byte\n\n4 characters in the archive, as Base64.\n\nLess than 1 % of all files in the list.",
    "299 bytes\n\n400 characters in the archive, as Base64.\n\n50 % of all files in the list.",
    "300 bytes\n\n400 characters in the archive, as Base64.\n\n50 % of all files in the list.",
    "Runs last in an installation: files, settings and tables are there.",
    "Runs only when the installed version is lower than `1.0.0`, and the version of the package is not.",
    "This section never runs: reinstalling touches no table.",
  ]);
});

test("inlay hints: the tooltip of a hint that is out of date is empty", () => {
  const { document } = hintsIn(packageOf("<CodeInstall/>"));
  for (const about of [0, 3, 10_000]) {
    for (const kind of hintKinds) assert.equal(describeHint(document, { kind, about }, english), "", kind);
  }
});

const patterns: readonly (readonly [framework: string, otrs: string, otobo: string])[] = [
  ["<Framework>7.1.x</Framework>", "Znuny 7.1", ""],
  ["<Framework>6.0.x</Framework>", "OTRS 6.0; Znuny 6.0", ""],
  ["<Framework>6.x.x</Framework>", "OTRS 6.0; Znuny 6.0–6.5", ""],
  ["<Framework>7.x</Framework>", "OTRS 7.0; Znuny 7.0–7.3", ""],
  ["<Framework>7.1.3</Framework>", "Znuny 7.1.3", ""],
  ["<Framework>7.1.1x</Framework>", "Znuny 7.1.10–7.1.19", ""],
  ["<Framework>7.1.[13]</Framework>", "Znuny 7.1.1, 7.1.3", ""],
  ["<Framework>(7.1|7.2).x</Framework>", "Znuny 7.1–7.2", ""],
  ["<Framework>7.1.x </Framework>", "", ""],
  ["<Framework>11.0.x</Framework>", "", "OTOBO 11.0"],
  ["<Framework>1x.x</Framework>", "", "OTOBO 10.0–11.1"],
  // A patch level above that of the bound makes up for a lower release, see `matchFramework`.
  ['<Framework Minimum="7.1.4">7.x.x</Framework>', "OTRS 7.0.5+; Znuny 7.0.5+, 7.1.4+, 7.2–7.3", ""],
  ['<Framework Maximum="7.0.x">7.0.x</Framework>', "", ""],
  // Bounds are new in OTRS 5.0.14.
  ['<Framework Maximum="1">4.0.x</Framework>', "OTRS 4.0", ""],
  ['<Framework Maximum="1">5.0.x</Framework>', "OTRS 5.0.1–5.0.13", ""],
  ["<Framework>(((((</Framework>", "", ""],
  [`<Framework>${"x.".repeat(500)}</Framework>`, "", ""],
];

for (const [text, ...expected] of patterns) {
  test(`releases that fit ${text.slice(0, 60)}`, () => {
    const framework = SyntaxTree.parse(text).root!;
    const found = (["otrs", "otobo"] as const).map((family) =>
      fittingReleases(framework, family)
        .map(({ product, parts }) => `${product} ${parts.join(", ")}`)
        .join("; "),
    );
    assert.deepEqual(found, expected);
  });
}
