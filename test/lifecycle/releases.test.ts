import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { Entrance, Operation } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { packageOf, systemOf, withRows } from "../support/test-system.ts";

/** What operations do that later or earlier patch releases of the same line do otherwise. */

const acme = packageOf(
  "<otrs_package><Name>Acme</Name><Version>1.0.0</Version><Vendor>V</Vendor></otrs_package>",
);

/** What an operation on a package comes to, which is or is not installed. */
function outcomeOf(
  operation: Operation,
  isInstalled: boolean,
  [dialect, version]: readonly [DialectId, string],
  entrance: Entrance = "api",
): string {
  const system = systemOf(dialect, version);
  const plan = planOperation(operation, acme, isInstalled ? withRows(system, acme) : system, { entrance });
  return plan.refusals.map(({ text }) => text).join(" ") || plan.verdict;
}

const missing = "The package is not installed. Install it instead.";
const present = "The package is installed already. Upgrade it instead.";
const sameVersion = "The version {version} is installed already. Reinstall it instead.";

const outcomes: readonly (readonly [
  what: string,
  operation: Operation,
  entrance: Entrance,
  isInstalled: boolean,
  outcome: string,
  ...releases: readonly (readonly [DialectId, string])[],
])[] = [
  ["upgrade", "upgrade", "api", false, missing, ["otrs-5", "5.0.26"], ["znuny-6", "6.3.1"]],
  ["upgrade", "upgrade", "api", false, "success", ["otrs-6", "6.0.1"], ["znuny-6", "6.2.2"]],
  ["reinstall", "reinstall", "api", false, missing, ["znuny-6", "6.3.2"], ["znuny-7", "7.0.1"]],
  ["reinstall", "reinstall", "api", false, "success", ["otrs-5", "5.0.26"], ["znuny-6", "6.3.1"]],
  ["console upgrade", "upgrade", "console", false, missing, ["znuny-6", "6.3.1"], ["znuny-6", "6.5.4"]],
  ["console install", "install", "console", true, present, ["znuny-6", "6.3.2"], ["znuny-7", "7.1.7"]],
  ["console install", "install", "console", true, sameVersion, ["znuny-6", "6.3.1"], ["otrs-6", "6.0.41"]],
];
for (const [what, operation, entrance, isInstalled, outcome, ...releases] of outcomes) {
  for (const release of releases) {
    test(`${what} ${isInstalled ? "of an installed package" : "of what is not installed"} on ${release.join(" ")}`, () => {
      assert.equal(outcomeOf(operation, isInstalled, release, entrance), outcome);
    });
  }
}

test("a requirement of what became part of the framework is refused with the release that took it in", () => {
  const needy = packageOf(
    '<otrs_package><Name>Acme</Name><Version>1.0.0</Version><Vendor>V</Vendor><PackageRequired Version="1.0.0">Znuny4OTRS-Repo</PackageRequired></otrs_package>',
  );
  const reason = (version: string) => {
    const [refusal] = planOperation("install", needy, systemOf("znuny-6", version)).refusals;
    return english(refusal!.text, refusal!.values);
  };
  assert.equal(
    reason("6.0.36"),
    "The package Znuny4OTRS-Repo is required in version 1.0.0, and it is not installed.",
  );
  assert.equal(
    reason("6.3.4"),
    "The package Znuny4OTRS-Repo is required, and it cannot be installed any more: Znuny 6.1 took it in and does its work.",
  );
});

/** The quirks of an operation on a release. */
function quirksOf(operation: Operation, contents: PackageContents, dialect: DialectId, version: string) {
  const plan = planOperation(operation, contents, withRows(systemOf(dialect, version), contents));
  return new Set(plan.steps.flatMap(({ quirks }) => quirks));
}

test("OTRS 6.0.9 to 6.0.30 refuse by default what nobody has verified", () => {
  const isSaid = (version: string) => {
    const plan = planOperation("install", acme, systemOf("otrs-6", version));
    return plan.steps.some(({ quirks }) => quirks.includes("not-verified"));
  };
  assert.deepEqual(["6.0.8", "6.0.9", "6.0.30", "6.0.41"].map(isSaid), [false, true, true, false]);
});

test("from Znuny 7.3.4 on the data of a package may stay by choice", () => {
  const withTable = packageOf(
    '<otrs_package><Name>Acme</Name><Version>1.0.0</Version><Vendor>V</Vendor><DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall></otrs_package>',
  );
  assert.ok(!quirksOf("uninstall", withTable, "znuny-7", "7.3.3").has("data-may-stay"));
  assert.ok(quirksOf("uninstall", withTable, "znuny-7", "7.3.4").has("data-may-stay"));
  assert.ok(!quirksOf("uninstall", acme, "znuny-7", "7.3.4").has("data-may-stay"), "nothing to keep");
});

test("before OTRS 6.0.12 settings are cleaned up although a file of a package is missing", () => {
  const withSettings = packageOf(
    '<otrs_package><Name>Acme</Name><Version>1.0.0</Version><Vendor>V</Vendor><Filelist><File Location="Kernel/Config/Files/XML/Acme.xml" Permission="644" Encode="Base64">YQ==</File></Filelist></otrs_package>',
  );
  const other = packageOf(
    "<otrs_package><Name>Other</Name><Version>1.0.0</Version><Vendor>V</Vendor></otrs_package>",
  );
  const isKept = (version: string) => {
    const plan = planOperation("install", other, withRows(systemOf("otrs-6", version), withSettings));
    return plan.steps.some(({ quirks }) => quirks.includes("configuration-no-cleanup"));
  };
  assert.deepEqual([isKept("6.0.11"), isKept("6.0.12")], [false, true]);
});
