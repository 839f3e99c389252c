import { type ColumnFact, type Knowledge, noKnowledge, type TableFact } from "./knowledge.ts";

/**
 * What is known of a package's frameworks when it may be installed on several releases.
 *
 * There is what any of them has: a statement on it does something on that release, which {@link releaseWith} names.
 * There is not what surely none of them has, of those that anything is known of. A table has the columns that it has
 * anywhere, each as far as the releases agree about it. Lists of names are those of the newest release that has any,
 * because they are for offering.
 *
 * @param parts of single releases, the newest last
 */
export function joinKnowledge(parts: readonly Knowledge[]): Knowledge {
  const [first = noKnowledge] = parts;
  if (parts.length < 2) return first;
  const any = (answer: (part: Knowledge) => boolean | undefined) => {
    let none: false | undefined = false;
    for (const part of parts) {
      const given = answer(part);
      if (given) return true;
      if (given === undefined) none = undefined;
    }
    return none;
  };
  const newest = <T>(answer: (part: Knowledge) => T | undefined) =>
    parts.map(answer).findLast((each) => each !== undefined);
  const tables = new Map<string, TableFact>();
  return {
    release: labelOf(parts, parts),
    parts,
    isFrameworkFile: (path) => any((part) => part.isFrameworkFile(path)),
    isFrameworkModule: (name) => any((part) => part.isFrameworkModule(name)),
    isFrameworkSetting: (name) => any((part) => part.isFrameworkSetting(name)),
    table(name) {
      let table = tables.get(name);
      if (table) return table;
      const facts = parts.map((part) => part.table(name));
      const known = facts.filter((fact) => fact != null);
      if (known.length === 0) return facts.includes(undefined) ? undefined : null;
      table = joinTables(known);
      tables.set(name, table);
      return table;
    },
    settingSources: (name) => newest((part) => part.settingSources(name)),
    fileNames: () => newest((part) => part.fileNames()),
    moduleNames: () => newest((part) => part.moduleNames()),
    settingNames: () => newest((part) => part.settingNames()),
    tableNames: () => newest((part) => part.tableNames()),
    events: () => newest((part) => part.events()),
    valueTypes: () => newest((part) => part.valueTypes()),
  };
}

/**
 * The releases for which something holds, such as "Znuny 6.1.2–6.5.4"; empty for none.
 *
 * @param holds is asked about each single release
 */
export function releaseWith(knowledge: Knowledge, holds: (release: Knowledge) => boolean): string {
  const parts = knowledge.parts ?? [knowledge];
  return labelOf(parts, parts.filter(holds));
}

/** The newest of the releases that something is known of. */
export function newestPart(knowledge: Knowledge): Knowledge {
  return knowledge.parts?.at(-1) ?? knowledge;
}

/** The newest of the releases for which something holds; undefined for none. */
export function newestWith(
  knowledge: Knowledge,
  holds: (release: Knowledge) => unknown,
): Knowledge | undefined {
  return (knowledge.parts ?? [knowledge]).findLast(holds);
}

/** Neighbours of one product are written as a range. */
function labelOf(all: readonly Knowledge[], chosen: readonly Knowledge[]): string {
  const ranges: { first: string; last: string; end: number }[] = [];
  for (const part of chosen) {
    const label = part.release ?? "";
    const place = all.indexOf(part);
    const range = ranges.at(-1);
    if (range && range.end === place - 1 && productOf(range.last) === productOf(label)) {
      range.last = label;
      range.end = place;
    } else ranges.push({ first: label, last: label, end: place });
  }
  return ranges
    .map(({ first, last }) => (first === last ? first : `${first}–${last.slice(productOf(last).length + 1)}`))
    .join(", ");
}

function productOf(label: string): string {
  return label.split(" ")[0]!;
}

function joinTables(tables: readonly TableFact[]): TableFact {
  const newest = tables.at(-1)!;
  const names = new Set(tables.toReversed().flatMap(({ columns }) => columns.map(({ name }) => name)));
  return {
    ...newest,
    columns: [...names].map((name) =>
      joinColumns(tables.map(({ columns }) => columns.find((column) => column.name === name))),
    ),
  };
}

/** @param columns undefined for a release whose table lacks it */
function joinColumns(columns: readonly (ColumnFact | undefined)[]): ColumnFact {
  const there = columns.filter((column) => column !== undefined);
  const [first] = there as [ColumnFact];
  const agreed = <K extends keyof ColumnFact>(key: K) =>
    there.every((column) => column[key] === first[key]) ? first[key] : undefined;
  return {
    name: first.name,
    type: agreed("type") ?? "",
    size: agreed("size"),
    default: agreed("default"),
    required: columns.every((column) => column?.required),
    primaryKey: columns.every((column) => column?.primaryKey),
    autoIncrement: columns.every((column) => column?.autoIncrement),
  };
}
