import type { PackageRule } from "../rule.ts";

/** Both XML parsers in use skip a byte order mark; tools that look at the first characters do not. */
export const xmlBom: PackageRule = {
  id: "xml-bom",
  scope: "package",
  elements: "any",
  severity: "warning",
  summary: "A spec starts without a byte order mark",
  message:
    "Some tools do not find the XML declaration, because an invisible byte order mark stands before it.",
  docs:
    "UTF-8 needs no byte order mark. The XML parsers of the frameworks skip it, but whatever looks for `<?xml` at the " +
    "very start of the file does not find it. Save the file as “UTF-8” and not as “UTF-8 with BOM”.",
  bad: '\ufeff<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0"/>',
  good: '<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0"/>',
  source: "OTOBO 11, libxml2; Znuny 7.1, expat",

  *check({ tree }) {
    const [first] = tree.topLevel();
    if (first?.node.kind !== "byte-order-mark") return;
    const span = { start: 0, end: first.node.width };
    yield { span, fixes: [{ title: "Remove the byte order mark", edits: [{ span, newText: "" }] }] };
  },
};
