import type { SimulationRule } from "../rule.ts";
import { failureMessages } from "../shared/simulated-messages.ts";

/** Databases refuse values that a column does not take. */
export const statementValueRefused: SimulationRule = {
  id: "statement-value-refused",
  scope: "simulation",
  severity: "error",
  message: failureMessages,
};
