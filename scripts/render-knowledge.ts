import type { EventFact, SettingSource, TableFact } from "../server/src/knowledge/knowledge.ts";
import { letterOf } from "../server/src/knowledge/name-lists.ts";
import { foldersLeftOut, type Section } from "../server/src/knowledge/read-knowledge.ts";

/** Everything that is known of one release, as the reference folder has it; without what nobody read. */
export interface ReleaseFacts {
  /** As `releases.ts` names it; without blanks. */
  readonly id: string;
  readonly files?: readonly string[];
  readonly settings?: readonly ({ readonly name: string } & SettingSource)[];
  readonly tables?: readonly TableFact[];
  readonly events?: readonly EventFact[];
  readonly valueTypes?: readonly string[];
}

/** Writes the sections in the form that `NameLists` describes. Pure: the same facts give the same texts. */
export function renderKnowledge(releases: readonly ReleaseFacts[]): Readonly<Record<Section, string>> {
  return {
    files: render(releases, ({ files }) =>
      files?.filter((path) => !foldersLeftOut.some((folder) => path.startsWith(folder))).map(inFolder),
    ),
    settings: render(releases, ({ settings }) =>
      settings?.map(({ name, init, file }) => ({ heading: `${init} ${file}`, name })),
    ),
    tables: render(
      releases,
      ({ tables }) =>
        tables?.flatMap((table) => partsOf(table).map((part) => ({ heading: table.name, name: part }))),
      merged,
    ),
    events: render(releases, ({ events }) =>
      events?.map(({ name, sources }) => ({ heading: "", name: [name, ...sources].join("\t") })),
    ),
    "value-types": render(releases, ({ valueTypes }) => valueTypes?.map((name) => ({ heading: "", name }))),
  };
}

interface PlacedName {
  readonly heading: string;
  readonly name: string;
}

/** A name and the releases that have it, by their bits. */
interface MaskedName {
  readonly name: string;
  readonly mask: number;
}

function inFolder(path: string): PlacedName {
  const slash = path.lastIndexOf("/");
  return { heading: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

/**
 * @param namesOf undefined for a release of which the section says nothing
 * @param union of the lists of all releases under one heading
 */
function render(
  releases: readonly ReleaseFacts[],
  namesOf: (facts: ReleaseFacts) => readonly PlacedName[] | undefined,
  union: (lists: readonly (readonly string[])[]) => readonly MaskedName[] = sorted,
): string {
  const known = releases.flatMap((facts) => {
    const names = namesOf(facts);
    return names ? [{ id: facts.id, lists: byHeading(names) }] : [];
  });
  const headings = [...new Set(known.flatMap(({ lists }) => [...lists.keys()]))].sort();
  const blocks = headings.map((heading) => ({
    heading,
    names: union(known.map(({ lists }) => lists.get(heading) ?? [])),
  }));
  const letters = maskLetters(blocks.flatMap(({ names }) => names));
  return [
    known.map(({ id }) => id).join(" "),
    [...letters.keys()].map((mask) => mask.toString(36)).join(" "),
    ...blocks.flatMap(({ heading, names }) => [` ${heading}`, ...renderNames(names, letters)]),
    "",
  ].join("\n");
}

function byHeading(names: readonly PlacedName[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const { heading, name } of names) {
    const list = lists.get(heading);
    if (list) list.push(name);
    else lists.set(heading, [name]);
  }
  return lists;
}

/** The most frequent masks get the letters of one byte. */
function maskLetters(names: readonly MaskedName[]): ReadonlyMap<number, string> {
  const counts = new Map<number, number>();
  for (const { mask } of names) counts.set(mask, (counts.get(mask) ?? 0) + 1);
  const byCount = [...counts].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || a - b);
  return new Map(byCount.map(([mask], index) => [mask, letterOf(index)]));
}

function renderNames(names: readonly MaskedName[], letters: ReadonlyMap<number, string>): readonly string[] {
  let previous = "";
  return names.map(({ name, mask }) => {
    let shared = 0;
    while (shared < previous.length && previous[shared] === name[shared]) shared++;
    previous = name;
    return letters.get(mask)! + letterOf(shared) + name.slice(shared);
  });
}

/** Lists whose order is that of the alphabet. */
function sorted(lists: readonly (readonly string[])[]): readonly MaskedName[] {
  const masks = new Map<string, number>();
  lists.forEach((list, bit) => {
    for (const name of list) masks.set(name, (masks.get(name) ?? 0) | (1 << bit));
  });
  return [...masks].map(([name, mask]) => ({ name, mask })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Keeps the order that each of the lists has. What stands in another order in another release is there twice. */
function merged(lists: readonly (readonly string[])[]): readonly MaskedName[] {
  let union: readonly MaskedName[] = [];
  lists.forEach((list, bit) => {
    union = withList(union, list, 1 << bit);
  });
  return union;
}

function withList(
  union: readonly MaskedName[],
  list: readonly string[],
  bitMask: number,
): readonly MaskedName[] {
  // How many names the rests of both have in common, in order.
  const common = union.map(() => new Array<number>(list.length + 1).fill(0));
  common.push(new Array<number>(list.length + 1).fill(0));
  for (let i = union.length - 1; i >= 0; i--) {
    for (let j = list.length - 1; j >= 0; j--) {
      common[i]![j] =
        union[i]!.name === list[j]
          ? common[i + 1]![j + 1]! + 1
          : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const result: MaskedName[] = [];
  let j = 0;
  union.forEach((each, i) => {
    while (j < list.length && each.name !== list[j] && common[i]![j + 1] === common[i]![j]) {
      result.push({ name: list[j]!, mask: bitMask });
      j++;
    }
    const isHere = j < list.length && each.name === list[j];
    result.push(isHere ? { ...each, mask: each.mask | bitMask } : each);
    if (isHere) j++;
  });
  return [...result, ...list.slice(j).map((name) => ({ name, mask: bitMask }))];
}

/** As `read-table.ts` says. */
function partsOf({ columns, indexes, uniques, foreignKeys }: TableFact): readonly string[] {
  return [
    ...columns.map((column) => {
      const size = column.size === undefined ? "" : `(${column.size})`;
      const marks =
        (column.required ? "!" : "") + (column.primaryKey ? "*" : "") + (column.autoIncrement ? "+" : "");
      const value = column.default === undefined ? "" : ` =${column.default}`;
      return `${column.name} ${column.type}${size}${marks}${value}`;
    }),
    ...indexes.map(({ name, columns }) =>
      [
        `#${name}`,
        ...columns.map((column) =>
          column.size === undefined ? column.name : `${column.name}:${column.size}`,
        ),
      ].join(" "),
    ),
    ...uniques.map(({ name = "", columns }) => [`?${name}`, ...columns].join(" ")),
    ...foreignKeys.map(({ table, references }) =>
      [`>${table}`, ...references.map(({ local, foreign }) => `${local}:${foreign}`)].join(" "),
    ),
  ];
}
