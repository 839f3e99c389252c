import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { JoinedSources, OfferedPackage } from "../../server/src/repository/joined-sources.ts";
import { allResults } from "../../server/src/repository/perform-in-order.ts";
import { planInstallWithDependencies } from "../../server/src/repository/plan-install-with-dependencies.ts";
import {
  planUpgradeAll,
  summarizeUpgrade,
  type UpgradeAllOptions,
  upgradeProgress,
} from "../../server/src/repository/plan-upgrade-all.ts";
import { ChangedSystem } from "../../server/src/system/changed-system.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { bytesOf } from "../support/known-system.ts";
import { archiveContents, memoryHome, memorySystem } from "../support/memory-system.ts";

const home = memoryHome({
  "bin/": "",
  "Kernel/System/": "",
  "Kernel/Output/HTML/": "",
  "Kernel/Modules/": "",
});

/** The archive of "A 1.0.0: B 1.0.0", with one file that tells its version. */
function archive(line: string): PackageContents {
  const [own = "", required = ""] = line.split(":");
  const [name = "", version = ""] = own.trim().split(" ");
  const [requiredName, requiredVersion] = required.trim().split(" ");
  return archiveContents(
    `<otrs_package version="1.1"><Name>${name}</Name><Version>${version}</Version><Vendor>V</Vendor>` +
      `<Framework>7.1.x</Framework>` +
      (requiredName
        ? `<PackageRequired Version="${requiredVersion}">${requiredName}</PackageRequired>`
        : "") +
      `<Filelist><File Location="Kernel/System/${name}.pm" Permission="644">${version}</File></Filelist></otrs_package>`,
    "znuny-7",
  );
}

/** A system on which packages are installed with their files. */
function systemWith(...lines: readonly string[]): SystemState {
  const system = new ChangedSystem(memorySystem({ home }));
  for (const line of lines) {
    const contents = archive(line);
    const [name = "", version = ""] = line.split(/[ :]/);
    const row = { name, version, vendor: "V", status: "installed", digest: contents.digest } as const;
    system.apply({ part: "packages", change: { kind: "add-row", row, contents } });
    const content = contents.files[0]!.content!;
    const change = { kind: "write", path: `Kernel/System/${name}.pm`, content, mode: 0o644 } as const;
    system.apply({ part: "home", change });
  }
  return system.state();
}

/** What a source offers; `broken` archives cannot be loaded. */
function offering(lines: readonly string[], broken: readonly string[] = []) {
  const archives = new Map<OfferedPackage, PackageContents>();
  const list = lines.map((line): OfferedPackage => {
    const contents = archive(line);
    const { single, repeated } = contents.structure!;
    const entry = {
      name: single.Name!.content!,
      version: single.Version!.content!,
      file: `${single.Name!.content}.opm`,
      description: undefined,
      frameworks: [],
      requiredPackages: repeated.PackageRequired.map(({ content = "", attributes }) => ({
        name: content,
        version: attributes.get("Version"),
      })),
      requiredSpans: [],
      nameSpan: undefined,
      documents: [],
      fields: new Map(),
      tags: [],
    };
    const offered = { entry, source: "Acme" };
    if (!broken.includes(entry.name)) archives.set(offered, contents);
    return offered;
  });
  const joined: JoinedSources = {
    list,
    byName: new Map(list.map((each) => [each.entry.name, each])),
    log: [],
    diedAt: undefined,
  };
  return { joined, archive: async (offered: OfferedPackage) => archives.get(offered) };
}

async function upgradeAll(
  system: SystemState,
  { joined, archive }: ReturnType<typeof offering>,
  options: UpgradeAllOptions = {},
) {
  const plan = planUpgradeAll(system, joined, archive, options);
  const results = await allResults(plan.results());
  return { plan, results, summary: summarizeUpgrade(plan.order, results) };
}

test("every package comes to its class, dependencies first", async () => {
  const system = systemWith(
    "Same 1.0.0",
    "Changed 1.0.0",
    "Old 1.0.0",
    "Gone 1.0.0",
    "Lost 1.0.0",
    "Apart 1.0.0",
  );
  const edited = new ChangedSystem(system);
  edited.apply({ part: "home", change: { kind: "delete", path: "Kernel/System/Changed.pm" } });
  const { plan, results, summary } = await upgradeAll(
    edited.state(),
    offering(
      [
        "Same 1.0.0",
        "Changed 1.0.0",
        "Old 1.1.0: New 1.0.0",
        "New 1.0.0",
        "Lost 2.0.0",
        "Apart 1.0.1: Far 1.0.0",
      ],
      ["Lost"],
    ),
  );
  assert.deepEqual(
    plan.tasks.map(({ name, action }) => `${name} ${action}`),
    ["New install", "Changed compare", "Lost upgrade", "Old upgrade", "Same compare"],
  );
  assert.deepEqual(summary, {
    success: false,
    classes: { Updated: ["Old"], Installed: ["New"], AlreadyUpdated: ["Same"], Undeployed: ["Changed"] },
    failed: new Map([
      ["NotFound", ["Far", "Gone"]],
      ["DependencyFail", ["Apart"]],
      ["UpdateError", ["Lost"]],
    ]),
  });
  const { reason } = results.find(({ task }) => task.name === "Lost")!;
  assert.equal(english(reason!.text, reason!.values), "The archive “Lost.opm” cannot be loaded from “Acme”.");
  const { after } = results.at(-1)!;
  assert.deepEqual(after.packages.map(({ name, version }) => `${name} ${version}`).sort(), [
    "Apart 1.0.0",
    "Changed 1.0.0",
    "Gone 1.0.0",
    "Lost 1.0.0",
    "New 1.0.0",
    "Old 1.1.0",
    "Same 1.0.0",
  ]);
  const written = after.home.entry("Kernel/System/Old.pm");
  assert.ok(written?.kind === "file" && typeof written.content === "object");
  assert.equal(bytesOf(written.content).toString(), "1.1.0");
  assert.equal(edited.home.entry("Kernel/System/New.pm"), undefined, "the system before is as it was");
});

test("what is not deployed is no failure, and is not looked at when nobody wants it", async () => {
  const system = systemWith("A 1.0.0");
  const edited = new ChangedSystem(system);
  edited.apply({ part: "home", change: { kind: "delete", path: "Kernel/System/A.pm" } });
  const offers = offering(["A 1.0.0"]);
  const { summary } = await upgradeAll(edited.state(), offers);
  assert.deepEqual(summary.classes.Undeployed, ["A"]);
  assert.equal(summary.success, true);
  const skipped = await upgradeAll(edited.state(), offers, { skipDeployCheck: true });
  assert.deepEqual(skipped.summary.classes.AlreadyUpdated, ["A"]);
});

test("a package that is refused does not keep the others from being upgraded", async () => {
  const { summary, results } = await upgradeAll(
    systemWith("A 1.0.0", "B 1.0.0"),
    offering(["A 1.1.0", "B 1.1.0: C 1.0.0", "C 1.0.0"]),
  );
  assert.deepEqual([...summary.failed], []);
  assert.deepEqual(summary.classes.Updated, ["A", "B"]);
  const other = archive("B 1.1.0: Missing 1.0.0");
  const offers = offering(["A 1.1.0", "B 1.1.0"]);
  const refused = await upgradeAll(systemWith("A 1.0.0", "B 1.0.0"), {
    joined: offers.joined,
    // The index knows nothing of what the archive requires.
    archive: async (offered) => (offered.entry.name === "B" ? other : offers.archive(offered)),
  });
  assert.deepEqual([...refused.summary.failed], [["UpdateError", ["B"]]]);
  assert.deepEqual(refused.summary.classes.Updated, ["A"]);
  assert.ok(results.every(({ plan }) => plan));
});

test("an active run and an index that throws leave nothing to do", async () => {
  const now = new Date("2024-05-02T10:00:00Z");
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const offers = offering(["A 1.1.0"]);
  const refusalWith = (options: UpgradeAllOptions) =>
    planUpgradeAll(systemWith("A 1.0.0"), offers.joined, offers.archive, { clock: now, ...options }).refusal;
  assert.ok(refusalWith({ run: { status: "Running", updateTime: ago(5) } }));
  assert.ok(refusalWith({ isScheduled: true }));
  assert.equal(refusalWith({ run: { status: "Running", updateTime: ago(6) } }), undefined, "it is lost");
  assert.equal(refusalWith({ run: { status: "Finished", updateTime: ago(0) } }), undefined);
  const died = planUpgradeAll(systemWith(), { ...offers.joined, diedAt: "Acme" }, offers.archive);
  assert.match(died.refusal!.text, /cannot be read/);
  assert.deepEqual(await allResults(died.results()), []);
});

test("parts of what is offered as a whole, or has become part of the product, are left alone", () => {
  const system = systemWith("ITSMCore 1.0.0", "LightAdmin 1.0.0", "A 1.0.0");
  const targets = (offered: readonly string[], dialect: DialectId, version: string) => {
    const { joined, archive } = offering(offered);
    const framework = { ...system.framework, dialect, version };
    return [...planUpgradeAll({ ...system, framework }, joined, archive).targets.keys()];
  };
  const itsm = ["ITSM 1.0.0"];
  assert.deepEqual(targets([], "znuny-7", "7.1.7"), ["ITSMCore", "LightAdmin", "A"]);
  assert.deepEqual(targets(itsm, "znuny-7", "7.1.7"), ["LightAdmin", "A"]);
  assert.deepEqual(targets(itsm, "otrs-6", "6.0.8"), ["ITSMCore", "LightAdmin", "A"]);
  assert.deepEqual(targets(itsm, "otrs-6", "6.0.9"), ["LightAdmin", "A"]);
  assert.deepEqual(targets(itsm, "otobo-10", "10.1.11"), ["LightAdmin", "A"]);
  assert.deepEqual(targets(itsm, "otobo-11", "11.0.1"), ["LightAdmin", "A"]);
  assert.deepEqual(targets(itsm, "otobo-11", "11.0.2"), ["ITSMCore", "A"]);
  assert.deepEqual(targets(itsm, "otobo-11", "11.0.6"), ["ITSMCore", "A"]);
});

test("OTRS before 6.0 cannot upgrade all, and before 6.0.5 has no class for what is not deployed", async () => {
  const system = (dialect: DialectId, version: string) => {
    const { framework, ...rest } = systemWith("A 1.0.0");
    const changed = new ChangedSystem({ ...rest, framework: { ...framework, dialect, version } });
    changed.apply({ part: "home", change: { kind: "delete", path: "Kernel/System/A.pm" } });
    return changed.state();
  };
  const outcome = async (dialect: DialectId, version: string) => {
    const { plan, results } = await upgradeAll(system(dialect, version), offering(["A 1.0.0"]));
    const { text, values } = plan.refusal ?? {};
    return text === undefined ? results.map((each) => each.outcome).join() : english(text, values);
  };
  assert.match(
    await outcome("otrs-5", "5.0.26"),
    /5\.0\.26 cannot upgrade all packages at once, because only OTRS 6\.0 and later releases can\.$/,
  );
  assert.equal(await outcome("otrs-6", "6.0.4"), "AlreadyUpdated");
  assert.equal(await outcome("otrs-6", "6.0.5"), "Undeployed");
});

test("the system remembers how far a run is", async () => {
  const { plan, results } = await upgradeAll(
    systemWith("A 1.0.0", "B 1.0.0"),
    offering(["A 1.1.0", "B 1.1.0"]),
  );
  const time = { start: "2024-05-02 10:00:00", now: "2024-05-02 10:00:01" };
  const half = upgradeProgress(plan, summarizeUpgrade(plan.order, results.slice(0, 1)), false, time);
  assert.equal(half.get("Package_UpgradeAll::Status"), "Running");
  assert.equal(half.has("Package_UpgradeAll::Success"), false);
  assert.deepEqual(JSON.parse(half.get("Package_UpgradeAll::UpgradeResult")!).Updated, { A: 1 });
  const done = upgradeProgress(plan, summarizeUpgrade(plan.order, results), true, time);
  assert.deepEqual([...done.values()].slice(2, 4), [
    "Finished",
    '[{"Name":"A","Version":"1.0.0"},{"Name":"B","Version":"1.0.0"}]',
  ]);
  assert.equal(done.get("Package_UpgradeAll::Success"), "1");
});

test("many packages in a row see what those before them did", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `P${String(index).padStart(2, "0")}`);
  const offered = names.map((name, index) =>
    index === 0 ? `${name} 1.0.0` : `${name} 1.0.0: ${names[index - 1]} 1.0.0`,
  );
  const { results, summary } = await upgradeAll(
    systemWith("Z 1.0.0"),
    offering([...offered, "Z 1.1.0: P39 1.0.0"]),
  );
  assert.equal(summary.classes.Installed.length, 40);
  const { after } = results.at(-1)!;
  assert.ok(names.every((name) => after.home.entry(`Kernel/System/${name}.pm`)));
  assert.equal(results[20]!.after.home.entry("Kernel/System/P39.pm"), undefined, "each result is a snapshot");
  assert.equal(after.archives.contents(after.packages[5]!.digest).structure!.single.Vendor!.content, "V");
});

test("a package is installed with what it requires and does not have", async () => {
  const { joined, archive } = offering(["App 1.0.0: Lib 1.0.0", "Lib 1.0.0: Core 1.0.0", "Core 2.0.0"]);
  const fresh = planInstallWithDependencies("App", systemWith(), joined, archive);
  assert.deepEqual(
    (await allResults(fresh.results())).map(({ task, outcome }) => `${task.name} ${outcome}`),
    ["Core Installed", "Lib Installed", "App Installed"],
  );
  const covered = planInstallWithDependencies("App", systemWith("Core 1.5.0"), joined, archive);
  assert.deepEqual(
    covered.tasks.map(({ name }) => name),
    ["Lib", "App"],
    "what is good enough stays",
  );
  const older = planInstallWithDependencies("App", systemWith("Core 0.9.0", "App 0.1.0"), joined, archive);
  assert.deepEqual(
    older.tasks.map(({ name, action }) => `${name} ${action}`),
    ["Core upgrade", "Lib install", "App upgrade"],
  );
  const missing = offering(["App 1.0.0: Lib 1.0.0"]);
  const refused = planInstallWithDependencies("App", systemWith(), missing.joined, missing.archive);
  assert.equal(
    english(refused.refusal!.text, refused.refusal!.values),
    "“App” requires “Lib”, which no repository offers.",
  );
  const unknown = planInstallWithDependencies("Nope", systemWith(), missing.joined, missing.archive);
  assert.equal(english(unknown.refusal!.text, unknown.refusal!.values), "No repository offers “Nope”.");
});

test("an install with dependencies ends at the first that fails", async () => {
  const { joined, archive } = offering(["App 1.0.0: Lib 1.0.0", "Lib 1.0.0"], ["Lib"]);
  const results = await allResults(
    planInstallWithDependencies("App", systemWith(), joined, archive).results(),
  );
  assert.deepEqual(
    results.map(({ task, outcome }) => `${task.name} ${outcome}`),
    ["Lib InstallError"],
  );
});
