import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { repositoryPlaces } from "../../server/src/engine/console/repository-places.ts";
import { onlinePackage } from "../../server/src/engine/package-manager/online-package.ts";
import { upgradeAllState } from "../../server/src/engine/package-manager/upgrade-all-state.ts";
import { installOrder } from "../../server/src/repository/install-order.ts";
import { joinSources } from "../../server/src/repository/joined-sources.ts";
import { onlineList } from "../../server/src/repository/online-list.ts";
import { allResults } from "../../server/src/repository/perform-in-order.ts";
import { planUpgradeAll, summarizeUpgrade } from "../../server/src/repository/plan-upgrade-all.ts";
import { renderIndex } from "../../server/src/repository/render-index.ts";
import { requirementOverview } from "../../server/src/repository/requirement-overview.ts";
import { configuredSources, readRootDocument } from "../../server/src/repository/sources.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { packageOf, systemOf, withRows } from "../support/test-system.ts";

function archive(name: string, version: string, more = ""): string {
  return `<otrs_package><Name>${name}</Name><Version>${version}</Version><Vendor>V</Vendor>${more}</otrs_package>`;
}

const empty = systemOf("znuny-7", "7.1.3");
const acme = packageOf(archive("Acme", "1.0.0"));
const acmeNew = packageOf(archive("Acme", "1.1.0"));

const entry = (name: string, version: string, more = "") =>
  `<Package><Name>${name}</Name><Version>${version}</Version><Vendor>V</Vendor><Framework>7.1.x</Framework>${more}<File>${name}-${version}.opm</File></Package>`;
const index = `<otrs_package_list version="1.0">${entry("Acme", "1.1.0")}${entry("Beta", "2.0.0", '<PackageRequired Version="1.0.0">Acme</PackageRequired>')}</otrs_package_list>`;
const settings = { list: [{ Name: "Mine", URL: "http://mine" }], roots: ["http://root"] };
const root = "<list><Repository><Name>Root</Name><URL>http://other</URL></Repository></list>";
const texts: Readonly<Record<string, string>> = { "http://mine/otrs.xml": index, "http://root": root };
const download = ({ url }: { readonly url: string }) => texts[url];

function online(system: SystemState) {
  const { dialect, version } = system.framework;
  const { sources } = configuredSources(settings, dialect, download);
  return { dialect, framework: version, packages: system.packages, sources, download };
}

test("an index lists what its archives say", async () => {
  const text = archive(
    "Acme",
    "1.0.0",
    "<License/><Description>D</Description><CodeInstall>1;</CodeInstall>",
  );
  const { structure } = packageOf(text);
  const rendered = await renderIndex([{ path: "below/Acme.opm", structure }], "znuny-7");
  assert.equal(rendered.kind, "rendered");
  if (rendered.kind !== "rendered") return;
  assert.match(rendered.text, /^ {2}<File>below\/Acme\.opm<\/File>$/m);
  assert.doesNotMatch(rendered.text, /CodeInstall/);
});

test("repositories come from the settings and from the root document", () => {
  assert.deepEqual(
    configuredSources(settings, "znuny-7", download).sources.map(({ name, url }) => `${name} ${url}`),
    ["Mine http://mine", "Root http://other"],
  );
  assert.deepEqual([...readRootDocument(root, "znuny-7")], [["http://other", "Root"]]);
});

test("a repository offers what is not installed and what is newer", () => {
  const { packages } = onlineList("Mine", online(withRows(empty, acme)));
  assert.deepEqual(
    packages.map(({ entry: { name, version }, isUpgrade }) => `${name} ${version} ${isUpgrade}`),
    ["Acme 1.1.0 true", "Beta 2.0.0 false"],
  );
});

test("an archive comes from a repository by the name of its file or of its package", async () => {
  const asked: string[] = [];
  const load = async ({ url }: { readonly url: string }) => {
    asked.push(url);
    return url.endsWith("gone") ? undefined : acmeNew;
  };
  const options = online(empty);
  const found = await onlinePackage("Mine", "Acme-1.1.0.opm", options, load);
  assert.equal(found.contents, acmeNew);
  assert.deepEqual(found.log, []);
  await onlinePackage("Mine", "Acme", options, load);
  const missing = await onlinePackage("Mine", "gone", options, load);
  assert.equal(missing.contents, undefined);
  assert.deepEqual(
    missing.log.map(({ id, values }) => `${id} ${values?.url}`),
    ["document-missing http://mine/gone"],
  );
  assert.deepEqual(asked, ["http://mine/Acme-1.1.0.opm", "http://mine/Acme-1.1.0.opm", "http://mine/gone"]);
});

test("console commands of every product find a package in a repository by its name", async () => {
  for (const dialect of ["znuny-7", "otrs-6"] as const satisfies readonly DialectId[]) {
    const asked: string[] = [];
    const options = { ...online(systemOf(dialect, "7.1.3")), dialect };
    const { repository } = repositoryPlaces(options, async ({ url }) => {
      asked.push(url);
      return acmeNew;
    });
    await repository(dialect === "znuny-7" ? "Mine" : "http://mine", "Acme");
    assert.deepEqual(asked, ["http://mine/Acme-1.1.0.opm"]);
  }
});

test("required packages and modules are listed with what is installed of them", () => {
  const contents = packageOf(
    archive(
      "New",
      "1.0.0",
      '<PackageRequired Version="2.0.0">Acme</PackageRequired><ModuleRequired>DBI</ModuleRequired>',
    ),
  );
  const { packages, modules } = requirementOverview(contents.structure!, withRows(empty, acme));
  assert.deepEqual(packages, [
    { name: "Acme", version: "2.0.0", isInstalled: false, isVersionInstalled: false },
  ]);
  assert.deepEqual(modules, [{ name: "DBI", version: "", isInstalled: true }]);
});

test("what is required comes first in the order of installing", () => {
  const { order, failures } = installOrder(
    new Map([["Beta", "1.0.0"]]),
    [
      { name: "Acme", version: "1.1.0", requiredPackages: [] },
      { name: "Beta", version: "2.0.0", requiredPackages: [{ name: "Acme", version: "1.0.0" }] },
    ],
    "znuny-7",
  );
  assert.deepEqual([...order].sort(), [
    ["Acme", 2],
    ["Beta", 1],
  ]);
  assert.deepEqual(failures, []);
});

test("upgrading all tells what was upgraded, and classes of failures", async () => {
  const system = withRows(empty, acme, packageOf(archive("Nowhere", "1.0.0")));
  const plan = planUpgradeAll(system, joinSources(online(system)), async () => acmeNew);
  const result = summarizeUpgrade(plan.order, await allResults(plan.results()));
  assert.deepEqual(result.classes.Updated, ["Acme"]);
  assert.deepEqual([...result.failed], [["NotFound", ["Nowhere"]]]);
  assert.equal(result.success, false);
});

test("upgrading all is running, finished, or timed out after five minutes of silence", () => {
  const updateTime = new Date("2026-01-01T12:00:00Z");
  const state = (status: "Running" | "Finished", minutes: number) =>
    upgradeAllState(
      { status, updateTime, success: status === "Finished" },
      new Date(updateTime.getTime() + minutes * 60_000),
    );
  assert.deepEqual(state("Running", 4), { isRunning: true, status: "running", success: undefined });
  assert.deepEqual(state("Running", 6), { isRunning: false, status: "timed-out", success: undefined });
  assert.deepEqual(state("Finished", 1), { isRunning: false, status: "finished", success: true });
});

test("once the notes of upgrading all are deleted only the daemon's list tells of it", () => {
  assert.deepEqual(upgradeAllState(undefined, new Date()), {
    isRunning: false,
    status: undefined,
    success: undefined,
  });
  assert.equal(upgradeAllState(undefined, new Date(), true).isRunning, true);
});
