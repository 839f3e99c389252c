import type { PackageRule } from "../rule.ts";
import { wholeLines } from "../shared/fixes.ts";

/** A package needs no document type, and entities are a way to read files of the server. */
export const xmlDoctype: PackageRule = {
  id: "xml-doctype",
  scope: "package",
  elements: "any",
  severity: "error",
  message:
    "Entities read differently in every product, because each treats a DOCTYPE its own way. Remove it.",

  *check({ tree }) {
    const { doctype, root } = tree;
    if (!doctype || doctype.node.problems || (root && root.start < doctype.start)) return;
    const span = { start: doctype.start, end: doctype.start + doctype.node.width };
    yield { span, fixes: [{ title: "Remove the DOCTYPE", edits: [wholeLines(tree.source, span)] }] };
  },
};
