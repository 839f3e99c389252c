import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import { readCode } from "../../server/src/lifecycle/code-insight.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { Assumption } from "../../server/src/lifecycle/plan-options.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { readPerl } from "../../server/src/perl/perl-text.ts";
import { frameworkHome } from "../../server/src/system/framework-home.ts";
import { memoryHome, memorySystem } from "../support/memory-system.ts";
import { packageOf } from "../support/package-text.ts";

const knowledge = knowledgeFor("Znuny", "7.1.7");
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
      readCode(readPerl(code), acme, delivered).modules.map(({ name }) => name),
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
    const { modules } = readCode(readPerl(`require ${module};`), acme, delivered);
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
    const found = readCode(readPerl(code), acme, delivered).calls;
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
  ["install", "pre", false, ["module-not-there", "failure-ignored"]],
  ["install", "post", true, []],
  ["upgrade", "pre", true, ["module-of-old-version"]],
  ["upgrade", "post", true, []],
  ["reinstall", "pre", true, []],
  ["uninstall", "pre", true, []],
  ["uninstall", "post", false, ["module-not-there", "failure-ignored"]],
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
    assert.equal(step.outcome, expected ? "runs" : "fails");
  });
}

// What surely dies.

const absent =
  "The code dies, as the file of its module var::packagesetup::Acme is not there at this moment.";
const get = "$Kernel::OM->Get('var::packagesetup::Acme')";
const dying: readonly (readonly [code: string, dies: boolean])[] = [
  [`${get}->CodeInstall();`, true],
  [`my $Count = keys %{ $Hash };\nmy $Code = ${get};\n1;`, true],
  [`$Kernel::OM->Create('var::packagesetup::Acme', ObjectParams => { A => 1 });`, true],
  ["require var::packagesetup::Acme;", true],
  [
    "my $Setup = 'var::packagesetup::' . $Param{Structure}->{Name}->{Content};\n$Kernel::OM->Get($Setup)->CodeUninstall();",
    true,
  ],
  ["var::packagesetup::Acme->new();", true],
  ["if ($Wanted) { use var::packagesetup::Acme; }", true],
  ["eval { use var::packagesetup::Acme; };", true],
  [`if ($Wanted) { ${get}->CodeInstall(); }`, false],
  [`${get}->CodeInstall() if $Wanted;`, false],
  [`my $Code = $Wanted ? ${get} : undef;`, false],
  [`eval { ${get}->CodeInstall(); };`, false],
  ['eval "use var::packagesetup::Acme";', false],
  [`return 1 if !$Wanted; ${get}->CodeInstall();`, false],
  [`sub Later { ${get}->CodeInstall(); }`, false],
  ["$Kernel::OM->Create('var::packagesetup::Acme', Silent => 1);", false],
  ["$Kernel::OM->Get('Kernel::System::Main')->Require('var::packagesetup::Acme');", false],
  ["$Kernel::OM->Get('Kernel::Config')->Get('var::packagesetup::Acme');", false],
  // Another package may bring it.
  ["require Kernel::System::NoSuch;", false],
];
for (const [code, dies] of dying) {
  test(`without the module's file this ${dies ? "dies" : "may live"}: ${JSON.stringify(code)}`, () => {
    const { failure } = readCode(readPerl(code), acme, delivered);
    assert.equal(failure && english(failure.text, failure.values), dies ? absent : undefined);
  });
}

test("a setup module that nobody packaged is missing, unless a package that is required or absorbed may have it", () => {
  const code = "$Kernel::OM->Get('var::packagesetup::Helper')->Run();";
  const files = { "var/packagesetup/Acme.pm": setup };
  const bodies: readonly (readonly [body: string, dies: boolean])[] = [
    ["", true],
    ['<PackageRequired Version="1.0.0"> Helper</PackageRequired>', false],
    ['<PackageMerge Name="Helper" TargetVersion="1.0.0"></PackageMerge>', false],
  ];
  for (const [body, dies] of bodies) {
    const { failure } = readCode(readPerl(code), packageOf({ body, files }), delivered);
    assert.equal(failure !== undefined, dies, body);
  }
  assert.equal(readCode(readPerl(code), packageOf({}), delivered).failure, undefined);
});

const modules: readonly (readonly [module: string, dies: boolean])[] = [
  [setup, true],
  [`${setup}use parent qw(Kernel::System::Setup);\n`, false],
  [`${setup}our @ISA = ('Kernel::System::Setup');\n`, false],
  [`${setup}sub AUTOLOAD { }\n`, false],
  [`${setup}*{"CodeRemove"} = sub { };\n`, false],
  ["something else\n", false],
];
for (const [text, dies] of modules) {
  test(`a sub that is not there ${dies ? "lets the code die" : "may come from elsewhere"}: ${JSON.stringify(text.slice(-40))}`, () => {
    const contents = packageOf({ files: { "var/packagesetup/Acme.pm": text } });
    const after = planOperation("install", contents, { ...delivered, home: memoryHome() }).after;
    const { failure } = readCode(readPerl(`${get}->CodeRemove();`), contents, after);
    assert.equal(
      failure && english(failure.text, failure.values),
      dies ? "The code dies, as its module var::packagesetup::Acme has no sub “CodeRemove”." : undefined,
    );
    assert.equal(readCode(readPerl(`eval { ${get}->CodeRemove(); };`), contents, after).failure, undefined);
  });
}

test("code that surely dies is a failing step, keeps the next section from running, and can be assumed to live", () => {
  const text = {
    body: `<CodeInstall Type="pre">${get}->CodeInstall();</CodeInstall><CodeInstall Type="pre">1;</CodeInstall>`,
    files: { "var/packagesetup/Acme.pm": setup },
  };
  const system = { ...delivered, home: memoryHome() };
  const outcomes = (assume: ReadonlyMap<string, Assumption>) =>
    planOperation("install", packageOf(text), system, { assume })
      .steps.filter(({ kind }) => kind === "code")
      .map(({ outcome, assumed, log }) => [outcome, assumed, log.map(({ id }) => id)]);
  assert.deepEqual(outcomes(new Map()), [
    ["fails", false, ["code-failed"]],
    ["skipped", false, []],
  ]);
  assert.deepEqual(outcomes(new Map([["code CodeInstall 1", "succeeds"]])), [
    ["runs", true, []],
    ["runs", false, []],
  ]);
});

test("a module that a section before has loaded stays loaded when its file is removed", () => {
  const text = {
    body: `<CodeUninstall Type="pre">${get};</CodeUninstall><CodeUninstall Type="post">${get};</CodeUninstall>`,
    files: { "var/packagesetup/Acme.pm": setup },
  };
  const installed = planOperation("install", packageOf(text), { ...delivered, home: memoryHome() }).after;
  const steps = planOperation("uninstall", packageOf(text), installed).steps;
  const code = steps.flatMap((step) => (step.kind === "code" ? [step] : []));
  assert.deepEqual(
    code.map(({ outcome, insight }) => [outcome, insight.modules[0]?.loadable]),
    [
      ["runs", true],
      ["runs", undefined],
    ],
  );
});

const ends: readonly (readonly [code: string, failure: RegExp | undefined])[] = [
  ["return;", /returns nothing true/],
  ["my $A = 1;\nreturn 0;\n1;", /returns nothing true/],
  ["return 1;", undefined],
  ["return if !$A;\n1;", undefined],
  ["if (!$A) { return; }\n1;", undefined],
  ["return 1;\nreturn;", undefined],
  ["die 'no';", /comes? to its “die”|coming to its “die”/],
  ["open( my $F, '<', $P ) || die;\n1;", undefined],
  ["eval { die 'no'; };\n1;", undefined],
  ["sub run { return; }\n1;", undefined],
  ["exit 1;", /ends the whole process/],
  ["f(1;", /does not compile/],
  ["return 1; if (1) {", /does not compile/],
];
for (const [code, failure] of ends) {
  test(`${JSON.stringify(code)} ${failure ? "surely fails" : "may do well"} by where it ends`, () => {
    const found = readCode(readPerl(code), acme, delivered).failure;
    if (failure) assert.match(found?.text ?? "", failure);
    else assert.equal(found, undefined);
  });
}
