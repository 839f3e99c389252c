import type { PackageRule } from "../rule.ts";
import { declaredEncoding } from "../shared/declaration.ts";
import { replacement } from "../shared/fixes.ts";

/** A spec is read from disk as UTF-8 whatever it says, and then once more as what it says. */
export const xmlEncodingNotUtf8: PackageRule = {
  id: "xml-encoding-not-utf8",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    text: "The framework garbles the letters beyond ASCII, because it reads the file as UTF-8 and then again as {encoding}.",
    ascii:
      "The next letter beyond ASCII will be garbled, because the framework reads the file as UTF-8 and then again as {encoding}.",
  },

  *check({ tree }) {
    const encoding = declaredEncoding(tree);
    if (!encoding || encoding.name.toLowerCase() === "utf-8") return;
    // Looked at only here, because it means reading the whole text.
    const isAscii = !/[^\0-\x7f]/.test(tree.source.toString());
    yield {
      span: encoding.span,
      variant: isAscii ? "ascii" : "text",
      severity: isAscii ? "warning" : "error",
      arguments: { encoding: encoding.name },
      fixes: [replacement(encoding.span, "utf-8")],
    };
  },
};
