import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** Oracle gets a shortened name above 30 characters, and the others refuse what is much longer. */
export const indexNameLength: ElementRule = {
  id: "index-name-length",
  scope: "element",
  elements: ["Index", "IndexCreate", "Unique", "UniqueCreate"],
  severity: "error",
  summary: "Names of indexes and constraints are not too long",
  message: {
    long: "On Oracle the name ends in a checksum, because “{name}” has {length} characters and 30 is the limit.",
    "too-long": "Databases refuse or cut “{name}”, because it has {length} characters.",
  },
  docs:
    "The Oracle driver cuts names of more than 30 characters and puts two characters of a checksum at the end. The other " +
    "drivers write the name as it is: MySQL refuses more than 64 characters, and PostgreSQL cuts after 63, so that the " +
    "framework does not find the index again.",
  bad: '<Index Name="acme_contract_by_customer_and_validity_and_end_date_and_title"><IndexColumn Name="end_date"/></Index>',
  good: '<Index Name="acme_contract_end_date"><IndexColumn Name="end_date"/></Index>',
  source: "Znuny 7.1 and OTOBO 11, IndexCreate and UniqueCreate of the database drivers",

  check(element, { profile }) {
    const defined = definedName(element);
    if (!defined || defined.name.length <= 30) return undefined;
    const { name, span } = defined;
    const tooLong = name.length > 63;
    if (!tooLong && profile !== "strict") return undefined;
    const values = { name, length: name.length };
    if (tooLong) return { span, variant: "too-long", arguments: values };
    return { span, variant: "long", severity: "hint", arguments: values };
  },
};
