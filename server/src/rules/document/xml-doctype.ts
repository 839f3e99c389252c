import type { PackageRule } from "../rule.ts";
import { wholeLines } from "../shared/fixes.ts";

/** A package needs no document type, and entities are a way to read files of the server. */
export const xmlDoctype: PackageRule = {
  id: "xml-doctype",
  scope: "package",
  elements: "any",
  severity: "error",
  summary: "A spec has no DOCTYPE",
  message:
    "Entities read differently in every product, because each treats a DOCTYPE its own way. Remove it.",
  docs:
    "Packages have no document type. Entities that are declared in it are expanded; those that name a file come out " +
    "as the text of that file in OTOBO, as nothing in Znuny 7.1 and as they are written in OTRS 3. Write the text " +
    "itself, and remove the DOCTYPE.",
  bad: '<!DOCTYPE otrs_package [<!ENTITY vendor "Acme Inc.">]>\n<otrs_package><Vendor>&vendor;</Vendor></otrs_package>',
  good: "<otrs_package><Vendor>Acme Inc.</Vendor></otrs_package>",
  source: "OTOBO 11, Znuny 7.1 and OTRS 3.1, XMLParse",

  *check({ tree }) {
    const { doctype, root } = tree;
    if (!doctype || doctype.node.problems || (root && root.start < doctype.start)) return;
    const span = { start: doctype.start, end: doctype.start + doctype.node.width };
    yield { span, fixes: [{ title: "Remove the DOCTYPE", edits: [wholeLines(tree.source, span)] }] };
  },
};
