import type { Database } from "../database/database.ts";
import { type Drift, databaseDrift, isMadeUp, type RowValues } from "../database/drift.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import { isSameName, namedKeys, plainName } from "../database/table.ts";
import type { Message } from "../l10n/translate.ts";
import { defaultNow } from "../lifecycle/planning.ts";
import { compareStrictly } from "../model/version.ts";
import type { Fix, SimulatedReport } from "../rules/rule.ts";
import { placeOf } from "../rules/shared/database-names.ts";
import { attributeInsertion, replacement } from "../rules/shared/fixes.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import { type ReleasedVersion, releasedPlace } from "../rules/shared/released-versions.ts";
import type { MissingPart } from "../rules/shared/upgrade-fix.ts";
import { upgradeDiffers } from "../rules/simulated/upgrade-differs.ts";
import type { Element } from "../syntax/element.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { type Parting, partingOf, partingTexts, type Ways } from "./parting.ts";
import { databasesOf, placeName } from "./reports.ts";
import type { Simulated, Subject } from "./simulate.ts";
import type { Outcome } from "./trial.ts";

/** Something that is otherwise after an upgrade from a released version than after a fresh install. */
export interface SeenDrift {
  readonly drift: Drift;
  readonly parting: Parting;
  readonly released: ReleasedVersion;
  /** Which of the systems it is so on. */
  readonly system: number;
  /** Where rules may have told it, beside the element of the parting. */
  readonly around: readonly Span[];
}

/**
 * What an upgrade leaves otherwise than a fresh install. Tables about which something failed, or may have, are left aside:
 * what comes of that is told of the statement.
 *
 * @param outcomes all that led to the two
 */
export function driftsBetween(
  fresh: Database,
  upgraded: Database,
  outcomes: readonly Outcome[],
  ways: Ways,
): readonly Pick<SeenDrift, "drift" | "parting" | "around">[] {
  const open = new Set(
    outcomes.flatMap(({ doubtful, failures }) => [
      ...doubtful,
      ...failures.flatMap(({ tables }) => tables.map(plainName)),
    ]),
  );
  const drifts = databaseDrift(fresh, upgraded).filter(({ table }) => !open.has(plainName(table)));
  const columns = new Set(drifts.filter(({ kind }) => kind === "column").map(columnOfDrift));
  return (
    drifts
      .filter((drift) => !goesWithColumn(drift, columns, fresh, upgraded) && !isOfChance(drift))
      .map((drift) => {
        const parting = partingOf(drift, ways);
        const { tag, other } = parting;
        const creation = creationOf(drift.table, ways.inUpgrade);
        const elements = [tag && statementOf(tag.element), other?.element, creation?.element];
        return { drift, parting, around: elements.flatMap((each) => (each ? [ownSpan(each)] : [])) };
      })
      // What no element is about comes of something else, but for a table that is left.
      .filter(({ drift, parting }) => parting.tag || drift.kind === "table")
  );
}

/** Whether a name has a random number in it. */
function isOfChance({ kind, fresh = "", other = "" }: Drift): boolean {
  return kind === "key-name" && (isMadeUp(fresh) || isMadeUp(other));
}

function columnOfDrift({ table, name }: Pick<Drift, "table" | "name">): string {
  return JSON.stringify([plainName(table), plainName(name)]);
}

/** Whether a key is there, or is not, only because a column of it is, or is not. */
function goesWithColumn(
  { kind, table, name, fresh: own }: Drift,
  columns: ReadonlySet<string>,
  fresh: Database,
  upgraded: Database,
): boolean {
  const isHit = (column: string) => columns.has(columnOfDrift({ table, name: column }));
  if (kind === "foreign-key") return isHit(name);
  const found = kind === "key" ? (own === undefined ? upgraded : fresh).table(table) : undefined;
  if (typeof found !== "object") return false;
  return namedKeys(found).some(
    (key) => isSameName(key.name, name) && key.columns.some((column) => isHit(column.name)),
  );
}

/** Of a statement that holds others its start tag, for what is told of these is something else. */
function ownSpan({ name, start, span, node }: Element): Span {
  const holds = name === "TableCreate" || name === "TableAlter";
  return holds ? { start, end: start + node.startTagWidth } : span;
}

function creationOf(table: string, statements: readonly SqlStatement[]): SqlStatement["tag"] | undefined {
  return statements.find(
    ({ change }) => change?.kind === "create-table" && plainName(change.table) === plainName(table),
  )?.tag;
}

/**
 * One report for each thing that differs, whatever the versions and systems it was seen with.
 *
 * @param name where to tell what no element of the package is about
 */
export function* driftReports(
  seen: readonly SeenDrift[],
  subjects: readonly Subject[],
  source: SourceText,
  name: Span,
): Iterable<Simulated> {
  const groups = new Map<string, SeenDrift[]>();
  for (const each of seen) {
    const { drift, parting } = each;
    const row = drift.kind === "row" ? `${drift.fresh} ${drift.other}` : "";
    // Another size on one database is another type on the next one.
    const kind = drift.kind === "column-size" ? "column-type" : drift.kind;
    const { table, name } = drift;
    const key = JSON.stringify([
      parting.tag?.count,
      parting.cause,
      kind,
      plainName(table),
      plainName(name),
      row,
    ]);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  for (const group of groups.values()) yield reportOf(group, subjects, source, name);
}

function reportOf(
  group: readonly SeenDrift[],
  subjects: readonly Subject[],
  source: SourceText,
  name: Span,
): Simulated {
  const { drift, parting } = group[0]!;
  const { starts } = subjects[0]!;
  const versions = new Set(group.map(({ released }) => released));
  // The oldest first: since when it is so.
  const released = starts
    .map((start) => start.released)
    .filter((each) => versions.has(each))
    .reverse();
  const element = parting.tag?.element;
  const span = element ? placeOf(element, placeName(element)) : name;
  const systems = [...new Set(group.map(({ system }) => system))];
  const databases = databasesOf(systems, subjects, false);
  const only: Message | undefined =
    databases === undefined ? undefined : { text: "It is so on {databases}.", values: { databases } };
  const part = mending(group[0]!, released, subjects[0]!, source);
  const fix = part?.cause === "gate" && element ? gateFix(element, part.gate) : undefined;
  const report: SimulatedReport = {
    rule: upgradeDiffers,
    span,
    element: element?.span ?? name,
    around: group[0]!.around,
    toldBy,
    variant: variantOf(drift),
    arguments: {
      version: released.map(({ version }) => version).join(", "),
      table: drift.table,
      name: drift.name,
      ...textsOf(drift),
    },
    reason: { ...partingTexts[parting.cause], ...(only && { further: only }) },
    ...(isLight(parting, released, subjects[0]!) && { severity: "information" }),
    related: [
      ...(parting.other
        ? [
            {
              message: "This is what the installation does.",
              span: placeOf(parting.other.element, placeName(parting.other.element)),
            },
          ]
        : []),
      ...released.slice(0, 1).flatMap(releasedPlace),
    ],
    ...(fix && { fixes: [fix] }),
  };
  return {
    report,
    tables: [drift.table],
    isAfterUninstall: false,
    isFromReleased: true,
    ...(part && part.cause !== "gate" && { missing: part }),
  };
}

/** What is wrong with gates, and what is seen without trying anything. */
const toldBy: readonly string[] = [
  ...["install-upgrade-drift", "upgrade-missing", "upgrade-rename-missing", "unique-name-missing"],
  ...["db-upgrade-version-released", "db-upgrade-version-missing"],
];

/** What there is on both sides. Of rows that belong together what tells them and what differs. */
function textsOf({ fresh = "", other = "", rows }: Drift): { installed: string; upgraded: string } {
  if (!rows) return { installed: fresh, upgraded: other };
  const { fresh: own, other: old } = rows;
  if (!own || !old) return { installed: own ? rowText(own) : "", upgraded: old ? rowText(old) : "" };
  const columns = [...own.keys()];
  const differing = columns.filter((column) => own.get(column) !== old.get(column));
  const same = columns.find((column) => own.get(column) === old.get(column) && own.get(column));
  const shown = [...(same === undefined ? [] : [same]), ...differing];
  const chosen = (row: RowValues) => new Map(shown.map((column) => [column, row.get(column)]));
  return { installed: rowText(chosen(own)), upgraded: rowText(chosen(old)) };
}

/** The first values of a row, without those that are the time of its insertion. */
function rowText(row: RowValues): string {
  const told = [...row].filter(([, value]) => value !== undefined && value !== null && value !== defaultNow);
  const text = told.slice(0, mostValues).map(([column, value]) => `${column}=${value}`);
  return [...text, ...(told.length > mostValues ? ["…"] : [])].join(", ");
}

const mostValues = 4;

/** What was left over does little harm, and older versions than the last may have no way up any more. */
function isLight({ cause }: Parting, released: readonly ReleasedVersion[], { starts }: Subject): boolean {
  return cause === "left" || !released.includes(starts[0]!.released);
}

type Mending = MissingPart | { readonly cause: "gate"; readonly gate: string };

/**
 * What to write, and below which version an upgrade has to run it: the next one above all that it is missing from.
 * Undefined where it would run for others as well, which have it already.
 */
function mending(
  { drift, parting }: SeenDrift,
  released: readonly ReleasedVersion[],
  { starts, contents }: Subject,
  source: SourceText,
): Mending | undefined {
  const { cause } = parting;
  if (cause !== "gate" && (cause !== "not-in-upgrade" || drift.other !== undefined)) return undefined;
  const newest = released.at(-1)!;
  const at = starts.findIndex((start) => start.released === newest);
  const own = plainVersion(contents.structure?.single.Version?.content);
  const gate = at === 0 ? own : starts[at - 1]!.released.version;
  if (gate === undefined || compareStrictly(gate, newest.version) <= 0) return undefined;
  const old = cause === "gate" ? plainVersion(parting.tag && gateOf(parting.tag.element)) : undefined;
  if (cause === "gate" && old === undefined) return undefined;
  const isHit = starts.some(
    ({ released: each }) =>
      !released.includes(each) &&
      compareStrictly(each.version, gate) < 0 &&
      (old === undefined || compareStrictly(each.version, old) >= 0),
  );
  if (isHit) return undefined;
  if (cause === "gate") return { cause, gate };
  const { kind, table, name } = drift;
  const insert = parting.tag?.element.name === "Insert" ? parting.tag.element : undefined;
  const values = insert?.elements.map(({ span }) => source.slice(span.start, span.end)) ?? [];
  return { cause, gate, kind, table, name, values };
}

/** The element of the section that another one belongs to. */
function statementOf(element: Element): Element {
  let found = element;
  while (found.parent?.parent?.parent) found = found.parent;
  return found;
}

function gateOf(element: Element): string | undefined {
  return statementOf(element).value("Version")?.trim();
}

/** Runs an element in upgrades from below a version. Nothing where other changes would run as well. */
export function gateFix(element: Element, gate: string): Fix | undefined {
  const statement = statementOf(element);
  const attribute = statement.attribute("Version");
  if (!attribute || (statement.name === "TableAlter" && statement.elements.length > 1)) return undefined;
  return {
    title: "Run it in upgrades from below {version}",
    arguments: { version: gate },
    edits: attribute.hasValue
      ? [replacement(attribute.valueSpan, gate).edits[0]!]
      : attributeInsertion(statement, "Version", gate).edits,
  };
}

function variantOf({ kind, fresh, other }: Drift): string {
  const state = other === undefined ? "missing" : fresh === undefined ? "left" : "otherwise";
  switch (kind) {
    case "column-type":
    case "column-size":
    case "column-required":
      return "column-otherwise";
    case "column-default":
      return `default-${state}`;
    case "column-counter":
      return fresh === "" ? "counter-left" : "counter-missing";
    case "primary-key":
      return `primary-${state}`;
    case "foreign-key":
      return `foreign-${state}`;
    case "key-name":
      return kind;
    default:
      return `${kind}-${state}`;
  }
}
