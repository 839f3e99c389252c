import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { dialectIn, type Release } from "../../server/src/dialect/switches.ts";
import { applyOperation } from "../../server/src/engine/apply-operation.ts";
import { checkDeployments } from "../../server/src/engine/check-deployment.ts";
import { createSandbox } from "../../server/src/engine/create-sandbox.ts";
import { dryRun, type SystemChoice } from "../../server/src/engine/dry-run.ts";
import { packageReader } from "../../server/src/engine/read-package.ts";
import type { ReadPackage, SystemWorld, WithProgress } from "../../server/src/engine/system-world.ts";
import { undo } from "../../server/src/engine/undo.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { verdictText } from "../../server/src/report/verdict.ts";
import { createSandbox as makeSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { MemoryFileSystem } from "../support/memory-file-system.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { testWorld, znuny } from "../support/sandbox-work.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A world with a disk in memory, and a sandbox on it. */
async function worldWith(folder: string): Promise<{ world: SystemWorld; sandbox: Sandbox }> {
  const files = new MemoryFileSystem();
  const sandboxes = testWorld(files);
  const sandbox = await makeSandbox(folder, { framework: znuny }, sandboxes);
  const openOne = (path: string) => openSandbox(path, sandboxes);
  return { world: { ...memoryWorld({ files: () => files }), openSandbox: openOne }, sandbox };
}

const withProgress: WithProgress = (work) => work({});

function specOf(version: string, framework = "7.1.x", root = "otrs_package"): string {
  return `<?xml version="1.0" encoding="utf-8" ?><${root} version="1.1"><Name>Acme</Name><Version>${version}</Version><Vendor>Acme Inc.</Vendor><URL>https://example.org</URL><License>GPL</License><Description Lang="en">Acme</Description><Framework>${framework}</Framework><Filelist><File Permission="644" Location="Kernel/System/Acme.pm"/></Filelist></${root}>`;
}

/** Reads a spec whose file is there, or is not, and notes for which releases it does. */
function reader(text: string, asked: string[] = [], isThere = true, likely: Release = "znuny-7") {
  return async (wanted: Release | undefined): Promise<ReadPackage> => {
    const release = wanted ?? likely;
    asked.push(dialectIn(release));
    const content = isThere ? contentOf(new TextEncoder().encode("1;\n")) : undefined;
    return {
      contents: contentsOfSpec(SyntaxTree.parse(text), release, "Acme.sopm", () => content),
      specText: text,
    };
  };
}

test("a package is read once when it is made for what it seems to be made for, and again otherwise", async () => {
  const { world } = await worldWith("/box");
  const common = {
    operation: "install",
    system: { kind: "fitting" },
    database: "mysql",
    options: {},
  } as const;
  const znunySpec: string[] = [];
  const first = await dryRun({ ...common, read: reader(specOf("1.0.0"), znunySpec) }, world);
  assert.equal(first.report.verdict.kind, "success");
  assert.deepEqual(znunySpec, ["znuny-7"]);
  const otoboSpec: string[] = [];
  const text = specOf("1.0.0", "11.0.x", "otobo_package");
  const second = await dryRun({ ...common, read: reader(text, otoboSpec) }, world);
  assert.deepEqual(otoboSpec, ["znuny-7", "otobo-11"]);
  assert.equal(dialectIn(second.package.contents.release), "otobo-11");
  const guessed: string[] = [];
  await dryRun({ ...common, read: reader(text, guessed, true, "otobo-11") }, world);
  assert.deepEqual(guessed, ["otobo-11"]);
});

test("a spec on a disk says itself what it is most likely made for", async (t) => {
  const otobo = specOf("1.0.0", "11.0.x", "otobo_package");
  const old = specOf("1.0.0", "5.0.x");
  const folder = temporaryFolder(t, { "Otobo.sopm": otobo, "Old.sopm": old });
  const releaseOf = async (name: string) => {
    const read = packageReader(join(folder, name), nodeWorld());
    return dialectIn((await read(undefined)).contents.release);
  };
  assert.equal(await releaseOf("Otobo.sopm"), "otobo-11");
  assert.equal(await releaseOf("Old.sopm"), "otrs-5");
});

test("a dry run without a system says what would differ on the oldest release that Framework admits", async () => {
  const { world } = await worldWith("/box");
  const runFor = async (frameworks: string, system: SystemChoice = { kind: "fitting" }) => {
    const sections = `<DatabaseInstall Type="post"><Insert Table="permission_groups"><Data Key="name" Type="Quote">acme</Data><Data Key="valid_id">1</Data><Data Key="create_time">current_timestamp</Data><Data Key="create_by">1</Data><Data Key="change_time">current_timestamp</Data><Data Key="change_by">1</Data></Insert></DatabaseInstall>`;
    const text = specOf("1.0.0")
      .replace("<Framework>7.1.x</Framework>", frameworks)
      .replace("<Filelist>", `${sections}<Filelist>`);
    const request = { operation: "install", system, database: "mysql", options: {} } as const;
    const knowing = { ...world, knowledge: { ...world.knowledge, knowledgeFor } };
    return (await dryRun({ ...request, read: reader(text) }, knowing)).report;
  };
  const report = await runFor("<Framework>7.1.x</Framework><Framework>6.0.x</Framework>");
  assert.equal(report.product, "Znuny 7.1.7");
  assert.equal(report.oldest?.product, "Znuny 6.0.31");
  assert.deepEqual(
    report.oldest.steps.map(({ here, there, reason }) => [here, there, reason?.text]),
    [["unknown", "fails", "There is no table “{table}”."]],
  );
  assert.equal(report.verdict.tone, "look");
  assert.match(
    verdictText(report.verdict, english),
    /On Znuny 6\.0\.31, the oldest release .*, it goes worse\.$/,
  );
  // Within a line that does one thing from the first release to the last nothing is compared.
  assert.equal((await runFor("<Framework>7.1.x</Framework>")).oldest, undefined);
  const same = await runFor("<Framework>7.1.x</Framework><Framework>7.0.x</Framework>");
  assert.deepEqual(same.oldest?.steps, []);
  const product = { product: "Znuny", version: "7.1.7", dialect: "znuny-7" } as const;
  const named = await runFor("<Framework>7.1.x</Framework><Framework>6.0.x</Framework>", {
    kind: "product",
    product,
  });
  assert.equal(named.oldest, undefined);
});

test("a dry run in a sandbox, over a disk in memory, changes nothing", async () => {
  const { world, sandbox } = await worldWith("/box");
  const { report } = await dryRun(
    {
      ...{ operation: "install", database: "mysql", options: {} },
      system: { kind: "sandbox", folder: "/box" },
      read: reader(specOf("1.0.0")),
    },
    world,
  );
  assert.equal(report.verdict.kind, "success");
  assert.deepEqual((await sandbox.state()).packages, []);
});

test("what is applied is there, is compared with its files, and can be undone", async () => {
  const { world, sandbox } = await worldWith("/box");
  const apply = (isThere: boolean) =>
    applyOperation(
      {
        ...{ operation: "install", sandbox, options: {}, withProgress },
        read: ({ framework }) => reader(specOf("1.0.0"), [], isThere)(framework),
      },
      world,
    );
  assert.deepEqual(await undo({ sandbox, to: undefined, withProgress }), { kind: "nothing" });
  assert.deepEqual(await apply(false), { kind: "file-missing", location: "Kernel/System/Acme.pm" });
  const applied = await apply(true);
  assert.equal(applied.kind, "applied");
  const checked = await checkDeployments(await sandbox.state());
  assert.deepEqual(checked, {
    kind: "checked",
    packages: [{ name: "Acme", version: "1.0.0", isDeployed: true, files: [], lostSettings: [] }],
  });
  const unknown = await checkDeployments(await sandbox.state(), ["Nope"]);
  assert.deepEqual(unknown, { kind: "unknown-package", name: "Nope" });
  assert.equal((await apply(true)).kind, "refused");
  const undone = await undo({ sandbox, to: undefined, withProgress });
  assert.equal(undone.kind === "undone" && undone.to, 0);
  assert.deepEqual((await sandbox.state()).packages, []);
});

test("a plan that somebody does not want is not applied", async () => {
  const { world, sandbox } = await worldWith("/box");
  const applied = applyOperation(
    {
      ...{ operation: "install", sandbox, options: {}, withProgress },
      read: ({ framework }) => reader(specOf("1.0.0"))(framework),
      beforeApply() {
        throw new Error("not this one");
      },
    },
    world,
  );
  await assert.rejects(applied, /not this one/);
  assert.deepEqual((await sandbox.state()).packages, []);
});

test("a new sandbox has the packages up to the first that is refused", async () => {
  const files = new MemoryFileSystem();
  const done = await createSandbox(
    {
      make: (begin) => makeSandbox("/new", { framework: znuny }, testWorld(files), begin),
      packages: [reader(specOf("1.0.0")), reader(specOf("1.0.0", "6.0.x"))],
      withProgress,
    },
    memoryWorld(),
  );
  assert.equal(done.kind === "not-installed" && done.index, 1);
  assert.equal(done.kind === "not-installed" && done.reasons.length > 0, true);
  const made = await openSandbox("/new", testWorld(files));
  assert.deepEqual(
    (await made.state()).packages.map(({ name, version }) => `${name} ${version}`),
    ["Acme 1.0.0"],
  );
});
