import type { ElementRule } from "../rule.ts";

/** The content of a file comes from the disk when the archive is built. */
export const fileContentInSpec: ElementRule = {
  id: "file-content-in-spec",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "In a spec a File has no content",
  message:
    "This text is not what gets packed: the framework's builder ignores it, and opmbuild puts the file's content behind it.",
  docs:
    "The builder fills in the content of a file from the disk. The framework's builder ignores a text that stands " +
    "there already; `opmbuild` appends the content to it, and what comes out cannot be decoded. Leave the element " +
    "empty.",
  bad: '<File Permission="660" Location="Kernel/System/Acme.pm">cGFja2FnZQ==</File>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"></File>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild; opmbuild build",
  policyPlugins: ["RequiredElements"],

  check(file, { kind }) {
    if (kind === "archive") return undefined;
    const { value, span } = file.trimmedText;
    if (value.trim() === "") return undefined;
    const { text } = file;
    return { span, fixes: [{ title: "Remove the text", edits: [{ span: text.span, newText: "" }] }] };
  },
};
