import {
  defaultLintSettings,
  type LintResult,
  type LintSurroundings,
  lint,
} from "../../server/src/engine/lint.ts";
import { Simulation } from "../../server/src/engine/simulate.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeFor, knowledgeOf } from "../../server/src/node/knowledge.ts";
import { triedDatabases } from "../../server/src/protocol/databases.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { generateSpec } from "../support/generate-spec.ts";

/** Milliseconds until a package was tried on all databases, and the longest piece of that which nothing can interrupt. */
export interface SimulationTimes {
  readonly total: number;
  readonly longest: number;
}

/** A large spec with upgrades: so many gates, with two new columns and an index each. */
function specWithUpgrades(lines: number, gates: number): string {
  const spec = generateSpec(lines);
  const tables = [...spec.matchAll(/<TableCreate Name="(\w+)"/g)].map(([, table]) => table!);
  const elements = Array.from({ length: gates }, (_, index) => {
    const table = tables[index % tables.length]!;
    return `        <TableAlter Name="${table}" Version="1.${index}.0">
            <ColumnAdd Name="added_${index}" Required="true" Default="0" Type="INTEGER"/>
            <ColumnAdd Name="noted_${index}" Required="false" Size="200" Type="VARCHAR"/>
            <IndexCreate Name="added_${table}_${index}">
                <IndexColumn Name="added_${index}"/>
            </IndexCreate>
        </TableAlter>
`;
  });
  const section = `    <DatabaseUpgrade Type="post">\n${elements.join("")}    </DatabaseUpgrade>\n`;
  return spec.replace("    <DatabaseUninstall", () => `${section}    <DatabaseUninstall`);
}

/**
 * Opens a spec of 3,000 lines and gives functions that try it: from nothing, after an edit in a table, and after one
 * elsewhere.
 */
export function simulations(): Readonly<Record<"first" | "inTable" | "elsewhere", () => SimulationTimes>> {
  const surroundings: LintSurroundings = {
    fileName: "simulated.sopm",
    kind: "spec",
    folder: noFolder,
    knowledge: knowledgeOf,
    today: "2024-05-02",
  };
  let tree = SyntaxTree.parse(specWithUpgrades(2_800, 40));
  let found: LintResult | undefined;
  let kept = new Simulation(knowledgeFor);
  const check = () => {
    found = lint(tree, defaultLintSettings, surroundings, found?.context);
  };
  const tryIt = (): SimulationTimes => {
    check();
    const spec = specOf(tree);
    const begin = performance.now();
    let [longest, before] = [0, begin];
    const steps = kept.run(spec, found!, triedDatabases);
    for (let done = false; !done; ) {
      done = steps.next().done === true;
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
    }
    return { total: before - begin, longest };
  };
  const editAt = (place: string) => {
    const start = tree.source.toString().indexOf(place) + place.length;
    tree = tree.edited({ span: { start, end: start }, newText: "x" });
  };
  return {
    first: () => {
      kept = new Simulation(knowledgeFor);
      return tryIt();
    },
    inTable: () => {
      editAt('<Column Name="column_0');
      return tryIt();
    },
    elsewhere: () => {
      editAt("Counts what");
      return tryIt();
    },
  };
}
