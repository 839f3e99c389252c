import { elementFacts } from "../../dialect/elements.ts";
import type { SyntaxNode } from "../../syntax/node.ts";
import type { ElementRule, Report } from "../rule.ts";

/** The package parser lays all tags out in one list and picks them by name, at whatever depth they stand. */
export const metadataNested: ElementRule = {
  id: "metadata-nested",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  message: {
    single:
      "The framework takes this for the {name} of the package, because it does not look at where an element stands.",
    repeated:
      "The framework takes this <{name}> as if it stood in the root, because it does not look at where an element stands.",
    section:
      "The framework runs this <{name}> as if it stood in the root, because it does not look at where an element stands.",
  },
  policyPlugins: ["XSD"],

  check(outer, { schema }, parentName) {
    if (parentName === undefined || outer.name === "PackageMerge") return undefined;
    // Where an end tag is missing, what follows only seems to stand inside.
    if (outer.closing === "missing" || outer.node.content.height === 0) return undefined;
    if (!outer.node.content.some(isCountedAnywhere)) return undefined;
    const reports: Report[] = [];
    for (const element of outer.elements) {
      const fact = schema.element(element.name);
      if (!fact || !countAnywhere.has(element.name)) continue;
      const isSection = /^(Code|Database)/.test(element.name);
      const isSingle = fact.repeat === "one" || /^Package(Is|Allow)/.test(element.name);
      reports.push({
        span: element.nameSpan,
        variant: isSection ? "section" : isSingle ? "single" : "repeated",
        severity: isSection || isSingle ? "error" : "warning",
        arguments: { name: element.name },
      });
    }
    return reports;
  },
};

/** All that may stand in the root, but for what no package parser looks for. */
function isCountedAnywhere(node: SyntaxNode): boolean {
  return node.kind === "element" && countAnywhere.has(node.name);
}

const countAnywhere: ReadonlySet<string> = new Set(
  elementFacts
    .filter(
      ({ parents, name, kept }) => parents.includes("root") && kept !== false && !name.startsWith("Build"),
    )
    .map(({ name }) => name),
);
