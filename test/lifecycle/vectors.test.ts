import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { Database } from "../../server/src/database/database.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import { checkDeployment } from "../../server/src/lifecycle/deploy-check.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { Assumption, PlanOptions } from "../../server/src/lifecycle/plan-options.ts";
import { md5 } from "../../server/src/model/md5.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { frameworkHome } from "../../server/src/system/framework-home.ts";
import { ChangedHome, type Home } from "../../server/src/system/home.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { bytesOf } from "../support/known-system.ts";
import { archiveContents, memorySystem, textFile, writeByHand } from "../support/memory-system.ts";
import { renderTable } from "../support/render-table.ts";
import { sharedFolder } from "../support/shared.ts";
import { readLine } from "./framework-log.ts";
import { blockFacts, compareTrace, type TraceRecord } from "./trace.ts";

/** A product that scenarios were run on. */
interface Referee {
  readonly folder: string;
  readonly dialect: DialectId;
  readonly version: string;
}

const referees: readonly Referee[] = [
  { folder: "vectors/lifecycle", dialect: "otobo-11", version: "11.0.5" },
  { folder: "vectors-znuny/lifecycle", dialect: "znuny-7", version: "7.1.7" },
  { folder: "vectors-znuny/extra/lifecycle", dialect: "znuny-7", version: "7.1.7" },
  { folder: "vectors-otrs-6/lifecycle", dialect: "otrs-6", version: "6.0.41" },
];

/** Scenarios that are not compared, and why. */
const leftOut: Readonly<Record<string, string>> = {
  "z-malformed-end":
    "Znuny reads an archive that is not well-formed a second time, and doubles what it read; SOPM refuses such archives.",
  "z-malformed-start":
    "Znuny reads an archive that is not well-formed a second time, and loses its code; SOPM refuses such archives.",
};

interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly steps: readonly ScenarioStep[];
}

interface ScenarioStep {
  readonly op: string;
  readonly package?: string;
  readonly raw?: string;
  readonly force?: number;
  readonly name?: string;
  readonly version?: string;
  readonly file?: string;
  readonly text?: string;
  readonly args?: readonly string[];
}

interface TracedStep extends ScenarioStep {
  readonly result?: number;
  readonly exitCode?: number;
  readonly died?: string;
  readonly info?: Readonly<Record<string, string>>;
  readonly trace?: readonly TraceRecord[];
  readonly stateAfter: State;
}

interface State {
  readonly packages: readonly Readonly<Record<string, string>>[];
  readonly tables: Readonly<Record<string, unknown>>;
  readonly settings: readonly string[];
  readonly files: Readonly<Record<string, FileState>>;
}

interface FileState {
  readonly change: string;
  readonly mode?: string;
  readonly size?: number;
  readonly text?: string;
  readonly md5?: string;
}

for (const referee of referees) {
  const folder = sharedFolder(referee.folder);
  if (folder === undefined) continue;
  const scenarios: readonly Scenario[] = readJson(join(folder, "scenarios.json"));
  for (const scenario of scenarios) {
    const title = `${referee.dialect}, ${scenario.id}: ${scenario.about}`;
    if (Object.hasOwn(leftOut, scenario.id)) console.log(`left out: ${scenario.id}. ${leftOut[scenario.id]}`);
    else test(title, () => runScenario(folder, referee, scenario));
  }
}

function runScenario(folder: string, referee: Referee, scenario: Scenario): void {
  const traced: { readonly steps: readonly TracedStep[] } = readJson(
    join(folder, "traces", `${scenario.id}.json`),
  );
  const untouched = untouchedHome(referee, traced.steps);
  const run = new Run(folder, referee, untouched);
  for (const [index, step] of scenario.steps.entries()) {
    const expected = traced.steps[index]!;
    assert.equal(expected.died, undefined, "no scenario dies");
    try {
      run.perform(step, expected);
      run.compareState(expected.stateAfter);
    } catch (error) {
      if (error instanceof Error) error.message = `step ${index + 1}, ${step.op}: ${error.message}`;
      throw error;
    }
  }
}

/** A system that goes through a scenario. */
class Run {
  readonly #folder: string;
  readonly #dialect: DialectId;
  readonly #untouched: Home;
  readonly #touched = new Set<string>();
  #system: SystemState;

  constructor(folder: string, { dialect, version }: Referee, untouched: Home) {
    this.#folder = folder;
    this.#dialect = dialect;
    this.#untouched = untouched;
    this.#system = memorySystem({
      dialect,
      version,
      home: untouched,
      knowledge: knowledgeFor(productOf(dialect).product, version),
      perlModules: installedModules,
    });
  }

  perform(step: ScenarioStep, expected: TracedStep): void {
    switch (step.op) {
      case "install":
      case "upgrade":
      case "reinstall":
      case "uninstall": {
        const contents = this.#contents(
          step.raw ?? readFileSync(join(this.#folder, "opm", `${step.package}.opm`)),
        );
        const plan = this.#plan(step.op, contents, { force: step.force === 1 }, expected.trace ?? []);
        compareTrace(plan, expected.trace ?? []);
        assert.equal(plan.verdict === "success" ? 1 : 0, expected.result, "result");
        this.#accept(plan);
        break;
      }
      case "deploycheck":
        this.#deployCheck(step, expected);
        break;
      case "write": {
        const home = new ChangedHome(this.#system.home);
        writeByHand(home, step.file!, step.text!);
        this.#acceptHome(home);
        break;
      }
      case "delete": {
        const home = new ChangedHome(this.#system.home);
        home.apply({ kind: "delete", path: step.file! });
        this.#acceptHome(home);
        break;
      }
      case "console":
        this.#console(step, expected);
        break;
      default:
        assert.fail(`nobody knows the step ${step.op}`);
    }
  }

  /** Code that died in the trace is assumed to fail. */
  #plan(
    operation: Operation,
    contents: PackageContents,
    options: PlanOptions,
    trace: readonly TraceRecord[],
  ): Plan {
    const plan = planOperation(operation, contents, this.#system, options);
    const assume = new Map<string, Assumption>();
    for (const { block, text } of failingBlocks(trace)) {
      const step = plan.steps.find((each) => {
        if (each.kind !== "code") return false;
        const facts = blockFacts(each.code);
        return "block" in facts ? facts.block === block : facts.text === text;
      });
      assert.ok(step, `a step for ${block ?? text}`);
      assume.set(step.key, "fails");
    }
    return assume.size === 0
      ? plan
      : planOperation(operation, contents, this.#system, { ...options, assume });
  }

  #contents(archive: string | Uint8Array): PackageContents {
    return archiveContents(archive, this.#dialect);
  }

  #accept(plan: Plan): void {
    for (const { changes } of plan.steps) {
      for (const change of changes) {
        if (change.part !== "home") continue;
        if ("path" in change.change) this.#touched.add(change.change.path);
        else this.#touched.add(change.change.from).add(change.change.to);
      }
    }
    this.#system = plan.after;
  }

  #acceptHome(home: ChangedHome): void {
    for (const path of home.changedPaths) this.#touched.add(path);
    this.#system = { ...this.#system, home };
  }

  #deployCheck({ name, version }: ScenarioStep, expected: TracedStep): void {
    const row = this.#system.packages.find((each) => each.name === name && each.version === version);
    assert.ok(row, "the package has a row");
    const check = checkDeployment(this.#system.archives.contents(row.digest), this.#system);
    assert.equal(check.isDeployed ? 1 : 0, expected.result);
    const states = Object.entries(expected.info ?? {}).map(([location, info]) => [
      location,
      infoStates[info] ?? info,
    ]);
    assert.deepEqual(
      Object.fromEntries(check.files.map(({ location, state }) => [location, state])),
      Object.fromEntries(states),
    );
    const lines = (expected.trace ?? []).map((record) => readLine(String(record.message)));
    assert.deepEqual(
      check.log.map(({ id, values }) => ({ ids: [id], values: { ...values } })),
      lines,
    );
  }

  /** The effect of console commands on the system; what they print is looked at elsewhere. */
  #console({ args = [] }: ScenarioStep, expected: TracedStep): void {
    const [, command = ""] = /^Admin::Package::(\w+)$/.exec(args[0]!) ?? [];
    const operation = command.toLowerCase();
    if (!isOperation(operation)) return;
    const contents = this.#argument(args[1]!);
    let success = false;
    if (contents) {
      const force = args.includes("--force");
      const plan = planOperation(operation, contents, this.#system, { entrance: "console", force });
      success = plan.verdict === "success";
      this.#accept(plan);
    }
    assert.equal(success ? 0 : 1, expected.exitCode, "exit code");
  }

  /** A file, or a package of the table by its name, with its version or without. */
  #argument(text: string): PackageContents | undefined {
    const [, file] = /^<opm:(.*)>$/.exec(text) ?? [];
    if (file !== undefined) return this.#contents(readFileSync(join(this.#folder, "opm", `${file}.opm`)));
    const [, name = text, version] = /^(.*)-(\d+\.\d+\.\d+)$/.exec(text) ?? [];
    const row = this.#system.packages.find(
      (each) => each.name === name && (version === undefined || each.version === version),
    );
    return row && this.#system.archives.contents(row.digest);
  }

  compareState(expected: State): void {
    const { packages, settings, database } = this.#system;
    assert.deepEqual(
      packages.map(({ name, version, vendor, status }) => ({ name, version, vendor, status })).sort(byName),
      expected.packages,
      "package table",
    );
    assert.deepEqual([...settings.keys()], expected.settings, "settings");
    assert.deepEqual(tablesOf(database), expected.tables, "tables");
    assert.deepEqual(this.#files(expected.files), expected.files, "files");
  }

  /** What differs from the home before the scenario, as far as the expectation says it. */
  #files(expected: Readonly<Record<string, FileState>>): Record<string, FileState> {
    const files: Record<string, FileState> = {};
    for (const path of [...this.#touched].sort()) {
      const [before, after] = [this.#untouched.entry(path), this.#system.home.entry(path)];
      if (after?.kind === "folder" && !before) {
        files[`${path}/`] = { mode: modeText(after.mode), change: "added directory" };
      } else if (after?.kind === "file" && typeof after.content === "object") {
        if (before?.kind === "file" && before.content === after.content && before.mode === after.mode)
          continue;
        const bytes = bytesOf(after.content);
        files[path] = {
          mode: modeText(after.mode),
          size: bytes.length,
          change: before ? "changed" : "added",
          ...(expected[path]?.md5 === undefined
            ? { text: new TextDecoder().decode(bytes) }
            : { md5: md5(bytes) }),
        };
      } else if (before && !after) files[path] = { change: "removed" };
    }
    return files;
  }
}

/** The tables that packages made, as MariaDB tells them. */
function tablesOf(database: Database): Record<string, unknown> {
  const tables = database.changedTables.filter(({ origin }) => origin === "package");
  return Object.fromEntries(tables.map((table) => [table.name, renderTable(table)]));
}

/** The expectations list the rows of the table in this order, not in that of their creation. */
function byName(a: { readonly name: string; readonly version: string }, b: typeof a): number {
  const [left, right] = [`${a.name} ${a.version}`, `${b.name} ${b.version}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Modules that the systems had, as far as packages of the scenarios ask for them. */
const installedModules = { "Digest::MD5": "2.58" };

const infoStates: Readonly<Record<string, string>> = {
  "File is not installed!": "missing",
  "File is different!": "different",
  "Can't read file!": "unreadable",
};

function isOperation(text: string): text is Operation {
  return ["install", "upgrade", "reinstall", "uninstall"].includes(text);
}

function modeText(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** Blocks that a line of the log says died, in the order they ran. */
function failingBlocks(
  trace: readonly TraceRecord[],
): readonly { readonly block?: string; readonly text?: string }[] {
  const failing: { block?: string; text?: string }[] = [];
  let last: TraceRecord | undefined;
  for (const record of trace) {
    if (record.step === "code") last = record;
    if (record.step === "log" && String(record.message).startsWith("Code: ") && last) {
      failing.push(last as { block?: string; text?: string });
    }
  }
  return failing;
}

/**
 * The home as the framework delivers it. Of files that a scenario replaces, the contents are those that it finds
 * again in their `.save` or `.backup`.
 */
function untouchedHome({ dialect, version }: Referee, steps: readonly TracedStep[]): Home {
  const delivered = frameworkHome(knowledgeFor(productOf(dialect).product, version));
  const originals = new Map<string, string>();
  for (const { stateAfter } of steps) {
    for (const [path, { text }] of Object.entries(stateAfter.files)) {
      const [, original] = /^(.*)\.(?:save|backup)$/.exec(path) ?? [];
      if (original === undefined || text === undefined || originals.has(original)) continue;
      if (delivered.isFrameworkFile(original)) originals.set(original, text);
    }
  }
  const entries = new Map([...originals].map(([path, text]) => [path, textFile(text)]));
  return {
    entry: (path) => entries.get(path) ?? delivered.entry(path),
    isFrameworkFile: (path) => delivered.isFrameworkFile(path),
    list: (folder) => delivered.list(folder),
  };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8"));
}
