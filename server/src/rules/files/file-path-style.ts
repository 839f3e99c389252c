import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { locationOf } from "../shared/listed-file.ts";

const oddCharacter = /[\s"'`$!*(){}[\]#<>:|;?&^~]/;

/** Whatever is found fault with below: most paths have none of it. */
const suspicious = /[\s"'`$!*(){}[\]#<>:|;?&^~\\]|\.\/|\/\/|\/$/;

/** Paths that work by luck, or not everywhere. */
export const filePathStyle: ElementRule = {
  id: "file-path-style",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message: {
    backslash: "On Linux the backslash becomes part of a file's name: write the path as “{plain}”.",
    detour:
      "The installer does not notice when another package owns this file, because it compares paths as texts: write “{plain}”.",
    "trailing-slash": "No file can be written to a path that ends in a slash.",
    blank: "The blanks become part of the file's name: write the path as “{plain}”.",
    character: "Tools and shells trip over “{character}” in the name of a file, and code policies refuse it.",
  },

  check(file) {
    const location = locationOf(file);
    if (!location || !suspicious.test(location.value)) return undefined;
    const { value, valueSpan } = location;
    const plain = plainForm(value);
    const variant = mistakeIn(value);
    if (variant !== undefined) {
      const fixes = location.hasValue && plain !== "" ? [replacement(valueSpan, plain)] : [];
      return { span: valueSpan, variant, arguments: { plain }, fixes };
    }
    const odd = oddCharacter.exec(value);
    // In a value with references the offsets of its characters are not those of the source.
    const at = valueSpan.start + (odd?.index ?? 0);
    if (odd) {
      const isVerbatim = value.length === valueSpan.end - valueSpan.start;
      return {
        span: isVerbatim ? { start: at, end: at + 1 } : valueSpan,
        variant: "character",
        arguments: { character: odd[0] },
      };
    }
    return undefined;
  },
};

function mistakeIn(value: string): "backslash" | "blank" | "detour" | "trailing-slash" | undefined {
  if (value.includes("\\")) return "backslash";
  if (value.trim() !== value) return "blank";
  if (/\/\/|(^|\/)\.\//.test(value)) return "detour";
  return value.endsWith("/") ? "trailing-slash" : undefined;
}

function plainForm(value: string): string {
  const segments = value.trim().replaceAll("\\", "/").split("/");
  return segments.filter((segment, index) => segment !== "." && (segment !== "" || index === 0)).join("/");
}
