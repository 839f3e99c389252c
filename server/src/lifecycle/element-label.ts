import type { StartTag } from "../model/package-structure.ts";

/** Such as "TableCreate(acme)". */
export function labelOf({ name, attributes }: StartTag): string {
  const table =
    attributes.get("Name") ??
    attributes.get("Table") ??
    attributes.get("NameNew") ??
    attributes.get("NameOld");
  return table === undefined ? name : `${name}(${table})`;
}
