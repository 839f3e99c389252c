import { databaseFamilies } from "../../model/package-spec.ts";
import { runs } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";

/** Parsed, built, and never asked for. */
export const dbReinstallDead: ElementRule = {
  id: "db-reinstall-dead",
  scope: "element",
  elements: databaseFamilies.filter((family) => !runs(family)),
  severity: "warning",
  message: "This section is never executed: reinstalling a package does not touch the database.",

  check(section) {
    if (section.elements.length === 0) return undefined;
    return { span: section.nameSpan, unnecessary: true, fixes: [removal(section)] };
  },
};
