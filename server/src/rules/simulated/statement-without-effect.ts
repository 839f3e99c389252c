import type { SimulationRule } from "../rule.ts";
import { silenceMessages } from "../shared/simulated-messages.ts";

/** Guards around statements pass over what is there already, and on Oracle over every error. */
export const statementWithoutEffect: SimulationRule = {
  id: "statement-without-effect",
  scope: "simulation",
  severity: "warning",
  message: silenceMessages,
};
