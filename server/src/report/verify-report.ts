import type { CatalogueDifference } from "../database/compare-catalogue.ts";
import type { Message } from "../l10n/translate.ts";
import type { Doubt } from "../lifecycle/doubt.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { PackageIdentity, Plan, Refusal } from "../lifecycle/plan.ts";
import type { ServedKind } from "../protocol/databases.ts";
import type { Span } from "../text/span.ts";
import type { PlaceFinder } from "./place.ts";

/** What became of the statements of a package on a database that runs, as values whose texts are still to be translated. */
export interface VerifyReport {
  /** Such as "PostgreSQL 18.7", as the server says it. */
  readonly server: string;
  /** "embedded", or what the settings call it. */
  readonly name: string;
  readonly kind: ServedKind;
  /** Such as "Znuny 7.1.7". */
  readonly product: string;
  readonly package: PackageIdentity;
  /** Of the spec or the archive; undefined when it has none. */
  readonly fileName: string | undefined;
  /** The tables of the framework that were made before; undefined where nothing is known of them. */
  readonly frameworkTables: number | undefined;
  readonly operations: readonly VerifiedOperation[];
  readonly placeOf: PlaceFinder;
}

/** What became of the statements of operations on the database that stands behind a sandbox. */
export interface MeasuredWork extends Pick<VerifyReport, "server" | "name" | "operations"> {
  /** What the server calls it. */
  readonly database: string;
}

export interface VerifiedOperation {
  readonly operation: Operation;
  /** The version that was upgraded; undefined for others. */
  readonly from: string | undefined;
  /** What the framework would report. */
  readonly verdict: Plan["verdict"];
  readonly refusals: readonly Refusal[];
  readonly assumptions: readonly Message[];
  /** What was executed before, to have what the operation begins with. */
  readonly preparation: { readonly statements: number; readonly failed: readonly VerifiedStatement[] };
  /** In the order in which they were executed. */
  readonly statements: readonly VerifiedStatement[];
  /** Where the database is not what was foretold; undefined where that was not looked at. */
  readonly differences: readonly CatalogueDifference[] | undefined;
  /** Of all its statements, without the preparation. */
  readonly milliseconds: number;
}

export interface VerifiedStatement {
  /** The step of the plan. */
  readonly key: string;
  readonly sql: string;
  /** The element that it comes from, such as "TableCreate(acme)". */
  readonly element: string;
  /** Where that stands in the spec; undefined for an archive. */
  readonly span: Span | undefined;
  readonly outcome: MeasuredOutcome;
  /** What was worked out before. */
  readonly foretold: MeasuredOutcome;
  /** Why it was foretold to fail; undefined where it was not. */
  readonly reason: Message | undefined;
  /** What the server said; undefined where it took the statement. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly milliseconds: number;
  readonly notices: readonly string[];
  /** Why nobody can tell from this database how it goes on a system; undefined where the result counts. */
  readonly doubt: Doubt | undefined;
}

/**
 * - `done`, `failed`: what the server said
 * - `skipped`: taken, but a guard in the statement passed over what it would do
 * - `open`: failed, but on tables or rows that only stand for those of a system
 */
export type MeasuredOutcome = "done" | "failed" | "skipped" | "open";

export const measuredOutcomes = [
  "done",
  "skipped",
  "open",
  "failed",
] as const satisfies readonly MeasuredOutcome[];

/** Whether a statement went otherwise than foretold, so that what SOPM foretells is wrong. */
export function isForetoldWrongly({ outcome, foretold, doubt }: VerifiedStatement): boolean {
  return doubt === undefined && (outcome === "failed") !== (foretold === "failed");
}

/** Whether the server did not take a statement, and that counts. */
export function hasFailedStatements({ operations }: Pick<VerifyReport, "operations">): boolean {
  return operations.some(({ statements }) => statements.some(({ outcome }) => outcome === "failed"));
}

/** Whether all that was to be executed was, and nothing of it failed. */
export function isAllDone({ operations }: VerifyReport): boolean {
  return operations.every(isOperationDone);
}

export function isOperationDone({ verdict, statements, preparation }: VerifiedOperation): boolean {
  return (
    verdict === "success" &&
    [...preparation.failed, ...statements].every(({ outcome }) => outcome !== "failed")
  );
}

export function countOutcomes(statements: readonly VerifiedStatement[]): Record<MeasuredOutcome, number> {
  const counts = { done: 0, skipped: 0, open: 0, failed: 0 };
  for (const { outcome } of statements) counts[outcome]++;
  return counts;
}
