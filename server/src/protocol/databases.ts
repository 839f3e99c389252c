/**
 * The databases that statements are generated for, as their makers write them in every language. MariaDB came out of
 * MySQL and has kept its name in settings; the two go different ways here and there.
 */
export const databaseTitles = {
  mysql: "MariaDB",
  "mysql-8": "MySQL 8",
  postgresql: "PostgreSQL",
  oracle: "Oracle",
} as const;

export type DatabaseKind = keyof typeof databaseTitles;

export const databaseKinds = Object.keys(databaseTitles) as readonly DatabaseKind[];

/** The databases that statements can really be executed in. */
export type ServedKind = Exclude<DatabaseKind, "oracle">;

/** What the database is that comes with an optional part of SOPM. */
export const embeddedKind: ServedKind = "postgresql";

/** The servers that can be named in settings. What calls itself MySQL is either of the two. */
export const serverKinds = ["postgresql", "mysql"] as const satisfies readonly ServedKind[];

export type ServerKind = (typeof serverKinds)[number];

/** Where servers listen that nobody has told otherwise. */
export const defaultPorts: Readonly<Record<ServerKind, number>> = { postgresql: 5432, mysql: 3306 };

/** What is taken where nobody names a database. */
export const defaultDatabase: DatabaseKind = databaseKinds[0]!;

/** Those that packages are tried on by themselves, to tell what a database refuses. */
export const triedDatabases: readonly DatabaseKind[] = ["mysql", "postgresql", "oracle"];
