import assert from "node:assert/strict";
import { test } from "node:test";
import { XMLParser } from "fast-xml-parser";
import { english } from "../../server/src/l10n/translate.ts";
import type { CheckedFile, FindingsForm, FoundProblem } from "../../server/src/report/found-problem.ts";
import { junitFindingsForm } from "../../server/src/report/render-findings-junit.ts";
import { findingsTextForm } from "../../server/src/report/render-findings-text.ts";
import { githubForm } from "../../server/src/report/render-github.ts";
import { gitlabForm } from "../../server/src/report/render-gitlab.ts";
import { addressOf, type RuleDescription, sarifForm } from "../../server/src/report/render-sarif.ts";
import { unixForm } from "../../server/src/report/render-unix.ts";
import { ruleAddress } from "../../server/src/report/rule-address.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { sarifSchema } from "../support/sarif-schema.ts";

const excerpt = { text: "  <Name>Acme</Name>", start: 8, end: 12, isCutBefore: false, isCutBehind: false };

const problem: FoundProblem = {
  rule: "name-characters",
  severity: "error",
  certainty: "run",
  message: "“Acme” is no name.",
  template: "“{name}” is no name.",
  arguments: { name: "Acme" },
  start: { line: 2, character: 8 },
  end: { line: 2, character: 12 },
  excerpt,
  related: [],
  fixes: [],
  isMended: false,
  fingerprint: "f:1",
};

const mended: FoundProblem = {
  ...problem,
  severity: "hint",
  start: { line: 4, character: 0 },
  end: { line: 6, character: 3 },
  related: [
    {
      path: "b/B.sopm",
      portablePath: "b/B.sopm",
      message: "The other one is here.",
      start: { line: 0, character: 0 },
      end: { line: 0, character: 4 },
    },
  ],
  fixes: [{ title: "Write “Acme”", edits: [{ start: problem.start, end: problem.end, newText: "Acme" }] }],
  isMended: true,
  fingerprint: "g:1",
};

const clean: CheckedFile = {
  path: "./Clean.sopm",
  portablePath: "Clean.sopm",
  dialect: "znuny-7",
  problems: [],
};
const file: CheckedFile = {
  path: "./a b.sopm",
  portablePath: "a b.sopm",
  dialect: "znuny-7",
  problems: [problem, mended],
};
/** Names that would be more than a name in most forms. */
const hostile: CheckedFile = {
  ...file,
  path: "x\u202e::error::%0A,a=b\n<b>\u0000\u001b[31m.sopm",
  portablePath: "x\u202e::error::%0A,a=b\n<b>\u0000\u001b[31m.sopm",
  problems: [
    { ...problem, message: "one\ntwo::notice::\r\n%25 <a>]]> [x](https://evil.example) \u001b[2J\ud800" },
  ],
};
const unreadable = [{ path: "c.sopm", portablePath: "c.sopm", message: "“c.sopm” cannot be read: no." }];

function rendered(form: FindingsForm, files: readonly CheckedFile[], lost: typeof unreadable = []): string {
  const all = { files: files.length, known: 0, unreadable: lost, wasFixing: false };
  return files.map((each) => form.file(each)).join("") + form.end(all);
}

const describe = (id: string): RuleDescription => ({
  id,
  group: "metadata",
  severity: "warning",
  summary: "Names are plain.",
  docs: "A name is a word.",
  bad: "<Name>A B</Name>",
  good: "<Name>AB</Name>",
  source: "Znuny 7.1, PackageParse",
});

function sarif(files: readonly CheckedFile[], lost: typeof unreadable = []) {
  return JSON.parse(rendered(sarifForm("en", describe), files, lost));
}

test("SARIF is what its schema says, with findings and without, whatever the names are", () => {
  for (const files of [[], [clean], [clean, file], [hostile, file]]) {
    for (const lost of [[], unreadable])
      assert.deepEqual(schemaProblems(sarif(files, lost), sarifSchema), []);
  }
});

test("SARIF has each rule that found something once, and the results point at it", () => {
  const other = { ...file, problems: [{ ...problem, rule: "b" }, problem, { ...problem, rule: "b" }] };
  const [run] = sarif([file, other]).runs;
  assert.deepEqual(
    run.tool.driver.rules.map(({ id }: { id: string }) => id),
    ["name-characters", "b"],
  );
  for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
  const [rule] = run.tool.driver.rules;
  assert.deepEqual(rule.defaultConfiguration, { level: "warning" });
  assert.match(rule.help.markdown, /^A name is a word\.\n\nWrong:\n\n```xml\n<Name>A B<\/Name>\n```/);
});

test("SARIF links to the page of a rule where the project has a home", () => {
  const home = "https://github.com/acme/sopm#readme";
  const page = ruleAddress("name-characters", home);
  assert.equal(page, "https://github.com/acme/sopm/blob/HEAD/docs/rules/name-characters.md");
  const described = (id: string) => ({ ...describe(id), page });
  const log = JSON.parse(rendered(sarifForm("en", described), [file]));
  assert.deepEqual(schemaProblems(log, sarifSchema), []);
  assert.equal(log.runs[0].tool.driver.rules[0].helpUri, page);
  for (const none of ["https://github.com/-owner-/sopm#readme", "", "javascript:1"]) {
    assert.equal(ruleAddress("name-characters", none), undefined);
  }
  assert.ok(!("helpUri" in sarif([file]).runs[0].tool.driver.rules[0]));
});

test("SARIF places count from 1, fixes and related places are there, and paths are addresses", () => {
  const [run] = sarif([file]).runs;
  assert.equal(run.columnKind, "utf16CodeUnits");
  const [first, second] = run.results;
  assert.deepEqual(first.locations, [
    {
      physicalLocation: {
        artifactLocation: { uri: "a%20b.sopm", uriBaseId: "%SRCROOT%" },
        region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 13 },
      },
    },
  ]);
  assert.equal(first.level, "error");
  assert.equal(second.level, "note");
  assert.deepEqual(first.partialFingerprints, { "sopm/v1": "f:1" });
  assert.equal(first.fixes, undefined);
  assert.deepEqual(second.fixes[0].artifactChanges[0].replacements, [
    {
      deletedRegion: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 13 },
      insertedContent: { text: "Acme" },
    },
  ]);
  assert.equal(second.relatedLocations[0].message.text, "The other one is here.");
  const outside = sarif([{ ...file, portablePath: "file:///elsewhere/a.sopm" }]).runs[0].results[0];
  assert.deepEqual(outside.locations[0].physicalLocation.artifactLocation, {
    uri: "file:///elsewhere/a.sopm",
  });
});

test("no text of a package is a link in SARIF, and no path a scheme", () => {
  const [run] = sarif([hostile]).runs;
  assert.ok(
    run.results[0].message.text.includes("\\[x\\](https://evil.example)"),
    run.results[0].message.text,
  );
  assert.equal(addressOf({ portablePath: "javascript:x/ü#.sopm" }), "javascript%3Ax/%C3%BC%23.sopm");
  assert.equal(addressOf({ portablePath: "\ud800" }), "%EF%BF%BD");
});

test("a file that cannot be read is told in SARIF, and that the run was not successful", () => {
  const [invocation] = sarif([], unreadable).runs[0].invocations;
  assert.equal(invocation.executionSuccessful, false);
  assert.equal(invocation.toolExecutionNotifications[0].message.text, unreadable[0]!.message);
});

test("GitLab gets a list with its own words for severities, lines and one fingerprint for each", () => {
  const form = () => gitlabForm((text) => Buffer.from(text).toString("hex"));
  assert.deepEqual(JSON.parse(rendered(form(), [clean])), []);
  const issues = JSON.parse(rendered(form(), [file, { ...file, portablePath: "other.sopm" }]));
  assert.deepEqual(
    issues.map(({ severity, location }: { severity: string; location: object }) => [severity, location]),
    [
      ["critical", { path: "a b.sopm", lines: { begin: 3, end: 3 } }],
      ["info", { path: "a b.sopm", lines: { begin: 5, end: 7 } }],
      ["critical", { path: "other.sopm", lines: { begin: 3, end: 3 } }],
      ["info", { path: "other.sopm", lines: { begin: 5, end: 7 } }],
    ],
  );
  const fingerprints = issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
  assert.equal(new Set(fingerprints).size, 4);
  assert.deepEqual(Object.keys(issues[0]), [
    "description",
    "check_name",
    "fingerprint",
    "severity",
    "location",
  ]);
});

test("GitHub gets commands of one line each, in which nothing of a package is a command", () => {
  const lines = rendered(githubForm(), [file, hostile], unreadable).split("\n");
  assert.deepEqual(lines.slice(0, 2), [
    "::error title=name-characters,file=a b.sopm,line=3,endLine=3,col=9,endColumn=13::“Acme” is no name.",
    "::notice title=name-characters,file=a b.sopm,line=5,endLine=7::“Acme” is no name.",
  ]);
  assert.equal(
    lines[2],
    "::error title=name-characters,file=x\\u202e%3A%3Aerror%3A%3A%250A%2Ca=b\\n<b>\\u0000\\u001b[31m.sopm,line=3,endLine=3,col=9,endColumn=13::one\\ntwo::notice::\\r\\n%2525 <a>]]> [x](https://evil.example) \\u001b[2J\\ud800",
  );
  assert.equal(lines[3], "::error file=c.sopm::“c.sopm” cannot be read: no.");
  assert.equal(lines.length, 5);
});

test("JUnit has a suite for each file, and errors alone are failures", () => {
  const xml = rendered(junitFindingsForm(), [clean, file, hostile], unreadable);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => /^test(suite|case)$/.test(name),
  });
  const suites = parser.parse(xml).testsuites.testsuite;
  assert.deepEqual(
    suites.map(({ tests, failures, errors }: Record<string, string>) => [tests, failures, errors].join(" ")),
    ["1 0 0", "2 1 0", "1 1 0", "1 0 1"],
  );
  const [failing, passing] = suites[1].testcase;
  assert.match(failing.failure["#text"], /^\.\/a b\.sopm:3:9: error: “Acme” is no name\.$/);
  assert.match(passing["system-out"], /b\/B\.sopm:1:1: The other one is here\.\n→ Write “Acme”$/);
  assert.doesNotMatch(xml, /[\0\u001b\u202e\ud800]/);
});

test("a line for each finding as compilers write it", () => {
  assert.equal(
    rendered(unixForm(), [clean, file]),
    "./a b.sopm:3:9: error: “Acme” is no name. [name-characters]\n./a b.sopm:5:1: hint: “Acme” is no name. [name-characters]\n",
  );
  assert.equal(rendered(unixForm(), [hostile]).split("\n").length, 2);
});

function text(files: readonly CheckedFile[], options: { width?: number; colors?: boolean } = {}): string[] {
  const { width, colors = false } = options;
  return rendered(findingsTextForm({ translate: english, width, colors }), files).split("\n");
}

test("the text shows the line of a finding with a mark, other places and the way out", () => {
  assert.deepEqual(text([clean, file]), [
    "./a b.sopm",
    "  3:9  error  “Acme” is no name.  (name-characters)",
    "              3 | <Name>Acme</Name>",
    "                |       ^^^^",
    "              → sopm explain name-characters",
    "  5:1  hint   “Acme” is no name.  (name-characters)",
    "              5 | <Name>Acme</Name>",
    "                |       ^^^^",
    "              b/B.sopm:1:1: The other one is here.",
    "              → Write “Acme”",
    "",
    "Files checked: 2. Errors: 1, warnings: 0, others: 1.",
    "1 can be fixed with --fix.",
    "“sopm explain RULE” tells what is behind a rule and how to do it right.",
    "",
  ]);
});

const gutter = "              3 | ";
const marks = "                | ";

/** The line of a file as it is shown, and the mark below it. */
function shown(line: string, start: number, end: number, width?: number): readonly string[] {
  const at = { text: line, start, end, isCutBefore: false, isCutBehind: false };
  const lines = text(
    [{ ...file, problems: [{ ...problem, excerpt: at }] }],
    width === undefined ? {} : { width },
  );
  assert.ok(lines[2]!.startsWith(gutter), lines[2]);
  assert.ok(lines[3]!.startsWith(marks), lines[3]);
  return [lines[2]!.slice(gutter.length), lines[3]!.slice(marks.length)];
}

test("the mark stands below what it marks, whatever stands before it", () => {
  assert.deepEqual(shown("\t<a b='ü'>", 6, 7), ["<a b='ü'>", "     ^"]);
  assert.deepEqual(shown("<a>\tx", 4, 5), ["<a>    x", "       ^"]);
  assert.deepEqual(shown("漢字x", 2, 3), ["漢字x", "    ^"]);
  assert.deepEqual(shown("e\u0301x", 2, 3), ["e\u0301x", " ^"]);
  assert.deepEqual(shown("\u202eab", 1, 2), ["\\u202eab", "      ^"]);
  assert.deepEqual(shown("ab", 2, 2), ["ab", "  ^"]);
});

test("of a long line what fits around the finding is shown", () => {
  const [line, mark] = shown(`${"x".repeat(300)}HERE${"y".repeat(300)}`, 300, 304, 80);
  assert.equal(line, `…${"x".repeat(24)}HERE${"y".repeat(32)}…`);
  assert.equal(mark, `${" ".repeat(25)}^^^^`);
  assert.equal(gutter.length + line!.length, 80);
});

test("colours are for a terminal that has them, and come from nowhere else", () => {
  assert.doesNotMatch(text([file, hostile]).join("\n"), /[\0\u001b\u202e\ud800]/);
  const lines = text([file], { colors: true });
  assert.equal(lines[0], "\u001b[1m./a b.sopm\u001b[0m");
  assert.match(lines[1]!, /^ {2}3:9 {2}\u001b\[31merror\u001b\[0m {2}“Acme”/);
});

test("a message of 10 MB is one line, or one text, in every form", () => {
  const long = `${"x\n::error::%".repeat(10 ** 6)}`;
  const large: CheckedFile = { ...file, problems: [{ ...problem, message: long }] };
  const github = rendered(githubForm(), [large]);
  assert.equal(github.split("\n").length, 2);
  assert.doesNotMatch(github, /%(?!25|0A|0D|3A|2C)/);
  assert.equal(
    JSON.parse(
      rendered(
        gitlabForm((text) => text),
        [large],
      ),
    )[0].description.length,
    long.length,
  );
  assert.equal(sarif([large]).runs[0].results[0].message.text.length, long.length);
  assert.ok(rendered(junitFindingsForm(), [large]).endsWith("</testsuites>\n"));
});
