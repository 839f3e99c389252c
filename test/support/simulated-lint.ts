import type { DatabaseKind } from "../../server/src/database/engines.ts";
import {
  type LintResult,
  type LintSettings,
  type LintSurroundings,
  lint,
  lintInSteps,
} from "../../server/src/engine/lint.ts";
import { Simulation, type SimulationLimits } from "../../server/src/engine/simulate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { triedDatabases } from "../../server/src/protocol/databases.ts";
import { toTheEnd } from "../../server/src/rules/steps.ts";
import type { SyntaxTree } from "../../server/src/syntax/tree.ts";

/** What is wrong with a document, with what databases refuse of it. */
export function simulatedLint(
  tree: SyntaxTree,
  settings: LintSettings,
  surroundings: LintSurroundings,
  {
    databases = triedDatabases,
    limits,
    since,
  }: { databases?: readonly DatabaseKind[]; limits?: SimulationLimits; since?: string } = {},
): LintResult {
  const result = lint(tree, settings, surroundings);
  const spec = specOf(tree);
  const simulated = toTheEnd(
    new Simulation(knowledgeFor, limits).run(spec, result, databases, surroundings.others, since),
  );
  return { ...result, findings: toTheEnd(lintInSteps(spec, settings, surroundings, result, simulated)) };
}
