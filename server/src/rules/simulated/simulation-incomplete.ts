import type { SimulationRule } from "../rule.ts";

/** Trying out a package takes as long as its database sections are long. */
export const simulationIncomplete: SimulationRule = {
  id: "simulation-incomplete",
  scope: "simulation",
  severity: "information",
  message: {
    "too-many":
      "Not all operations of the package were tried on databases, because that would take too long: the trial ended after {count} statements.",
    "too-long":
      "The package was not tried on databases, because its database sections are too long for that.",
  },
};
