import { databaseFamilies } from "../../model/package-spec.ts";
import { runs } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { bareRemoval } from "../shared/fixes.ts";

/** Parsed, built, and never asked for. */
export const dbReinstallDead: ElementRule = {
  id: "db-reinstall-dead",
  scope: "element",
  elements: databaseFamilies.filter((family) => !runs(family)),
  severity: "warning",
  summary: "There is no DatabaseReinstall",
  message: "This section is never executed: reinstalling a package does not touch the database.",
  docs:
    "Reinstalling writes the files and settings again and runs `CodeReinstall`. `DatabaseReinstall` is read and packed, " +
    "and no framework executes it. What should be mended in the database has to be done by code.",
  bad: '<DatabaseReinstall Type="post"><Insert Table="acme"/></DatabaseReinstall>',
  good: '<DatabaseInstall Type="post"><Insert Table="acme"/></DatabaseInstall>',
  source: "Znuny 7.1 and OTOBO 11, PackageReinstall",

  check(section) {
    if (section.elements.length === 0) return undefined;
    return { span: section.nameSpan, unnecessary: true, fixes: [bareRemoval(section)] };
  },
};
