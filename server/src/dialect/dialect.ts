import { type DialectId, dialectIds, type Family, productOf } from "./products.ts";

export { type DialectId, dialectIds, type Family, families, rootNames } from "./products.ts";

/** The family whose root element a dialect writes. */
export function familyOf(dialect: DialectId): Family {
  return productOf(dialect).family;
}

/** The dialects of one family, oldest first in each product. */
export function dialectsOf(family: Family): readonly DialectId[] {
  return dialectIds.filter((dialect) => familyOf(dialect) === family);
}

/** Every dialect that still reads what only the OTRS line ever knew. */
export const otrsDialects: readonly DialectId[] = dialectsOf("otrs");

/** Every dialect that still reads what only OTOBO knows. */
export const otoboDialects: readonly DialectId[] = dialectsOf("otobo");
