import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** Nothing checks the characters of a name, and nothing quotes them either. */
export const nameCharacters: ElementRule = {
  id: "name-characters",
  scope: "element",
  elements: ["Name"],
  severity: "warning",
  message: {
    characters:
      "“{character}” ends up in file names, addresses and commands, because nothing checks or quotes the Name.",
    start:
      "Names that do not start with a letter confuse commands and tools, because nothing checks the Name.",
    blanks:
      "The blanks become part of the Name and of the archive's file name, because the text is taken as it is.",
  },

  check(name, _context, parentName) {
    const { value, span } = name.text;
    const trimmed = value.trim();
    if (!isRootName(parentName) || trimmed === "" || isPlaceholder(value)) return undefined;
    if (trimmed !== value) {
      return { span, variant: "blanks", severity: "error", fixes: [replacement(span, trimmed)] };
    }
    const strange = /[^A-Za-z0-9_-]/.exec(value);
    if (strange) {
      const safe = value.replace(/[^A-Za-z0-9_-]+/g, "");
      const fixes = /^[A-Za-z]/.test(safe) ? [{ ...replacement(span, safe), asks: true as const }] : [];
      return { span, variant: "characters", arguments: { character: strange[0] }, fixes };
    } else if (!/^[A-Za-z]/.test(value)) {
      return { span, variant: "start" };
    }
    return undefined;
  },
};
