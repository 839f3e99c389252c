import type { SimulationRule } from "../rule.ts";
import { failureMessages } from "../shared/simulated-messages.ts";

/** Databases refuse what is about a table, a column or a key that is not there. */
export const statementMisses: SimulationRule = {
  id: "statement-misses",
  scope: "simulation",
  severity: "error",
  message: failureMessages,
};
