import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { readCode } from "../../server/src/lifecycle/code-insight.ts";
import { operations } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { readPerl } from "../../server/src/perl/perl-text.ts";
import { archiveContents, memoryHome, memorySystem } from "../support/memory-system.ts";
import { mutations } from "../support/mutations.ts";
import { otrs31, packageOf, packageText } from "../support/package-text.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const whole = packageText({
  body: [
    "<Framework>7.1.x</Framework><OS>linux</OS>",
    '<PackageRequired Version="1.0.0">Other</PackageRequired><ModuleRequired>JSON</ModuleRequired>',
    '<PackageMerge Name="Old" TargetVersion="1.0.0"></PackageMerge>',
    '<CodeInstall Type="pre">1;</CodeInstall><CodeUpgrade Type="merge" Version="0.9.0">1;</CodeUpgrade>',
    '<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Type="INTEGER" Required="true"/></TableCreate></DatabaseInstall>',
    '<DatabaseUpgrade Type="post"><TableAlter Name="acme" Version="1.0.0"><ColumnAdd Name="a" Type="INTEGER"/></TableAlter></DatabaseUpgrade>',
  ].join(""),
  files: { "Kernel/Acme.pm": "1;", "Kernel/Config/Files/XML/Acme.xml": "<otrs_config/>" },
});

test("damaged archives are planned in every dialect, and every plan has an end", () => {
  const old = packageOf({ name: "Old", version: "0.5.0", files: { "old.txt": "old" } });
  for (const [index, text] of mutations([whole], 400).entries()) {
    const dialect = dialectIds[index % dialectIds.length]!;
    const system = memorySystem({ dialect, home: memoryHome({ "Kernel/": "", "old.txt": "edited" }) });
    const base = planOperation("install", old, system, { force: true }).after;
    const contents = archiveContents(text, dialect);
    let state = base;
    for (const operation of operations) {
      const plan = planOperation(operation, contents, state, { force: index % 2 === 0 });
      const last = plan.steps.at(-1);
      assert.ok(last?.kind === "end" || plan.verdict === "refused");
      assert.equal(plan.refusals.length > 0, plan.verdict === "refused");
      assert.equal(new Set(plan.steps.map(({ key }) => key)).size, plan.steps.length);
      state = plan.after;
    }
  }
});

test("no change of a plan leads out of the home", () => {
  const locations = ["../a", "a/../../b", "/c", "./../d", "e/./f", "..", "g//h", "i/..", "...", "j\\..\\k"];
  const contents = packageOf({
    dialect: otrs31,
    files: Object.fromEntries(locations.map((location) => [location, "x"])),
  });
  const plan = planOperation("install", contents, memorySystem(otrs31));
  const paths = plan.steps.flatMap(({ changes }) =>
    changes.flatMap((change) =>
      change.part === "home" && "path" in change.change ? [change.change.path] : [],
    ),
  );
  assert.ok(paths.length > 0);
  for (const path of paths) assert.doesNotMatch(path, /^\/|(^|\/)\.{0,2}(\/|$)/);
});

test("ten thousand files, sections and rows of other packages are planned in no time worth telling", () => {
  withoutHanging(() => {
    const files = (prefix: string) =>
      Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`${prefix}/${index}.txt`, "x"]));
    const other = planOperation(
      "install",
      packageOf({ name: "Other", files: files("other") }),
      memorySystem(),
    ).after;
    const code = "<CodeInstall>1;</CodeInstall>".repeat(10_000);
    const plan = planOperation("install", packageOf({ body: code, files: files("acme") }), other);
    assert.equal(plan.steps.filter(({ kind }) => kind === "write-file").length, 10_000);
    assert.equal(plan.steps.filter(({ kind }) => kind === "code").length, 10_000);
    planOperation("uninstall", packageOf({ files: files("acme") }), plan.after);
  });
});

test("code of one endless statement is looked into in time", () => {
  withoutHanging(() => {
    const code = "$Kernel::OM->Get('Kernel::System::DB')\n->Do(  )  .  ".repeat(20_000);
    const { modules } = readCode(readPerl(code), packageOf({}), memorySystem());
    assert.deepEqual(
      modules.map(({ name }) => name),
      ["Kernel::System::DB"],
    );
  });
});

test("an uninstall does without the stored archive", () => {
  const contents = packageOf({});
  const { after } = planOperation("install", contents, memorySystem(), { force: true });
  const archives = {
    contents(): never {
      throw new Error("the stored archive is damaged");
    },
  };
  const plan = planOperation("uninstall", contents, { ...after, archives });
  assert.equal(plan.verdict, "success");
  assert.deepEqual(plan.after.packages, []);
});
