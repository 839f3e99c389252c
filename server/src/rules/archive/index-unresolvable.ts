import type { ComparisonRule } from "../rule.ts";

/** Everything required has to be offered, even where it is installed. */
export const indexUnresolvable: ComparisonRule = {
  id: "index-unresolvable",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    Cyclic:
      "“{package}” cannot be brought up to date on {releases}, because the requirements go in a circle: {path}.",
    NotFound:
      "“{package}” requires “{name}” {version}, which this repository does not offer to {releases}. Clients without another repository that has it cannot install the package.",
    WrongVersion:
      "“{package}” requires “{name}” {version}, but this repository offers {offered} to {releases}. The package cannot be installed from it.",
    unversioned:
      "“{package}” cannot be brought up to date on {releases}, because it requires “{name}” without a version, which none is good enough for.",
  },
};
