import assert from "node:assert/strict";
import { test } from "node:test";
import { Database } from "../../server/src/database/database.ts";
import type { Release } from "../../server/src/dialect/switches.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { PlanOptions } from "../../server/src/lifecycle/plan-options.ts";
import { memorySystem } from "../support/memory-system.ts";
import { otrs31, type PackageText, packageOf } from "../support/package-text.ts";
import { linesOf } from "./render-plan.ts";

/** Plans one operation on a package on a system with others. */
function planFor(
  operation: Operation,
  text: PackageText,
  installed: readonly PackageText[] = [],
  options: PlanOptions = {},
  dialect: Release = "otobo-11",
): Plan {
  const system = installed.reduce(
    (state, each) => planOperation("install", packageOf({ ...each, dialect }), state).after,
    memorySystem(
      typeof dialect === "string"
        ? { dialect, version: "11.0.5" }
        : { dialect: dialect.dialect, version: dialect.version! },
    ),
  );
  return planOperation(operation, packageOf({ ...text, dialect }), system, options);
}

const drop = (table: string, attributes = "") => `<TableDrop Name="${table}"${attributes}/>`;

// Which phase code belongs to.

const types: readonly (readonly [type: string | undefined, lines: readonly string[]])[] = [
  [undefined, ["code CodeInstall post 1;"]],
  ["", ["code CodeInstall post 1;"]],
  ["pre", ["code CodeInstall pre 1;"]],
  ["POST", ["code CodeInstall post 1;"]],
  ["po.t", ["code CodeInstall post 1;"]],
  ["pre|post", ["code CodeInstall pre 1;", "code CodeInstall post 1;"]],
  [" post", ["never: code CodeInstall  post 1;"]],
  ["later", ["never: code CodeInstall later 1;"]],
  ["merge", ["never: code CodeInstall merge 1;"]],
  ["(", ["never: code CodeInstall ( 1;"]],
];
for (const [type, lines] of types) {
  test(`code of Type ${type === undefined ? "none" : `"${type}"`}: ${lines.join(", ")}`, () => {
    const attribute = type === undefined ? "" : ` Type="${type}"`;
    assert.deepEqual(
      linesOf(planFor("install", { body: `<CodeInstall${attribute}>1;</CodeInstall>` }), "code"),
      lines,
    );
  });
}

test("a section without code is passed over", () => {
  const plan = planFor("install", { body: "<CodeInstall></CodeInstall><CodeInstall> </CodeInstall>" });
  assert.deepEqual(linesOf(plan, "code"), ["skipped: code CodeInstall post ", "code CodeInstall post "]);
});

// Version gates. Installed is 1.1.0, the package is 1.3.0.

const gates: readonly (readonly [gate: string | undefined, code: string, database: string])[] = [
  [undefined, "runs", "never"],
  ["", "runs", "never"],
  ["0", "runs", "never"],
  ["1.0.0", "skipped", "skipped"],
  ["1.1.0", "skipped", "skipped"],
  ["1.1", "skipped", "skipped"],
  ["1.1.1", "runs", "runs"],
  ["1.2", "runs", "runs"],
  ["1.3.0", "runs", "runs"],
  ["1.3.1", "skipped", "runs"],
  ["9.9.9", "skipped", "runs"],
];
for (const [gate, code, database] of gates) {
  test(`gate ${gate ?? "none"}: code ${code}, database ${database}`, () => {
    const version = gate === undefined ? "" : ` Version="${gate}"`;
    const body = `<CodeUpgrade${version}>1;</CodeUpgrade><DatabaseUpgrade Type="post">${drop("t", version)}</DatabaseUpgrade>`;
    const plan = planFor("upgrade", { version: "1.3.0", body }, [{ version: "1.1.0" }]);
    assert.equal(plan.steps.find(({ kind }) => kind === "code")?.outcome, code);
    const step = plan.steps.find(({ kind }) => kind === "statement" || kind === "database-element");
    assert.equal(step?.outcome, database);
    assert.equal(step?.kind, database === "runs" ? "statement" : "database-element");
  });
}

test("a Version on the section itself counts for nothing", () => {
  const body = `<DatabaseUpgrade Type="post" Version="1.1.0">${drop("t")}</DatabaseUpgrade>`;
  const plan = planFor("upgrade", { version: "1.1.0", body }, [{}]);
  assert.deepEqual(linesOf(plan, "statement", "database-element"), [
    "never: element DatabaseUpgrade post TableDrop(t)",
  ]);
});

test("each element of an upgrade is a call of its own, with its foreign keys", () => {
  const table = (name: string) =>
    `<TableCreate Name="${name}" Version="1.1.0"><Column Name="id" Type="INTEGER" Required="true"/><ForeignKey ForeignTable="valid"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>`;
  const plan = planFor(
    "upgrade",
    { version: "1.1.0", body: `<DatabaseUpgrade Type="post">${table("a")}${table("b")}</DatabaseUpgrade>` },
    [{}],
  );
  const lists = plan.steps.flatMap((step) =>
    step.kind === "database-phase-begin"
      ? [step.elements.join()]
      : step.kind === "statement"
        ? [step.list]
        : [],
  );
  const one = ["main", "post", "post", "post", "post"];
  assert.deepEqual(lists, ["TableCreate(a)", ...one, "TableCreate(b)", ...one]);
});

test("candidates are the sections that their gates let through, of all phases", () => {
  const body =
    '<CodeUpgrade Version="1.0.0">1;</CodeUpgrade><CodeUpgrade Type="pre">1;</CodeUpgrade><CodeUpgrade>1;</CodeUpgrade>';
  const plan = planFor("upgrade", { version: "1.1.0", body }, [{}]);
  const begins = plan.steps.flatMap((step) => (step.kind === "code-phase-begin" ? [step.candidates] : []));
  assert.deepEqual(begins, [2, 2]);
});

// Conditions.

const condition = (attributes: string) =>
  `<CodeInstall ${attributes}>1;</CodeInstall><DatabaseInstall Type="post">${drop("t", ` ${attributes}`)}</DatabaseInstall>`;

const conditions: readonly (readonly [
  attributes: string,
  installed: readonly PackageText[],
  merges: string,
  outcome: string,
])[] = [
  ['IfPackage="Old"', [], "", "never"],
  ['IfPackage="Old"', [{ name: "Old" }], "", "never"],
  ['IfPackage="Old"', [], "Old", "skipped"],
  ['IfPackage="Old"', [{ name: "Old" }], "Old", "runs"],
  ['IfNotPackage="Old"', [], "", "runs"],
  ['IfNotPackage="Old"', [{ name: "Old" }], "", "skipped"],
  ['IfNotPackage="Old"', [{ name: "Old" }], "Old", "skipped"],
  ['IfPackage="Old" IfNotPackage="More"', [{ name: "Old" }], "Old", "runs"],
  ['IfPackage="Old" IfNotPackage="More"', [{ name: "Old" }, { name: "More" }], "Old", "skipped"],
];
for (const [attributes, installed, merges, outcome] of conditions) {
  const names = installed.map(({ name }) => name).join(" and ") || "nothing";
  test(`${attributes} with ${names} installed and ${merges || "nothing"} merged: ${outcome}`, () => {
    const merge = merges === "" ? "" : `<PackageMerge Name="${merges}" TargetVersion="1.0.0"/>`;
    const plan = planFor("install", { body: merge + condition(attributes) }, installed);
    assert.equal(plan.steps.find(({ kind }) => kind === "code")?.outcome, outcome);
    const step = plan.steps.find(({ kind }) => kind === "statement" || kind === "database-element");
    assert.equal(step?.outcome, outcome);
  });
}

test("what an earlier operation of the process merged still counts", () => {
  const text = { body: condition('IfPackage="Old"') };
  const plan = planFor("install", text, [], { merged: new Map([["Old", "1.0.0"]]) });
  assert.equal(plan.steps.find(({ kind }) => kind === "code")?.outcome, "runs");
});

test("a condition on a nested element leaves out that element alone", () => {
  const body =
    '<DatabaseInstall Type="post"><TableAlter Name="t"><ColumnAdd Name="a" Type="INTEGER" IfPackage="No"/><ColumnAdd Name="b" Type="INTEGER"/></TableAlter></DatabaseInstall>';
  assert.deepEqual(linesOf(planFor("install", { body }), "statement", "database-element"), [
    "never: element DatabaseInstall post ColumnAdd(a)",
    "sql ALTER TABLE t ADD b INTEGER NULL",
  ]);
});

test("a condition on a section leaves out the whole section, and the others of its phase run", () => {
  const body = `<DatabaseInstall Type="post" IfPackage="No">${drop("a")}${drop("b")}</DatabaseInstall><DatabaseInstall Type="post">${drop("c")}</DatabaseInstall>`;
  assert.deepEqual(linesOf(planFor("install", { body }), "statement", "database-element"), [
    "never: element DatabaseInstall post DatabaseInstall",
    "sql DROP TABLE IF EXISTS c",
  ]);
});

test("uninstalling looks at no conditions", () => {
  const body = `<DatabaseUninstall Type="post" IfPackage="No">${drop("a")}</DatabaseUninstall>`;
  assert.deepEqual(linesOf(planFor("uninstall", { body }, [{}]), "statement"), [
    "sql DROP TABLE IF EXISTS a",
  ]);
});

test("OTRS 5 asks IfNotPackage of database sections for merged packages alone", () => {
  const text = { body: condition('IfNotPackage="Old"') };
  const plan = planFor("install", text, [{ name: "Old" }], {}, "otrs-5");
  assert.equal(plan.steps.find(({ kind }) => kind === "code")?.outcome, "skipped");
  assert.equal(plan.steps.find(({ kind }) => kind === "statement")?.outcome, "runs");
});

test("OTRS 3.1 looks at no condition and merges nothing", () => {
  const text = { body: `<PackageMerge Name="Old" TargetVersion="1.0.0"/>${condition('IfPackage="No"')}` };
  const plan = planFor("install", text, [{ name: "Old" }], {}, otrs31);
  assert.deepEqual(linesOf(plan, "merge-begin", "code", "statement"), [
    "sql DROP TABLE IF EXISTS t",
    "code CodeInstall post 1;",
  ]);
  assert.equal(plan.after.packages.length, 2);
});

// Dead sections.

test("DatabaseReinstall and DatabaseUpgrade of phase pre are shown, and never run", () => {
  const body = `<DatabaseReinstall Type="post">${drop("a")}</DatabaseReinstall><DatabaseUpgrade Type="pre">${drop("b", ' Version="1.1.0"')}</DatabaseUpgrade>`;
  const text = { version: "1.1.0", body };
  assert.deepEqual(linesOf(planFor("reinstall", text, [text]), "database-element", "statement"), [
    "never: element DatabaseReinstall post TableDrop(a)",
  ]);
  assert.deepEqual(linesOf(planFor("upgrade", text, [{}]), "database-element", "statement"), [
    "never: element DatabaseUpgrade pre TableDrop(b)",
  ]);
});

test("sections for a merge never run in OTRS 3.1, which has no such phase", () => {
  const body = `<DatabaseUpgrade Type="merge">${drop("a", ' Version="1.1.0"')}</DatabaseUpgrade><CodeUpgrade Type="merge">1;</CodeUpgrade>`;
  const text = { version: "1.1.0", body };
  const plan = planFor("upgrade", text, [{}], {}, otrs31);
  assert.deepEqual(linesOf(plan, "database-element", "code"), [
    "never: element DatabaseUpgrade merge TableDrop(a)",
    "never: code CodeUpgrade merge 1;",
  ]);
});

test("letter case counts in the Type of database sections", () => {
  const body = `<DatabaseInstall Type="Pre">${drop("a")}</DatabaseInstall>`;
  assert.deepEqual(linesOf(planFor("install", { body }), "database-element", "statement"), [
    "never: element DatabaseInstall Pre TableDrop(a)",
  ]);
});

test("a section without Type belongs to the phase of the one before it", () => {
  const body = `<DatabaseInstall Type="pre">${drop("a")}</DatabaseInstall><DatabaseInstall>${drop("b")}</DatabaseInstall>`;
  const plan = planFor("install", { body, files: { "a.txt": "x" } });
  assert.deepEqual(linesOf(plan, "statement", "write-file"), [
    "sql DROP TABLE IF EXISTS a",
    "sql DROP TABLE IF EXISTS b",
    "write a.txt",
  ]);
});

test("sections that run only because the one before them does are pointed out", () => {
  const quirksOf = (operation: Operation, body: string, installed: readonly PackageText[] = []) =>
    planFor(operation, { version: "1.1.0", body }, installed)
      .steps.filter(({ quirks }) => quirks.includes("type-inherited"))
      .map(({ key }) => key);
  const sections = (family: string, first: string) =>
    `<${family} Type="${first}">${drop("a", ' Version="1.1.0"')}</${family}><${family}>${drop("b", ' Version="1.1.0"')}</${family}>`;
  assert.deepEqual(quirksOf("install", sections("DatabaseInstall", "pre")), [
    "database-phase DatabaseInstall pre begin",
  ]);
  assert.deepEqual(quirksOf("install", sections("DatabaseInstall", "post")), []);
  assert.deepEqual(quirksOf("install", sections("DatabaseUpgrade", "merge")), [
    "element DatabaseUpgrade merge TableDrop(b)",
  ]);
  assert.deepEqual(quirksOf("upgrade", sections("DatabaseUpgrade", "pre"), [{}]), [
    "element DatabaseUpgrade pre TableDrop(b)",
  ]);
});

test("conditions that nobody looks at are pointed out", () => {
  const body = `<DatabaseUninstall Type="post">${drop("a", ' IfPackage="No"')}</DatabaseUninstall>`;
  const plan = planFor("uninstall", { body }, [{}]);
  assert.deepEqual(plan.steps.find(({ kind }) => kind === "database-phase-begin")?.quirks, [
    "condition-ignored",
  ]);
});

test("merge sections are passed over when nothing is merged", () => {
  const body = `<CodeUpgrade Type="merge">1;</CodeUpgrade><DatabaseUpgrade Type="merge">${drop("a", ' Version="1.0.0"')}</DatabaseUpgrade>`;
  for (const merge of ["", '<PackageMerge Name="Old" TargetVersion="1.0.0"/>']) {
    assert.deepEqual(
      linesOf(planFor("install", { body: merge + body }), "code", "database-element", "statement"),
      ["skipped: code CodeUpgrade merge 1;", "skipped: element DatabaseUpgrade merge TableDrop(a)"],
    );
  }
});

test("a package is merged although the checks behind it refuse the operation", () => {
  const text = {
    body: '<PackageMerge Name="Old" TargetVersion="1.0.0"/>',
    files: { "taken.txt": "x" },
  };
  const installed = [
    { name: "Old", files: { "old.txt": "x" } },
    { name: "Other", files: { "taken.txt": "x" } },
  ];
  const plan = planFor("install", text, installed);
  assert.deepEqual(
    plan.refusals.map(({ check }) => check),
    ["file-conflicts"],
  );
  assert.deepEqual(
    plan.after.packages.map(({ name }) => name),
    ["Other"],
  );
  assert.equal(plan.after.home.entry("old.txt"), undefined);
  const merge = plan.steps.find(({ kind }) => kind === "merge-begin");
  assert.deepEqual(merge?.quirks, ["merge-before-checks"]);
});

test("an upgrade absorbs an older package first, and its merge sections run", () => {
  const code = (attributes: string) => `<CodeUpgrade ${attributes}>1;</CodeUpgrade>`;
  const body = [
    '<PackageMerge Name="Old" TargetVersion="1.5.0"/>',
    code('Type="merge" Version="0.9.0"'),
    code('Type="merge" Version="1.5.0"'),
    code('Type="merge" Version="1.6.0"'),
    code('Type="merge"'),
    code('Type="post" Version="1.3.0" IfPackage="Old"'),
    code('Type="post" IfNotPackage="Old"'),
    `<DatabaseUpgrade Type="merge">${["0.9.0", "1.3.0", "1.6.0"].map((gate) => drop(`t${gate}`, ` Version="${gate}"`)).join("")}${drop("none")}</DatabaseUpgrade>`,
  ].join("");
  const installed = [{ name: "Old", files: { "shared.txt": "old" } }, { files: { "a.txt": "1" } }];
  const text = { version: "2.0.0", body, files: { "shared.txt": "new", "a.txt": "2" } };
  const plan = planFor("upgrade", text, installed);
  const outcomes = plan.steps.flatMap((step) =>
    step.kind === "code"
      ? [`${step.outcome} ${step.phase} ${step.version ?? "none"}`]
      : step.kind === "statement" || step.kind === "database-element"
        ? [step.outcome]
        : step.kind === "remove-file" || step.kind === "write-file"
          ? [`${step.kind} ${step.location}`]
          : step.kind === "check" && step.check === "version"
            ? ["check version"]
            : [],
  );
  assert.deepEqual(outcomes, [
    // There is no lower bound for code, and TargetVersion is the upper one.
    "runs merge 0.9.0",
    "runs merge 1.5.0",
    "skipped merge 1.6.0",
    "runs merge none",
    // For SQL it is the other way round: 1.0.0 was installed, and nothing bounds it above.
    "skipped",
    "runs",
    "runs",
    "never",
    "remove-file shared.txt",
    "check version",
    "remove-file a.txt",
    "write-file shared.txt",
    "write-file a.txt",
    "runs post 1.3.0",
    "skipped post none",
  ]);
  assert.deepEqual(
    plan.after.packages.map(({ name, version }) => `${name} ${version}`),
    ["Acme 2.0.0"],
  );
});

test("files of a merged package may be taken over", () => {
  const text = { body: '<PackageMerge Name="Old" TargetVersion="1.0.0"/>', files: { "a.txt": "new" } };
  const plan = planFor("install", text, [{ name: "Old", files: { "a.txt": "old" } }]);
  assert.equal(plan.verdict, "success");
  assert.deepEqual(linesOf(plan, "remove-file", "write-file"), ["remove a.txt", "write a.txt"]);
});

test("who needs a merged package is told", () => {
  const text = { body: '<PackageMerge Name="Old" TargetVersion="1.0.0"/>' };
  const dependent = { name: "Other", body: '<PackageRequired Version="1.0.0">Old</PackageRequired>' };
  const plan = planFor("install", text, [{ name: "Old" }, dependent]);
  assert.ok(plan.steps.find(({ kind }) => kind === "merge-begin")?.quirks.includes("merge-dependents"));
});

test("a change of a column without NameOld renames the table on PostgreSQL, and the plan says so", () => {
  const section = `<DatabaseInstall Type="post">
    <TableCreate Name="acme"><Column Name="a" Type="INTEGER" Required="false"/></TableCreate>
    <TableAlter Name="acme"><ColumnChange Name="a" NameNew="a" Type="BIGINT" Required="false"/></TableAlter>
  </DatabaseInstall>`;
  const oddOn = (kind: "mysql" | "postgresql") => {
    const system = memorySystem({ database: new Database(kind, noKnowledge) });
    const { steps, after } = planOperation("install", packageOf({ body: section }), system);
    const odd = steps.flatMap(({ quirks }) => quirks);
    const hasTable = typeof after.database.table("acme") === "object";
    return { hasTable, isNoted: odd.includes("column-change-renames-table") };
  };
  assert.deepEqual(oddOn("postgresql"), { hasTable: false, isNoted: true });
  assert.deepEqual(oddOn("mysql"), { hasTable: true, isNoted: false });
});

test("a merge that is refused removes nothing, so that nobody says it comes too early", () => {
  const merging = { version: "2.0.0", body: '<PackageMerge Name="Old" TargetVersion="1.0.0"/>' };
  const plan = planFor("install", merging, [{ name: "Old", version: "1.5.0" }]);
  assert.equal(plan.verdict, "refused");
  assert.deepEqual(plan.steps.find(({ kind }) => kind === "merge-begin")?.quirks, []);
});
