import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDeployment } from "../../server/src/lifecycle/deploy-check.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { PlanOptions } from "../../server/src/lifecycle/plan-options.ts";
import { ChangedHome } from "../../server/src/system/home.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { bytesOf } from "../support/known-system.ts";
import { archiveContents, memoryHome, memorySystem, writeByHand } from "../support/memory-system.ts";
import { packageOf } from "../support/package-text.ts";
import { linesOf, renderPlan } from "./render-plan.ts";

/** A package with everything: code and SQL in both phases of all families, and files of every sort. */
function everything(version: "1.0.0" | "1.1.0") {
  const code = ["Install", "Upgrade", "Reinstall", "Uninstall"].flatMap((family) =>
    ["pre", "post"].map((phase) => `<Code${family} Type="${phase}">1;</Code${family}>`),
  );
  const alter = (column: string, gate: string | undefined) =>
    `<TableAlter Name="acme"${gate === undefined ? "" : ` Version="${gate}"`}><ColumnAdd Name="${column}" Type="INTEGER" Required="false"/></TableAlter>`;
  const table = (name: string) =>
    `<TableCreate Name="${name}"><Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/><Column Name="valid_id" Type="SMALLINT" Required="false"/>`;
  const body = [
    ...code,
    `<DatabaseInstall Type="pre">${table("acme_pre")}</TableCreate></DatabaseInstall>`,
    `<DatabaseInstall Type="post">${table("acme")}<ForeignKey ForeignTable="valid"><Reference Local="valid_id" Foreign="id"/></ForeignKey></TableCreate>`,
    `<Insert Table="acme"><Data Key="id">1</Data></Insert></DatabaseInstall>`,
    `<DatabaseUpgrade Type="post">${alter("one", "1.1.0")}${alter("two", undefined)}${alter("three", "9.9.9")}${alter("four", "1.0.0")}</DatabaseUpgrade>`,
    `<DatabaseUpgrade Type="pre">${alter("five", "1.1.0")}</DatabaseUpgrade>`,
    '<DatabaseUninstall Type="pre"><TableDrop Name="acme_pre"/></DatabaseUninstall>',
    '<DatabaseUninstall Type="post"><TableDrop Name="acme"/></DatabaseUninstall>',
  ];
  const old = version === "1.0.0";
  const file = (location: string, permission: string, content: string) =>
    `<File Location="${location}" Permission="${permission}" Encode="Base64">${btoa(content)}</File>`;
  const files = [
    file("Kernel/System/Acme.pm", "644", `acme ${version}`),
    file("Kernel/System/Core.pm", "644", `core of acme ${version}`),
    file("var/stray.txt", "644", `from acme ${version}`),
    ...(old ? [file("var/new/folder.txt", "600", "new"), file("var/empty.txt", "644", "")] : []),
  ];
  return archiveContents(
    `<?xml version="1.0" encoding="utf-8" ?><otrs_package version="1.1"><Name>A</Name><Version>${version}</Version><Vendor>Acme Inc.</Vendor>${body.join("")}<Filelist>${files.join("")}</Filelist></otrs_package>`,
    "znuny-6",
  );
}

/** A system that packages go through one operation after the other. */
class Story {
  system: SystemState;

  constructor(files: Readonly<Record<string, string>> = {}, frameworkFiles: readonly string[] = []) {
    this.system = memorySystem({
      dialect: "znuny-6",
      version: "6.5.1",
      home: memoryHome(files, frameworkFiles),
    });
  }

  perform(operation: Operation, contents: ReturnType<typeof packageOf>, options: PlanOptions = {}): Plan {
    const plan = planOperation(operation, contents, this.system, options);
    this.system = plan.after;
    return plan;
  }

  edit(path: string, text: string): void {
    const home = new ChangedHome(this.system.home);
    writeByHand(home, path, text);
    this.system = { ...this.system, home };
  }

  text(path: string): string | undefined {
    const entry = this.system.home.entry(path);
    if (entry?.kind !== "file" || typeof entry.content === "string") return entry?.kind;
    return bytesOf(entry.content).toString();
  }
}

const home = { "Kernel/System/Core.pm": "core", "var/stray.txt": "stray" };

function installed(): Story {
  const story = new Story(home, ["Kernel/System/Core.pm"]);
  story.perform("install", everything("1.0.0"));
  return story;
}

test("install: code, SQL, files, row, configuration, SQL, code", () => {
  const story = new Story(home, ["Kernel/System/Core.pm"]);
  const plan = story.perform("install", everything("1.0.0"));
  assert.deepEqual(renderPlan(plan), [
    "check readable",
    "check write-permission",
    "check file-conflicts",
    "code CodeInstall pre 1;",
    "sql CREATE TABLE acme_pre",
    "write Kernel/System/Acme.pm",
    "write Kernel/System/Core.pm, old one to Kernel/System/Core.pm.save",
    "write var/stray.txt, old one to var/stray.txt.save",
    "write var/new/folder.txt",
    "fails: write var/empty.txt",
    "table add A 1.0.0",
    "table insert A 1.0.0",
    "table set-status A 1.0.0",
    "configuration read",
    "configuration deploy",
    "sql CREATE TABLE acme",
    "sql INSERT INTO acme",
    "sql SET @FKExists",
    "sql SET @FKSQLStatement",
    "sql PREPARE FKStatement FROM @FKSQLStatement",
    "sql EXECUTE FKStatement",
    "code CodeInstall post 1;",
    "clear data",
    "clear loader",
    "event PackageInstall",
    "end success",
  ]);
  assert.equal(plan.verdict, "success", "although a file fails");
  assert.deepEqual(story.system.home.entry("var/new"), { kind: "folder", mode: 0o770 });
  assert.deepEqual(checkDeployment(everything("1.0.0"), story.system).files, [
    { location: "var/empty.txt", state: "missing" },
  ]);
});

test("reinstall: overwrites a changed module without a copy, and runs no SQL", () => {
  const story = installed();
  story.edit("Kernel/System/Acme.pm", "changed by hand");
  const plan = story.perform("reinstall", everything("1.0.0"));
  assert.deepEqual(linesOf(plan, "code", "statement", "write-file"), [
    "code CodeReinstall pre 1;",
    "write Kernel/System/Acme.pm",
    "write Kernel/System/Core.pm",
    "write var/stray.txt",
    "write var/new/folder.txt",
    "fails: write var/empty.txt",
    "code CodeReinstall post 1;",
  ]);
  assert.equal(story.text("Kernel/System/Acme.pm"), "acme 1.0.0");
  const lost = plan.steps.filter(({ quirks }) => quirks.includes("local-change-lost")).map(({ key }) => key);
  assert.deepEqual(lost, ["write-file Kernel/System/Acme.pm"]);
});

test("upgrade: row first, gates 1.1.0 and 9.9.9, originals stay in .save", () => {
  const story = installed();
  story.edit("Kernel/System/Acme.pm", "changed by hand");
  const plan = story.perform("upgrade", everything("1.1.0"));
  assert.deepEqual(renderPlan(plan).slice(5), [
    "table remove A all",
    "table delete A all",
    "table add A 1.1.0",
    "table insert A 1.1.0",
    "table set-status A 1.1.0",
    "code CodeUpgrade pre 1;",
    "never: element DatabaseUpgrade pre TableAlter(acme)",
    "remove Kernel/System/Acme.pm, copied to Kernel/System/Acme.pm.custom_backup",
    "remove Kernel/System/Core.pm, Kernel/System/Core.pm.save comes back",
    "remove var/stray.txt, var/stray.txt.save comes back",
    "remove var/new/folder.txt",
    "skipped: remove var/empty.txt",
    "write Kernel/System/Acme.pm",
    "write Kernel/System/Core.pm, old one to Kernel/System/Core.pm.save",
    "write var/stray.txt, old one to var/stray.txt.save",
    "configuration read",
    "configuration deploy",
    "sql ALTER TABLE acme ADD one INTEGER NULL",
    "never: element DatabaseUpgrade post TableAlter(acme)",
    "sql ALTER TABLE acme ADD three INTEGER NULL",
    "skipped: element DatabaseUpgrade post TableAlter(acme)",
    "code CodeUpgrade post 1;",
    "clear data",
    "clear loader",
    "event PackageUpgrade",
    "end success",
  ]);
  assert.equal(story.text("Kernel/System/Core.pm.save"), "core");
  assert.equal(story.text("var/new"), "folder");
  const unbounded = plan.steps.filter(({ quirks }) => quirks.includes("database-gate-unbounded"));
  assert.equal(unbounded.length, 1);
});

test("upgrade once more: refused, and nothing changes", () => {
  const story = installed();
  story.perform("upgrade", everything("1.1.0"));
  const before = story.system;
  const plan = story.perform("upgrade", everything("1.1.0"));
  assert.equal(plan.verdict, "refused");
  assert.deepEqual(
    plan.refusals.map(({ check }) => check),
    ["version"],
  );
  assert.deepEqual(
    plan.steps.flatMap(({ changes }) => changes),
    [],
  );
  assert.deepEqual(plan.after.packages, before.packages);
});

test("a forced downgrade runs SQL for 9.9.9 again", () => {
  const story = installed();
  story.perform("upgrade", everything("1.1.0"));
  const plan = story.perform("upgrade", everything("1.0.0"), { force: true });
  assert.equal(plan.verdict, "success");
  const check = plan.steps.find((step) => step.kind === "check" && step.check === "version");
  assert.equal(check?.outcome, "skipped");
  assert.deepEqual(
    check?.log.map(({ id }) => id),
    ["installed-newer"],
    "logged all the same",
  );
  assert.deepEqual(linesOf(plan, "statement").filter((line) => line.includes("ALTER")).length, 1);
});

test("uninstall: originals come back, copies and folders stay", () => {
  const story = installed();
  story.edit("Kernel/System/Acme.pm", "changed by hand");
  const plan = story.perform("uninstall", everything("1.0.0"));
  assert.deepEqual(linesOf(plan, "code", "statement", "remove-file", "package-table"), [
    "code CodeUninstall pre 1;",
    "sql DROP TABLE IF EXISTS acme_pre",
    "remove Kernel/System/Acme.pm, copied to Kernel/System/Acme.pm.custom_backup",
    "remove Kernel/System/Core.pm, Kernel/System/Core.pm.save comes back",
    "remove var/stray.txt, var/stray.txt.save comes back",
    "remove var/new/folder.txt",
    "skipped: remove var/empty.txt",
    "table remove A all",
    "table delete A all",
    "sql DROP TABLE IF EXISTS acme",
    "code CodeUninstall post 1;",
  ]);
  assert.equal(story.text("Kernel/System/Core.pm"), "core");
  assert.equal(story.text("var/stray.txt"), "stray");
  assert.equal(story.text("Kernel/System/Acme.pm.custom_backup"), "changed by hand");
  assert.equal(story.text("var/new"), "folder");
  assert.deepEqual(plan.after.packages, []);
});

// The table of merges: an absorbed package Old, TargetVersion 2.0.0, and where the Version of the SQL stands.

type Form = "section" | "table" | "both";

function merging(form: Form, rebuilt: boolean) {
  const section = form === "table" ? "" : ' Version="1.5.0"';
  const table = form === "section" ? "" : ' Version="1.5.0"';
  const sql = `<DatabaseUpgrade Type="merge"${section}><TableAlter Name="old"${table}><ColumnAdd Name="merged" Type="INTEGER" Required="false"/></TableAlter></DatabaseUpgrade>`;
  const code = [
    '<CodeUpgrade Type="merge" Version="0.5.0">"early";</CodeUpgrade>',
    '<CodeUpgrade Type="merge">"always";</CodeUpgrade>',
    '<CodeUpgrade Type="merge" Version="3.0.0">"late";</CodeUpgrade>',
  ].join("");
  const merge = '<PackageMerge Name="Old" TargetVersion="2.0.0">';
  const conditions =
    '<CodeInstall IfPackage="Old">"if";</CodeInstall><CodeInstall IfNotPackage="Old">"ifnot";</CodeInstall>';
  // The builder of the framework writes the children of PackageMerge behind it.
  const body = rebuilt
    ? `${merge}</PackageMerge>${code}${sql}${conditions}`
    : `${merge}${code}${sql}</PackageMerge>${conditions}`;
  return packageOf({ name: "New", version: "2.0.0", dialect: "znuny-6", body });
}

function mergePlan(oldVersion: string, form: Form, rebuilt: boolean): Plan {
  const story = new Story();
  story.perform(
    "install",
    packageOf({ name: "Old", version: oldVersion, dialect: "znuny-6", files: { "var/old.txt": "old" } }),
  );
  return story.perform("install", merging(form, rebuilt));
}

const mergeCases: readonly (readonly [oldVersion: string, form: Form, rebuilt: boolean, sqlRuns: boolean])[] =
  [
    ["1.0.0", "section", false, true],
    ["1.0.0", "section", true, false],
    ["1.0.0", "table", false, false],
    ["1.0.0", "table", true, true],
    ["1.0.0", "both", false, true],
    ["1.0.0", "both", true, true],
  ];

for (const [oldVersion, form, rebuilt, sqlRuns] of mergeCases) {
  test(`merge SQL with Version on ${form}, ${rebuilt ? "rebuilt" : "not rebuilt"}: ${sqlRuns ? "runs" : "never runs"}`, () => {
    const plan = mergePlan(oldVersion, form, rebuilt);
    assert.equal(plan.verdict, "success");
    assert.deepEqual(
      linesOf(plan, "statement", "database-element"),
      sqlRuns
        ? ["sql ALTER TABLE old ADD merged INTEGER NULL"]
        : ["never: element DatabaseUpgrade merge TableAlter(old)"],
    );
    assert.deepEqual(linesOf(plan, "code"), [
      'code CodeUpgrade merge "early";',
      'code CodeUpgrade merge "always";',
      'skipped: code CodeUpgrade merge "late";',
      'code CodeInstall post "if";',
      'skipped: code CodeInstall post "ifnot";',
    ]);
    assert.deepEqual(
      plan.after.packages.map(({ name }) => name),
      ["New"],
    );
    assert.equal(plan.after.home.entry("var/old.txt"), undefined);
  });
}

test("a package in its TargetVersion is absorbed without merge sections", () => {
  const plan = mergePlan("2.0.0", "both", true);
  assert.equal(plan.verdict, "success");
  assert.deepEqual(
    linesOf(plan, "code").filter((line) => !line.startsWith("skipped")),
    ['code CodeInstall post "if";'],
  );
  assert.deepEqual(linesOf(plan, "statement"), []);
  assert.deepEqual(
    plan.after.packages.map(({ name }) => name),
    ["New"],
  );
});

for (const [version, quirks] of [
  ["2.0", ["merge-version-spelling"]],
  ["2.1.0", []],
] as const) {
  test(`a package in version ${version} is newer than TargetVersion 2.0.0, Force or not`, () => {
    const story = new Story();
    story.perform("install", packageOf({ name: "Old", version, dialect: "znuny-6" }));
    for (const force of [false, true]) {
      const plan = planOperation("install", merging("both", true), story.system, { force });
      assert.equal(plan.verdict, "refused");
      assert.deepEqual(
        plan.refusals.map(({ check }) => check),
        ["merge"],
      );
      assert.deepEqual(plan.steps.find(({ kind }) => kind === "merge-end")?.quirks, quirks);
      assert.deepEqual(
        plan.after.packages.map(({ name }) => name),
        ["Old"],
      );
    }
  });
}
