import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import type { ConsoleField, ConsoleOutput, ConsoleRun } from "../../server/src/engine/console/console-run.ts";
import {
  fileSearchCommand,
  listCommand,
  listFilesCommand,
} from "../../server/src/engine/console/list-commands.ts";
import type { ArchivePlaces } from "../../server/src/engine/console/resolve-location.ts";
import { runOperation } from "../../server/src/engine/console/run-operation.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { sharedFolder } from "../support/shared.ts";
import { packageOf, systemOf } from "../support/test-system.ts";

interface Scenario {
  readonly id: string;
  readonly steps: readonly RecordedStep[];
}

interface RecordedStep {
  readonly op: string;
  readonly args?: readonly string[];
  readonly package?: string;
  readonly raw?: string;
  readonly force?: boolean | number;
}

interface Trace {
  readonly exitCode: number;
  readonly stdout: string;
  readonly errors: readonly string[];
  readonly stateAfter: { readonly packages: readonly object[] };
}

checkScenarios("vectors/lifecycle", "otobo-11", "11.0.5");
checkScenarios("vectors-znuny/lifecycle", "znuny-7", "7.1.7");
checkScenarios("vectors-znuny/extra/lifecycle", "znuny-7", "7.1.7");
checkScenarios("vectors-otrs-6/lifecycle", "otrs-6", "6.0.41");

function checkScenarios(name: string, dialect: DialectId, version: string): void {
  const folder = sharedFolder(name);
  if (!folder) return;
  for (const { id, steps } of JSON.parse(
    readFileSync(join(folder, "scenarios.json"), "utf8"),
  ) as Scenario[]) {
    if (!steps.some(({ op }) => op === "console")) continue;
    test(`${name}: console commands of ${id}`, async () => {
      const traces = JSON.parse(readFileSync(join(folder, "traces", `${id}.json`), "utf8")).steps as Trace[];
      const archive = (id: string) => packageOf(readFileSync(join(folder, "opm", `${id}.opm`)), dialect);
      let system = systemOf(dialect, version);
      for (const [index, step] of steps.entries()) {
        const where = `step ${index + 1}: ${step.op} ${step.args?.join(" ") ?? step.package}`;
        if (step.op === "console") {
          const run = await runCommand(step.args!, system, archive);
          checkOutput(run, traces[index]!, where);
          system = run.plan?.after ?? system;
        } else if (step.package !== undefined) {
          const force = Boolean(step.force);
          system = planOperation(step.op as Operation, archive(step.package), system, { force }).after;
        }
        const rows = system.packages.map(({ name, version, vendor, status }) => ({
          name,
          version,
          vendor,
          status,
        }));
        assert.deepEqual(rows, traces[index]!.stateAfter.packages, where);
      }
    });
  }
}

async function runCommand(
  [command = "", ...recorded]: readonly string[],
  system: SystemState,
  archive: (id: string) => PackageContents,
): Promise<ConsoleRun> {
  const args = recorded.map((each) => each.replace(/^<opm:(.*)>$/, "opm/$1.opm"));
  const places: ArchivePlaces = {
    file: async (path) => {
      const [, id] = /^opm\/(.*)\.opm$/.exec(path) ?? [];
      return id === undefined ? undefined : archive(id);
    },
    repository: async () => undefined,
  };
  const verb = command.split("::").at(-1)!;
  switch (verb) {
    case "List":
      return listCommand(system, { showDeployment: args.includes("--show-deployment-info") });
    case "ListInstalledFiles":
      return listFilesCommand(system);
    case "FileSearch":
      return fileSearchCommand(system, args[0]!);
    default: {
      const operation = verb.toLowerCase() as Operation;
      return runOperation(operation, args[0]!, system, places, { force: args.includes("--force") });
    }
  }
}

/** How the frameworks call the fields of a list. */
const labels: Readonly<Record<ConsoleField, string>> = {
  file: "File:        ",
  name: "Name:        ",
  version: "Version:     ",
  vendor: "Vendor:      ",
  url: "URL:         ",
  license: "License:     ",
  description: "Description: ",
  deployment: "Pck. Status: ",
  "file-status": "File Status: ",
};

function checkOutput(run: ConsoleRun, { exitCode, stdout, errors }: Trace, where: string): void {
  assert.equal(run.exitCode, exitCode, where);
  assert.equal(run.errors.length > 0, errors.length > 0, where);
  const printed = run.output.map(printedForm);
  // The first line tells what the command is about to do, the last one that it is done.
  const substance = stdout.replace(/^[^\n]*\n/, "").replace(/Done\.\n$/, "");
  assert.equal(printed.join(""), substance, where);
  if (/not installed\./.test(errors.join()))
    assert.match(run.errors.map(({ text }) => text).join(), /not installed/);
  if (/No such file '.*' or invalid/.test(errors.join()))
    assert.match(run.errors[0]!.text, /is no archive that can be read, and no package/);
  if (/No such package!/.test(errors.join())) assert.match(run.errors[0]!.text, /no such package/);
  if (/not found in source/.test(errors.join())) assert.match(run.errors[0]!.text, /repository/);
}

const border = `+${"-".repeat(76)}+\n`;

function printedForm(each: ConsoleOutput): string {
  switch (each.kind) {
    case "intro":
      return each.box;
    case "package":
      return border + each.lines.map(({ field, value }) => `| ${labels[field]}${value}\n`).join("") + border;
    case "file":
      return `  ${each.package}: ${each.location}\n`;
    case "message":
      return "There are no packages installed.\n";
  }
}
