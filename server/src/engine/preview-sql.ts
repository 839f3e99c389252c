import { contentsOfSpec } from "../builder/contents-of-spec.ts";
import { contentsWithoutFiles } from "../builder/package-contents.ts";
import type { DatabaseKind } from "../database/engines.ts";
import { generateSql } from "../database/generate-sql.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { noKnowledge } from "../knowledge/knowledge.ts";
import type { Translate } from "../l10n/translate.ts";
import { isEndOf } from "../lifecycle/database-gates.ts";
import { type Operation, operations } from "../lifecycle/operation.ts";
import type { Step } from "../lifecycle/plan.ts";
import { planDatabaseSteps } from "../lifecycle/plan-operation.ts";
import type { PackageStructure, StartTag, Tag } from "../model/package-structure.ts";
import { selectionOf } from "../model/section-phases.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { ProductVersion } from "../system/product-version.ts";
import { memo } from "../text/memo.ts";
import type { Span } from "../text/span.ts";
import { deliveredSystem } from "./default-system.ts";
import { type SqlRun, type SqlText, type SqlTextPart, sqlText } from "./sql-text.ts";

export interface SqlRequest {
  readonly operation: Operation;
  readonly database: DatabaseKind;
  readonly product: ProductVersion;
  /** The version that is installed before an upgrade; undefined for all versions at once. */
  readonly from?: string | undefined;
  /** What `current_timestamp` becomes, as "YYYY-MM-DD hh:mm:ss". */
  readonly now: string;
}

/** One statement that an operation runs. */
export interface OperationStatement {
  readonly phase: string;
  readonly list: "main" | "post";
  readonly statement: SqlStatement;
}

export interface SqlPreview extends SqlText {
  /** False when the spec cannot be read just now; the text says so then. */
  readonly isReadable: boolean;
}

/**
 * The SQL of all database sections of a package as one text, operation by operation and phase by phase. An upgrade shows
 * every element, whatever was installed before.
 *
 * @param structure undefined when nothing can be read
 * @param within the part of the spec whose SQL alone is wanted; absent for all of it
 */
export function previewSql(
  structure: PackageStructure | undefined,
  request: Omit<SqlRequest, "operation" | "from">,
  translate: Translate,
  within?: Span,
): SqlPreview {
  const remark = (text: string): SqlText => ({ text: `-- ${translate(text)}\n`, parts: [] });
  if (!structure)
    return { ...remark("The spec cannot be read, because it is not well-formed."), isReadable: false };
  const texts = operations
    .map((operation) => {
      const runs = sqlRuns(structure, { ...request, operation });
      return sqlText(operation, within ? runs.flatMap((run) => partOf(run, within)) : runs, translate);
    })
    .filter(({ text }) => text !== "");
  const nothing = within ? "This section makes no SQL." : "The package has no database sections.";
  const shown = texts.length > 0 ? joined(texts) : remark(nothing);
  return { ...shown, isReadable: true };
}

/** What of a run comes from a part of the spec. */
function partOf(run: SqlRun, { start, end }: Span): readonly SqlRun[] {
  const isIn = ({ tag: { element } }: { readonly tag: StartTag }) =>
    start <= element.start && element.start < end;
  const [main, post] = [run.script.main, run.script.post].map((statements) => statements.filter(isIn));
  const script = { main: main!, post: post!, log: run.script.log.filter(isIn) };
  const isEmpty = Object.values(script).every(({ length }) => length === 0);
  return isEmpty && !(run.element && isIn({ tag: run.element })) ? [] : [{ ...run, script }];
}

/** A spec as the framework reads it out of the archive that it builds; undefined when nothing can be read. */
export function builtStructure(tree: SyntaxTree, dialect: DialectId): PackageStructure | undefined {
  return contentsOfSpec(tree, dialect, undefined, () => undefined).structure;
}

/**
 * The statements that an operation on a package runs, in the framework's order.
 *
 * Nothing is known of the system but what is asked for, so no package is taken to be merged and none but this one to be
 * installed. A reinstall runs none.
 *
 * @param structure of the archive, or of a spec what {@link builtStructure} gives
 */
export function sqlOf(structure: PackageStructure, request: SqlRequest): readonly OperationStatement[] {
  return sqlRuns(structure, request)
    .filter(({ reason }) => !reason)
    .flatMap(({ phase, script }) => [
      ...script.main.map((statement) => ({ phase, list: "main", statement }) as const),
      ...script.post.map((statement) => ({ phase, list: "post", statement }) as const),
    ]);
}

/**
 * The same with what does not run and why, as the plan of the operation has it. In a phase that which waits for another
 * package stands behind everything else.
 */
export function sqlRuns(structure: PackageStructure, request: SqlRequest): readonly SqlRun[] {
  const { operation, product, database, from, now } = request;
  const contents = contentsWithoutFiles(structure, product.dialect);
  // Statements are shown and not tried, so that nothing has to be known of tables.
  const system = deliveredSystem(product, database, noKnowledge);
  const steps = planDatabaseSteps(operation, contents, system, from, { now });
  const runs: SqlRun[] = [];
  let waiting: SqlRun[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind !== "database-phase-begin" && step.kind !== "database-element") continue;
    const [before] = waiting;
    if (before && !isSamePhase(before, step)) {
      for (const run of waiting) runs.push(run);
      waiting = [];
    }
    if (step.kind === "database-phase-begin") runs.push(runOf(step, steps, index));
    else (isWaiting(step) ? waiting : runs).push(leftOut(step, structure, request));
  }
  return [...runs, ...waiting];
}

type StepOf<Kind extends Step["kind"]> = Extract<Step, { readonly kind: Kind }>;
type Place = Pick<SqlRun, "family" | "phase">;

function isSamePhase(a: Place, b: Place): boolean {
  return a.family === b.family && a.phase === b.phase;
}

/** Whether an element is left out because of a condition, which only some phases look at. */
function isWaiting({ family, phase, tag }: StepOf<"database-element">): boolean {
  const selection = selectionOf(family, phase);
  return tag.attributes.has("IfPackage") && (selection === "conditions" || selection === "gates");
}

/** What begins at a step, with the statements up to its end. */
function runOf(begin: StepOf<"database-phase-begin">, steps: readonly Step[], index: number): SqlRun {
  const { family, phase, single, messages } = begin;
  const main: SqlStatement[] = [];
  const post: SqlStatement[] = [];
  for (let next = index + 1; ; next++) {
    const step = steps[next];
    if (step?.kind !== "statement") break;
    (step.list === "main" ? main : post).push(step.statement);
  }
  const version = single?.attributes.get("Version");
  return {
    family,
    phase,
    element: single,
    version,
    reason: undefined,
    script: { main, post, log: messages },
  };
}

/** An element that does not run, with the statements that it would come to. */
function leftOut(
  { family, phase, tag, reason }: StepOf<"database-element">,
  structure: PackageStructure,
  { database, product, now }: SqlRequest,
): SqlRun {
  const tags = elementFrom(tag, structure.database[family].get(phase) ?? []);
  return {
    family,
    phase,
    element: tag.name === family ? undefined : tag,
    version: undefined,
    reason,
    script: generateSql(tags, database, product, { now }),
  };
}

/** The tags of an element, from its start tag to its end tag. */
function elementFrom(start: StartTag, tags: readonly Tag[]): readonly Tag[] {
  const first = placesOf(tags).get(start);
  if (first === undefined) return [];
  let end = first + 1;
  while (end < tags.length && !isEndOf(tags[end]!, start)) end++;
  return tags.slice(first, end + 1);
}

/** Where the tags of a phase stand among each other. Very many of them may be left out, one by one. */
const placesOf = memo(
  (tags: readonly Tag[]): ReadonlyMap<Tag, number> => new Map(tags.map((tag, index) => [tag, index])),
);

function joined(texts: readonly SqlText[]): SqlText {
  let text = "";
  const parts: SqlTextPart[] = [];
  for (const each of texts) {
    if (text !== "") text += "\n";
    const at = text.length;
    text += each.text;
    for (const { span, source } of each.parts)
      parts.push({ span: { start: span.start + at, end: span.end + at }, source });
  }
  return { text, parts };
}
