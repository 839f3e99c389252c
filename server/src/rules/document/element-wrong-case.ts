import type { ElementRule } from "../rule.ts";
import { misplacementOf } from "../shared/element-place.ts";
import { renaming } from "../shared/fixes.ts";

/** Element names are compared letter by letter. */
export const elementWrongCase: ElementRule = {
  id: "element-wrong-case",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  message: {
    lost: "The framework silently leaves out <{name}>, because letter case counts and it knows only <{meant}>.",
    file: "The Znuny code policy refuses <{name}>, because letter case counts: files are called <{meant}>. The frameworks take it for a file.",
  },
  policyPlugins: ["XSD"],

  check(element, context, parentName) {
    const misplacement = misplacementOf(element.name, parentName, context);
    // Where start tag and end tag differ, that is said at the end tag.
    if (misplacement?.kind !== "wrong-case" || element.closing === "mismatched") return undefined;
    const { meant } = misplacement;
    const isFile = parentName === "Filelist";
    return {
      span: element.nameSpan,
      variant: isFile ? "file" : "lost",
      severity: isFile ? "warning" : "error",
      arguments: { name: element.name, meant },
      fixes: [renaming(element, meant)],
    };
  },
};
