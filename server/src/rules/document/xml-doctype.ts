import { conditionAcross } from "../../dialect/switches.ts";
import { externalEntity } from "../../model/entities.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { releasesNamed } from "../shared/releases-named.ts";

/** A package needs no document type, and entities are a way to read files of the server. */
export const xmlDoctype: PackageRule = {
  id: "xml-doctype",
  scope: "package",
  elements: "any",
  severity: "error",
  message: {
    needless:
      "This DOCTYPE is nothing that a package needs, because no framework asks for one. Remove it, and write the text of entities itself.",
    inserted:
      "“&{entity};” stands for what the server has in “{file}”, because {product} reads external entities. Remove the DOCTYPE, and write the text itself.",
    empty:
      "“&{entity};” does not bring what is in “{file}”, because {product} reads no external entities. Remove the DOCTYPE, and write the text itself.",
  },

  *check({ tree }, context) {
    const { doctype, root } = tree;
    if (!doctype || doctype.node.problems || (root && root.start < doctype.start)) return;
    const span = { start: doctype.start, end: doctype.start + doctype.node.width };
    // Without it, what refers to an entity of its own would refer to nothing.
    const isNeeded = doctype.node.raw.includes("<!ENTITY") && (root?.node.problemCount ?? 0) > 0;
    const fix: Fix = { title: "Remove the DOCTYPE", edits: [{ span, newText: "" }], removes: true };
    const found = { span, fixes: isNeeded ? [] : [fix] };
    const external = externalEntity(doctype.node.raw);
    if (!external) {
      yield { ...found, variant: "needless" };
      return;
    }
    const values = { entity: external.name, file: external.file, product: releasesNamed(context) };
    for (const { variant, ...condition } of readings) {
      const releases = conditionAcross(condition, context.releases);
      if (releases !== "off") yield { ...found, variant, arguments: values, releases };
    }
  },
};

const readings = [
  { variant: "inserted", where: "readsExternalEntities" },
  { variant: "empty", whereNot: "readsExternalEntities" },
] as const;
