import assert from "node:assert/strict";
import { test } from "node:test";
import { readLine } from "./framework-log.ts";
import {
  compareScenario,
  type Referee,
  referees,
  type Scenario,
  scenariosOf,
  type Trace,
  traceOf,
} from "./scenarios.ts";

/*
 * A comparison that overlooks a fact would be green whatever we do about it. So one fact of a trace at a time is
 * changed here, and the comparison has to fail: one of each kind of fact that the traces of a product have.
 */

/** Facts that nothing is compared with, and why. */
const notCompared: ReadonlyMap<string, string> = new Map([
  ["file-remove type", "The attribute Type of a file means nothing when the file is removed."],
  ["log message: code-failed", "What Perl says when it dies is known to nobody who does not run it."],
]);

type Path = readonly (string | number)[];

interface Fact {
  readonly scenario: Scenario;
  readonly trace: Trace;
  /** From the root of the trace. */
  readonly path: Path;
}

for (const referee of referees) {
  const facts = factsByKind(referee);
  if (facts.size === 0) continue;
  test(`${referee.folder}: a change to any of ${facts.size} kinds of facts is noticed`, async () => {
    for (const [kind, places] of facts) {
      if (notCompared.has(kind)) continue;
      const { scenario, trace, path } = places[Math.floor(places.length / 2)]!;
      const compared = compareScenario(referee, scenario, changedAt(trace, path, changed));
      await assert.rejects(compared, `${scenario.id}, ${path.join(".")}: ${kind} changed`);
    }
  });
  test(`${referee.folder}: to die is not to be refused`, async () => {
    for (const scenario of scenariosOf(referee)) {
      const trace = traceOf(referee, scenario);
      const refused = trace.steps.findIndex(({ op, result }) => op !== "deploycheck" && result === 0);
      if (refused < 0) continue;
      const died = changedAt(trace, ["steps", refused, "died"], () => "Can't use an undefined value");
      await assert.rejects(compareScenario(referee, scenario, died), /verdict/);
    }
  });
}

/** All facts of the traces of a product, by what they are: the kind of the step or record and the name. */
function factsByKind(referee: Referee): ReadonlyMap<string, readonly Fact[]> {
  const kinds = new Map<string, Fact[]>();
  for (const scenario of scenariosOf(referee)) {
    const trace = traceOf(referee, scenario);
    const visit = (value: unknown, path: Path, kind: string): void => {
      if (typeof value !== "object" || value === null) {
        kinds.set(kind, [...(kinds.get(kind) ?? []), { scenario, trace, path }]);
        return;
      }
      const { step, op, message } = value as Readonly<Record<string, string | undefined>>;
      const line = step === "log" ? `: ${lineKind(String(message))}` : "";
      for (const [key, each] of Object.entries(value)) {
        const isList = Array.isArray(value);
        const name =
          isList || isData(path) ? kind : key === "stateAfter" ? "state" : `${step ?? op ?? kind} ${key}`;
        visit(each, [...path, isList ? Number(key) : key], name + line);
      }
    };
    visit(trace, [], "trace");
  }
  return kinds;
}

/** What a line of the log says, without what it says it about. */
function lineKind(message: string): string {
  return readLine(message)?.ids.join(" or ") ?? "of the package";
}

/** Whether the keys below a place are data, such as paths of files and names of tables. */
function isData(path: Path): boolean {
  return path.at(-1) === "files" || path.at(-1) === "tables" || path.at(-1) === "info";
}

/** The trace with another fact in one place. The rest is shared with the trace, which stays as it is. */
function changedAt(trace: Trace, path: Path, change: (value: unknown) => unknown): Trace {
  const replace = (value: unknown, [key, ...rest]: Path): unknown => {
    if (key === undefined) return change(value);
    const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
    const place = copy as unknown as Record<string | number, unknown>;
    place[key] = replace(place[key], rest);
    return copy;
  };
  return replace(trace, path) as Trace;
}

function changed(value: unknown): unknown {
  if (typeof value === "number") return value === 1 ? 0 : value + 1;
  return typeof value === "boolean" ? !value : `${value ?? ""}~`;
}
