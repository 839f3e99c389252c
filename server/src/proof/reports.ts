import { databaseTitles } from "../protocol/databases.ts";
import type { Related, Severity, SimulatedReport, SimulationRule } from "../rules/rule.ts";
import { placeOf } from "../rules/shared/database-names.ts";
import { type ReleasedVersion, releasedPlace } from "../rules/shared/released-versions.ts";
import type { FailureVariant } from "../rules/shared/simulated-messages.ts";
import { statementDropsUsed } from "../rules/simulated/statement-drops-used.ts";
import { statementMakesTwice } from "../rules/simulated/statement-makes-twice.ts";
import { statementMisses } from "../rules/simulated/statement-misses.ts";
import { statementRowTwice } from "../rules/simulated/statement-row-twice.ts";
import { statementUnfit } from "../rules/simulated/statement-unfit.ts";
import { statementValueRefused } from "../rules/simulated/statement-value-refused.ts";
import { statementWithoutEffect } from "../rules/simulated/statement-without-effect.ts";
import type { Element } from "../syntax/element.ts";
import type { SystemState } from "../system/system-state.ts";
import type { SourceText } from "../text/source-text.ts";
import type { UpgradeStart } from "./attempts.ts";
import { orderFix } from "./order-fix.ts";
import type { Simulated, Subject } from "./simulate.ts";
import type { Failure } from "./trial.ts";

/** A failure, and when it happens. */
export type SimulatedFailure = { readonly failure: Failure } & (
  | {
      /** `again` is an install of what was installed and uninstalled before. */
      readonly operation: "install" | "uninstall" | "again";
    }
  | { readonly operation: "upgrade"; readonly start: UpgradeStart; readonly released?: undefined }
  /** From a version that was released before. */
  | { readonly operation: "upgrade"; readonly released: ReleasedVersion }
);

export type SeenFailure = SimulatedFailure & {
  /** Which of the systems it happens on. */
  readonly system: number;
};

/** One report for each element and cause, whatever the operations, versions and systems it was seen with. */
export function* reportsOf(
  seen: readonly SeenFailure[],
  subjects: readonly Subject[],
  source: SourceText,
): Iterable<Simulated> {
  const groups = new Map<string, SeenFailure[]>();
  for (const each of seen) {
    const { tag } = each.failure.statement;
    const key = `${tag.count} ${each.operation === "again"} ${causeOf(each.failure)}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  for (const group of groups.values()) yield reportOf(group, subjects, source);
}

/** The same on all databases, which may have other words for the same type, and shorten names. */
function causeOf({ error }: Failure): string {
  return `${rowOf(error.id, false).rule.id} ${error.values?.column ?? ""}`;
}

function reportOf(
  group: readonly SeenFailure[],
  subjects: readonly Subject[],
  source: SourceText,
): Simulated {
  const sure = group.filter(({ failure }) => failure.isSure);
  const all = sure.length > 0 ? sure : group;
  // What fails from other versions, too, is told of all of them.
  const general = all.filter((each) => releasedOf(each) === undefined);
  const told = general.length > 0 ? general : all;
  const released = [...new Set(told.flatMap((each) => releasedOf(each) ?? []))];
  const isSilent = told.every((each) => each.failure.isSilent);
  const { failure, operation } = told.find((each) => each.failure.isSilent === isSilent)!;
  const { statement, error } = failure;
  const { rule, toldBy } = rowOf(error.id, isSilent);
  const { element } = statement.tag;
  const systems = [...new Set(told.map(({ system }) => system))];
  const databases = databasesOf(systems, subjects, failure.isOfFramework);
  const range = operation === "upgrade" && released.length === 0 ? rangeOf(told) : undefined;
  const when = released.length > 0 ? "upgrade-released" : whenOf(operation, failure, range, sure.length > 0);
  const variant: FailureVariant = databases === undefined ? when : `${when}-on`;
  const { other } = failure;
  const fix = other?.relation === "later" ? orderFix(source, statement.tag, other.tag) : undefined;
  const report: SimulatedReport = {
    rule,
    span: placeOf(element, placeName(element)),
    element: toldWith(element).span,
    ...(operation === "again" ? { toldBy: [...toldBy, ...leftBehind], offWith: leftBehind } : { toldBy }),
    variant,
    arguments: {
      element: element.name,
      ...(range && { version: range.below }),
      ...(range?.since !== undefined && { since: range.since }),
      ...(released.length > 0 && { version: released.map(({ version }) => version).join(", ") }),
      ...(databases !== undefined && { databases }),
    },
    reason: { text: error.text, ...(error.values && { values: error.values }) },
    severity: severityOf(rule, when, isFromLast(released, subjects), systems, subjects),
    ...((other || released.length > 0) && {
      related: [...(other ? [relatedOf(other)] : []), ...released.slice(0, 1).flatMap(releasedPlace)],
    }),
    ...(fix && { fixes: [fix] }),
  };
  // Code comes before all statements or behind them, so that it cannot take out of their way what they make themselves.
  const isOpenToCode =
    operation === "uninstall" || operation === "again" || released.length > 0 || toldBy === missing.toldBy;
  const tables = isOpenToCode ? [...new Set(group.flatMap((each) => each.failure.tables))] : [];
  return { report, tables, isAfterUninstall: operation === "again", isFromReleased: released.length > 0 };
}

function releasedOf(seen: SeenFailure): ReleasedVersion | undefined {
  return seen.operation === "upgrade" ? seen.released : undefined;
}

/** What a rule may have said the same of: a Reference is a part of its key, and the table is named there. */
function toldWith(element: Element): Element {
  return element.name === "Reference" ? (element.parent ?? element) : element;
}

function whenOf(
  operation: SimulatedFailure["operation"],
  { isForeign }: Failure,
  range: { readonly since: string | undefined } | undefined,
  isSure: boolean,
): Exclude<FailureVariant, `${string}-on`> {
  if (operation === "install") return isForeign ? "install-alone" : "install";
  if (operation !== "upgrade") return operation;
  if (!isSure) return "upgrade-likely";
  return range?.since === undefined ? "upgrade" : "upgrade-between";
}

/** Whether it happens in upgrades from the last version that was released: older ones may have no way up any more. */
function isFromLast(released: readonly ReleasedVersion[], subjects: readonly Subject[]): boolean {
  return released.length === 0 || released.includes(subjects[0]!.starts[0]!.released);
}

/**
 * What is sure and was seen on a database that was run is as grave as the rule says, everything else is less.
 *
 * @param isFromLast false for what happens only in upgrades from other versions than the last
 */
function severityOf(
  { severity }: SimulationRule,
  when: string,
  isFromLast: boolean,
  systems: readonly number[],
  subjects: readonly Subject[],
): Severity {
  const wasRun = systems.some((index) => subjects[index]!.system.database.engine.ground.certainty === "run");
  const isSure = when === "install" || (when.startsWith("upgrade") && when !== "upgrade-likely");
  if (isSure && wasRun && isFromLast) return severity;
  return severity === "error" ? "warning" : "information";
}

/** From which versions on and below which; of several ranges with gaps between them the oldest. */
function rangeOf(seen: readonly SeenFailure[]): {
  readonly since: string | undefined;
  readonly below: string;
} {
  const starts = new Map<string | undefined, UpgradeStart>();
  for (const each of seen)
    if (each.operation === "upgrade" && !each.released) starts.set(each.start.since, each.start);
  const belows = new Set([...starts.values()].map(({ below }) => below));
  const first = [...starts.values()].find(({ since }) => since === undefined || !belows.has(since))!;
  let { below } = first;
  for (let next = starts.get(below); next; next = starts.get(below)) below = next.below;
  return { since: first.since, below };
}

/** Names the databases of systems. Undefined for all that were tried, unless the framework has a part in it: then its releases are named. */
export function databasesOf(
  systems: readonly number[],
  subjects: readonly Subject[],
  isOfFramework: boolean,
): string | undefined {
  const chosen = systems.map((index) => subjects[index]!.system);
  if (systems.length === subjects.length) return isOfFramework ? productsOf(chosen) : undefined;
  const kinds = [...new Set(chosen.map(({ database }) => database.kind))];
  return kinds
    .map((kind) => {
      const own = chosen.filter(({ database }) => database.kind === kind);
      const all = subjects.filter(({ system }) => system.database.kind === kind);
      const isPlain = own.length === all.length && !isOfFramework;
      return isPlain ? databaseTitles[kind] : `${databaseTitles[kind]} (${productsOf(own)})`;
    })
    .join(", ");
}

function productsOf(systems: readonly SystemState[]): string {
  const products = systems.map(({ framework }) => `${framework.product} ${framework.version}`);
  return [...new Set(products)].join(", ");
}

function relatedOf({ tag, relation }: NonNullable<Failure["other"]>): Related {
  const { element } = tag;
  return { message: relations[relation], span: placeOf(element, placeName(element)) };
}

const relations = {
  made: "It is made here.",
  gone: "It is taken away here.",
  later: "It is made here, which is too late.",
  row: "The first row is here.",
} as const;

/** The attribute that says what an element is about. */
export function placeName({ name }: Element): string {
  return placeNames[name] ?? "Name";
}

const placeNames: Readonly<Record<string, string>> = {
  ColumnChange: "NameNew",
  Insert: "Table",
  Reference: "Local",
  ForeignKey: "ForeignTable",
  ForeignKeyCreate: "ForeignTable",
};

/** Rules about what stays when a package is uninstalled, which the next installation finds. */
const leftBehind: readonly string[] = ["table-not-dropped", "framework-alter-not-reverted"];

interface Row {
  readonly rule: SimulationRule;
  readonly toldBy: readonly string[];
}

function rowOf(id: Failure["error"]["id"], isSilent: boolean): Row {
  const row = rows[id] ?? unfit;
  return isSilent ? { ...row, rule: statementWithoutEffect } : row;
}

const twice: Row = {
  rule: statementMakesTwice,
  toldBy: [
    ...["table-exists", "column-exists", "column-duplicate", "index-name-duplicate", "fk-duplicate"],
    ...["fk-name-collision", "column-pk-composite"],
    ...["install-upgrade-drift", "unique-name-missing"],
  ],
};

const missing: Row = {
  rule: statementMisses,
  toldBy: [
    ...["fk-table-unknown", "fk-column-unknown", "column-drop-unknown", "column-change-unknown"],
    ...["table-drop-unknown", "table-drop-order", "index-column-unknown", "insert-column-unknown"],
    ...["install-upgrade-drift", "fk-table-renamed", "table-drop-framework"],
  ],
};

const used: Row = {
  rule: statementDropsUsed,
  toldBy: ["table-drop-order", "table-drop-framework", "install-upgrade-drift"],
};

const unfit: Row = {
  rule: statementUnfit,
  toldBy: [
    ...[
      "index-key-too-long",
      "index-size-missing",
      "index-size-invalid",
      "unique-on-text",
      "column-pk-on-text",
    ],
    ...["column-pk-optional", "fk-type-mismatch", "fk-reference-missing", "fk-column-unknown"],
    ...["column-autoincrement-not-key", "column-autoincrement-not-first", "column-autoincrement-type"],
    ...["column-default-nonnumeric", "column-default-numeric-empty", "column-default-on-text"],
    ...["column-default-quote", "column-type-missing", "column-type-unknown", "column-size-missing"],
    ...["column-size-format", "identifier-reserved", "identifier-characters", "table-name-length"],
    ...["column-name-length", "index-name-length", "column-name-missing", "index-name-missing"],
    ...["insert-empty-unquoted", "insert-unquoted-string", "insert-key-missing", "varchar-becomes-clob"],
    ...["column-add-required-no-default", "column-change-names", "insert-quoted-timestamp"],
  ],
};

const value: Row = {
  rule: statementValueRefused,
  toldBy: [
    ...["insert-required-missing", "insert-empty-unquoted", "insert-unquoted-string"],
    ...["insert-quoted-timestamp", "insert-whitespace", "column-add-required-no-default"],
  ],
};

const parentRow: Row = { rule: statementValueRefused, toldBy: ["fk-insert-order"] };

const rowTwice: Row = { rule: statementRowTwice, toldBy: ["insert-explicit-id"] };

/** What an error of a database comes to; all others are about what it cannot make. */
const rows: Readonly<Partial<Record<Failure["error"]["id"], Row>>> = {
  "table-exists": twice,
  "column-exists": twice,
  "column-twice": twice,
  "key-exists": twice,
  "foreign-key-exists": twice,
  "primary-key-exists": twice,
  "table-missing": missing,
  "column-missing": missing,
  "key-missing": missing,
  "foreign-key-missing": missing,
  "table-referenced": used,
  "column-in-foreign-key": used,
  "column-in-key": used,
  "column-last": used,
  "key-needed": used,
  "key-of-constraint": used,
  "value-required": value,
  "value-wrong-type": value,
  "value-too-long": value,
  "value-out-of-range": value,
  "parent-row-missing": parentRow,
  "column-not-empty": value,
  "type-not-convertible": value,
  "null-already-refused": value,
  "value-twice": rowTwice,
};
