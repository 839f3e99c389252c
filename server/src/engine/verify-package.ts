import { type CatalogueDifference, compareCatalogue } from "../database/compare-catalogue.ts";
import type { Database } from "../database/database.ts";
import { engineFor } from "../database/engines.ts";
import { frameworkSql } from "../database/framework-sql.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import {
  type CatalogueTable,
  type DatabaseServer,
  DatabaseUnavailable,
  type ExecutedStatement,
  type OpenDatabase,
} from "../host/database-server.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Doubt } from "../lifecycle/doubt.ts";
import { labelOf } from "../lifecycle/element-label.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { Plan } from "../lifecycle/plan.ts";
import { type StatementStep, statementsOf } from "../lifecycle/statements-of-plan.ts";
import type { ServedKind } from "../protocol/databases.ts";
import { placesIn } from "../report/place.ts";
import type {
  MeasuredOutcome,
  VerifiedOperation,
  VerifiedStatement,
  VerifyReport,
} from "../report/verify-report.ts";
import type { SystemState } from "../system/system-state.ts";
import { type DryRunOutcome, type DryRunRequest, dryRun } from "./dry-run.ts";
import { executeInTurn } from "./execute-in-turn.ts";
import type { ReadPackage, SystemWorld } from "./system-world.ts";

export interface VerifyRequest<Read extends ReadPackage>
  extends Pick<
    DryRunRequest<Read>,
    "read" | "system" | "from" | "assumeRequirements" | "siblings" | "before" | "options"
  > {
  readonly operations: readonly Operation[];
  readonly server: DatabaseServer;
  /** What the user calls the server. */
  readonly name: string;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of the operation that is begun, and of how many of its statements have been executed. */
  readonly progress?: ((operation: Operation, done: number, all: number) => void) | undefined;
}

/**
 * Executes what operations on a package would send to a database: in a database made for it, with the tables of the
 * framework as far as they are known. Afterwards it is compared with what was worked out. No Perl is run.
 *
 * @throws DatabaseUnavailable when the server cannot be used, or the run is cancelled
 * @throws PackageError when the package cannot be read, or an upgrade is from a version of which only the name is known
 */
export async function verifyPackage<Read extends ReadPackage>(
  request: VerifyRequest<Read>,
  world: SystemWorld,
  { signal, progress }: VerifyOptions = {},
): Promise<VerifyReport> {
  const { server } = request;
  const expected = await planAll(server.kind);
  const { before: system } = expected[0]!.plan;
  const { characterBytes } = engineFor(server.kind, system.framework);
  const run = await server.open({ characterBytes, ...(signal && { signal }) });
  try {
    // What was called MariaDB may be MySQL.
    const planned = run.kind === server.kind ? expected : await planAll(run.kind);
    const { plan: first, package: read, report } = planned[0]!;
    const { knowledge } = first.before.framework;
    await makeFramework(run, first.before);
    const delivered = first.before.database.delivered(knowledge);
    const made = differencesFrom(delivered, knowledge, await run.catalogue());
    const operations: VerifiedOperation[] = [];
    const fresh = planned.length > 1 ? await run.mark() : undefined;
    for (const [index, each] of planned.entries()) {
      if (fresh && index > 0) await run.restore(fresh);
      const { assumptions } = each.report;
      operations.push({ ...(await verifyPlan(each, run, { made, progress })), assumptions });
    }
    return {
      ...{ server: run.version, name: request.name, kind: run.kind },
      ...{ product: report.product, package: first.package, fileName: read.contents.fileName },
      frameworkTables: knowledge.tableNames()?.length,
      operations,
      placeOf: placesIn(read.specText),
    };
  } finally {
    await run.close();
  }

  async function planAll(kind: ServedKind): Promise<readonly DryRunOutcome<Read>[]> {
    const planned: DryRunOutcome<Read>[] = [];
    for (const operation of request.operations) planned.push(await plan(operation, kind));
    return planned;
  }

  async function plan(operation: Operation, database: ServedKind): Promise<DryRunOutcome<Read>> {
    const { server: _, name: __, operations: ___, from, system, ...asked } = request;
    const outcome = await dryRun(
      {
        ...asked,
        ...{ operation, database, from: operation === "upgrade" ? from : undefined },
        // Whatever database a home is configured for, statements are for this one.
        system: system.kind === "home" ? { ...system, database } : system,
        digestFiles: false,
      },
      world,
    );
    if (outcome.preparation) return outcome;
    throw new DatabaseUnavailable({
      text: "What an earlier version made of the database is known only from its package: name an archive or a spec of it, not a version alone.",
    });
  }
}

/**
 * Makes the tables of a framework in an empty database.
 *
 * @throws DatabaseUnavailable when the server does not take them, which is nothing that a package could mend
 */
export async function makeFramework(
  run: Pick<OpenDatabase, "kind" | "execute">,
  { framework }: Pick<SystemState, "framework">,
): Promise<void> {
  const statements = frameworkSql(factsOf(framework.knowledge), run.kind, framework);
  for (const answer of executeInTurn(run, statements)) {
    const outcome = await answer;
    if (outcome.kind === "done") continue;
    throw new DatabaseUnavailable({
      text: "The tables of {product} cannot be made on this server: {message} ({code}).",
      values: {
        product: `${framework.product} ${framework.version}`,
        message: outcome.message,
        code: outcome.code,
      },
      further: { text: "Look at what the server says, at its room and at its settings." },
    });
  }
}

function factsOf(knowledge: Knowledge) {
  return (knowledge.tableNames() ?? []).flatMap((name) => knowledge.table(name) ?? []);
}

/**
 * Executes what a plan sends to a database that is as its system was before.
 *
 * @param preparation what is executed before it, to have that
 * @param made where the database was already another one than that of the system, which is passed over
 */
export async function verifyPlan(
  { plan, preparation = [] }: { readonly plan: Plan; readonly preparation?: readonly Plan[] | undefined },
  run: OpenDatabase,
  {
    made = new Set(),
    progress,
  }: { readonly made?: ReadonlySet<string> } & Pick<VerifyOptions, "progress"> = {},
): Promise<Omit<VerifiedOperation, "assumptions">> {
  const { operation } = plan;
  const before = preparation.flatMap(statementsOf);
  const own = statementsOf(plan);
  const steps = [...before, ...own];
  const executed: VerifiedStatement[] = [];
  const open = new Map<string, Doubt>();
  const sent = steps.map(({ statement }) => statement.sent ?? statement.sql);
  for (const answer of executeInTurn(run, sent)) {
    progress?.(operation, executed.length, steps.length);
    const step = steps[executed.length]!;
    const tables = tablesOf(step.statement.change).map((name) => plan.after.database.keyOf(name));
    // What follows on a table on which something could not be judged cannot be judged either.
    const doubt = step.doubt ?? tables.flatMap((key) => open.get(key) ?? [])[0];
    const verified = verifiedStep(step, doubt, await answer);
    if (verified.outcome === "open") for (const key of tables) open.set(key, verified.doubt!);
    executed.push(verified);
  }
  const statements = executed.slice(before.length);
  return {
    operation,
    from: operation === "upgrade" ? plan.installedVersion : undefined,
    ...{ verdict: plan.verdict, refusals: plan.refusals },
    preparation: {
      statements: before.length,
      failed: executed.slice(0, before.length).filter(({ outcome }) => outcome === "failed"),
    },
    statements,
    differences: await differencesAfter(plan, (key) => open.has(key), made, run),
    milliseconds: statements.reduce((sum, each) => sum + each.milliseconds, 0),
  };
}

function verifiedStep(
  step: StatementStep,
  doubt: Doubt | undefined,
  executed: ExecutedStatement,
): VerifiedStatement {
  const { key, statement, span, reason, passedOver } = step;
  const isDone = executed.kind === "done";
  const taken: MeasuredOutcome = passedOver ? "skipped" : "done";
  // What fails whatever nobody knows is a failure.
  const isOpen = doubt !== undefined && step.outcome === "runs";
  const refused: MeasuredOutcome = isOpen ? "open" : "failed";
  return {
    ...{ key, sql: statement.sql, element: labelOf(statement.tag), span, reason },
    outcome: isDone ? taken : refused,
    foretold: step.outcome === "fails" ? "failed" : taken,
    error: isDone ? undefined : { code: executed.code, message: executed.message },
    milliseconds: executed.milliseconds,
    notices: isDone ? executed.notices : [],
    doubt: isOpen ? doubt : undefined,
  };
}

/**
 * Where the database is not what was foretold.
 *
 * @param isOpen whether a table is passed over, because a statement about it could not be judged
 * @param made what was otherwise already when the tables of the framework had been made
 */
async function differencesAfter(
  { after }: Plan,
  isOpen: (key: string) => boolean,
  made: ReadonlySet<string>,
  run: OpenDatabase,
): Promise<readonly CatalogueDifference[]> {
  const { database, framework } = after;
  const catalogue = await run.catalogue();
  const names = framework.knowledge.tableNames() ?? [];
  return compareCatalogue(database, names, catalogue, isOpen).filter(
    (difference) => !made.has(JSON.stringify(difference)),
  );
}

/** Where the tables that a server has are not those of a database as it was worked out; what `verifyPlan` takes as `made`. */
export function differencesFrom(
  database: Database,
  knowledge: Knowledge,
  catalogue: readonly CatalogueTable[],
): ReadonlySet<string> {
  const differences = compareCatalogue(database, knowledge.tableNames() ?? [], catalogue);
  return new Set(differences.map((difference) => JSON.stringify(difference)));
}

function tablesOf(change: SchemaChange | undefined): readonly string[] {
  if (change?.kind === "rename-table") return [change.from, change.to];
  return change && "table" in change && change.table !== undefined ? [change.table] : [];
}
