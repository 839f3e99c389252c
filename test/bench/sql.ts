import { databaseKinds } from "../../server/src/database/engines.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import { readStructure } from "../../server/src/model/package-structure.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

export interface SqlWork {
  /** How many statements one round makes. */
  readonly statements: number;
  /** Makes the SQL of all database sections for all databases. */
  generate(): void;
  /** Reads the spec, which comes before. */
  read(): void;
}

/** The database sections of a spec, in whatever operation and phase. */
export function sqlWork(text: string): SqlWork {
  const read = () => readStructure(SyntaxTree.parse(text), "znuny-7").structure;
  const sections = Object.values(read()!.database).flatMap((phases) => [...phases.values()]);
  const generate = () =>
    databaseKinds.flatMap((database) =>
      sections.map((tags) => {
        const { main, post } = generateSql(tags, database, { dialect: "znuny-7" });
        return main.length + post.length;
      }),
    );
  return {
    statements: generate().reduce((sum, count) => sum + count, 0),
    generate,
    read,
  };
}
