import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { noteStep } from "../../server/src/report/describe-step.ts";
import { memoryHome, memorySystem } from "../support/memory-system.ts";
import { packageOf } from "../support/package-text.ts";

const frameworkFile = "Kernel/System/Core.pm";

/** A system on which "Old" is installed, with a file of its own and one in place of the framework's. */
function systemWithOld(home = memoryHome({ [frameworkFile]: "core" }, [frameworkFile])) {
  const old = packageOf({
    name: "Old",
    body: '<DatabaseInstall Type="post"><TableCreate Name="old_item"><Column Name="id" Required="true" Type="INTEGER"/></TableCreate></DatabaseInstall><CodeUninstall>1;</CodeUninstall>',
    files: { "var/old.txt": "old", [frameworkFile]: "patched" },
  });
  return planOperation("install", old, memorySystem({ home })).after;
}

function installing(code: string, system = systemWithOld()) {
  const contents = packageOf({ body: `<CodeInstall Type="post"><![CDATA[${code}]]></CodeInstall>` });
  return planOperation("install", contents, system);
}

const call = "$Kernel::OM->Get('Kernel::System::Package')->_PackageUninstallMerged(Name => 'Old');";

function notesOf(plan: ReturnType<typeof installing>): readonly string[] {
  const step = plan.steps.find(({ kind }) => kind === "code")!;
  return noteStep(step).map(({ text, values }) => english(text, values));
}

test("code that takes out a merged package takes its files and its row, and leaves tables and the framework", () => {
  const plan = installing(call);
  const { packages, home, database } = plan.after;
  assert.deepEqual(
    packages.map(({ name }) => name),
    ["Acme"],
  );
  assert.equal(home.entry("var/old.txt"), undefined);
  assert.equal(home.entry(frameworkFile)?.kind, "file", "the package's version of it stays");
  assert.equal(home.entry(`${frameworkFile}.save`), undefined, "and what was there before it is gone");
  assert.ok(database.table("old_item"));
  assert.ok(notesOf(plan).some((note) => note.startsWith("Takes out the package Old:")));
  assert.equal(plan.steps.find(({ kind }) => kind === "code")?.doubt?.id, "code");
});

test("nothing is taken out by code that fails, that may not come to the call, or where nobody has the package", () => {
  const key = "code CodeInstall 1";
  const contents = packageOf({ body: `<CodeInstall Type="post"><![CDATA[${call}]]></CodeInstall>` });
  const failed = planOperation("install", contents, systemWithOld(), { assume: new Map([[key, "fails"]]) });
  const unsure = installing(`if ( $Param{Old} ) { ${call} }`);
  for (const { after } of [failed, unsure]) {
    assert.deepEqual(
      after.packages.map(({ name }) => name),
      ["Old", "Acme"],
    );
    assert.ok(after.home.entry("var/old.txt"));
  }
  assert.ok(notesOf(unsure).some((note) => note.startsWith("May take out the package Old")));
  const without = installing(call, memorySystem());
  assert.ok(notesOf(without).includes("Would take out the package Old, which is not installed."));
});

test("without a list of the framework's files nothing is taken out", () => {
  const home = { ...memoryHome(), isFrameworkFile: () => undefined };
  assert.equal(installing(call, systemWithOld(home)).after.packages.length, 2);
});
