import assert from "node:assert/strict";
import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type {
  EndedUnitTest,
  LinkResult,
  TestSystemRunResult,
  TestSystemTaskResult,
  UnitTestsResult,
} from "../../server/src/protocol/test-systems.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { frameworkBox } from "../support/framework-box.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { addPerlFramework } from "../support/perl-framework.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function scene(context: TestContext, { trusted = true, allows = "once" as string | null } = {}) {
  process.env.XDG_STATE_HOME = temporaryFolder(context);
  const box = frameworkBox(context);
  const folder = temporaryFolder(context, goodPackage);
  const client = new LanguageClient();
  context.after(() => client.stop());
  const asked: { system: string; commands: readonly string[] }[] = [];
  const lines: string[] = [];
  client.settings = { testSystems: { box: { command: [], home: box.home }, odd: { home: "x" } } };
  if (allows !== null) {
    client.connection.onRequest("sopm/allowCommands", (params) => {
      asked.push(params);
      return allows;
    });
  }
  client.connection.onNotification("sopm/testSystemOutput", ({ kind, line }) => {
    lines.push(`${kind}: ${line}`);
  });
  await client.initialize({
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    initializationOptions: { trusted },
    locale: "de",
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  const run = (operation = "install", system = "box") =>
    client.request<TestSystemRunResult>("sopm/runOnTestSystem", { uri, operation, system, readsLog: false });
  const task = (name: string) =>
    client.request<TestSystemTaskResult>("sopm/testSystemTask", { system: "box", task: name });
  const ended: EndedUnitTest[] = [];
  client.connection.onNotification("sopm/unitTestEnded", (params) => {
    ended.push(params);
    lines.push(`ended: ${params.file}`);
  });
  const runTests = (...files: readonly string[]) =>
    client.request<UnitTestsResult>("sopm/runUnitTests", { system: "box", run: "7", files });
  return { box, client, uri, asked, lines, run, task, ended, runTests };
}

test("a package is installed on a test system, and what came otherwise stands at its element", async (context) => {
  const { box, asked, lines, run, task } = await scene(context);
  box.plant({ change: "Kernel/System/Acme.pm" });
  const result = await run();
  assert.ok(result.kind === "compared", JSON.stringify(result));
  assert.equal(result.verdict.kind, "bad");
  assert.match(
    result.verdict.sentence,
    /^Vom Probelauf vorausgesagt und verglichen: \d+\. Anders gekommen: 2\.$/,
  );
  assert.match(result.text, /≠ Datei Kernel\/System\/Acme\.pm/);
  assert.deepEqual(
    result.findings.map(({ range, code, message }) => [range.start.line, code, message.split(":")[0]]),
    [
      [0, "foretold", "Dateien, wie das Framework sie sieht Acme"],
      [11, "foretold", "Datei Kernel/System/Acme.pm"],
    ],
  );
  assert.doesNotMatch(result.case!, /Acme/);
  assert.equal(asked.length, 1);
  assert.match(asked[0]!.commands.join("\n"), /Admin::Package::Install \{archive\}/);
  assert.ok(lines.includes("output: Installing package..."), lines.join("\n"));
  assert.ok(lines.some((line) => /^command: \S+ Admin::Package::Install \S+\.opm$/.test(line)));

  box.plant({});
  const uninstalled = await run("uninstall");
  assert.ok(
    uninstalled.kind === "compared" && uninstalled.verdict.kind === "good",
    JSON.stringify(uninstalled),
  );
  assert.deepEqual(uninstalled.findings, []);
  assert.deepEqual(await task("clear-caches"), { kind: "done", succeeded: true, reason: "" });
});

test("the phases of a spec that some operation runs are told, and one of them is run alone", async (context) => {
  const { box, client, uri, asked, lines } = await scene(context);
  addPerlFramework(box);
  const sections = `<CodeInstall Type="pre">print "before\\n";</CodeInstall><DatabaseUpgrade Type="pre"/><DatabaseReinstall/>`;
  await client.open(uri, goodSpec.replace("</otrs_package>", `${sections}</otrs_package>`));
  assert.deepEqual(await client.request("sopm/phases", { uri }), {
    ...{ kind: "phases", phases: [{ section: "CodeInstall", phase: "pre" }] },
  });
  const ask = { uri, system: "box", section: "CodeInstall" };
  const ran = await client.request("sopm/runPhase", { ...ask, phase: "pre" });
  assert.deepEqual(ran, { kind: "done", succeeded: true, reason: "" });
  assert.match(asked[0]!.commands.join("\n"), /^perl \{program\} .*\nuse strict;/m);
  assert.ok(lines.includes("output: before"), lines.join("\n"));
  const none = await client.request<TestSystemTaskResult>("sopm/runPhase", { ...ask, phase: "post" });
  assert.ok(none.kind === "failed");
  assert.equal(none.message, "Das Paket hat kein CodeInstall in der Phase post.");
});

test("links to the files of a package are shown, made and removed", async (context) => {
  const { box, client, uri, asked } = await scene(context);
  const link = (work: string, perform: boolean) =>
    client.request<LinkResult>("sopm/linkPackage", { uri, system: "box", work, perform });
  const path = join(box.home, "Kernel/System/Acme.pm");
  const planned = await link("link", false);
  assert.ok(planned.kind === "planned", JSON.stringify(planned));
  assert.equal(planned.count, 1);
  assert.match(planned.lines.join("\n"), /^\+ .*\/Acme\.pm -> .*\/Acme\.pm$/);
  assert.ok(!existsSync(path));
  assert.equal((await link("link", true)).kind, "done");
  assert.ok(lstatSync(path).isSymbolicLink());
  assert.equal((await link("unlink", true)).kind, "done");
  box.write("Kernel/System/Acme.pm", "the framework's\n");
  const refused = await link("link", true);
  assert.ok(refused.kind === "failed");
  assert.match(refused.message, /^Auf dem Testsystem „box“ wurde nichts geändert/);
  assert.match(refused.hint, /^! .*Acme\.pm: Dort steht schon etwas/);
  assert.deepEqual(asked, [], "no command is needed");
});

test("nothing is run for an editor whose reader refuses, which cannot ask, or whose workspace is not trusted", async (context) => {
  for (const [options, message] of [
    [{ allows: "no" }, /wurde nichts ausgeführt, weil seine Befehle nicht erlaubt wurden/],
    [{ allows: null }, /wurde nichts ausgeführt, weil seine Befehle nicht erlaubt wurden/],
    [{ allows: "certainly" }, /wurde nichts ausgeführt, weil seine Befehle nicht erlaubt wurden/],
    [{ trusted: false }, /nur aus einem vertrauenswürdigen Arbeitsbereich/],
  ] as const) {
    const { box, lines, run, task, runTests } = await scene(context, options);
    for (const result of [await run(), await task("clear-caches")]) {
      assert.ok(result.kind === "failed", JSON.stringify(result));
      assert.match(result.message, message);
    }
    // A test that its reader does not want to run is not one that failed.
    const tested = await runTests("scripts/test/A.t");
    assert.ok(tested.kind === ("trusted" in options ? "failed" : "refused"), JSON.stringify(tested));
    assert.match(tested.message, message);
    assert.deepEqual(
      lines.filter((line) => line.startsWith("command")),
      [],
    );
    assert.equal(box.read("var/state.json"), undefined);
  }
});

test("a test system that the settings do not name, or name wrongly, is refused", async (context) => {
  const { run } = await scene(context);
  for (const [name, message] of [
    ["lab", /nennt kein Testsystem „lab“/],
    ["odd", /„home“ des Testsystems „odd“ muss ein absoluter Pfad dort sein/],
  ] as const) {
    const result = await run("install", name);
    assert.ok(result.kind === "failed");
    assert.match(result.message, message);
  }
});

test("Perl tests are run in their order, and each has passed, failed or is not known", async (context) => {
  const { box, asked, lines, ended, runTests } = await scene(context);
  box.write("scripts/test/Acme.t", "1;");
  box.write("scripts/test/Acme/Red.t", "1;");
  box.plant({ failingTest: "Acme/Red" });
  const files = [
    ...["scripts/test/Acme.t", "scripts/test/Acme/Red.t", "scripts/test/Missing.t", "t/Acme.t"],
    ...["scripts/test/../../x.t", "scripts/test/$(id).t", "scripts/test/--help.t"],
  ];
  assert.deepEqual(await runTests(...files), { kind: "ran" });
  assert.deepEqual(
    ended.map(({ run, file, result }) => [run, file, result]),
    files.map((file, index) => ["7", file, ["passed", "failed"][index] ?? "unknown"]),
  );
  const [passed, failed, missing, ...strange] = ended.map(({ reason }) => reason);
  assert.equal(passed, "");
  assert.equal(failed, "Er ist auf dem Testsystem „box“ fehlgeschlagen: 1 tests failed.");
  assert.match(missing!, /sagt nicht, dass der Test gelaufen ist.* Das System sagt: No tests executed\.$/);
  for (const reason of strange.slice(0, 2)) assert.match(reason, /ist kein Unit-Test/);
  for (const reason of strange.slice(2)) assert.match(reason, /wird keinem Testsystem übergeben/);
  assert.deepEqual(asked.length, 1, "all of them are allowed at once");
  assert.match(asked[0]!.commands.join("\n"), /Dev::UnitTest::Run --test \{test\}$/m);
  assert.equal(lines.filter((line) => /^command: .*UnitTest/.test(line)).length, 3);
  assert.ok(lines.indexOf("output: All 3 tests passed.") < lines.indexOf("ended: scripts/test/Acme.t"));
});
