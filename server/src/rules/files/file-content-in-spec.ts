import type { ElementRule } from "../rule.ts";

/** The content of a file comes from the disk when the archive is built. */
export const fileContentInSpec: ElementRule = {
  id: "file-content-in-spec",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message:
    "This text is not what gets packed: the framework's builder ignores it, and opmbuild puts the file's content behind it.",
  policyPlugins: ["RequiredElements"],

  check(file, { kind }) {
    if (kind === "archive") return undefined;
    const { value, span } = file.trimmedText;
    if (value.trim() === "") return undefined;
    const { text } = file;
    return {
      span,
      fixes: [{ title: "Remove the text", edits: [{ span: text.span, newText: "" }], removes: true }],
    };
  },
};
