import assert from "node:assert/strict";
import { test } from "node:test";
import {
  entryNodes,
  isBuilt,
  packageNodes,
  packagesWithErrors,
  sectionNodes,
  soundnessOf,
} from "../../client/src/views/explorer/packages-nodes.ts";
import type { FindingCounts, WorkspacePackage } from "../../server/src/protocol/packages-view.ts";

const facts = (more: Partial<WorkspacePackage> = {}): WorkspacePackage => ({
  ...{ uri: "file:///ws/Acme.sopm", name: "Acme", version: "1.1.0", requires: [], ...more },
});

const counts = (errors: number, warnings: number): FindingCounts => ({ errors, warnings, others: 1 });

test("a package is as sound as the worst of its findings, and unknown before anybody has looked", () => {
  const found = [undefined, counts(0, 0), counts(0, 2), counts(1, 2)];
  const packages = found.map((findings) => facts(findings && { findings }));
  assert.deepEqual(packages.map(soundnessOf), ["unknown", "sound", "warnings", "errors"]);
  assert.equal(packagesWithErrors(packages), 1);
});

test("a package is built when its newest archive is of its version", () => {
  const built = (version: string) => facts({ built: { uri: "file:///ws/a.opm", version } });
  assert.deepEqual([facts(), built("1.0.0"), built("1.1.0")].map(isBuilt), [false, false, true]);
});

test("a package has rows of its own for sections, and a section for what is in it", () => {
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
  const table = { name: "acme", detail: "TableCreate", range, entries: [] };
  const entry = { name: "DatabaseInstall", detail: "post", range, entries: [table] };
  const [node] = packageNodes([facts()]);
  assert.ok(node?.kind === "package");
  const sections = [{ section: "database", entries: [entry] }] as const;
  const [section] = sectionNodes(node.uri, { kind: "contents", sections });
  assert.ok(section?.kind === "section");
  assert.equal(section.id, "file:///ws/Acme.sopm#database");
  const [shown] = entryNodes(section.spec, section.entries);
  assert.ok(shown?.kind === "entry");
  assert.deepEqual(entryNodes(shown.spec, shown.entry.entries), [
    { kind: "entry", spec: node.uri, entry: table },
  ]);
});
