import assert from "node:assert/strict";
import { test } from "node:test";
import { codeLenses } from "../../server/src/features/code-lenses.ts";
import { type LensKind, lensKinds } from "../../server/src/features/shown-kinds.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { featureDocument, type Surroundings } from "../support/feature-document.ts";

interface Asked extends Surroundings {
  readonly kinds?: readonly LensKind[];
  /** Texts in which something is found. */
  readonly found?: readonly string[];
}

/** The lenses of a text, such as "CodeInstall: Dry run: install". */
function lensesIn(text: string, { kinds = lensKinds, found = [], ...surroundings }: Asked = {}) {
  const findings = found.map((part): Finding => {
    const start = text.indexOf(part);
    const span = { start, end: start + part.length };
    return { rule: "x", severity: "error", message: "x", span } as unknown as Finding;
  });
  const lenses = codeLenses(featureDocument(text, surroundings), findings, kinds);
  const shown = lenses.map(
    ({ span, title }) => `${text.slice(span.start, span.end)}: ${english(title.text, title.values)}`,
  );
  return { lenses, shown };
}

/** Those of sections. */
function ofSections(content: string, asked: Asked = {}): readonly string[] {
  const text = `<otrs_package><Version>2.0.0</Version>${content}</otrs_package>`;
  return lensesIn(text, asked).shown.filter((lens) => !lens.startsWith("otrs_package"));
}

test("lenses: a package", () => {
  const onPackage = ["Dry run: install", "upgrade from…", "reinstall", "uninstall", "Upgrade matrix"];
  const named = (titles: readonly string[]) => titles.map((title) => `otrs_package: ${title}`);
  assert.deepEqual(lensesIn("<otrs_package/>").shown, named([...onPackage, "Preview SQL", "Build Package"]));
  assert.deepEqual(lensesIn("<otrs_package/>", { kind: "archive" }).shown, named(onPackage));
  assert.deepEqual(lensesIn("").shown, []);
});

test("lenses: a section has those of what runs it", () => {
  assert.deepEqual(
    ofSections(
      '<CodeInstall/><CodeReinstall/><CodeUninstall Type="pre"/><DatabaseInstall><TableDrop Name="a"/></DatabaseInstall><DatabaseUninstall/><IntroInstall/><Filelist/>',
    ),
    [
      "CodeInstall: Dry run: install",
      "CodeReinstall: Dry run: reinstall",
      "CodeUninstall: Dry run: uninstall",
      "DatabaseInstall: Dry run: install",
      "DatabaseInstall: SQL of this section",
      "DatabaseUninstall: Dry run: uninstall",
    ],
  );
});

test("lenses: an upgrade is tried from a version below the lowest gate of the section", () => {
  const text = `<otrs_package><Version>2.0.0</Version>
<ChangeLog Version="1.2.0">x</ChangeLog><ChangeLog Version="1.1.7">x</ChangeLog><ChangeLog Version="1.1.6">x</ChangeLog>
<CodeUpgrade Type="post" Version="1.2.0">1;</CodeUpgrade>
<CodeUpgrade Type="post">1;</CodeUpgrade>
<DatabaseUpgrade Type="post"><TableDrop Name="a" Version="1.3.0"/><TableDrop Name="b" Version="1.0.0"/></DatabaseUpgrade>
</otrs_package>`;
  const { lenses, shown } = lensesIn(text, { kinds: ["operations", "sections"] });
  assert.deepEqual(shown.slice(6), [
    "CodeUpgrade: Dry run: upgrade from below 1.2.0",
    "DatabaseUpgrade: Dry run: upgrade from below 1.0.0",
  ]);
  assert.deepEqual(
    lenses.slice(6).map(({ action }) => action),
    [
      { kind: "dry-run", operation: "upgrade", from: "1.1.7" },
      { kind: "dry-run", operation: "upgrade", from: "0.9.9" },
    ],
  );
});

test("lenses: what never runs, and what runs in merges, is not tried", () => {
  assert.deepEqual(
    ofSections(
      '<DatabaseReinstall><TableDrop Name="a"/></DatabaseReinstall><DatabaseUpgrade Type="pre"><TableDrop Name="a" Version="1.0.0"/></DatabaseUpgrade><CodeUpgrade Type="merge" Version="1.0.0"/><CodeInstall Type="never"/>',
    ),
    [],
  );
});

test("lenses: the upgrade path goes from below all gates to the package", () => {
  const path = (version: string, ...gates: readonly string[]) => {
    const code = gates.map((gate) => `<CodeUpgrade Type="post" Version="${gate}"/>`).join("");
    const text = `<otrs_package><Version>${version}</Version>${code}</otrs_package>`;
    return lensesIn(text, { kinds: ["upgradePath"] }).shown;
  };
  assert.deepEqual(path("2.0.0"), []);
  assert.deepEqual(path("2.0.0", "?"), []);
  assert.deepEqual(path("2.0.0", "0.0.0"), [], "nothing is below the lowest version");
  assert.deepEqual(path("2.0.0", "1.10.0", "1.2.0", "1.10.0"), [
    "otrs_package: Upgrade path: 1.1.9 → 1.2.0 → 1.10.0 → 2.0.0",
  ]);
  assert.deepEqual(path("1.2.0", "1.2.0"), ["otrs_package: Upgrade path: 1.1.9 → 1.2.0"]);
  assert.deepEqual(path("?", "1.2.0"), ["otrs_package: Upgrade path: 1.1.9 → 1.2.0"]);
  assert.deepEqual(path("9.0", ...Array.from({ length: 20 }, (_, index) => `1.${index + 1}`)), [
    "otrs_package: Upgrade path: 1.0 → 1.1 → 1.2 → … → 1.18 → 1.19 → 1.20 → 9.0",
  ]);
});

test("lenses: findings are counted where they stand, and for the package", () => {
  const text =
    '<otrs_package><Name>first</Name><CodeInstall>second</CodeInstall><Filelist><File Location="third"/><File Location="fourth"/></Filelist><CodeReinstall/></otrs_package>';
  const { lenses, shown } = lensesIn(text, {
    kinds: ["findings", "sections"],
    found: ["fourth", "first", "third", "second"],
  });
  assert.deepEqual(shown, ["otrs_package: 4 findings", "CodeInstall: 1 finding", "Filelist: 2 findings"]);
  const { start } = (lenses[2]!.action as { first: { start: number } }).first;
  assert.equal(text.slice(start, start + 5), "third");
});

test("lenses: each kind can be left out", () => {
  const text =
    '<otrs_package><CodeUpgrade Type="post" Version="1.0.0">x</CodeUpgrade><DatabaseInstall><TableDrop Name="a"/></DatabaseInstall></otrs_package>';
  const all = lensesIn(text, { found: ["x"] }).lenses;
  for (const kind of lensKinds) {
    const kinds = lensKinds.filter((each) => each !== kind);
    const { lenses, shown } = lensesIn(text, { found: ["x"], kinds });
    assert.ok(lenses.length < all.length, kind);
    assert.ok(lenses.every((lens) => lens.kind !== kind));
    if (kind === "sections") assert.ok(shown.every((lens) => lens.startsWith("otrs_package")));
  }
});

test("lenses: of thousands of sections the first ones have some", () => {
  const text = `<otrs_package>${"<CodeInstall/>".repeat(5000)}</otrs_package>`;
  assert.equal(lensesIn(text).lenses.length, 207);
});
