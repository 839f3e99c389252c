import type { Fix, PackageRule } from "../rule.ts";

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
    // Without it, what refers to an entity of its own would refer to nothing.
    const isNeeded = doctype.node.raw.includes("<!ENTITY") && (root?.node.problemCount ?? 0) > 0;
    const fix: Fix = { title: "Remove the DOCTYPE", edits: [{ span, newText: "" }], removes: true };
    yield { span, fixes: isNeeded ? [] : [fix] };
  },
};
