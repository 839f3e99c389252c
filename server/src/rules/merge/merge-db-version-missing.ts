import { ownPhase } from "../../model/database-phases.ts";
import type { Element } from "../../syntax/element.ts";
import type { ElementRule, Fix, Report } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** Without a gate nothing is executed, as in upgrades. */
export const mergeDbVersionMissing: ElementRule = {
  id: "merge-db-version-missing",
  scope: "element",
  elements: ["PackageMerge", "DatabaseUpgrade"],
  severity: "error",
  message: "This {element} is never executed, because neither it nor the section around it has a Version.",

  *check(element, _context, parentName) {
    if (element.name === "PackageMerge") {
      const target = plainVersion(element.value("TargetVersion"));
      for (const section of element.childrenNamed("DatabaseUpgrade")) yield* unversioned(section, target);
    } else if (parentName !== "PackageMerge" && ownPhase(element) === "merge") {
      yield* unversioned(element, undefined);
    }
  },
};

function* unversioned(section: Element, target: string | undefined): Iterable<Report> {
  if (section.value("Version")) return;
  const phase = ownPhase(section);
  if (phase !== undefined && phase !== "merge") return;
  for (const element of section.elements) {
    if (element.value("Version")) continue;
    yield {
      span: element.nameSpan,
      arguments: { element: element.name },
      fixes: target === undefined ? [] : [versionsFor(section, target)],
    };
  }
}

/** Both places, so that it does not matter who builds the archive. */
function versionsFor(section: Element, target: string): Fix {
  const bare = [section, ...section.elements].filter((element) => !element.attribute("Version"));
  return {
    title: "Add {attribute}",
    arguments: { attribute: `Version="${target}"` },
    edits: bare.flatMap((element) => attributeInsertion(element, "Version", target).edits),
  };
}
