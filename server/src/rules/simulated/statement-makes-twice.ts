import type { SimulationRule } from "../rule.ts";
import { failureMessages } from "../shared/simulated-messages.ts";

/** Databases refuse a second table, column or key of a name, and some have one pool of names for several of these. */
export const statementMakesTwice: SimulationRule = {
  id: "statement-makes-twice",
  scope: "simulation",
  severity: "error",
  message: failureMessages,
};
