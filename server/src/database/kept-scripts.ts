import type { FrameworkRelease } from "../dialect/switches.ts";
import type { Tag } from "../model/package-structure.ts";
import { memo } from "../text/memo.ts";
import { applySchemaChange, type SchemaOutcome } from "./apply-schema-change.ts";
import type { Database } from "./database.ts";
import type { DatabaseKind } from "./engines.ts";
import { generateSql, type SqlOptions } from "./generate-sql.ts";
import type { SqlScript } from "./sql-script.ts";

interface KeptScript {
  readonly tags: readonly Tag[];
  readonly kind: DatabaseKind;
  readonly release: FrameworkRelease;
  readonly now: string;
  readonly script: SqlScript;
}

/** By the first of the tags, the newest first: as many as there are kinds of databases. */
const scripts = memo((_first: Tag): KeptScript[] => []);
const mostScripts = 3;

/** As {@link generateSql}, and the same script for the same tags: upgrades from many versions run the same elements. */
export function scriptOf(
  tags: readonly Tag[],
  kind: DatabaseKind,
  release: FrameworkRelease,
  { now }: SqlOptions,
): SqlScript {
  const [first] = tags;
  if (!first) return generateSql(tags, kind, release, { now });
  const known = scripts(first);
  const same = known.find(
    (each) =>
      each.kind === kind && each.release === release && each.now === now && areSameTags(each.tags, tags),
  );
  if (same) return same.script;
  const script = generateSql(tags, kind, release, { now });
  known.unshift({ tags, kind, release, now, script });
  if (known.length > mostScripts) known.pop();
  return script;
}

function areSameTags(a: readonly Tag[], b: readonly Tag[]): boolean {
  return a.length === b.length && a.every((tag, index) => tag === b[index]);
}

/** What becomes of a database by a script. */
export interface ScriptRun {
  readonly script: SqlScript;
  readonly database: Database;
  /** For each statement, first those of `main`; undefined for one that changes nothing. */
  readonly outcomes: readonly (SchemaOutcome | undefined)[];
}

/** By the database before, the newest first. */
const runs = memo((_before: Database): ScriptRun[] => []);

/** The runs that are kept of a database have so many statements; versions of a package take turns on it. */
const mostStatements = 20_000;

/** Runs all statements of a script, whatever becomes of those before; it is the same run for the same script. */
export function runScript(before: Database, script: SqlScript): ScriptRun {
  const known = runs(before);
  const same = known.find((each) => each.script === script);
  if (same) return same;
  let database = before;
  const outcomes: (SchemaOutcome | undefined)[] = [];
  for (const statements of [script.main, script.post]) {
    for (const { change } of statements) {
      const applied = change && applySchemaChange(database, change);
      if (applied) database = applied.database;
      outcomes.push(applied?.outcome);
    }
  }
  const run = { script, database, outcomes };
  known.unshift(run);
  let count = 0;
  const end = known.findIndex((each) => {
    count += each.outcomes.length;
    return count > mostStatements;
  });
  if (end >= 0) known.length = end;
  return run;
}
