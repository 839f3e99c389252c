import type { SimulationRule } from "../rule.ts";
import { failureMessages } from "../shared/simulated-messages.ts";

/** Databases refuse what they cannot make: types, sizes, keys, defaults. */
export const statementUnfit: SimulationRule = {
  id: "statement-unfit",
  scope: "simulation",
  severity: "error",
  message: failureMessages,
};
