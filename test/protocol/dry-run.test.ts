import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CancellationTokenSource, type CodeLens } from "vscode-languageserver";
import type {
  DryRunParams,
  DryRunResult,
  EarlierChoice,
  ExportDryRunResult,
} from "../../server/src/protocol/dry-run.ts";
import type { RequestFailed } from "../../server/src/protocol/request.ts";
import type {
  ApplyOutcome,
  CreateSandboxResult,
  DeployCheckResult,
  RepairOutcome,
  SandboxOperationsResult,
  SystemsResult,
  UndoOutcome,
} from "../../server/src/protocol/sandbox.ts";
import type { ScenariosResult } from "../../server/src/protocol/scenarios.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";

type Report = Extract<DryRunResult, { kind: "report" }>;

const withCode = goodSpec.replace(
  "</Filelist>",
  `</Filelist>
    <CodeInstall Type="post">die "no";</CodeInstall>
    <CodeInstall Type="later">1;</CodeInstall>`,
);

describe("dry runs and sandboxes over stdio", () => {
  let client: LanguageClient;
  let folder: string;
  let spec: string;
  let uri: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sopm-protocol-"));
    for (const [path, content] of Object.entries(goodPackage)) {
      mkdirSync(join(folder, "ws", path, ".."), { recursive: true });
      writeFileSync(join(folder, "ws", path), content);
    }
    spec = join(folder, "ws", "Acme.sopm");
    uri = fileUri(spec);
    client = new LanguageClient();
    await client.initialize({
      workspaceFolders: [{ uri: fileUri(join(folder, "ws")), name: "ws" }],
      initializationOptions: {
        trusted: true,
        locale: "en",
        ownCommands: true,
        storageFolder: join(folder, "storage"),
      },
    });
    await client.open(uri, goodSpec);
  });

  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const dryRun = (params: Partial<DryRunParams> = {}) =>
    client.request<DryRunResult>("sopm/dryRun", { uri, operation: "install", ...params });

  async function report(params: Partial<DryRunParams> = {}): Promise<Report> {
    const result = await dryRun(params);
    assert.ok(result.kind === "report", JSON.stringify(result));
    return result;
  }

  test("says what an install of a good package would do", async () => {
    const { heading, verdict, html, findings, documentVersion } = await report();
    assert.match(heading, /install Acme 1\.0\.0 on Znuny 7\.1/);
    assert.equal(verdict.kind, "good");
    assert.match(html, /Kernel\/System\/Acme\.pm/);
    assert.deepEqual(findings, []);
    assert.equal(documentVersion, 1);
  });

  test("takes the text of the editor, and puts findings at their places in it", async () => {
    const other = fileUri(join(folder, "ws", "Code.sopm"));
    await client.open(other, withCode);
    const { findings, assumable } = await report({ uri: other });
    const line = withCode.slice(0, withCode.indexOf('<CodeInstall Type="post"')).split("\n").length - 1;
    assert.deepEqual(
      findings.map(({ range, code, severity }) => [range.start.line, code, severity]),
      // Of the section with the unknown phase lint says already that it never runs.
      [[line, "step-fails", 1]],
    );
    assert.match(findings[0]!.message, /^Install: /);
    assert.deepEqual(
      assumable.map(({ assumed }) => assumed),
      [undefined],
    );
  });

  test("installs what is required and in the workspace, as it is typed, when it is asked to", async () => {
    const rename = (text: string, name: string, elements: string) =>
      text
        .replace("<Name>Acme</Name>", `<Name>${name}</Name>`)
        .replace("System/Acme.pm", `System/${name}.pm`)
        .replace("    <Filelist>", `    ${elements}\n    <Filelist>`);
    const table = (version: string) =>
      rename(goodSpec, "Base", "").replace("<Version>1.0.0<", `<Version>${version}<`);
    const base = fileUri(join(folder, "ws", "Base.sopm"));
    const desk = fileUri(join(folder, "ws", "Desk.sopm"));
    await client.open(base, table("1.0.0"));
    await client.open(
      desk,
      rename(goodSpec, "Desk", '<PackageRequired Version="1.1.0">Base</PackageRequired>'),
    );
    const said = async () => (await report({ uri: desk, workspacePackages: true })).html;
    assert.match(await said(), /tables and modules that nobody knows: Base 1\.1\.0\./);
    await client.change(base, [{ text: table("1.2.0") }]);
    assert.match(await said(), /installed as they are in the workspace: Base 1\.2\.0\./);
    const alone = await report({ uri: desk });
    assert.match(alone.html, /tables and modules that nobody knows: Base 1\.1\.0\./);
    for (const each of [base, desk])
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: each } });
  });

  test("assumes what the reader assumes", async () => {
    const other = fileUri(join(folder, "ws", "Code.sopm"));
    const { key } = (await report({ uri: other })).assumable[0]!;
    const { verdict, assumable, html } = await report({ uri: other, assume: { [key]: "fails" } });
    assert.equal(verdict.kind, "look");
    assert.deepEqual(assumable, [{ key, assumed: "fails" }]);
    assert.match(html, /assumed to fail/);
  });

  test("tries the product that is named, and says which products there are", async () => {
    const { products, fitting } = await client.request<SystemsResult>("sopm/systems", { uri });
    assert.ok(products.includes("Znuny 7.1.x"), products.join());
    assert.match(fitting ?? "", /^Znuny 7\.1\.\d+$/);
    const { heading, verdict } = await report({ system: { kind: "product", product: "OTOBO 11.0.x" } });
    assert.match(heading, /OTOBO 11\.0\.x/);
    assert.equal(verdict.kind, "bad");
    const unknown = await dryRun({ system: { kind: "product", product: "Zammad 6" } });
    assert.match((unknown as RequestFailed).message, /Zammad 6/);
  });

  test("obeys the settings where nothing is named", async () => {
    client.settings = { productVersion: "Znuny 7.1.2", database: "oracle" };
    const { heading } = await report();
    client.settings = {};
    assert.match(heading, /Znuny 7\.1\.2 with Oracle/);
  });

  test("upgrades from a version, a past spec and an archive", async () => {
    const from = (choice: EarlierChoice) => report({ operation: "upgrade", from: choice });
    const byVersion = await from({ kind: "version", version: "0.9.0" });
    assert.match(byVersion.html, /0\.9\.0 is installed/);
    const past = goodSpec.replace("<Version>1.0.0", "<Version>0.8.0").replaceAll("Acme.pm", "Old.pm");
    const byTag = await from({ kind: "text", text: past, origin: "v0.8.0" });
    assert.match(byTag.html, /0\.8\.0/);
    // The file that only the old version has is removed.
    assert.match(byTag.html, /Kernel\/System\/Old\.pm/);
    const archive = join(folder, "Acme-0.7.0.opm");
    writeFileSync(
      archive,
      goodSpec
        .replace("<Version>1.0.0", "<Version>0.7.0")
        .replace(/<File ([^>]*)\/>/, '<File $1 Encode="Base64">MTsK</File>'),
    );
    const byArchive = await from({ kind: "file", uri: fileUri(archive) });
    assert.match(byArchive.html, /0\.7\.0 is installed/);
    assert.equal(byArchive.verdict.kind, "good");
    const missing = await dryRun({
      operation: "upgrade",
      from: { kind: "file", uri: fileUri(`${archive}.opm`) },
    });
    assert.match((missing as RequestFailed).message, /There is no archive/);
  });

  describe("with a configuration that names dry runs", () => {
    /** The spec of a folder of its own, for which a configuration names these scenarios. */
    const specWith = async (name: string, scenarios: object | undefined) => {
      const of = join(folder, "ws", name);
      mkdirSync(of, { recursive: true });
      if (scenarios) writeFileSync(join(of, "sopm.json"), JSON.stringify({ scenarios }));
      const opened = fileUri(join(of, "Acme.sopm"));
      await client.open(opened, goodSpec);
      return opened;
    };
    let configured: string;
    before(async () => {
      mkdirSync(join(folder, "ws/many/base/Kernel/System"), { recursive: true });
      writeFileSync(join(folder, "ws/many/base/Base.sopm"), goodSpec.replaceAll("Acme", "Base"));
      writeFileSync(join(folder, "ws/many/base/Kernel/System/Base.pm"), "1;");
      configured = await specWith("many", {
        Fresh: {
          ...{ operation: "install", productVersion: "Znuny 7.1.3", database: "oracle" },
          ...{ before: ["base/Base.sopm"], requirements: "check", entrance: "console", force: true },
        },
        Up: { operation: "upgrade", from: "0.9.0" },
        Bare: { operation: "upgrade" },
        Torn: { productVersion: "Znuny 7.1.3" },
        Two: { operation: "install", productVersion: "Znuny 7.1.3", sandbox: "here" },
        Number: 3,
      });
    });

    test("lists them with what each does, and those that cannot be tried with the reason", async () => {
      const listed = await client.request<ScenariosResult>("sopm/scenarios", { uri: configured });
      assert.ok(listed.kind === "scenarios");
      assert.deepEqual(
        listed.scenarios.map((each) =>
          each.kind === "usable"
            ? [each.name, each.facts.join(" · "), each.force, each.needsEarlier]
            : [each.name, each.problem],
        ),
        [
          [
            "Fresh",
            "Install · on Znuny 7.1.3 · Oracle · after Base.sopm · what is required has to be installed · by the console · with Force",
            true,
            false,
          ],
          ["Up", "Upgrade · from 0.9.0", false, false],
          ["Bare", "Upgrade", false, true],
          [
            "Torn",
            "The scenario “Torn” has no operation, so that it cannot be tried. Say what is done to the package.",
          ],
          [
            "Two",
            "The scenario “Two” names several systems: productVersion, frameworkHome and sandbox exclude each other. It cannot be tried.",
          ],
          ["Number", "The value of “Number” is no object in braces. It has no effect."],
        ],
      );
      const untitled = await client.request<ScenariosResult>("sopm/scenarios", { uri: "untitled:New" });
      assert.deepEqual(untitled, { kind: "scenarios", scenarios: [] });
    });

    test("tries one as it says, whatever else was asked for", async () => {
      const fresh = await report({
        ...{
          operation: "uninstall",
          uri: configured,
          scenario: "Fresh",
          system: { kind: "product", product: "OTOBO 11.0.x" },
        },
      });
      assert.equal(fresh.operation, "install");
      assert.match(fresh.heading, /install Acme 1\.0\.0 on Znuny 7\.1\.3 with Oracle/);
      assert.match(fresh.html, /Packages are installed before: Base 1\.0\.0\./);
      const up = await report({
        uri: configured,
        scenario: "Up",
        system: { kind: "product", product: "Znuny 7.1.2" },
      });
      assert.match(up.heading, /upgrade Acme from 0\.9\.0 to 1\.0\.0 on Znuny 7\.1\.2/);
      assert.equal(up.upgradedFrom, "0.9.0");
      const chosen = await report({
        uri: configured,
        scenario: "Bare",
        from: { kind: "version", version: "0.8.0" },
      });
      assert.match(chosen.heading, /from 0\.8\.0/);
    });

    test("reads what is installed before as it is typed, and again when it has changed", async () => {
      const base = fileUri(join(folder, "ws/many/base/Base.sopm"));
      await client.open(base, goodSpec.replaceAll("Acme", "Base").replace("1.0.0", "2.0.0"));
      assert.match(
        (await report({ uri: configured, scenario: "Fresh" })).html,
        /Packages are installed before: Base 2\.0\.0\./,
      );
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: base } });
    });

    test("says why one cannot be tried", async () => {
      const message = async (of: string, scenario: string) =>
        ((await dryRun({ uri: of, scenario })) as RequestFailed).message;
      assert.equal(
        await message(configured, "Down"),
        "There is no scenario “Down”. There are: Fresh, Up, Bare.",
      );
      assert.match(await message(configured, "Torn"), /^The scenario “Torn” has no operation/);
      assert.match(await message(configured, "Number"), /is no object in braces/);
      const lost = await specWith("lost", {
        Lost: { operation: "install", before: ["nowhere.opm"] },
        Odd: { operation: "install", productVersion: "Zammad 6" },
      });
      assert.match(await message(lost, "Lost"), /nowhere\.opm/);
      assert.match(await message(lost, "Odd"), /Zammad 6/);
      const none = await specWith("none", undefined);
      assert.match(await message(none, "Up"), /no sopm\.json that holds for .*Acme\.sopm.* has any/);
    });
  });

  test("exports the report in each form", async () => {
    const exported = async (format: string) => {
      const params = { uri, operation: "install", format };
      const result = await client.request<ExportDryRunResult>("sopm/exportDryRun", params);
      assert.ok(result.kind === "exported", JSON.stringify(result));
      return result.text;
    };
    assert.equal(JSON.parse(await exported("json")).package.name, "Acme");
    assert.match(await exported("markdown"), /^# Dry run: install Acme/);
    const html = await exported("html");
    assert.match(html, /^<!DOCTYPE html>/);
    assert.doesNotMatch(html, /<script|<button/);
  });

  test("offers dry runs above the root element to a client that has the commands", async () => {
    const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    const commands = lenses.map(({ command }) => command!.command);
    assert.deepEqual(commands.slice(0, 2), ["sopm.dryRunInstall", "sopm.dryRunUpgrade"]);
    assert.deepEqual(
      [...new Set(lenses.map(({ range }) => range.start.line))],
      [goodSpec.split("\n").findIndex((line) => line.startsWith("<otrs_package"))],
    );
    assert.deepEqual(lenses[0]!.command!.arguments, [uri]);
  });

  test("a sandbox is made, changed, checked and brought back", async () => {
    const made = await client.request<CreateSandboxResult>("sopm/createSandbox", {
      name: "Mine",
      framework: { kind: "product", product: "Znuny 7.1.3" },
    });
    assert.ok(made.kind === "made", JSON.stringify(made));
    const { sandbox } = made;
    assert.equal(sandbox.folder, join(folder, "storage", "sandboxes", "Mine"));
    assert.equal(sandbox.product, "Znuny 7.1.3");
    const { sandboxes } = await client.request<SystemsResult>("sopm/systems", {});
    assert.deepEqual(sandboxes, [sandbox]);

    const apply = (operation: string) =>
      client.request<ApplyOutcome>("sopm/applyToSandbox", { uri, operation, folder: sandbox.folder });
    const installed = await apply("install");
    assert.ok(installed.kind === "applied", JSON.stringify(installed));
    const file = join(sandbox.folder, "home/Kernel/System/Acme.pm");
    assert.equal(readFileSync(file, "utf8"), goodPackage["Kernel/System/Acme.pm"]);

    const system = { kind: "sandbox", folder: sandbox.folder } as const;
    assert.match((await report({ system })).heading, /Znuny 7\.1\.3/);
    const again = await apply("install");
    assert.ok(again.kind === "refused", JSON.stringify(again));
    assert.match(again.reasons.join(), /1\.0\.0/);

    writeFileSync(file, "changed by hand");
    const check = await client.request<DeployCheckResult>("sopm/deployCheck", { folder: sandbox.folder });
    assert.ok(check.kind === "checked");
    assert.deepEqual(check.packages, [
      {
        ...{ name: "Acme", version: "1.0.0", isDeployed: false },
        files: [{ location: "Kernel/System/Acme.pm", path: file, state: "different" }],
      },
    ]);

    const past = await client.request<SandboxOperationsResult>("sopm/sandboxOperations", {
      folder: sandbox.folder,
    });
    assert.ok(past.kind === "operations");
    assert.deepEqual(
      past.operations.map(({ title, isPresent }) => [title, isPresent]),
      [
        ["Install Acme 1.0.0", true],
        ["The sandbox was made", false],
      ],
    );
    const undone = await client.request<UndoOutcome>("sopm/undoInSandbox", { folder: sandbox.folder, to: 0 });
    assert.equal(undone.kind, "undone");
    assert.ok(!existsSync(file));
  });

  test("tries it on the sandbox or the framework that the settings name", async () => {
    client.settings = { sandbox: "Mine" };
    const inSandbox = await report();
    const home = join(folder, "framework");
    mkdirSync(join(home, "Kernel"), { recursive: true });
    writeFileSync(join(home, "RELEASE"), "PRODUCT = Znuny\nVERSION = 7.1.4\n");
    writeFileSync(join(home, "Kernel/Config.pm"), "$Self->{DatabaseDSN} = 'DBI:Pg:dbname=znuny';\n");
    client.settings = { frameworkHome: "../framework" };
    const onFramework = await report();
    client.settings = { sandbox: "Nowhere" };
    const nowhere = await dryRun();
    client.settings = {};
    assert.match(inSandbox.heading, /Znuny 7\.1\.3 with MariaDB/);
    assert.match(onFramework.heading, /Znuny 7\.1\.4 with PostgreSQL/);
    assert.match((nowhere as RequestFailed).message, /There is no sandbox in/);
  });

  test("can be told that nobody wants the answer any more", async () => {
    const wish = new CancellationTokenSource();
    const params = { uri, operation: "install" };
    const answer = client.connection.sendRequest<DryRunResult>("sopm/dryRun", params, wish.token);
    wish.cancel();
    assert.deepEqual(await answer, { kind: "cancelled" });
    assert.equal((await report()).verdict.kind, "good");
  });

  test("makes a sandbox in the workspace, which Git does not see", async () => {
    const made = await client.request<CreateSandboxResult>("sopm/createSandbox", {
      name: "Here",
      framework: { kind: "product", product: "OTOBO 11.0.1" },
      workspaceFolder: join(folder, "ws"),
    });
    assert.ok(made.kind === "made", JSON.stringify(made));
    assert.deepEqual(made.sandbox, {
      folder: join(folder, "ws", ".sopm", "Here"),
      ...{ name: "Here", product: "OTOBO 11.0.1", place: "workspace", isDamaged: false },
    });
    assert.equal(readFileSync(join(folder, "ws", ".sopm", ".gitignore"), "utf8"), "*\n");
    const { sandboxes } = await client.request<SystemsResult>("sopm/systems", {});
    assert.deepEqual(
      sandboxes.map(({ name, place }) => `${name} ${place}`),
      ["Here workspace", "Mine storage"],
    );
    const elsewhere = { name: "X", framework: { kind: "product", product: "Znuny 7.1.3" } };
    const outside = { ...elsewhere, workspaceFolder: folder };
    assert.equal((await client.request<CreateSandboxResult>("sopm/createSandbox", outside)).kind, "failed");
  });

  test("makes the sandbox of a package's product when there is none yet", async () => {
    const outcome = await client.request<ApplyOutcome>("sopm/applyToSandbox", { uri, operation: "install" });
    assert.ok(outcome.kind === "applied", JSON.stringify(outcome));
    assert.match(outcome.sandbox.name, /^Znuny 7\.1\.\d+$/);
    assert.ok(existsSync(join(outcome.sandbox.folder, "home/Kernel/System/Acme.pm")));
  });

  test("names a damaged sandbox and repairs it", async () => {
    const made = await client.request<CreateSandboxResult>("sopm/createSandbox", {
      name: "Damaged",
      framework: { kind: "product", product: "Znuny 7.1.3" },
    });
    assert.ok(made.kind === "made");
    const { folder } = made.sandbox;
    await client.request<ApplyOutcome>("sopm/applyToSandbox", { uri, operation: "install", folder });
    rmSync(join(folder, "states/1.data"));
    const failed = await client.request<RequestFailed>("sopm/deployCheck", { folder });
    assert.equal(failed.damaged, folder);
    assert.match(failed.hint, /sopm sandbox repair/);
    const repaired = await client.request<RepairOutcome>("sopm/repairSandbox", { folder });
    assert.ok(repaired.kind === "repaired", JSON.stringify(repaired));
    assert.deepEqual(repaired.left, []);
    assert.match(repaired.steps.join("\n"), /operation 1 is lost/);
    assert.equal((await client.request<DeployCheckResult>("sopm/deployCheck", { folder })).kind, "checked");
  });

  test("refuses what it cannot do, says why, and goes on", async () => {
    const nowhere = { folder: join(folder, "nowhere") };
    const missing = await client.request<RequestFailed>("sopm/deployCheck", nowhere);
    assert.match(missing.message, /There is no sandbox in/);
    const named = { name: "../evil", framework: { kind: "product", product: "Znuny 7.1.3" } };
    const evil = await client.request<CreateSandboxResult>("sopm/createSandbox", named);
    assert.equal(evil.kind, "failed");
    const gone = fileUri(join(folder, "ws", "Gone.sopm"));
    assert.equal((await dryRun({ uri: gone })).kind, "failed");
    const unfinished = fileUri(join(folder, "ws", "Unfinished.sopm"));
    await client.open(unfinished, "<otrs_package><Name>");
    assert.equal((await report({ uri: unfinished })).verdict.kind, "bad");
    const lost = fileUri(join(folder, "ws", "Lost.sopm"));
    await client.open(lost, goodSpec.replace("System/Acme.pm", "System/Lost.pm"));
    const refused = await client.request<ApplyOutcome>("sopm/applyToSandbox", {
      uri: lost,
      operation: "install",
    });
    assert.match((refused as RequestFailed).message, /Lost\.pm/);
    assert.equal((await report()).verdict.kind, "good");
  });
});
