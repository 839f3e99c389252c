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
      "Upgrade von 1.0.0",
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
