import assert from "node:assert/strict";
import { test } from "node:test";
import { knowledgeFor } from "../../server/src/host/node/knowledge.ts";
import { readCode } from "../../server/src/lifecycle/code-insight.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { frameworkHome } from "../../server/src/system/framework-home.ts";
import { memoryHome, memorySystem } from "../support/memory-system.ts";
import { packageOf } from "../support/package-text.ts";

const knowledge = knowledgeFor("znuny-7");
const delivered = memorySystem({ home: frameworkHome(knowledge), knowledge, perlModules: { JSON: "4.0" } });

const setup = "package var::packagesetup::Acme;\nsub new { }\nsub CodeInstall { }\n# sub Commented { }\n1;\n";
const acme = packageOf({ files: { "var/packagesetup/Acme.pm": setup } });

const loaded: readonly (readonly [code: string, modules: readonly string[]])[] = [
  ["1;", []],
  ["use strict; use warnings; use 5.016; use JSON;", ["JSON"]],
  ["require Kernel::System::DB;", ["Kernel::System::DB"]],
  ["$Kernel::OM->Get('Kernel::System::DB');", ["Kernel::System::DB"]],
  ['my $O = $Kernel::OM->Create( "var::packagesetup::Acme" );', ["var::packagesetup::Acme"]],
  ["$Kernel::OM->Get('Kernel::System::Main')->Require('JSON');", ["Kernel::System::Main", "JSON"]],
  [
    "$Kernel::OM->Get('var::packagesetup::' . $Param{Structure}->{Name}->{Content});",
    ["var::packagesetup::Acme"],
  ],
  ["# use JSON;\nmy $Text = \"->Get('Kernel::System::DB')\";", []],
  ["$Kernel::OM->Get($Module); $Kernel::OM->Get('Kernel::System::' . $Name);", []],
];
for (const [code, modules] of loaded) {
  test(`${code} loads ${modules.join(" and ") || "nothing"}`, () => {
    assert.deepEqual(
      readCode(code, acme, delivered).modules.map(({ name }) => name),
      modules,
    );
  });
}

const loadable: readonly (readonly [module: string, loadable: boolean | undefined])[] = [
  ["Kernel::System::DB", true],
  ["Kernel::System::NoSuch", false],
  ["var::packagesetup::Acme", false],
  ["JSON", true],
  ["Some::Module", undefined],
];
for (const [module, expected] of loadable) {
  test(`${module} can be loaded: ${expected ?? "nobody knows"}`, () => {
    const { modules } = readCode(`require ${module};`, acme, delivered);
    assert.deepEqual(modules, [{ name: module, loadable: expected }]);
  });
}

const calls: readonly (readonly [
  code: string,
  calls: readonly (readonly [sub: string, exists: boolean])[],
])[] = [
  ["$Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();", [["CodeInstall", true]]],
  ["$Kernel::OM->Get('var::packagesetup::Acme')->CodeRemove();", [["CodeRemove", false]]],
  ["$Kernel::OM->Get('var::packagesetup::Acme')->Commented();", [["Commented", false]]],
  [
    "my $Code = var::packagesetup::Acme->new(%{$Self});\n$Code->CodeInstall();\n$Other->CodeRemove();",
    [
      ["new", true],
      ["CodeInstall", true],
    ],
  ],
  ["my $Code = $Kernel::OM->Get('var::packagesetup::Acme');\n$Code->CodeRemove();", [["CodeRemove", false]]],
  ["$Kernel::OM->Get('Kernel::System::DB')->NoSuch();", []],
];
for (const [code, expected] of calls) {
  test(`calls in ${JSON.stringify(code)}`, () => {
    const found = readCode(code, acme, delivered).calls;
    assert.deepEqual(
      found.map(({ module, sub, exists }) => [module, sub, exists]),
      expected.map(([sub, exists]) => ["var::packagesetup::Acme", sub, exists]),
    );
  });
}

/** Whether a section can load the package's own module, by the moment it runs. */
const moments: readonly (readonly [
  operation: Operation,
  phase: string,
  loadable: boolean,
  quirks: readonly string[],
])[] = [
  ["install", "pre", false, ["module-not-there"]],
  ["install", "post", true, []],
  ["upgrade", "pre", true, ["module-of-old-version"]],
  ["upgrade", "post", true, []],
  ["reinstall", "pre", true, []],
  ["uninstall", "pre", true, []],
  ["uninstall", "post", false, ["module-not-there"]],
];
for (const [operation, phase, expected, quirks] of moments) {
  test(`${operation} ${phase}: the package's own module ${expected ? "is there" : "is not there"}`, () => {
    const family = `Code${operation[0]!.toUpperCase()}${operation.slice(1)}`;
    const text = (version: string) => ({
      version,
      body: `<${family} Type="${phase}">$Kernel::OM->Get('var::packagesetup::Acme');</${family}>`,
      files: { "var/packagesetup/Acme.pm": `${setup}# ${version}.${"x".repeat(version.length)}` },
    });
    const dialectSystem = { ...delivered, home: memoryHome() };
    const before =
      operation === "install"
        ? dialectSystem
        : planOperation("install", packageOf(text("1.0.0")), dialectSystem).after;
    const version = operation === "upgrade" ? "1.10.0" : "1.0.0";
    const { steps } = planOperation(operation, packageOf(text(version)), before);
    const step = steps.find(({ kind }) => kind === "code");
    assert.ok(step?.kind === "code");
    assert.deepEqual(step.insight.modules, [{ name: "var::packagesetup::Acme", loadable: expected }]);
    assert.deepEqual(step.quirks, quirks);
  });
}
