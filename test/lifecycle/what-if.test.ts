import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { holdsAmong, releasesOf } from "../../server/src/dialect/switches.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { documentedOrder, orderOf } from "../../server/src/lifecycle/order.ts";
import type { Plan, Step } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { Assumption, PlanOptions } from "../../server/src/lifecycle/plan-options.ts";
import { type Quirk, type QuirkId, quirks } from "../../server/src/lifecycle/quirks.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { archiveContents, memorySystem } from "../support/memory-system.ts";
import { type PackageText, packageOf } from "../support/package-text.ts";
import { linesOf, renderPlan } from "./render-plan.ts";

const story: PackageText = {
  body: [
    '<CodeInstall Type="pre">"one";</CodeInstall><CodeInstall Type="pre">"two";</CodeInstall><CodeInstall>"three";</CodeInstall>',
    '<CodeUpgrade Type="pre">"up";</CodeUpgrade><CodeUninstall>"down";</CodeUninstall>',
    '<DatabaseInstall Type="post"><TableDrop Name="a"/><TableDrop Name="b"/></DatabaseInstall>',
    '<DatabaseUninstall Type="pre"><TableDrop Name="a"/></DatabaseUninstall>',
  ].join(""),
  files: { "a.txt": "a", "b/c.txt": "c" },
};

function system(...installed: readonly PackageText[]): SystemState {
  return installed.reduce(
    (state, each) => planOperation("install", packageOf({ ...each, dialect: "otobo-11" }), state).after,
    memorySystem({ dialect: "otobo-11", version: "11.0.5" }),
  );
}

function plan(operation: Operation, text: PackageText, state: SystemState, options: PlanOptions = {}): Plan {
  return planOperation(operation, packageOf({ ...text, dialect: "otobo-11" }), state, options);
}

function assuming(key: string, assumption: Assumption = "fails"): PlanOptions {
  return { assume: new Map([[key, assumption]]) };
}

test("code that is assumed to fail keeps the rest of its phase from running, and nothing else", () => {
  const result = plan("install", story, system(), assuming("code CodeInstall 1"));
  assert.deepEqual(linesOf(result, "code"), [
    'fails: code CodeInstall pre "one";',
    'skipped: code CodeInstall pre "two";',
    'code CodeInstall post "three";',
  ]);
  const end = result.steps.find(({ kind }) => kind === "code-phase-end");
  assert.ok(end?.kind === "code-phase-end" && !end.success);
  assert.equal(result.verdict, "success");
  const failed = result.steps.find(({ outcome }) => outcome === "fails");
  assert.equal(failed?.assumed, true);
  assert.match(failed?.remains?.text ?? "", /the sections behind it in this phase are not run/);
});

test("a statement that is assumed to fail changes nothing, and the next one runs", () => {
  const key = "statement DatabaseInstall post TableDrop(a)";
  const result = plan("install", story, system(), assuming(key));
  const statements = result.steps.filter(({ kind }) => kind === "statement");
  assert.deepEqual(
    statements.map(({ outcome, changes }) => [outcome, changes.length]),
    [
      ["fails", 0],
      ["runs", 1],
    ],
  );
});

test("a file that is assumed not to be written has left its folder and moved the old one aside", () => {
  const base = system();
  const first = plan("install", story, base);
  const stray = { ...base, home: first.after.home };
  const result = plan("install", story, stray, assuming("write-file b/c.txt"));
  const step = result.steps.find(({ key }) => key === "write-file b/c.txt");
  assert.equal(step?.outcome, "fails");
  assert.equal(result.after.home.entry("b/c.txt"), undefined);
  assert.equal(result.after.home.entry("b/c.txt.save")?.kind, "file");
  assert.equal(english(step?.remains?.text ?? "", step?.remains?.values).includes("b/c.txt.save"), true);
});

test("a file that is assumed not to be removed stays", () => {
  const state = system(story);
  const result = plan("uninstall", story, state, assuming("remove-file a.txt"));
  assert.equal(result.after.home.entry("a.txt")?.kind, "file");
  assert.equal(result.verdict, "success");
});

for (const [operation, key, left] of [
  ["install", "package-table insert", []],
  ["install", "package-table set-status", ["Acme 1.0.0 not installed"]],
  ["upgrade", "package-table delete", ["Acme 0.9.0 installed"]],
  ["upgrade", "package-table insert", []],
] as const) {
  test(`${operation}: when ${key} is assumed to fail the operation ends, and leaves ${left.join() || "no row"}`, () => {
    const state = operation === "upgrade" ? system({ ...story, version: "0.9.0" }) : system();
    const result = plan(operation, story, state, assuming(key));
    assert.equal(result.verdict, "refused");
    assert.deepEqual(
      result.refusals.map(({ check }) => check),
      ["registration"],
    );
    assert.deepEqual(
      result.after.packages.map(({ name, version, status }) => `${name} ${version} ${status}`),
      left,
    );
    assert.ok(result.steps.find((step) => step.key === key)?.remains);
  });
}

test("an uninstall goes on when its row cannot be deleted", () => {
  const result = plan("uninstall", story, system(story), assuming("package-table delete"));
  assert.equal(result.verdict, "success");
  assert.equal(result.after.packages.length, 1);
});

test("configuration that is assumed not to be read is not deployed; one not deployed ends nothing", () => {
  const unread = plan("install", story, system(), assuming("configuration read"));
  assert.deepEqual(linesOf(unread, "configuration"), ["fails: configuration read"]);
  assert.equal(unread.verdict, "success");
  const undeployed = plan("install", story, system(), assuming("configuration deploy"));
  assert.deepEqual(linesOf(undeployed, "configuration"), [
    "configuration read",
    "fails: configuration deploy",
  ]);
});

test("a check can be assumed to hold or not to", () => {
  const wanting = { ...story, body: "<OS>MSWin32</OS>" };
  assert.equal(
    plan("install", wanting, system(), assuming("check operating-system", "succeeds")).verdict,
    "success",
  );
  const refused = plan("install", story, system(), assuming("check write-permission"));
  assert.deepEqual(
    refused.refusals.map(({ check }) => check),
    ["write-permission"],
  );
});

test("keys of one plan differ, and find a step again when the spec changes elsewhere", () => {
  const before = plan("install", story, system());
  const keys = before.steps.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  const changed = { ...story, files: { "new.txt": "n", ...story.files } };
  const after = new Set(plan("install", changed, system()).steps.map(({ key }) => key));
  assert.deepEqual(
    keys.filter((key) => !after.has(key)),
    [],
  );
});

test("planning twice gives the same plan, and the system it was planned on is as before", () => {
  const state = system({ ...story, version: "0.9.0" });
  const rows = [...state.packages];
  const shape = (steps: readonly Step[]) =>
    steps.map(({ key, outcome, changes }) => [key, outcome, changes.length]);
  const first = plan("upgrade", story, state);
  const second = plan("upgrade", story, state);
  assert.deepEqual(shape(second.steps), shape(first.steps));
  assert.deepEqual(state.packages, rows);
  assert.equal(first.before, state);
  assert.equal(state.home.entry("a.txt")?.kind, "file");
});

// What the documentation promises.

const documented: PlanOptions = { behaviour: "documented" };

test("taken at its word, the documentation stops at the first failing step and says so", () => {
  const result = plan("install", story, system(), { ...documented, ...assuming("code CodeInstall 1") });
  assert.equal(result.verdict, "refused");
  assert.deepEqual(
    result.refusals.map(({ check }) => check),
    ["earlier-steps"],
  );
  assert.deepEqual(linesOf(result, "write-file"), []);
});

const gated = (version: string) =>
  `<DatabaseUpgrade Type="post"><TableDrop Name="new" Version="${version}"/><TableDrop Name="plain"/></DatabaseUpgrade><DatabaseUpgrade Type="pre"><TableDrop Name="early" Version="${version}"/></DatabaseUpgrade>`;

test("taken at its word, DatabaseUpgrade runs in phase pre, without Version, and not before its version", () => {
  const old = { ...story, version: "0.9.0" };
  const upgrade = (version: string, options: PlanOptions) =>
    linesOf(plan("upgrade", { body: gated(version) }, system(old), options), "statement");
  assert.deepEqual(upgrade("1.0.0", {}), ["sql DROP TABLE IF EXISTS new"]);
  assert.deepEqual(upgrade("1.0.0", documented), [
    "sql DROP TABLE IF EXISTS early",
    "sql DROP TABLE IF EXISTS new",
    "sql DROP TABLE IF EXISTS plain",
  ]);
  assert.deepEqual(upgrade("2.0.0", {}), ["sql DROP TABLE IF EXISTS new"]);
  assert.deepEqual(upgrade("2.0.0", documented), ["sql DROP TABLE IF EXISTS plain"]);
});

test("taken at its word, DatabaseReinstall runs", () => {
  const text = { body: '<DatabaseReinstall Type="post"><TableDrop Name="a"/></DatabaseReinstall>' };
  assert.deepEqual(linesOf(plan("reinstall", text, system(text), documented), "statement"), [
    "sql DROP TABLE IF EXISTS a",
  ]);
});

test("taken at its word, IfPackage asks for installed packages", () => {
  const text = { body: '<CodeInstall IfPackage="Old">1;</CodeInstall>' };
  const old = { name: "Old" };
  assert.deepEqual(linesOf(plan("install", text, system(old)), "code"), ["never: code CodeInstall post 1;"]);
  assert.deepEqual(linesOf(plan("install", text, system(old), documented), "code"), [
    "code CodeInstall post 1;",
  ]);
  assert.deepEqual(linesOf(plan("install", text, system(), documented), "code"), [
    "skipped: code CodeInstall post 1;",
  ]);
});

test("taken at its word, a section without Type runs in phase post", () => {
  const text = {
    body: '<DatabaseInstall Type="pre"><TableDrop Name="a"/></DatabaseInstall><DatabaseInstall><TableDrop Name="b"/></DatabaseInstall>',
    files: { "a.txt": "a" },
  };
  assert.deepEqual(linesOf(plan("install", text, system(), documented), "statement", "write-file"), [
    "sql DROP TABLE IF EXISTS a",
    "write a.txt",
    "sql DROP TABLE IF EXISTS b",
  ]);
});

test("taken at its word, packages are merged when all checks have passed", () => {
  const text = { body: '<PackageMerge Name="Old" TargetVersion="1.0.0"/>', files: { "taken.txt": "x" } };
  const state = system({ name: "Old" }, { name: "Other", files: { "taken.txt": "x" } });
  assert.equal(plan("install", text, state).after.packages.length, 1);
  assert.equal(plan("install", text, state, documented).after.packages.length, 2);
});

test("taken at its word, a package may take over the files of one that it merges", () => {
  const text = { body: '<PackageMerge Name="Old" TargetVersion="1.0.0"/>', files: { "a.txt": "x" } };
  assert.equal(
    plan("install", text, system({ name: "Old", files: { "a.txt": "y" } }), documented).verdict,
    "success",
  );
});

test("taken at its word, SQL of a merge runs with its Version on either element, or on none", () => {
  const merge = (attributes: string) => ({
    body: `<PackageMerge Name="Old" TargetVersion="1.0.0"/><DatabaseUpgrade Type="merge"${attributes}><TableDrop Name="a"/></DatabaseUpgrade>`,
  });
  const state = system({ name: "Old", version: "0.5.0" });
  for (const attributes of ["", ' Version="0.9.0"']) {
    assert.deepEqual(linesOf(plan("install", merge(attributes), state), "statement"), []);
    assert.equal(linesOf(plan("install", merge(attributes), state, documented), "statement").length, 1);
  }
  assert.deepEqual(linesOf(plan("install", merge(' Version="2.0.0"'), state, documented), "statement"), []);
});

test("taken at its word, versions, requirements, empty files and archives are what one expects", () => {
  const refusedBy = (operation: Operation, text: PackageText, state: SystemState) =>
    plan(operation, text, state, documented).refusals.map(({ check }) => check);
  const body = "<PackageRequired>Other</PackageRequired>";
  assert.deepEqual(refusedBy("install", { body }, system({ name: "Other" })), []);
  assert.deepEqual(refusedBy("install", { body }, system()), ["required-packages"]);
  assert.deepEqual(refusedBy("upgrade", { version: "1.1.9" }, system({ version: "1.01.5" })), []);
  assert.deepEqual(refusedBy("uninstall", {}, system()), ["installed"]);
  const empty = plan("install", { files: { "a.txt": "" } }, system(), documented);
  assert.equal(empty.after.home.entry("a.txt")?.kind, "file");
});

test("taken at its word, a condition counts in DatabaseUninstall too", () => {
  const text = {
    body: '<DatabaseUninstall Type="post"><TableDrop Name="a" IfNotPackage="Other"/></DatabaseUninstall>',
  };
  const state = system(text, { name: "Other" });
  assert.deepEqual(linesOf(plan("uninstall", text, state), "statement"), ["sql DROP TABLE IF EXISTS a"]);
  assert.deepEqual(linesOf(plan("uninstall", text, state, documented), "statement"), []);
});

test("taken at its word, the same version may be written in two ways where a package is merged", () => {
  const text = { name: "New", body: '<PackageMerge Name="Old" TargetVersion="2.0.0"/>' };
  const state = system({ name: "Old", version: "2.0" });
  assert.deepEqual(
    plan("install", text, state).refusals.map(({ check }) => check),
    ["merge"],
  );
  assert.equal(plan("install", text, state, documented).verdict, "success");
});

test("taken at its word, a framework fits one of the ranges with its bounds or none", () => {
  const verdicts = (frameworks: string) =>
    [{}, documented].map((options) => plan("install", { body: frameworks }, system(), options).verdict);
  // The system is 11.0.5.
  assert.deepEqual(verdicts('<Framework Minimum="11.1.0">11.x.x</Framework>'), ["success", "refused"]);
  assert.deepEqual(verdicts('<Framework>11.0.x</Framework><Framework Minimum="11.0.9">11.0.x</Framework>'), [
    "refused",
    "success",
  ]);
});

test("taken at its word, every module is looked for, and an archive that cannot be read is refused at once", () => {
  const state = system();
  const framework = { ...state.framework, perlModules: new Map([["JSON", "4.0"]]) };
  const body = "<ModuleRequired>JSON</ModuleRequired><ModuleRequired>Missing::One</ModuleRequired>";
  const checksOf = (options: PlanOptions) =>
    plan("install", { body }, { ...state, framework }, options).refusals.map(({ check }) => check);
  assert.deepEqual(checksOf({}), []);
  assert.deepEqual(checksOf(documented), ["required-modules"]);
  const broken = archiveContents("<otobo_package>", "otobo-11");
  const stepsOf = (options: PlanOptions) =>
    linesOf(planOperation("install", broken, state, options), "check");
  assert.deepEqual(stepsOf(documented), ["fails: check readable"]);
  assert.ok(stepsOf({}).length > 1);
});

// The orders, as the frameworks have them.

const orders: Readonly<Record<Operation, string>> = {
  install: `readable, go on as upgrade, write-permission, operating-system, framework, required-packages, required-modules, merge, file-conflicts,
    CodeInstall pre, DatabaseInstall pre, write-files, add-row, configuration, DatabaseInstall post, CodeInstall post, clear-cache, clear-cache, event`,
  upgrade: `readable, go on as install, write-permission, operating-system, framework, required-packages, required-modules, merge, version, file-conflicts,
    remove-rows, add-row, CodeUpgrade pre, DatabaseUpgrade pre, remove-files, write-files, configuration, DatabaseUpgrade post, CodeUpgrade post, clear-cache, clear-cache, event`,
  reinstall: `readable, write-permission, operating-system, framework,
    CodeReinstall pre, DatabaseReinstall pre, write-files, configuration, DatabaseReinstall post, CodeReinstall post, clear-cache, clear-cache, event`,
  uninstall: `readable, dependents, write-permission,
    CodeUninstall pre, DatabaseUninstall pre, remove-files, remove-rows, configuration, DatabaseUninstall post, CodeUninstall post, clear-cache, clear-cache, event`,
};

for (const operation of ["install", "upgrade", "reinstall", "uninstall"] as const) {
  test(`the order of ${operation} in OTOBO 11`, () => {
    const lines = orderOf(operation, { dialect: "otobo-11" }).map((slot) => {
      if (slot.kind === "check") return slot.check;
      if (slot.kind === "go-on-as") return `go on as ${slot.operation}`;
      return "family" in slot ? `${slot.family} ${slot.phase}` : slot.kind;
    });
    assert.deepEqual(lines, orders[operation].split(/,\s*/));
  });
}

test("the documented order has all slots of the real one", () => {
  for (const operation of ["install", "upgrade"] as const) {
    const kinds = (slots: readonly { readonly kind: string }[]) => slots.map(({ kind }) => kind).sort();
    assert.deepEqual(
      kinds(documentedOrder(operation, { dialect: "otobo-11" })),
      kinds(orderOf(operation, { dialect: "otobo-11" })),
    );
  }
});

/** Promises that the documented order keeps by itself. */
const switchedByOrder: ReadonlySet<string> = new Set([
  "database-upgrade-pre",
  "database-reinstall",
  "uninstall-unchecked",
]);

test("every quirk shows somewhere, and one with a promise has a switch", () => {
  const folder = join(import.meta.dirname, "../../server/src/lifecycle");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && name !== "quirks.ts")
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  for (const id of Object.keys(quirks) as QuirkId[]) {
    const mentions = sources.split(`"${id}"`).length - sources.split(`has("${id}")`).length;
    assert.ok(mentions > 0, `${id} shows in no step`);
    const { promised, ...condition }: Quirk = quirks[id];
    const isSomewhere = dialectIds.some((each) => holdsAmong(condition, releasesOf(each)));
    assert.ok(isSomewhere, `${id} belongs to no release`);
    if (promised && !switchedByOrder.has(id)) {
      assert.ok(sources.includes(`has("${id}")`), `${id} cannot be switched`);
    }
  }
});

test("what a refused plan leaves behind is told", () => {
  const result = plan("install", { body: "<OS>MSWin32</OS>" }, system());
  const failed = result.steps.find(({ outcome }) => outcome === "fails");
  assert.equal(failed?.remains?.text, "The operation is refused; nothing has been changed.");
  assert.equal(renderPlan(result).at(-1), "end failure");
});
