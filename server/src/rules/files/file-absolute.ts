import type { ElementRule } from "../rule.ts";

/** The installer joins `Location` to its home folder, so the parser leaves out a file whose Location starts with a slash. */
export const fileAbsolute: ElementRule = {
  id: "file-absolute",
  scope: "element",
  elements: ["File"],
  severity: "error",
  message: "The framework silently leaves out “{location}”, because its Location starts with a slash.",
  where: "forbidsPaths",
  policyPlugins: ["FileList"],

  check(file) {
    const location = file.attribute("Location");
    const slashes = location && /^\/+/.exec(location.value);
    if (!slashes) return undefined;
    const span = { start: location.valueSpan.start, end: location.valueSpan.start + slashes[0].length };
    return {
      span,
      arguments: { location: location.value },
      fixes: [{ title: "Remove the slash", edits: [{ span, newText: "" }] }],
    };
  },
};
