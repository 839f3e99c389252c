import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { Plan, Step } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { unstoredSettings } from "../../server/src/lifecycle/unstored-settings.ts";
import { renderJunit } from "../../server/src/report/render-junit.ts";
import { renderText } from "../../server/src/report/render-text.ts";
import { makeReport } from "../../server/src/report/report-model.ts";
import { verdictText } from "../../server/src/report/verdict.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { memorySystem } from "../support/memory-system.ts";
import { type PackageText, packageOf } from "../support/package-text.ts";
import { type SettingsCase, settingAsText, settingsReferees } from "../support/settings-vectors.ts";

const folder = "Kernel/Config/Files/XML";

function settingsFile(
  root: string,
  attributes = ' version="2.0" init="Application"',
  ...names: string[]
): string {
  const settings = names.map((name) => `<Setting Name="${name}"><Value><Item>1</Item></Value></Setting>\n`);
  return `<?xml version="1.0" encoding="utf-8" ?>\n<${root}${attributes}>\n${settings.join("")}</${root}>\n`;
}

function install(files: PackageText["files"], system: SystemState = otobo()): Plan {
  return planOperation("install", packageOf({ dialect: "otobo-11", files: files ?? {} }), system);
}

function otobo(): SystemState {
  return memorySystem({ dialect: "otobo-11", version: "11.0.6" });
}

type Reading = Extract<Step, { readonly kind: "configuration" }>;

function readingOf({ steps }: Plan): Reading {
  return steps.find((step): step is Reading => step.kind === "configuration" && step.part === "read")!;
}

test("a settings file that is left out makes its step fail, and names what is lost", () => {
  const plan = install({
    [`${folder}/Acme.xml`]: settingsFile("otrs_config", undefined, "Acme::A", "Acme::B"),
  });
  const step = readingOf(plan);
  assert.equal(step.outcome, "fails");
  assert.equal(english(step.reason!.text, step.reason!.values), "Settings are lost: Acme::A, Acme::B.");
  assert.deepEqual(
    step.losses.map(({ location, line, lost }) => ({ location, line, lost })),
    [{ location: `${folder}/Acme.xml`, line: 2, lost: ["Acme::A", "Acme::B"] }],
  );
});

test("the framework goes on and deploys what it could store, and says that it has done all", () => {
  const plan = install({
    [`${folder}/Acme.xml`]: settingsFile("otrs_config", undefined, "Acme::A"),
    [`${folder}/Other.xml`]: settingsFile("otobo_config", undefined, "Acme::Other"),
  });
  assert.equal(plan.verdict, "success");
  assert.deepEqual([...plan.after.settings.keys()], ["Acme::Other"]);
  assert.ok(plan.steps.some((step) => step.kind === "configuration" && step.part === "deploy"));
});

test("verdict and the report for build servers follow", () => {
  const plan = install({ [`${folder}/Acme.xml`]: settingsFile("otobo_config", ' version="2.0"', "Acme::A") });
  const report = makeReport({ plan, fileName: "Acme.opm", specText: undefined });
  assert.equal(report.counts.fails, 1);
  assert.equal(report.verdict.needsAttention, true);
  assert.match(renderJunit(report, english), /<failure type="fails" message="Settings are lost: Acme::A\."/);
});

test("the text of a report names each lost setting once, with the cause", () => {
  const plan = install({
    [`${folder}/Acme.xml`]: settingsFile("otrs_config", undefined, "Acme::A", "Acme::B"),
  });
  const report = makeReport({ plan, fileName: "Acme.opm", specText: undefined });
  const text = renderText(report, { translate: english, width: undefined, colors: false });
  assert.equal(text.match(/Acme::A/g)?.length, 1, text);
  assert.equal(text.match(/Acme::B/g)?.length, 1, text);
});

test("a setting without value names all that is lost with it, of other files too", () => {
  const plan = install({
    [`${folder}/Acme.xml`]: settingsFile("otobo_config", undefined, "Acme::A").replace(
      /<Value>.*<\/Value>/,
      "",
    ),
    [`${folder}/Other.xml`]: settingsFile("otobo_config", undefined, "Acme::Other"),
  });
  const step = readingOf(plan);
  assert.equal(english(step.reason!.text, step.reason!.values), "Settings are lost: Acme::A, Acme::Other.");
  assert.ok(!plan.steps.some((each) => each.kind === "configuration" && each.part === "deploy"));
});

test("a file in the wrong place loses what no other file brings", () => {
  const text = settingsFile("otobo_config", undefined, "Acme::A");
  const lost = readingOf(install({ "Kernel/Config/Files/Acme.xml": text }));
  assert.deepEqual(
    lost.losses.map((loss) => loss.lost),
    [["Acme::A"]],
  );
  const twice = install({ "Kernel/Config/Files/Acme.xml": text, [`${folder}/Acme.xml`]: text });
  assert.equal(readingOf(twice).outcome, "runs");
});

test("what another package has lost makes no step of this one fail", () => {
  const bad = packageOf({
    name: "Bad",
    dialect: "otobo-11",
    files: { [`${folder}/Bad.xml`]: settingsFile("otrs_config", undefined, "Bad::A") },
  });
  const system = planOperation("install", bad, otobo()).after;
  const plan = install(
    { [`${folder}/Acme.xml`]: settingsFile("otobo_config", undefined, "Acme::A") },
    system,
  );
  assert.equal(readingOf(plan).outcome, "runs");
});

test("an uninstall loses nothing, because the file is gone", () => {
  const contents = packageOf({
    dialect: "otobo-11",
    files: { [`${folder}/Acme.xml`]: settingsFile("otrs_config", undefined, "Acme::A") },
  });
  const system = planOperation("install", contents, otobo()).after;
  assert.equal(readingOf(planOperation("uninstall", contents, system)).outcome, "runs");
});

for (const { release, cases } of settingsReferees()) {
  test(`settings and their values after an install are those that ${release.dialect} stored`, () => {
    for (const row of cases) compareInstall(row, release);
  });

  test(`a change to any part of a setting that ${release.dialect} stored is noticed`, () => {
    const row = cases.find(({ settings }) => settings.length === 1)!;
    const setting = row.settings[0]!;
    assert.ok(Object.keys(setting).length > 10);
    for (const key of Object.keys(setting)) {
      const changed = { ...setting, [key]: "changed" };
      assert.throws(() => compareInstall({ ...row, settings: [changed] }, release), key);
    }
  });
}

function compareInstall(row: SettingsCase, release: FrameworkRelease & { readonly version: string }): void {
  const files = Object.fromEntries(row.files.map(({ name, text }) => [`${folder}/${name}`, text]));
  const contents = packageOf({ dialect: release.dialect, files });
  const plan = planOperation("install", contents, memorySystem(release));
  assert.deepEqual([...plan.after.settings.values()].map(settingAsText), row.settings, row.case);
  const removed = planOperation("uninstall", contents, plan.after);
  assert.deepEqual([...removed.after.settings.keys()], [], row.case);
}

test("a check of the deployment finds the settings that are not stored, and no others", () => {
  const check = (text: string) => {
    const contents = packageOf({ dialect: "otobo-11", files: { [`${folder}/Acme.xml`]: text } });
    return unstoredSettings(contents, planOperation("install", contents, otobo()).after);
  };
  assert.deepEqual(check(settingsFile("otrs_config", undefined, "Acme::A", "Acme::B")), [
    "Acme::A",
    "Acme::B",
  ]);
  assert.deepEqual(check(settingsFile("otobo_config", undefined, "Acme::A")), []);
});

test("a file with entities leaves the step open, and the verdict says so", () => {
  const text = `<!DOCTYPE otobo_config [<!ENTITY a "b">]>\n${settingsFile("otobo_config", undefined, "Acme::A").replace(/^.*\n/, "")}`;
  const plan = install({ [`${folder}/Acme.xml`]: text });
  const step = readingOf(plan);
  assert.equal(step.outcome, "runs");
  assert.equal(step.doubt?.id, "settings");
  const { verdict } = makeReport({ plan, fileName: "Acme.opm", specText: undefined });
  assert.equal(verdict.needsAttention, true);
  assert.match(verdictText(verdict, english), /Readings of settings files that could not be judged: 1\./);
});
