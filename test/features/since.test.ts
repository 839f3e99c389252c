import assert from "node:assert/strict";
import { test } from "node:test";
import { describeHint, inlayHints } from "../../server/src/features/inlay-hints.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { featureDocument } from "../support/feature-document.ts";
import { packagesIn, packageText } from "../support/known-packages.ts";

const table = (...columns: readonly string[]) =>
  `<DatabaseInstall Type="post"><TableCreate Name="acme">${columns.map((name) => `<Column Name="${name}" Type="INTEGER"/>`).join("")}</TableCreate></DatabaseInstall>`;
const code = (text: string) => `<CodeInstall Type="post">${text}</CodeInstall>`;

const others = packagesIn({
  "/a/Acme-1.0.0.opm": packageText("Acme", "1.0.0", { files: ["A.pm"], more: table("id") }),
  "/a/Acme-1.1.0.opm": packageText("Acme", "1.1.0", {
    files: ["A.pm", "B.pm"],
    more: table("id", "name") + code("1;"),
  }),
  "/a/Acme-1.2.0.opm": packageText("Acme", "1.2.0", {
    files: ["A.pm", "B.pm"],
    more: table("id", "name") + code("2;"),
  }),
  // What comes later, or is of another package, says nothing.
  "/a/Acme-3.0.0.opm": packageText("Acme", "3.0.0"),
  "/a/Other-1.0.0.opm": packageText("Other", "1.0.0", { files: ["C.pm"] }),
});
const text = packageText("Acme", "2.0.0", {
  files: ["A.pm", "B.pm", "C.pm"],
  more: table("id", "Name", "more") + code("2;"),
});

test("a hint says since which released version something has been there, unless all or none have it", () => {
  const hints = inlayHints(featureDocument(text), { start: 0, end: text.length }, ["since"], english, others);
  const shown = hints.map(({ offset, label }) => [
    text.slice(text.lastIndexOf("<", offset - 1), offset),
    label,
  ]);
  assert.deepEqual(shown, [
    ['<Column Name="Name" Type="INTEGER"/>', "since 1.1.0"],
    ['<CodeInstall Type="post">', "since 1.2.0"],
    ['<File Permission="660" Location="B.pm"/>', "since 1.1.0"],
  ]);
});

test("where the mouse rests all is said, and nothing where no version is known", () => {
  const document = featureDocument(text);
  const told = (mark: string, known = others) =>
    describeHint(document, { kind: "since", about: text.indexOf(mark) }, english, known);
  assert.equal(told('<File Permission="660" Location="A.pm"'), "In all released versions that are known.");
  assert.equal(told('<File Permission="660" Location="B.pm"'), "In released versions since `1.1.0`.");
  assert.equal(told('<File Permission="660" Location="C.pm"'), "In no released version that is known.");
  assert.equal(told('<Column Name="more"'), "In no released version that is known.");
  assert.equal(told("<TableCreate"), "In all released versions that are known.");
  assert.equal(told("<TableCreate", packagesIn({})), "");
});
