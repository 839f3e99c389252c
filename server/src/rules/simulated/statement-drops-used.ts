import type { SimulationRule } from "../rule.ts";
import { failureMessages } from "../shared/simulated-messages.ts";

/** Databases keep what a key still stands on. */
export const statementDropsUsed: SimulationRule = {
  id: "statement-drops-used",
  scope: "simulation",
  severity: "error",
  message: failureMessages,
};
