import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
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
import { type ConsoleRecord, compareConsole, runCommand } from "./console-step.ts";
import { readLine } from "./framework-log.ts";
import { blockFacts, compareRefusal, compareTrace, type TraceRecord } from "./trace.ts";

/** A product that scenarios were run on. */
export interface Referee {
  /** In the shared folder. */
  readonly folder: string;
  readonly dialect: DialectId;
  readonly version: string;
}

export const referees: readonly Referee[] = [
  { folder: "vectors/lifecycle", dialect: "otobo-11", version: "11.0.5" },
  { folder: "vectors-znuny/lifecycle", dialect: "znuny-7", version: "7.1.7" },
  { folder: "vectors-znuny/extra/lifecycle", dialect: "znuny-7", version: "7.1.7" },
  { folder: "vectors-otrs-6/lifecycle", dialect: "otrs-6", version: "6.0.41" },
];

export interface Scenario {
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

/** What the framework did in a scenario. */
export interface Trace {
  readonly id: string;
  readonly about: string;
  readonly steps: readonly TracedStep[];
}

interface TracedStep extends ScenarioStep, ConsoleRecord {
  readonly result?: number;
  readonly died?: string;
  /** Whether a file that was deleted by hand was there. */
  readonly existed?: boolean | number;
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

/** The scenarios of a product; none where they are not on this machine. */
export function scenariosOf({ folder }: Referee): readonly Scenario[] {
  const place = sharedFolder(folder);
  return place === undefined ? [] : readJson(join(place, "scenarios.json"));
}

export function traceOf({ folder }: Referee, { id }: Scenario): Trace {
  return readJson(join(sharedFolder(folder)!, "traces", `${id}.json`));
}

/**
 * Goes through a scenario and holds every step to what the framework did.
 *
 * @throws AssertionError at the first difference
 */
export async function compareScenario(
  referee: Referee,
  scenario: Scenario,
  { id, about, steps }: Trace,
): Promise<void> {
  assert.deepEqual({ id, about, steps: steps.map(inputsOf) }, { ...scenario });
  const run = new Run(sharedFolder(referee.folder)!, referee, untouchedHome(referee, steps));
  for (const [index, step] of scenario.steps.entries()) {
    try {
      await run.perform(step, steps[index]!);
      run.compareState(steps[index]!.stateAfter);
    } catch (error) {
      if (error instanceof Error) error.message = `step ${index + 1}, ${step.op}: ${error.message}`;
      throw error;
    }
  }
}

/** What a traced step repeats of the scenario. */
function inputsOf(step: TracedStep): ScenarioStep {
  const { result, died, existed, info, trace, stateAfter, exitCode, stdout, errors, ...inputs } = step;
  return inputs;
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

  async perform(step: ScenarioStep, expected: TracedStep): Promise<void> {
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
        assert.equal(plan.verdict, verdictOf(expected), "verdict");
        if (plan.verdict === "refused") compareRefusal(plan, expected.trace ?? []);
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
        assert.equal(home.entry(step.file!) !== undefined, Boolean(expected.existed), "was there");
        home.apply({ kind: "delete", path: step.file! });
        this.#acceptHome(home);
        break;
      }
      case "console":
        await this.#console(step, expected);
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
    assert.deepEqual(
      check.log.map(({ id, priority, values }) => ({ ids: [id], priority, values: { ...values } })),
      (expected.trace ?? []).map(({ step, message, priority }) => {
        assert.equal(step, "log");
        const { ids, values } = readLine(String(message))!;
        return { ids, priority, values };
      }),
    );
  }

  async #console({ args = [] }: ScenarioStep, expected: TracedStep): Promise<void> {
    const run = await runCommand(args, this.#system, (id) =>
      this.#contents(readFileSync(join(this.#folder, "opm", `${id}.opm`))),
    );
    compareConsole(run, expected, args);
    if (run.plan) this.#accept(run.plan);
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

/** How an operation ended: it threw, reported success or failure. */
function verdictOf({ died, result }: TracedStep): Plan["verdict"] {
  return died === undefined ? (result === 1 ? "success" : "refused") : "died";
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
