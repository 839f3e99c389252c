import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import type { Entrance, Operation } from "../../server/src/lifecycle/operation.ts";
import type { CheckId } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { PlanOptions } from "../../server/src/lifecycle/plan-options.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { archiveContents, memorySystem } from "../support/memory-system.ts";
import { otrs31, type PackageText, packageOf } from "../support/package-text.ts";
import { renderPlan } from "./render-plan.ts";

/** A system on which packages are installed, one after the other. */
function systemWith(
  packages: readonly PackageText[],
  dialect: DialectId = "otobo-11",
  version = "11.0.5",
  perlModules: Readonly<Record<string, string>> = {},
): SystemState {
  return packages.reduce(
    (system, text) =>
      planOperation("install", packageOf({ ...text, dialect }), system, { force: true }).after,
    memorySystem({ dialect, version, perlModules }),
  );
}

interface CheckCase {
  readonly about: string;
  readonly operation?: Operation;
  readonly installed?: readonly PackageText[];
  readonly modules?: Readonly<Record<string, string>>;
  readonly package: PackageText;
  readonly options?: PlanOptions;
  /** The check that refuses; undefined when the operation succeeds. */
  readonly refusedBy?: CheckId;
  /** What is refused under Force; the same by default. */
  readonly forced?: CheckId | "nobody";
}

const os = (text: string) => `<OS>${text}</OS>`;
const framework = (text: string, attributes = "") => `<Framework${attributes}>${text}</Framework>`;
const required = (name: string, version?: string) =>
  `<PackageRequired${version === undefined ? "" : ` Version="${version}"`}>${name}</PackageRequired>`;
const module = (name: string, version?: string) =>
  `<ModuleRequired${version === undefined ? "" : ` Version="${version}"`}>${name}</ModuleRequired>`;

const cases: readonly CheckCase[] = [
  {
    about: "no home",
    package: {},
    options: { environment: { homeExists: false } },
    refusedBy: "write-permission",
  },
  {
    about: "a folder that cannot be written to",
    package: {},
    options: { environment: { readOnlyFolders: ["Kernel/Output"] } },
    refusedBy: "write-permission",
  },
  {
    about: "another system",
    package: { body: os("MSWin32") + os("") },
    refusedBy: "operating-system",
    forced: "nobody",
  },
  { about: "one of several systems", package: { body: os("MSWin32") + os("LINUX|darwin") } },
  {
    about: "systems without text",
    package: { body: os("") },
    refusedBy: "operating-system",
    forced: "nobody",
  },
  {
    about: "another framework",
    package: { body: framework("10.1.x") },
    refusedBy: "framework",
    forced: "nobody",
  },
  {
    about: "the last range that fits decides",
    package: { body: framework("11.0.x") + framework("11.x.x", ' Minimum="11.0.9"') },
    refusedBy: "framework",
    forced: "nobody",
  },
  {
    about: "a large patch level makes up for the release",
    package: { body: framework("x.x.x", ' Minimum="10.9.9"') },
  },
  { about: "no framework", package: {} },
  {
    about: "a package that is missing",
    package: { body: required("Other", "1.0.0") },
    refusedBy: "required-packages",
    forced: "nobody",
  },
  {
    about: "a package that is too old",
    installed: [{ name: "Other" }],
    package: { body: required("Other", "1.0.1") },
    refusedBy: "required-packages",
    forced: "nobody",
  },
  {
    about: "a package in the right version",
    installed: [{ name: "Other" }],
    package: { body: required("Other", "1.0") },
  },
  {
    about: "a requirement without version",
    installed: [{ name: "Other" }],
    package: { body: required("Other") },
    refusedBy: "required-packages",
    forced: "nobody",
  },
  {
    about: "letter case of names counts",
    installed: [{ name: "other" }],
    package: { body: required("Other", "1.0") },
    refusedBy: "required-packages",
    forced: "nobody",
  },
  {
    about: "a module that is missing",
    package: { body: module("No::Such") },
    refusedBy: "required-modules",
    forced: "nobody",
  },
  {
    about: "a module that is too old",
    modules: { "Some::Module": "1.2" },
    package: { body: module("Some::Module", "1.10") },
    refusedBy: "required-modules",
    forced: "nobody",
  },
  {
    about: "a module without version ends the check",
    modules: { "Some::Module": "1" },
    package: { body: module("Some::Module") + module("No::Such", "1") },
  },
  {
    about: "a file of another package",
    installed: [{ name: "Other", files: { "var//a.txt": "x" } }],
    package: { files: { "var/a.txt": "y" } },
    refusedBy: "file-conflicts",
    forced: "nobody",
  },
  {
    about: "the same file with a dot is another one",
    installed: [{ name: "Other", files: { "var/a.txt": "x" } }],
    package: { files: { "./var/a.txt": "y" } },
  },
  {
    about: "the same version again",
    operation: "upgrade",
    installed: [{}],
    package: {},
    refusedBy: "version",
    forced: "nobody",
  },
  {
    about: "an older version",
    operation: "upgrade",
    installed: [{ version: "1.0.1" }],
    package: {},
    refusedBy: "version",
    forced: "nobody",
  },
  {
    about: "a version that means the same",
    operation: "upgrade",
    installed: [{ version: "1.0" }],
    package: {},
    refusedBy: "version",
    forced: "nobody",
  },
  { about: "a newer version", operation: "upgrade", installed: [{}], package: { version: "1.10.0" } },
  {
    about: "an installed package is upgraded by an install",
    installed: [{}],
    package: { version: "1.10.0" },
  },
  {
    about: "an installed version is refused by an install",
    installed: [{}],
    package: {},
    refusedBy: "version",
    forced: "nobody",
  },
  {
    about: "a package that others need",
    operation: "uninstall",
    installed: [{}, { name: "Other", body: required("Acme", "9.9.9") }],
    package: {},
    refusedBy: "dependents",
    forced: "nobody",
  },
  {
    about: "reinstall looks at system and framework",
    operation: "reinstall",
    installed: [{}],
    package: { body: os("MSWin32") },
    refusedBy: "operating-system",
    forced: "nobody",
  },
  {
    about: "reinstall does not look at requirements and conflicts",
    operation: "reinstall",
    installed: [{}, { name: "Other", files: { "a.txt": "x" } }],
    package: { body: required("No", "1") + module("No"), files: { "a.txt": "y" } },
  },
  {
    about: "uninstall does not look at system and framework",
    operation: "uninstall",
    installed: [{}],
    package: { body: os("MSWin32") + framework("1.x") },
  },
];

for (const {
  about,
  operation = "install",
  installed = [],
  modules,
  options,
  refusedBy,
  forced,
  ...rest
} of cases) {
  test(`${operation}, ${about}: ${refusedBy ?? "passes"}`, () => {
    const system = systemWith(installed, "otobo-11", "11.0.5", modules);
    const contents = packageOf({ ...rest.package, dialect: "otobo-11" });
    const plan = planOperation(operation, contents, system, options);
    assert.deepEqual(
      plan.refusals.map(({ check }) => check),
      refusedBy === undefined ? [] : [refusedBy],
    );
    assert.equal(plan.verdict, refusedBy === undefined ? "success" : "refused");
    if (refusedBy !== undefined)
      assert.deepEqual(plan.after.packages, system.packages, "nothing has changed");
    const withForce = planOperation(operation, contents, system, { ...options, force: true });
    const expected = forced === "nobody" ? undefined : refusedBy;
    assert.deepEqual(
      withForce.refusals.map(({ check }) => check),
      expected === undefined ? [] : [expected],
    );
  });
}

test("OTRS 5 knows no Minimum", () => {
  const contents = packageOf({ body: framework("5.0.x", ' Minimum="5.0.9"'), dialect: "otrs-5" });
  assert.equal(planOperation("install", contents, systemWith([], "otrs-5", "5.0.1")).verdict, "success");
});

test("of all that is wrong the first check speaks, and alone", () => {
  const body = os("MSWin32") + framework("10.1.x") + required("No", "1") + module("No");
  const plan = planOperation("install", packageOf({ body, dialect: "otobo-11" }), systemWith([]));
  assert.deepEqual(renderPlan(plan), [
    "check readable",
    "check write-permission",
    "fails: check operating-system",
    "end failure",
  ]);
});

test("modules that nobody listed are taken for installed", () => {
  const system = systemWith([]);
  const assuming = { ...system, framework: { ...system.framework, assumeModules: true } };
  const contents = packageOf({ body: module("Some::Module", "1.0"), dialect: "otobo-11" });
  assert.equal(planOperation("install", contents, assuming).verdict, "success");
});

test("a forced install over another version leaves two rows, over the same version one", () => {
  const contents = packageOf({ version: "1.1.0", dialect: "otobo-11" });
  const once = planOperation("install", contents, systemWith([{}]), { force: true });
  assert.deepEqual(
    once.after.packages.map(({ version }) => version),
    ["1.0.0", "1.1.0"],
  );
  const twice = planOperation("install", contents, once.after, { force: true });
  assert.deepEqual(
    twice.after.packages.map(({ version }) => version),
    ["1.0.0", "1.1.0"],
  );
});

test("an unreadable archive is refused by the package table, and by uninstalling for lack of a name", () => {
  const contents = archiveContents("<otobo_package><Name>Broken</Name>", "otobo-11");
  const install = planOperation("install", contents, systemWith([]));
  assert.deepEqual(renderPlan(install), [
    "fails: check readable",
    "check write-permission",
    "check file-conflicts",
    "fails: table add undefined all",
    "end failure",
  ]);
  assert.deepEqual(
    install.refusals.map(({ check }) => check),
    ["registration"],
  );
  const uninstall = planOperation("uninstall", contents, systemWith([]));
  assert.deepEqual(
    uninstall.refusals.map(({ check }) => check),
    ["dependents"],
  );
});

for (const [element, missing] of [
  ["Name", "<Version>1.0.0</Version><Vendor>V</Vendor>"],
  ["Version", "<Name>A</Name><Vendor>V</Vendor>"],
  ["Vendor", "<Name>A</Name><Version>1.0.0</Version>"],
  ["Vendor", "<Name>A</Name><Version>1.0.0</Version><Vendor></Vendor>"],
] as const) {
  test(`without ${element} a package is refused when its files are written: ${missing}`, () => {
    const file = '<Filelist><File Location="a.txt" Permission="644">x</File></Filelist>';
    const contents = archiveContents(`<otobo_package>${missing}${file}</otobo_package>`, "otobo-11");
    const plan = planOperation("install", contents, systemWith([]));
    assert.deepEqual(
      plan.refusals.map(({ check }) => check),
      ["registration"],
    );
    assert.equal(plan.after.home.entry("a.txt")?.kind, "file", "left behind");
    assert.deepEqual(plan.after.packages, []);
  });
}

interface EntranceCase {
  readonly entrance: Entrance;
  readonly operation: Operation;
  readonly dialect: DialectId;
  readonly version?: string;
  readonly installed: boolean;
  readonly body?: string;
  readonly refusedBy?: CheckId;
}

const entrances: readonly EntranceCase[] = [
  { entrance: "console", operation: "install", dialect: "znuny-7", installed: true, refusedBy: "installed" },
  { entrance: "console", operation: "install", dialect: "otobo-11", installed: true },
  { entrance: "console", operation: "upgrade", dialect: "znuny-7", installed: false, refusedBy: "installed" },
  { entrance: "console", operation: "upgrade", dialect: "otobo-11", installed: false },
  {
    entrance: "console",
    operation: "reinstall",
    dialect: "znuny-7",
    installed: false,
    refusedBy: "installed",
  },
  { entrance: "console", operation: "reinstall", dialect: "otobo-11", installed: false },
  {
    entrance: "console",
    operation: "uninstall",
    dialect: "otobo-11",
    installed: true,
    body: "<PackageIsRemovable/>",
    refusedBy: "removable",
  },
  {
    entrance: "api",
    operation: "uninstall",
    dialect: "otobo-11",
    installed: true,
    body: "<PackageIsRemovable/>",
  },
  {
    entrance: "console",
    operation: "uninstall",
    dialect: "otobo-11",
    installed: true,
    body: "<PackageIsRemovable>yes</PackageIsRemovable>",
  },
  {
    entrance: "admin",
    operation: "uninstall",
    dialect: "otobo-11",
    installed: true,
    body: "<PackageIsRemovable>yes</PackageIsRemovable>",
    refusedBy: "removable",
  },
  { entrance: "admin", operation: "install", dialect: "znuny-7", installed: false, refusedBy: "framework" },
  { entrance: "admin", operation: "install", dialect: "znuny-7", installed: false, body: framework("7.1.x") },
  { entrance: "api", operation: "upgrade", dialect: "znuny-7", installed: false, refusedBy: "installed" },
  { entrance: "api", operation: "upgrade", dialect: "otrs-5", installed: false, refusedBy: "installed" },
  { entrance: "api", operation: "upgrade", dialect: "otrs-6", installed: false },
  { entrance: "api", operation: "upgrade", dialect: "znuny-6", version: "6.0.36", installed: false },
  { entrance: "api", operation: "upgrade", dialect: "znuny-6", version: "6.2.2", installed: false },
  {
    entrance: "api",
    operation: "upgrade",
    dialect: "znuny-6",
    version: "6.3.1",
    installed: false,
    refusedBy: "installed",
  },
  { entrance: "api", operation: "reinstall", dialect: "znuny-7", installed: false, refusedBy: "installed" },
  { entrance: "api", operation: "reinstall", dialect: "otrs-6", installed: false },
  { entrance: "api", operation: "reinstall", dialect: "znuny-6", version: "6.2.2", installed: false },
  {
    entrance: "api",
    operation: "reinstall",
    dialect: "znuny-6",
    version: "6.5.x",
    installed: false,
    refusedBy: "installed",
  },
  { entrance: "console", operation: "install", dialect: "znuny-6", version: "6.2.2", installed: true },
  {
    entrance: "console",
    operation: "install",
    dialect: "znuny-6",
    version: "6.5.4",
    installed: true,
    refusedBy: "installed",
  },
];
/** A release of each dialect, where the row names none. */
const usual: Readonly<Partial<Record<DialectId, string>>> = { "otrs-5": "5.0.26", "otrs-6": "6.0.30" };

for (const row of entrances) {
  const { entrance, operation, dialect, installed, body = "", refusedBy } = row;
  const release = row.version ?? usual[dialect] ?? "7.1.7";
  test(`${dialect} ${release}, ${operation} by ${entrance}, ${installed ? "installed" : "not installed"}: ${refusedBy ?? "passes"}${body && ` ${body}`}`, () => {
    const system = systemWith(installed ? [{}] : [], dialect, release);
    const version = operation === "uninstall" ? "1.0.0" : "1.1.0";
    const contents = packageOf({ version, body, dialect });
    for (const force of [false, true]) {
      const plan = planOperation(operation, contents, system, { entrance, force });
      assert.deepEqual(
        plan.refusals.map(({ check }) => check),
        refusedBy === undefined ? [] : [refusedBy],
      );
    }
  });
}

test("the admin screen has no Force", () => {
  const contents = packageOf({ body: framework("7.1.x") + os("MSWin32") });
  const plan = planOperation("install", contents, memorySystem(), { entrance: "admin", force: true });
  assert.equal(plan.force, false);
  assert.deepEqual(
    plan.refusals.map(({ check }) => check),
    ["operating-system"],
  );
});

/** What a package is told that has a file of the installed package Elder 2.0.1. */
const conflicts: readonly (readonly [
  about: string,
  looksRenamed: boolean,
  now: PackageText,
  release?: typeof otrs31,
])[] = [
  ["all files but settings and setup are in it", true, { files: { "a.pm": "", "b.pm": "", "c.pm": "" } }],
  ["a file is left behind", false, { files: { "a.pm": "" } }],
  [
    "it merges that package, which is not installed but listed",
    false,
    { files: { "a.pm": "", "b.pm": "" }, body: '<PackageMerge Name="Elder" TargetVersion="2.0.1"/>' },
  ],
  ["the release merges no packages", false, { files: { "a.pm": "", "b.pm": "" } }, otrs31],
];
for (const [
  about,
  looksRenamed,
  now,
  release = { dialect: "znuny-7", version: "7.1.7" } as const,
] of conflicts) {
  test(`a file conflict ${looksRenamed ? "offers" : "does not offer"} to merge: ${about}`, () => {
    const files = {
      "a.pm": "",
      "b.pm": "",
      "Kernel/Config/Files/XML/Elder.xml": "",
      "var/packagesetup/Elder.pm": "",
    };
    const elder = packageOf({ name: "Elder", version: "2.0.1", files, dialect: release });
    const isListed = now.body !== undefined;
    const empty = memorySystem(release);
    const { after } = planOperation("install", elder, empty, { force: true });
    const system = isListed
      ? { ...after, packages: after.packages.map((row) => ({ ...row, status: "not installed" as const })) }
      : after;
    const { refusals } = planOperation(
      "install",
      packageOf({ name: "Younger", ...now, dialect: release }),
      system,
    );
    assert.equal(refusals.length, 1);
    assert.deepEqual(
      [refusals[0]?.check, refusals[0]?.further?.values],
      ["file-conflicts", looksRenamed ? { name: "Elder", version: "2.0.1" } : undefined],
    );
  });
}

/** Base 1 and Extra 1 are installed, and `moved.pm` goes from Extra to Base. */
const moves: readonly (readonly [about: string, isDeadlock: boolean, extra: PackageText])[] = [
  ["the newer owner requires the newer package", true, { body: required("Base", "2.0.0") }],
  ["the newer owner is content with the older package", false, { body: required("Base", "1.0.0") }],
  ["the newer owner keeps the file", false, { body: required("Base", "2.0.0"), files: { "moved.pm": "" } }],
];
for (const [about, isDeadlock, extra] of moves) {
  test(`a file moves to another package, ${isDeadlock ? "a deadlock" : "no deadlock"}: ${about}`, () => {
    const system = systemWith([
      { name: "Base" },
      { name: "Extra", files: { "moved.pm": "", "extra.pm": "" } },
    ]);
    const dialect = "otobo-11";
    const base = packageOf({ name: "Base", version: "2.0.0", files: { "moved.pm": "" }, dialect });
    const newer = packageOf({
      name: "Extra",
      version: "2.0.0",
      ...extra,
      files: { "extra.pm": "", ...extra.files },
      dialect,
    });
    const workspace = [base, newer];
    const requiresNewer = extra.body === required("Base", "2.0.0");
    const plans = workspace.map((each) => planOperation("upgrade", each, system, { workspace }));
    // The new Base is always refused, for the file that Extra has; the new Extra only for what it requires.
    assert.deepEqual(
      plans.map(({ refusals }) => refusals.map(({ check }) => check)),
      [["file-conflicts"], requiresNewer ? ["required-packages"] : []],
    );
    for (const { refusals } of plans) {
      for (const { further } of refusals) {
        assert.deepEqual(
          further?.values,
          isDeadlock
            ? {
                location: "moved.pm",
                owner: "Extra",
                installed: "1.0.0",
                newVersion: "2.0.0",
                name: "Base",
                wanted: "2.0.0",
                version: "2.0.0",
              }
            : undefined,
        );
      }
    }
  });
}
