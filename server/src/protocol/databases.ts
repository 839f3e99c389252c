/**
 * The databases that statements are generated for, as their makers write them in every language. MariaDB counts as
 * MySQL.
 */
export const databaseTitles = { mysql: "MySQL", postgresql: "PostgreSQL", oracle: "Oracle" } as const;

export type DatabaseKind = keyof typeof databaseTitles;

export const databaseKinds = Object.keys(databaseTitles) as readonly DatabaseKind[];

/** What is taken where nobody names a database. */
export const defaultDatabase: DatabaseKind = databaseKinds[0]!;
