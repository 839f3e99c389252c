import type { PackageRule } from "../rule.ts";

/** Both XML parsers in use skip a byte order mark; tools that look at the first characters do not. */
export const xmlBom: PackageRule = {
  id: "xml-bom",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "Some tools do not find the XML declaration, because an invisible byte order mark stands before it.",

  *check({ tree }) {
    const [first] = tree.topLevel();
    if (first?.node.kind !== "byte-order-mark") return;
    const span = { start: 0, end: first.node.width };
    yield { span, fixes: [{ title: "Remove the byte order mark", edits: [{ span, newText: "" }] }] };
  },
};
