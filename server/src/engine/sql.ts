import { contentsOfSpec } from "../builder/contents-of-spec.ts";
import type { DatabaseKind } from "../database/engines.ts";
import { generateSql } from "../database/generate-sql.ts";
import type { SqlScript, SqlStatement } from "../database/sql-script.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { switchesOf } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import {
  deadSectionReason,
  isEndOf,
  notMergedReason,
  passedVersionReason,
  unknownPhaseReason,
  unversionedReason,
} from "../lifecycle/database-gates.ts";
import type { Operation } from "../lifecycle/operation.ts";
import { orderOf, type Selection } from "../lifecycle/order.ts";
import type { DatabaseFamily } from "../model/package-spec.ts";
import { isTrue, type PackageStructure, type StartTag, type Tag } from "../model/package-structure.ts";
import { isAtLeast } from "../model/version.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

export interface SqlRequest {
  readonly operation: Operation;
  readonly database: DatabaseKind;
  readonly dialect: DialectId;
  /** The version that is installed before an upgrade; undefined for all versions at once. */
  readonly from?: string | undefined;
  /** What `current_timestamp` becomes, as "YYYY-MM-DD hh:mm:ss". */
  readonly now: string;
}

/** Elements that are handed to the generator together, or that would be. */
export interface SqlRun {
  readonly family: DatabaseFamily;
  readonly phase: string;
  /** An element that is dealt with on its own; undefined for the elements of a whole phase. */
  readonly element: StartTag | undefined;
  /** The version that decides whether the element runs; undefined where none does. */
  readonly version: string | undefined;
  /** Why it does not run; undefined when it does. */
  readonly reason: Message | undefined;
  readonly script: SqlScript;
}

/** One statement that an operation runs. */
export interface OperationStatement {
  readonly phase: string;
  readonly list: "main" | "post";
  readonly statement: SqlStatement;
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
 * The same with what does not run and why, each in its place; phases that no operation knows come last.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageInstall, PackageUpgrade, PackageReinstall and PackageUninstall
 */
export function sqlRuns(structure: PackageStructure, request: SqlRequest): readonly SqlRun[] {
  const runs: SqlRun[] = [];
  const planned = new Map<DatabaseFamily, Set<string>>();
  const plan = (family: DatabaseFamily, phase: string, selection: Selection | "merge") => {
    planned.set(family, (planned.get(family) ?? new Set()).add(phase));
    const tags = structure.database[family].get(phase) ?? [];
    if (tags.length === 0) return;
    for (const run of runsOf({ structure, request, family, phase }, tags, selection)) runs.push(run);
  };
  const isUpgrade = request.operation === "upgrade";
  for (const slot of orderOf(request.operation, { dialect: request.dialect })) {
    if (slot.kind === "database") plan(slot.family, slot.phase, slot.selection);
    else if (slot.kind === "merge" && isUpgrade) plan("DatabaseUpgrade", "merge", "merge");
  }
  for (const [family, phases] of planned) {
    for (const [phase, tags] of structure.database[family]) {
      if (phases.has(phase)) continue;
      const reason = unknownPhaseReason(family, phase);
      for (const run of unread({ structure, request, family, phase }, tags, reason)) runs.push(run);
    }
  }
  return runs;
}

interface Place {
  readonly structure: PackageStructure;
  readonly request: SqlRequest;
  readonly family: DatabaseFamily;
  readonly phase: string;
}

function runsOf(place: Place, tags: readonly Tag[], selection: Selection | "merge"): readonly SqlRun[] {
  const { family, structure, request } = place;
  switch (selection) {
    case "all":
      return [runOf(place, tags)];
    case "conditions": {
      const { kept, left } = withoutUnmet(tags, structure, request.dialect);
      return [runOf(place, kept), ...left.map(({ tags, reason }) => runOf(place, tags, { reason }))];
    }
    case "gates": {
      const { kept, left } = withoutUnmet(tags, structure, request.dialect);
      return [...gated(place, kept), ...left.map(({ tags, reason }) => runOf(place, tags, { reason }))];
    }
    case "merge":
      return gated(place, tags).map((run) => ({
        ...run,
        reason: run.reason ?? {
          text:
            structure.repeated.PackageMerge.length === 0
              ? "The package merges no other package."
              : "No older version of a merged package is installed.",
        },
      }));
    case "never":
      return unread(place, tags, deadSectionReason(family));
  }
}

function runOf(
  { family, phase, request }: Place,
  tags: readonly Tag[],
  about: { readonly version?: string | undefined; readonly reason?: Message | undefined } = {},
): SqlRun {
  const { database, dialect, now } = request;
  const [first] = tags;
  return {
    family,
    phase,
    element: first?.kind === "start" && first.name !== family ? first : undefined,
    version: about.version,
    reason: about.reason,
    script: generateSql(tags, database, { dialect }, { now }),
  };
}

/** Sections that nobody reads, element by element. */
function unread(place: Place, tags: readonly Tag[], reason: Message): readonly SqlRun[] {
  return elementsIn(tags, (tag) => tag.parent === place.family).map((element) =>
    runOf(place, element, { reason }),
  );
}

/**
 * Elements that are run one by one: whatever stands on the third level, with its version. Nothing bounds the versions
 * above.
 */
function gated(place: Place, tags: readonly Tag[]): readonly SqlRun[] {
  const { family, phase, request } = place;
  const installed = phase === "merge" ? undefined : request.from;
  const isElement = (tag: StartTag) => tag.level === 3 || tag.parent === family;
  return elementsIn(tags, isElement).map((element) => {
    const [first] = element as [StartTag, ...Tag[]];
    const own = first.attributes.get("Version");
    const version = first.level === 3 && isTrue(own) ? own! : undefined;
    return runOf(place, element, { version, reason: gateReason(first, version, installed, request.dialect) });
  });
}

function gateReason(
  element: StartTag,
  version: string | undefined,
  installed: string | undefined,
  dialect: DialectId,
): Message | undefined {
  if (version === undefined) return unversionedReason(element);
  return installed !== undefined && isAtLeast(installed, version, dialect)
    ? passedVersionReason(version, installed)
    : undefined;
}

/** The tags of each element that is asked for, from its start tag to its end tag; none inside of another. */
function elementsIn(
  tags: readonly Tag[],
  isAskedFor: (tag: StartTag) => boolean,
): readonly (readonly Tag[])[] {
  const elements: Tag[][] = [];
  let open: StartTag | undefined;
  for (const tag of tags) {
    if (!open && tag.kind === "start" && isAskedFor(tag)) {
      open = tag;
      elements.push([]);
    }
    if (!open) continue;
    elements.at(-1)!.push(tag);
    if (isEndOf(tag, open)) open = undefined;
  }
  return elements;
}

interface LeftElement {
  readonly tags: readonly Tag[];
  readonly reason: Message;
}

/** Takes out what waits for a package that is merged, at whatever depth. OTRS up to 4 knows no such conditions. */
function withoutUnmet(
  tags: readonly Tag[],
  structure: PackageStructure,
  dialect: DialectId,
): { readonly kept: readonly Tag[]; readonly left: readonly LeftElement[] } {
  if (!switchesOf(dialect).packageMerge) return { kept: tags, left: [] };
  const elements = elementsIn(tags, ({ attributes }) => attributes.has("IfPackage"));
  const gone = new Set(elements.flat());
  return {
    kept: tags.filter((tag) => !gone.has(tag)),
    left: elements.map((element) => {
      const [first] = element as [StartTag, ...Tag[]];
      const name = first.attributes.get("IfPackage")!;
      const merges = structure.repeated.PackageMerge.some(
        ({ attributes }) => attributes.get("Name") === name,
      );
      return {
        tags: element,
        reason: notMergedReason(name, merges),
      };
    }),
  };
}
