import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { DryRunResult } from "../../server/src/protocol/dry-run.ts";
import type {
  ApplyOutcome,
  CreateSandboxResult,
  DropOutcome,
  RepairOutcome,
  SandboxOperationsResult,
  SystemsResult,
  UndoOutcome,
} from "../../server/src/protocol/sandbox.ts";
import type {
  OutlookResult,
  SandboxDetailsResult,
  SandboxPackagesResult,
  ShownIntroResult,
} from "../../server/src/protocol/sandbox-view.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** An editor with a sandbox in which Acme 1.0.0 is installed. */
async function editor(context: TestContext, spec: string = goodSpec) {
  const folder = temporaryFolder(context, { ...goodPackage, "Acme.sopm": spec });
  const client = new LanguageClient();
  context.after(() => client.stop());
  await client.initialize({
    locale: "de",
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    initializationOptions: { trusted: true, locale: "de", storageFolder: join(folder, "storage") },
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  const made = await client.request<CreateSandboxResult>("sopm/createSandbox", {
    name: "Box",
    framework: { kind: "product", product: "Znuny 7.1.7" },
  });
  assert.ok(made.kind === "made");
  const sandbox = made.sandbox.folder;
  const apply = async (operation: string, of = uri) => {
    const asked = { uri: of, operation, folder: sandbox };
    const outcome = await client.request<ApplyOutcome>("sopm/applyToSandbox", asked);
    assert.equal(outcome.kind, "applied", JSON.stringify(outcome));
  };
  await apply("install");
  const packages = async () => {
    const result = await client.request<SandboxPackagesResult>("sopm/sandboxPackages", { folder: sandbox });
    assert.ok(result.kind === "packages", JSON.stringify(result));
    return result.packages;
  };
  const details = async () => {
    const result = await client.request<SandboxDetailsResult>("sopm/sandboxDetails", { folder: sandbox });
    assert.ok(result.kind === "details", JSON.stringify(result));
    return result.packages;
  };
  const outlook = (
    operations: readonly string[],
    of = uri,
    system: unknown = { kind: "sandbox", folder: sandbox },
  ) => client.request<OutlookResult>("sopm/outlook", { uri: of, system, operations });
  return { folder, client, uri, sandbox, apply, packages, details, outlook };
}

test("a dry run of the archive that a sandbox keeps tells the name of the package", async (t) => {
  const { client, packages, sandbox } = await editor(t);
  const [row] = await packages();
  const asked = { uri: row!.uri, operation: "reinstall", system: { kind: "sandbox", folder: sandbox } };
  const report = await client.request<DryRunResult>("sopm/dryRun", asked);
  assert.ok(report.kind === "report", JSON.stringify(report));
  // The file is named after its digest.
  assert.doesNotMatch(row!.uri, /Acme/);
  assert.equal(report.package, "Acme 1.0.0");
});

test("the history says what an undo leads back to", async (t) => {
  const { client, apply, sandbox: folder } = await editor(t);
  const undo = (to: number) => client.request<UndoOutcome>("sopm/undoInSandbox", { folder, to });
  await apply("reinstall");
  await undo(1);
  await apply("reinstall");
  await undo(1);
  await undo(0);
  const past = await client.request<SandboxOperationsResult>("sopm/sandboxOperations", { folder });
  assert.ok(past.kind === "operations");
  assert.deepEqual(
    past.operations.map(({ title }) => title),
    [
      "Zurück zu: Die Sandbox wurde angelegt",
      "Zurück zu: Acme 1.0.0 installieren",
      "Acme 1.0.0 neu installieren",
      "Zurück zu: Acme 1.0.0 installieren",
      "Acme 1.0.0 neu installieren",
      "Acme 1.0.0 installieren",
      "Die Sandbox wurde angelegt",
    ],
  );
});

test("the packages of a sandbox are told, each with an archive that operations take", async (t) => {
  const { packages, apply } = await editor(t);
  const [row, ...others] = await packages();
  assert.deepEqual(others, []);
  const { uri, ...facts } = row!;
  assert.deepEqual(facts, { name: "Acme", version: "1.0.0", vendor: "Acme Inc.", isInstalled: true });
  assert.ok(existsSync(fileURLToPath(uri)), uri);
  await apply("uninstall", uri);
  assert.deepEqual(await packages(), []);
});

test("changed files, hidden packages and newer versions in the workspace are told when they are asked for", async (t) => {
  const hidden = goodSpec.replace("<Filelist>", "<PackageIsVisible>0</PackageIsVisible><Filelist>");
  const { client, folder, uri, sandbox, details } = await editor(t, hidden);
  const [sound] = await details();
  assert.deepEqual(
    [sound?.isHidden, sound?.isDeployed, sound?.files, sound?.update],
    [true, true, [], undefined],
  );
  const changed = join(sandbox, "home/Kernel/System/Acme.pm");
  writeFileSync(changed, "changed");
  await client.open(uri, goodSpec.replace("1.0.0</Version>", "1.1.0</Version>"));
  const [broken] = await details();
  assert.deepEqual(broken?.files, [{ location: "Kernel/System/Acme.pm", path: changed, state: "different" }]);
  assert.equal(broken?.isDeployed, false);
  const from = { kind: "workspace", uri: fileUri(join(folder, "Acme.sopm")) };
  const update = { version: "1.1.0", from };
  assert.deepEqual(broken?.update, update);
});

test("it is told what fits a package on a system, and how it would end, in the reader's language", async (t) => {
  const { client, uri, outlook, packages, sandbox } = await editor(t);
  const same = await outlook(["fitting", "uninstall"]);
  assert.ok(same.kind === "outlook");
  const { name, version, installed, fitting, tried } = same;
  assert.deepEqual([name, version, installed, fitting], ["Acme", "1.0.0", "1.0.0", "reinstall"]);
  assert.deepEqual(
    tried.map(({ operation, verdict }) => [operation, verdict.kind]),
    [
      ["reinstall", "good"],
      ["uninstall", "good"],
    ],
  );
  assert.match(tried[0]!.verdict.sentence, /würde das tun/);
  await client.open(uri, goodSpec.replace("1.0.0</Version>", "1.1.0</Version>"));
  const newer = await outlook(["fitting"]);
  assert.ok(newer.kind === "outlook");
  assert.deepEqual(
    [newer.fitting, newer.installed, newer.tried[0]?.verdict.kind],
    ["upgrade", "1.0.0", "good"],
  );
  const product = await outlook(["install"], uri, { kind: "product", product: "Znuny 7.1.7" });
  assert.ok(product.kind === "outlook");
  assert.deepEqual([product.fitting, product.installed], ["install", undefined]);
  // Nothing of all this was done.
  assert.equal((await packages())[0]?.version, "1.0.0");
  const nowhere = await outlook([], fileUri(join(sandbox, "none.opm")));
  assert.equal(nowhere.kind, "failed");
});

test("an editor that lists sandboxes is told when something was done to one", async (t) => {
  const { client, sandbox, packages, apply } = await editor(t);
  const told = () =>
    new Promise((resolve) => client.connection.onNotification("sopm/sandboxChanged", resolve));
  await packages();
  for (const work of [
    () => apply("reinstall"),
    () => client.request("sopm/undoInSandbox", { folder: sandbox, to: 0 }),
    () => client.request("sopm/repairSandbox", { folder: sandbox }),
  ]) {
    const heard = told();
    await work();
    assert.deepEqual(await heard, { folder: sandbox });
  }
});

test("the introduction is the one that the screen shows the reader, and cannot run anything", async (t) => {
  const intros = `<IntroInstall Type="pre" Lang="en" Title="Hi">English.</IntroInstall>
    <IntroInstall Type="pre" Lang="de" Title="Hallo">Deutsch.&lt;script&gt;alert(1)&lt;/script&gt;</IntroInstall>`;
  const { client, uri } = await editor(t, goodSpec.replace("<Filelist>", `${intros}<Filelist>`));
  const shown = (operation: string, phase: string) =>
    client.request<ShownIntroResult | null>("sopm/shownIntro", { uri, operation, phase });
  const before = await shown("install", "pre");
  assert.ok(before?.kind === "intro");
  assert.equal(before.title, "Acme 1.0.0");
  assert.match(before.html, /<h3>Hallo<\/h3>Deutsch\./);
  assert.doesNotMatch(before.html, /script/);
  assert.equal(await shown("install", "post"), null);
  assert.equal(await shown("uninstall", "pre"), null);
});

test("a damaged sandbox is told as damaged before anybody opens it, is repaired, and goes even when nobody knows it any more", async (t) => {
  const { client, sandbox, packages, details } = await editor(t);
  const facts = async () => {
    const result = await client.request<SystemsResult>("sopm/systems", {});
    assert.ok(result.kind === "systems");
    return result.sandboxes.map(({ name, problem, isDamaged }) => ({ name, problem, isDamaged }));
  };
  assert.deepEqual(await facts(), [{ name: "Box", problem: undefined, isDamaged: false }]);
  rmSync(join(sandbox, "home"), { recursive: true });
  const problem = `„home“ in der Sandbox „${sandbox}“ ist beschädigt: nicht vorhanden.`;
  assert.deepEqual(await facts(), [{ name: "Box", problem, isDamaged: true }]);
  const repaired = await client.request<RepairOutcome>("sopm/repairSandbox", { folder: sandbox });
  assert.equal(repaired.kind, "repaired", JSON.stringify(repaired));
  assert.equal((await details())[0]?.isDeployed, false);
  for (const name of readdirSync(join(sandbox, "archives"))) rmSync(join(sandbox, "archives", name));
  const [lost] = await facts();
  assert.ok(lost?.isDamaged);
  assert.match(lost.problem!, /Ein Archiv .* fehlt oder ist beschädigt/);
  assert.equal((await packages()).length, 1);
  for (const file of ["sandbox.data", "states/description.data"]) truncateSync(join(sandbox, file), 90);
  assert.equal((await facts())[0]?.isDamaged, true);
  const dropped = await client.request<DropOutcome>("sopm/dropSandbox", { folder: sandbox });
  assert.ok(dropped.kind === "dropped", JSON.stringify(dropped));
  assert.match(dropped.note!, /^Ob die Sandbox Datenbanken/);
  assert.deepEqual(await facts(), []);
});
