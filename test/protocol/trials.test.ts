import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { DryRunResult } from "../../server/src/protocol/dry-run.ts";
import type { TrialOutcome, TrialsResult } from "../../server/src/protocol/trials.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { madeSpec } from "../support/made-history.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const id = '<Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>';
const note = '<Column Name="note" Type="VARCHAR" Size="200" Required="false"/>';
const uninstall = '<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>';
const older = `<DatabaseInstall>\n<TableCreate Name="acme">${id}</TableCreate>\n</DatabaseInstall>${uninstall}`;
const present = `<DatabaseInstall>\n<TableCreate Name="acme">${id}${note}</TableCreate>\n</DatabaseInstall>${uninstall}`;
const rest = `<License>GPL</License><Description Lang="en">Acme.</Description>`;
const spec = madeSpec({
  version: "2.0.0",
  sections: `${rest}${present}`,
  files: { "Kernel/System/Acme.pm": "", "scripts/test/Acme.t": "" },
});

interface Trials {
  readonly client: LanguageClient;
  readonly uri: string;
  readonly list: () => Promise<TrialsResult>;
  readonly run: (trial: string, filesMayHaveChanged?: boolean) => Promise<TrialOutcome>;
}

async function opened(t: TestContext, files: Readonly<Record<string, string>> = {}): Promise<Trials> {
  const folder = temporaryFolder(t, {
    "Acme.sopm": spec,
    "Acme-1.0.0.opm": madeSpec({ version: "1.0.0", sections: older }),
    "Kernel/System/Acme.pm": "1;\n",
    "scripts/test/Acme.t": "1;\n",
    ...files,
  });
  const client = new LanguageClient();
  t.after(() => client.stop());
  await client.initialize({
    locale: "de",
    workspaceFolders: [{ uri: fileUri(folder), name: "acme" }],
    initializationOptions: { trusted: true, ownCommands: true },
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  await client.open(uri, spec);
  return {
    client,
    uri,
    list: () => client.request<TrialsResult>("sopm/trials", { uri }),
    run: (trial, filesMayHaveChanged) =>
      client.request<TrialOutcome>("sopm/runTrial", { uri, trial, filesMayHaveChanged }),
  };
}

test("a package has its trials by systems, with the dry run that shows each", async (t) => {
  const { client, uri, list } = await opened(t);
  const { name, systems, tests } = await list();
  assert.equal(name, "Acme");
  assert.deepEqual(
    systems.map(({ title }) => title),
    ["Znuny 7.1.7 mit MariaDB"],
  );
  assert.deepEqual(
    systems[0]!.trials.map(({ title }) => title),
    [
      "Installation",
      "Neuinstallation nach einer geänderten Datei",
      "Deinstallation lässt nichts zurück",
      "erneute Installation nach der Deinstallation",
      "Aktualisierung von 1.0.0",
    ],
  );
  assert.deepEqual(
    tests.map(({ location }) => location),
    ["scripts/test/Acme.t"],
  );
  const { from, ...report } = systems[0]!.trials.at(-1)!.report;
  const found = { kind: "found", of: uri, version: from, isStepByStep: false };
  const shown = await client.request<DryRunResult>("sopm/dryRun", { uri, ...report, from: found });
  assert.equal(shown.kind, "report");
});

test("a trial fails at the element, with what is to be compared, in the reader's language", async (t) => {
  const { list, run } = await opened(t);
  const { systems } = await list();
  const trials = systems.flatMap((each) => each.trials);
  const outcomes: TrialOutcome[] = [];
  for (const [index, trial] of trials.entries()) outcomes.push(await run(trial.id, index === 0));
  assert.deepEqual(
    outcomes.map(({ result }) => result),
    ["passed", "passed", "passed", "passed", "failed"],
  );
  const [failure] = outcomes.at(-1)!.failures;
  assert.match(failure!.message, /keine Spalte note/);
  const line = spec.split("\n").findIndex((each) => each.includes('Name="note"'));
  assert.equal(failure!.range?.start.line, line);
  assert.deepEqual(failure!.compared, {
    expected: "acme.note: VARCHAR (200) NULL",
    actual: "acme.note: nicht da",
  });
});

test("it follows what is typed, and a trial that is gone is none", async (t) => {
  const { client, uri, list, run } = await opened(t);
  const trials = (await list()).systems.flatMap((each) => each.trials);
  const upgrade = trials.at(-1)!.id;
  assert.equal((await run(upgrade)).result, "failed");
  const altered = `<DatabaseUpgrade><TableAlter Name="acme" Version="2.0.0"><ColumnAdd Name="note" Type="VARCHAR" Size="200" Required="false"/></TableAlter></DatabaseUpgrade>`;
  await client.change(uri, [{ text: spec.replace(uninstall, altered + uninstall) }]);
  assert.equal((await run(upgrade, false)).result, "passed");
  assert.equal(await run("Znuny 7.1.7/upgrade/0.1.0"), null);
  const closed = await client.request("sopm/trials", { uri: `${uri}x` });
  assert.equal(closed, null);
});

test("scenarios are trials, and those that cannot be tried say why", async (t) => {
  const scenarios = {
    Released: { operation: "upgrade", from: "1.0.0" },
    Silent: { operation: "upgrade" },
    Refused: { operation: "upgrade", from: "3.0.0", expect: "refusal" },
  };
  const { list, run } = await opened(t, { "sopm.json": JSON.stringify({ scenarios }) });
  const trials = (await list()).systems.flatMap((each) => each.trials);
  const named = trials.filter(({ report }) => report.scenario !== undefined);
  const results = await Promise.all(named.map(async ({ id, report }) => [report.scenario, await run(id)]));
  const of = Object.fromEntries(results) as Record<string, TrialOutcome>;
  assert.equal(of.Released!.result, "passed");
  assert.equal(of.Refused!.result, "passed");
  assert.equal(of.Silent!.result, "unknown");
  assert.match(of.Silent!.notes.join(), /„from“/);
});

test("the dry run of a trial is the one that was tried", async (t) => {
  const merge = '<PackageMerge Name="Notes" TargetVersion="2.0.0"/>';
  const withNotes = `${merge}<CodeInstall IfPackage="Notes">1;</CodeInstall>${rest}${present}`;
  const required = '<PackageRequired Version="1.0.0">Base</PackageRequired>';
  const text = madeSpec({
    version: "2.0.0",
    sections: `${required}${withNotes}`,
    files: { "Kernel/System/Acme.pm": "" },
  });
  const other = (name: string, version: string) =>
    madeSpec({ version, sections: rest }).replace("<Name>Acme</Name>", `<Name>${name}</Name>`);
  const { client, uri, list } = await opened(t, {
    "Acme-1.0.0.opm": madeSpec({ version: "1.0.0", sections: `${required}${older}` }),
    "Base.sopm": other("Base", "1.1.0"),
    "Base-1.0.0.opm": other("Base", "1.0.0"),
    "Notes.sopm": other("Notes", "1.5.0"),
  });
  await client.change(uri, [{ text }]);
  const trials = (await list()).systems.flatMap((each) => each.trials);
  const shown = async (kind: string) => {
    const { report } = trials.find(({ id }) => id.split("/")[1] === kind)!;
    const answer = await client.request<DryRunResult>("sopm/dryRun", { uri, ...report, documented: false });
    assert.equal(answer.kind, "report", JSON.stringify(answer));
    return answer as Extract<DryRunResult, { kind: "report" }>;
  };
  const plain = await shown("install");
  assert.match(plain.html, /IfPackage/);
  const installed = await shown("install-with");
  assert.equal(installed.operation, "install");
  assert.match(installed.html, /Notes 1\.5\.0 ist vorher installiert\./);
  assert.equal(plain.assumable.length, 0, "no code runs where there is nothing to be merged");
  const reinstalled = await shown("reinstall");
  assert.equal(reinstalled.operation, "reinstall");
  assert.match(reinstalled.html, /8 B, dann 3 B/, "the changed file is written anew");
  assert.equal((await shown("install-again")).operation, "install");
  const updated = await shown("update-all");
  assert.deepEqual([updated.operation, updated.upgradedFrom], ["upgrade", "1.0.0"]);
  assert.match(updated.html, /Base 1\.1\.0/);
  // What is assumed of its steps is heard.
  const step = installed.assumable[0]!;
  const { report } = trials.find(({ id }) => id.includes("/install-with/"))!;
  const assumed = await client.request<DryRunResult>("sopm/dryRun", {
    ...{ uri, ...report },
    assume: { [step.key]: "fails" },
  });
  assert.equal(assumed.kind, "report");
  assert.equal(assumed.kind === "report" && assumed.assumable.some((each) => each.assumed === "fails"), true);
});

test("a dry run of a trial that is gone says so", async (t) => {
  const { client, uri } = await opened(t);
  const answer = await client.request<DryRunResult>("sopm/dryRun", {
    ...{ uri, operation: "install" },
    trial: "Znuny 7.1.7/install-with/Gone",
  });
  assert.equal(answer.kind, "failed");
  assert.match(answer.kind === "failed" ? answer.message : "", /Diese Probe hat das Paket nicht mehr\./);
});
