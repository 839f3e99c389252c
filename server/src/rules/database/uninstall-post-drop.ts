import { codePhase } from "../../model/section-phases.ts";
import { wordsIn } from "../../symbols/code-section.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix, PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";

/** Code of the phase `post` is the very last that runs. */
export const uninstallPostDrop: PackageRule = {
  id: "uninstall-post-drop",
  scope: "package",
  elements: ["DatabaseUninstall"],
  severity: "hint",
  message:
    "The CodeUninstall of phase post finds “{table}” gone, because the tables are dropped before it runs.",

  check(spec) {
    const { uninstall } = databaseOf(spec);
    if (uninstall.length === 0) return [];
    const sections = spec.all("CodeUninstall").filter((section) => codePhase(section) === "post");
    const words = sections.map(wordsIn);
    return uninstall.flatMap(({ statement, element }): Report | readonly Report[] => {
      if (statement.kind !== "drop") return [];
      const table = statement.table.toLowerCase();
      const using = sections.filter((_, index) => words[index]!.has(table));
      if (using.length === 0) return [];
      const fixes = using.length === 1 ? [runningBefore(using[0]!)] : [];
      return {
        span: placeOf(element, "Name"),
        arguments: { table: statement.table },
        related: using.map(({ nameSpan }) => ({
          message: "The code that speaks of it stands here.",
          span: nameSpan,
        })),
        fixes,
      };
    });
  },
};

function runningBefore(section: Element): Fix {
  const type = section.attribute("Type");
  const { edits } = type?.hasValue
    ? replacement(type.valueSpan, "pre")
    : attributeInsertion(section, "Type", "pre");
  return { title: "Run the code before the tables are dropped", edits };
}
