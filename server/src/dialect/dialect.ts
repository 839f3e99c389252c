/** The families of package formats, oldest first in each line. */
export const dialectIds = [
  "otrs-legacy",
  "otrs-5",
  "otrs-6",
  "otrs-8",
  "znuny-6",
  "znuny-7",
  "otobo-10",
  "otobo-11",
] as const;

export type DialectId = (typeof dialectIds)[number];

/** What the root element tells: Znuny kept the root element of OTRS, OTOBO took its own. */
export type Family = "otrs" | "otobo";

export const families: readonly Family[] = ["otrs", "otobo"];

/** The root element of specs and archives, per family. */
export const rootNames: Readonly<Record<Family, string>> = { otrs: "otrs_package", otobo: "otobo_package" };

/** The family whose root element a dialect writes. */
export function familyOf(dialect: DialectId): Family {
  return dialect.startsWith("otobo") ? "otobo" : "otrs";
}

/** The dialects of one family, oldest first. */
export function dialectsOf(family: Family): readonly DialectId[] {
  return dialectIds.filter((dialect) => familyOf(dialect) === family);
}

/** Every dialect that still reads what only the OTRS line ever knew. */
export const otrsDialects: readonly DialectId[] = dialectsOf("otrs");

/** Every dialect that still reads what only OTOBO knows. */
export const otoboDialects: readonly DialectId[] = dialectsOf("otobo");

/** Every dialect but OTRS 2 to 4. */
export const sinceOtrs5: readonly DialectId[] = dialectIds.filter((dialect) => dialect !== "otrs-legacy");

/** Every dialect but OTRS 2 to 5. */
export const sinceOtrs6: readonly DialectId[] = sinceOtrs5.filter((dialect) => dialect !== "otrs-5");
