import { switchAcross } from "../../dialect/switches.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The builder overwrites it. */
export const dbLevel3TypeIneffective: ElementRule = {
  id: "db-level3-type-ineffective",
  scope: "element",
  elements: ["Table", "TableCreate", "TableAlter", "TableDrop", "Insert"],
  severity: "information",
  message: {
    overwritten: "Type has no effect here: only the {section} around it says when it is executed.",
    doubled:
      "Installing the archive may do everything before this twice, because the builder writes a second Type beside this one and the XML is broken then.",
  },

  check(element, { kind, releases }, parentName) {
    const type = element.attribute("Type");
    if (!type || kind === "archive" || !parentName?.startsWith("Database")) return undefined;
    const doubling = switchAcross("builderDoublesType", releases);
    const isDoubled = doubling !== "off";
    return {
      span: type.span,
      variant: isDoubled ? "doubled" : "overwritten",
      releases: isDoubled ? doubling : "on",
      ...(isDoubled && { severity: doubling === "on" ? "error" : "warning" }),
      arguments: { section: parentName },
      unnecessary: !isDoubled,
      fixes: [attributeRemoval(element, type)],
    };
  },
};
