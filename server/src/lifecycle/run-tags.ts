import type { SchemaOutcome } from "../database/apply-schema-change.ts";
import { lostColumns } from "../database/database-error.ts";
import { scriptOf } from "../database/kept-scripts.ts";
import type { SqlMessage, SqlScript, SqlStatement } from "../database/sql-script.ts";
import type { Message } from "../l10n/translate.ts";
import type { DatabaseFamily } from "../model/package-spec.ts";
import type { StartTag, Tag } from "../model/package-structure.ts";
import { statementDoubt } from "./doubt.ts";
import { labelOf } from "./element-label.ts";
import { type LogEntry, logEntry } from "./log.ts";
import type { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { remainsOfStatement } from "./remains.ts";

/**
 * Plans the statements that the generator makes of some tags: first those of the elements, then the foreign keys of
 * the tables that are created. A statement that fails is logged.
 *
 * @param single the element that the tags are all of, where it is run for itself
 * @source Znuny 7.1 and OTOBO 11, _Database
 */
export function runTags(
  planning: Planning,
  family: DatabaseFamily,
  phase: string,
  tags: readonly Tag[],
  quirks: readonly QuirkId[] = [],
  single?: StartTag,
): void {
  const { database } = planning.system;
  const elements = tags
    .filter((tag): tag is StartTag => tag.kind === "start" && tag.level === 3)
    .map(labelOf);
  const script = scriptOf(tags, database.kind, planning.system.framework, { now: planning.now });
  const place = planning.uniqueKey(`database-phase ${family} ${phase}`);
  planning.add(
    `${place} begin`,
    { kind: "database-phase-begin", family, phase, elements, single, messages: script.log },
    { quirks, log: script.log.map(sqlLog) },
  );
  const runs = { family, phase, place };
  const tryIt = trialOf(planning, script);
  for (const statement of script.main) runStatement(planning, runs, "main", statement, tryIt);
  for (const statement of script.post) runStatement(planning, runs, "post", statement, tryIt);
  if (planning.stopped) return;
  planning.add(`${place} end`, { kind: "database-phase-end", family, phase, elements });
}

/** Asked for the statements in their order; undefined for one that changes nothing or is not tried. */
type Trial = (statement: SqlStatement) => SchemaOutcome | undefined;

function trialOf(planning: Planning, script: SqlScript): Trial {
  const { system, triesStatements } = planning;
  if (!triesStatements) return () => undefined;
  if (!planning.assumesNothing || !planning.has("failure-ignored"))
    return ({ change }) => change && system.applyStatement(change);
  // Nothing keeps any of them from being run.
  const outcomes = system.applyScript(script).values();
  return () => outcomes.next().value;
}

function sqlLog({ id, values }: SqlMessage): LogEntry {
  return logEntry(`sql-${id}`, values);
}

interface Run {
  readonly family: DatabaseFamily;
  readonly phase: string;
  readonly place: string;
}

function runStatement(
  planning: Planning,
  { family, phase }: Run,
  list: "main" | "post",
  statement: SqlStatement,
  tryIt: Trial,
): void {
  if (planning.stopped) return;
  const key = planning.uniqueKey(`statement ${family} ${phase} ${labelOf(statement.tag)}`);
  const detail = { kind: "statement", family, phase, list, statement } as const;
  const span = planning.spanOf(statement.tag);
  const remains = remainsOfStatement(planning, family, phase);
  const assumption = planning.assumed(key);
  const assumed = assumption !== undefined;
  const { change } = statement;
  if (assumption === "fails") {
    const reason: Message = { text: "This step is assumed to fail." };
    const log = [logEntry("statement-failed")];
    planning.add(key, detail, { outcome: "fails", assumed, reason, span, log, remains });
    return;
  }
  const outcome = tryIt(statement);
  if (outcome?.kind === "failed" && assumption !== "succeeds") {
    const { error } = outcome;
    planning.addDone(key, detail, {
      outcome: "fails",
      assumed,
      reason: error,
      span,
      log: [{ ...error, id: "statement-failed", priority: "error" }],
      quirks: ["failure-ignored"],
      remains,
    });
    return;
  }
  const isDone = outcome?.kind === "done";
  const open = isDone && !assumed ? outcome.doubt : undefined;
  const doubt = open && statementDoubt(open, planning.system.framework);
  const lost = isDone && assumption !== "succeeds" ? lostColumns(change!) : undefined;
  const guard = isDone && outcome.passedOver ? ({ passedOver: true } as const) : {};
  const changes = isDone ? [{ part: "database", change: change! } as const] : [];
  const renamesTable = change?.kind === "rename-table" && statement.tag.name === "ColumnChange";
  const quirks: readonly QuirkId[] = renamesTable ? ["column-change-renames-table"] : [];
  const failure = lost && ({ outcome: "fails", reason: lost } as const);
  const notes = { ...failure, doubt, assumed, span, quirks, changes, remains };
  planning.addDone(key, { ...detail, ...guard }, notes);
}
