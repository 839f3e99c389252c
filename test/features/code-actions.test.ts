import assert from "node:assert/strict";
import { test } from "node:test";
import { codeActions } from "../../server/src/features/code-actions.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { fileAbsolute } from "../../server/src/rules/files/file-absolute.ts";
import type { Finding, Fix } from "../../server/src/rules/rule.ts";
import { RuleSet, runRules } from "../../server/src/rules/run-rules.ts";
import { toTheEnd } from "../../server/src/rules/steps.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import type { Span } from "../../server/src/text/span.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument } from "../support/feature-document.ts";
import { marked } from "../support/marked.ts";

/** A finding at each range of a text, made by a rule that wants what is there in capital letters. */
function capitalFindings(text: string, ranges: readonly Span[]): readonly Finding[] {
  return ranges.map((span) => ({
    rule: "capitals",
    severity: "warning",
    message: "Too small.",
    span,
    fixes: [
      {
        title: "Write {text}",
        arguments: { text: text.slice(span.start, span.end).toUpperCase() },
        edits: [{ span, newText: text.slice(span.start, span.end).toUpperCase() }],
      },
      { title: "Remove it", edits: [{ span, newText: "" }] },
    ],
  }));
}

function actionsAt(markedText: string, findingsOf = capitalFindings) {
  const { text, caret, ranges } = marked(markedText);
  const findings = findingsOf(text, ranges);
  const range = { start: caret!, end: caret! };
  const actions = codeActions(featureDocument(text), findings, range, english);
  return { text, findings, actions };
}

interface Expected {
  /** All titles, in order. */
  readonly titles?: readonly string[];
  readonly chosen?: readonly [title: string, text: string];
}

function checkActions(markedText: string, expected: Expected): void {
  const { text, actions } = actionsAt(markedText);
  const titles = actions.map(({ title }) => title);
  if (expected.titles) assert.deepEqual(titles, expected.titles);
  if (expected.chosen) {
    const [title, result] = expected.chosen;
    const action = actions.find((each) => each.title === title);
    assert.ok(action, `no “${title}” in ${titles}`);
    assert.equal(applyEdits(text, action.edits), result);
  }
}

const cases: readonly (readonly [name: string, markedText: string, expected: Expected])[] = [
  [
    "the fixes of the finding at the caret, then the ways to be left alone",
    "<a>\n  <b>[[on|e]]</b>\n</a>",
    {
      titles: [
        "Write ONE",
        "Remove it",
        "Do not report capitals on this line",
        "Do not report capitals in this file",
      ],
      chosen: ["Write ONE", "<a>\n  <b>ONE</b>\n</a>"],
    },
  ],
  ["nothing elsewhere", "<a>\n  <b>[[one]]</b>\n|</a>", { titles: [] }],
  [
    "all findings of the same kind",
    "<a><b>[[on|e]]</b><b>[[two]]</b><b>[[three]]</b></a>",
    { chosen: ["Fix all 3 findings of capitals", "<a><b>ONE</b><b>TWO</b><b>THREE</b></a>"] },
  ],
  [
    "a comment above the line",
    "<a>\n  <b>x</b>\n  <c d='[[on|e]]'/>\n</a>",
    {
      chosen: [
        "Do not report capitals on this line",
        "<a>\n  <b>x</b>\n  <!-- sopm-disable-next-line capitals -->\n  <c d='one'/>\n</a>",
      ],
    },
  ],
  [
    "one comment for several rules",
    "<a>\n  <!-- sopm-disable-next-line other -->\n  <c d='[[on|e]]'/>\n</a>",
    {
      chosen: [
        "Do not report capitals on this line",
        "<a>\n  <!-- sopm-disable-next-line other capitals -->\n  <c d='one'/>\n</a>",
      ],
    },
  ],
  [
    "a comment at the end of a tag that spreads over lines",
    "<a>\n  <c\n    d='[[on|e]]'/>\n</a>",
    {
      chosen: [
        "Do not report capitals on this line",
        "<a>\n  <c\n    d='one'/> <!-- sopm-disable-line capitals -->\n</a>",
      ],
    },
  ],
  [
    "no comment in the middle of code",
    "<otrs_package><CodeInstall><![CDATA[\n[[on|e]]\n]]></CodeInstall></otrs_package>",
    { titles: ["Write ONE", "Remove it", "Do not report capitals in this file"] },
  ],
  [
    "no comment in the middle of a text",
    "<otrs_package><Vendor>\n[[on|e]]\n</Vendor></otrs_package>",
    { titles: ["Write ONE", "Remove it", "Do not report capitals in this file"] },
  ],
  [
    "no comment before the declaration",
    '<?xml version="[[1|.0]]"?>\n<a/>',
    {
      chosen: [
        "Do not report capitals on this line",
        '<?xml version="1.0"?> <!-- sopm-disable-line capitals -->\n<a/>',
      ],
    },
  ],
  [
    "a comment for the file",
    "<a>\n  <b>[[on|e]]</b>\n</a>",
    {
      chosen: [
        "Do not report capitals in this file",
        "<a>\n  <!-- sopm-disable-file capitals -->\n  <b>one</b>\n</a>",
      ],
    },
  ],
  [
    "one comment for several rules of the file",
    "<a>\n  <!-- sopm-disable-file other -->\n  <b>[[on|e]]</b>\n</a>",
    {
      chosen: [
        "Do not report capitals in this file",
        "<a>\n  <!-- sopm-disable-file other capitals -->\n  <b>one</b>\n</a>",
      ],
    },
  ],
  [
    "lines that end with CRLF",
    "<a>\r\n  <b>[[on|e]]</b>\r\n</a>",
    {
      chosen: [
        "Do not report capitals on this line",
        "<a>\r\n  <!-- sopm-disable-next-line capitals -->\r\n  <b>one</b>\r\n</a>",
      ],
    },
  ],
  ["what cannot be read is not silenced", "<a>\n  [[<|]]\n</a>", { titles: ["Write <", "Remove it"] }],
];

for (const [name, markedText, expected] of cases) {
  test(`code actions: ${name}`, () => checkActions(markedText, expected));
}

test("code actions: the first fix is preferred, and each action knows what it mends", () => {
  const { actions, findings } = actionsAt("<a><b>[[on|e]]</b><b>[[two]]</b></a>");
  assert.deepEqual(
    actions.map(({ kind, isPreferred, findings: mended }) => [kind, isPreferred, mended.length]),
    [
      ["fix", true, 1],
      ["fix", false, 1],
      ["fix-all", false, 2],
      ["suppress", false, 1],
      ["suppress", false, 1],
    ],
  );
  assert.equal(actions[0]!.findings[0], findings[0]);
});

/** What is at each range is to go. */
function removalFindings(text: string, ranges: readonly Span[]): readonly Finding[] {
  return ranges.map((span) => ({
    rule: "removal",
    severity: "warning",
    message: text,
    span,
    fixes: [{ title: "Remove it", edits: [{ span, newText: "" }], removes: true }],
  }));
}

test("code actions: what removes something is chosen by somebody, one at a time, and goes with its lines", () => {
  const { text, actions } = actionsAt("<a>\n  [[<b|/>]]\n  [[<c/>]]<d/>\n</a>", removalFindings);
  assert.deepEqual(
    actions.map(({ kind, isPreferred, removes }) => [kind, isPreferred, removes]),
    [
      ["fix", false, true],
      ["suppress", false, undefined],
      ["suppress", false, undefined],
    ],
  );
  assert.equal(applyEdits(text, actions[0]!.edits), "<a>\n  <c/><d/>\n</a>");
  const beside = actionsAt("<a>\n  <b/>[[<c|/>]]\n</a>", removalFindings);
  assert.equal(applyEdits(beside.text, beside.actions[0]!.edits), "<a>\n  <b/>\n</a>");
});

test("code actions: what mends all findings of a kind may be other than what mends each", () => {
  const together = (edits: Fix["together"]) =>
    actionsAt("<a>[[on|e]] [[two]]</a>", (text, ranges) =>
      ranges.map((span) => ({
        rule: "order",
        severity: "error",
        message: text,
        span,
        fixes: [{ title: "Change", edits: [{ span, newText: "1" }], ...(edits && { together: edits }) }],
      })),
    ).actions.find(({ kind }) => kind === "fix-all");
  const edits = [{ span: { start: 3, end: 10 }, newText: "two one" }];
  assert.deepEqual(together(edits)?.edits, edits);
  assert.equal(together(edits)?.findings.length, 2);
  assert.equal(together([]), undefined);
});

test("code actions: fixes that touch the same text are not made together", () => {
  const { text, actions } = actionsAt("<a>[[on|e]]</a>", (text, [span]) => {
    const fix = (start: number, end: number, newText: string): Fix => ({
      title: "Change",
      edits: [{ span: { start, end }, newText }],
    });
    const finding = (fixes: readonly Fix[]): Finding => ({
      rule: "change",
      severity: "error",
      message: text,
      span: span!,
      fixes,
    });
    const { start, end } = span!;
    return [
      finding([fix(start, end, "1")]),
      finding([fix(start + 1, end, "2")]),
      finding([fix(end, end, "!")]),
      finding([fix(end, end, "!")]),
    ];
  });
  const all = actions.find(({ kind }) => kind === "fix-all")!;
  assert.equal(all.title, "Change, at all 2 places");
  assert.equal(applyEdits(text, all.edits), "<a>1!</a>");
});

test("code actions: a comment that was offered is understood", () => {
  const text =
    "<otrs_package>\n    <Filelist>\n        <File Location='/a'/>\n    </Filelist>\n</otrs_package>";
  const absoluteIn = (changed: string) =>
    toTheEnd(
      runRules(
        specOf(SyntaxTree.parse(changed)),
        featureDocument(changed).context,
        new RuleSet([fileAbsolute]),
      ),
    );
  const findings = absoluteIn(text);
  const range = findings[0]!.span;
  const actions = codeActions(featureDocument(text), findings, range, english);
  const silencing = actions.filter(({ kind }) => kind === "suppress");
  assert.equal(silencing.length, 2);
  for (const { edits } of silencing) assert.deepEqual(absoluteIn(applyEdits(text, edits)), []);
});
