import assert from "node:assert/strict";
import { test } from "node:test";
import { codeFamilies, databaseFamilies } from "../../server/src/model/package-spec.ts";
import {
  looksAtConditions,
  looksAtVersions,
  phasesOf,
  runs,
  selectionOf,
} from "../../server/src/model/section-phases.ts";

const families = [...codeFamilies, ...databaseFamilies];

test("sections run before and after an operation, those of upgrades when packages are merged", () => {
  for (const family of families) {
    const merging = family.endsWith("Upgrade") ? ["merge"] : [];
    assert.deepEqual(phasesOf(family), ["pre", "post", ...merging], family);
  }
  assert.deepEqual(phasesOf("IntroInstall"), []);
  assert.deepEqual(phasesOf("constructor"), []);
});

test("a phase that a family does not have selects nothing", () => {
  assert.equal(selectionOf("DatabaseInstall", "merge"), undefined);
  assert.equal(selectionOf("DatabaseInstall", "Pre"), undefined);
  assert.equal(selectionOf("DatabaseInstall", "toString"), undefined);
});

test("what is never run, and what looks at versions and conditions", () => {
  const those = (test: (family: (typeof families)[number]) => boolean) => families.filter(test);
  assert.deepEqual(
    those((family) => !runs(family)),
    ["DatabaseReinstall"],
  );
  assert.deepEqual(those(looksAtVersions), ["CodeUpgrade", "DatabaseUpgrade"]);
  assert.deepEqual(
    those((family) => !looksAtConditions(family)),
    ["DatabaseReinstall", "DatabaseUninstall"],
  );
});
