import type { Message } from "../../l10n/translate.ts";
import { labelOf } from "../../lifecycle/element-label.ts";
import type { Plan, Step } from "../../lifecycle/plan.ts";
import type { ComparedPromise, PrintedError } from "../../report/promise-report.ts";

/** An error that a framework prints when it logs one, whatever it reports at the end. */
export interface LoggedError {
  readonly message: string;
  /** The SQL statement that a database refused; undefined for any other error. */
  readonly sql: string | undefined;
}

/**
 * The errors among what a console prints, in their order.
 *
 * @source Znuny 6.5, Kernel::System::Log, Log; Kernel::System::DB, Do
 */
export function readErrors(output: string): readonly LoggedError[] {
  const errors: LoggedError[] = [];
  for (const block of output
    .replaceAll("\r", "")
    .split(/^ERROR: .*\n\n Message: /m)
    .slice(1)) {
    const end = block.search(/\n\n (?:Traceback \(\d+\):|RemoteAddress: )/);
    if (end < 0) continue;
    const message = block.slice(0, end).trim();
    if (isHarmless(message)) continue;
    errors.push({ message, sql: refusedSql(message) });
  }
  return errors;
}

function refusedSql(message: string): string | undefined {
  const start = message.indexOf(sqlMark);
  return start >= 0 && message.endsWith("'") ? message.slice(start + sqlMark.length, -1) : undefined;
}

const sqlMark = ", SQL: '";

/** Every uninstall looks for this file, which frameworks made of a release have and those of a distribution may not. */
function isHarmless(message: string): boolean {
  return /^No such file: .*\/ARCHIVE!$/.test(message);
}

/** The same errors once each, the first one first. */
export function printedErrors(errors: readonly LoggedError[]): readonly PrintedError[] {
  const counts = new Map<string, PrintedError>();
  for (const { message, sql } of errors) {
    const isOfStep = sql !== undefined || message.startsWith("Code:");
    counts.set(message, { message, isOfStep, count: (counts.get(message)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

/**
 * Whether statements were done or refused, as the plan says. Those in doubt are left out.
 *
 * @returns undefined where the console prints no errors, so that nobody can tell
 */
export function comparedStatements(
  plan: Plan,
  errors: readonly LoggedError[],
): readonly ComparedPromise[] | undefined {
  const statements = plan.steps.filter(isExecuted);
  const isRefused = ({ outcome }: Step) => outcome === "fails";
  if (errors.length === 0 && statements.some(isRefused)) return undefined;
  /** Errors that are about no statement yet, by their SQL. */
  const open = new Map<string, LoggedError[]>();
  for (const error of errors) {
    if (error.sql === undefined) continue;
    const key = plainSql(error.sql);
    open.set(key, [...(open.get(key) ?? []), error]);
  }
  // Guards of MySQL are executed by the same words each: those that are foretold to fail come first.
  const found = new Map<Step, LoggedError | undefined>();
  for (const step of [...statements].sort((a, b) => Number(isRefused(b)) - Number(isRefused(a))))
    found.set(step, open.get(plainSql(step.statement.sql))?.shift());
  return statements
    .filter(({ doubt }) => !doubt)
    .map((step): ComparedPromise => {
      const error = found.get(step);
      const isKept = isRefused(step) === (error !== undefined);
      return {
        ...{ kind: "statement", subject: labelOf(step.statement.tag), isKept },
        foretold: isRefused(step) ? refused : done,
        found: error ? { text: "refused: {reason}", values: { reason: error.message } } : done,
        breaker: isKept ? undefined : "sopm",
        step: { number: step.number, key: step.key, span: step.span },
      };
    });
}

const done: Message = { text: "done" };
const refused: Message = { text: "refused" };

type StatementStep = Extract<Step, { readonly kind: "statement" }>;

function isExecuted(step: Step): step is StatementStep {
  return (
    step.kind === "statement" &&
    (step.outcome === "runs" || step.outcome === "fails") &&
    step.statement.change !== undefined
  );
}

function plainSql(sql: string): string {
  return sql.replace(/\s+/g, " ").trim();
}
