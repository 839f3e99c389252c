import assert from "node:assert/strict";
import { test } from "node:test";
import { bumpVersion, type VersionPart } from "../../server/src/features/bump-version.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument } from "../support/feature-document.ts";

function bumped(text: string, part: VersionPart = "minor") {
  const bump = bumpVersion(featureDocument(text), part, "2024-05-02 10:00:00");
  if (bump.kind === "impossible") return english(bump.reason, bump.arguments);
  return { from: bump.from, to: bump.to, text: applyEdits(text, bump.edits) };
}

function checkBump(text: string, expected: string, part?: VersionPart): void {
  const result = bumped(text, part);
  assert.equal(typeof result === "string" ? result : result.text, expected);
}

const parts: readonly (readonly [from: string, part: VersionPart, to: string])[] = [
  ["1.2.3", "major", "2.0.0"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "patch", "1.2.4"],
  ["0.0.0", "patch", "0.0.1"],
  ["0.0.0", "major", "1.0.0"],
  ["9.9.9", "minor", "9.10.0"],
];

for (const [from, part, to] of parts) {
  test(`bump version: ${from} by ${part}`, () => {
    assert.deepEqual(bumped(`<a><Version>${from}</Version><ChangeLog Version="${to}"/></a>`, part), {
      from,
      to,
      text: `<a><Version>${to}</Version><ChangeLog Version="${to}"/></a>`,
    });
  });
}

test("bump version: the text of the entry is put in as it reads", () => {
  const text = `<a><Version>1.0.0</Version>\n<ChangeLog Version="1.0.0"></ChangeLog></a>`;
  const bump = bumpVersion(featureDocument(text), "patch", "2024-05-02 10:00:00", "Mend <b> & more");
  assert.ok(bump.kind === "bumped");
  assert.match(
    applyEdits(text, bump.edits),
    /<ChangeLog Version="1\.0\.1"[^>]*>Mend &lt;b&gt; &amp; more<\/ChangeLog>/,
  );
});

for (const version of [
  "1.2",
  "1.2.3.4",
  "1.2.x",
  "1.2.3-rc1",
  "v1.2.3",
  "1.02.3",
  "1.2.99999999999999999999",
]) {
  test(`bump version: ${version} cannot be raised`, () => {
    assert.equal(
      bumped(`<a><Version>${version}</Version></a>`),
      `${version} cannot be raised, because it is not made of three plain numbers such as 1.0.0.`,
    );
  });
}

test("bump version: there has to be one", () => {
  const reason = "There is no Version to raise. Write one, such as 1.0.0.";
  for (const text of ["", "<a/>", "<a><Version> </Version></a>"]) assert.equal(bumped(text), reason);
});

const entry = '<ChangeLog Version="1.3.0" Date="2024-05-02 10:00:00"></ChangeLog>';

const cases: readonly (readonly [name: string, text: string, expected: string])[] = [
  [
    "the entry comes before the others, like them",
    '<a>\n  <Version>1.2.3</Version>\n  <ChangeLog Version="1.2.3">x</ChangeLog>\n</a>',
    `<a>\n  <Version>1.3.0</Version>\n  ${entry}\n  <ChangeLog Version="1.2.3">x</ChangeLog>\n</a>`,
  ],
  [
    "behind the others where the newest is the last",
    '<a>\n\t<Version>1.2.3</Version>\n\t<ChangeLog Version="1.2.0"/>\n\t<ChangeLog Version="1.2.3"/>\n</a>',
    `<a>\n\t<Version>1.3.0</Version>\n\t<ChangeLog Version="1.2.0"/>\n\t<ChangeLog Version="1.2.3"/>\n\t${entry}\n</a>`,
  ],
  [
    "with a day where there are only days",
    '<a>\n<Version>1.2.3</Version>\n<ChangeLog Version="1.2.3" Date="2020-01-01"/>\n</a>',
    '<a>\n<Version>1.3.0</Version>\n<ChangeLog Version="1.3.0" Date="2024-05-02"></ChangeLog>\n<ChangeLog Version="1.2.3" Date="2020-01-01"/>\n</a>',
  ],
  [
    "the first entry stands behind the licence",
    "<a>\n    <License>x</License>\n    <Version>1.2.3</Version>\n</a>",
    `<a>\n    <License>x</License>\n    ${entry}\n    <Version>1.3.0</Version>\n</a>`,
  ],
  [
    "or behind the version",
    "<a>\r\n    <Version>1.2.3</Version>\r\n</a>",
    `<a>\r\n    <Version>1.3.0</Version>\r\n    ${entry}\r\n</a>`,
  ],
  [
    "on one line",
    '<a><Version>1.2.3</Version><ChangeLog Version="1.2.3"/></a>',
    `<a><Version>1.3.0</Version>${entry}<ChangeLog Version="1.2.3"/></a>`,
  ],
  [
    "no entry where it cannot be told where it belongs",
    "<a>\n<License>x\n<Version>1.2.3</Version>\n</a>",
    "<a>\n<License>x\n<Version>1.3.0</Version>\n</a>",
  ],
  [
    "of several versions the one that counts",
    '<a><Version>1.0.0</Version><Version> 1.2.3 </Version><ChangeLog Version="1.3.0"/></a>',
    '<a><Version>1.0.0</Version><Version> 1.3.0 </Version><ChangeLog Version="1.3.0"/></a>',
  ],
];

for (const [name, text, expected] of cases) {
  test(`bump version: ${name}`, () => checkBump(text, expected));
}
