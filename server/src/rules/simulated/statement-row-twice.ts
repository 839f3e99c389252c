import type { SimulationRule } from "../rule.ts";
import { failureMessages } from "../shared/simulated-messages.ts";

/** A key that allows each value once refuses a second row. */
export const statementRowTwice: SimulationRule = {
  id: "statement-row-twice",
  scope: "simulation",
  severity: "error",
  message: failureMessages,
};
