/** The databases that statements are generated for. MariaDB counts as MySQL. */
export const databaseKinds = ["mysql", "postgresql", "oracle"] as const;
export type DatabaseKind = (typeof databaseKinds)[number];
