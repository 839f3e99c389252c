import type { EventFact, SettingSource, TableFact } from "../server/src/knowledge/knowledge.ts";
import type { Section } from "../server/src/knowledge/read-knowledge.ts";

/** Everything that is known of one release, as the reference folder has it. */
export interface ReleaseFacts {
  /** As `releases.ts` names it; without blanks. */
  readonly id: string;
  readonly files: readonly string[];
  readonly settings: readonly ({ readonly name: string } & SettingSource)[];
  readonly tables: readonly TableFact[];
  readonly events: readonly EventFact[];
  readonly valueTypes: readonly string[];
}

/** Writes the sections in the form that `read-knowledge.ts` describes. Pure: the same facts give the same texts. */
export function renderKnowledge(releases: readonly ReleaseFacts[]): Readonly<Record<Section, string>> {
  const heading = releases.map(({ id }) => id).join(" ");
  const section = (lines: readonly string[]) => [heading, ...lines, ""].join("\n");
  const grouped = (namesOf: (facts: ReleaseFacts) => readonly GroupedName[]) =>
    section(renderGroups(releases, namesOf));
  return {
    files: grouped(({ files }) => files.map(inFolder)),
    settings: grouped(({ settings }) =>
      settings.map(({ name, init, file }) => ({ group: `${init} ${file}`, name })),
    ),
    tables: section(
      [...collect(releases, ({ tables }) => tables.map(renderTable))]
        .sort(byKey)
        .map(([line, digit]) => digit + line),
    ),
    events: grouped(({ events }) =>
      events.map(({ name, sources }) => ({ group: "", name: [name, ...sources].join("\t") })),
    ),
    "value-types": grouped(({ valueTypes }) => valueTypes.map((name) => ({ group: "", name }))),
  };
}

/** A name and the heading it stands under. */
interface GroupedName {
  readonly group: string;
  readonly name: string;
}

function inFolder(path: string): GroupedName {
  const slash = path.lastIndexOf("/");
  return { group: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

function renderGroups(
  releases: readonly ReleaseFacts[],
  namesOf: (facts: ReleaseFacts) => readonly GroupedName[],
): readonly string[] {
  const groups = new Map<string, Map<string, number>>();
  releases.forEach((facts, bit) => {
    for (const { group, name } of namesOf(facts)) {
      const masks = groups.get(group) ?? new Map<string, number>();
      masks.set(name, (masks.get(name) ?? 0) | (1 << bit));
      groups.set(group, masks);
    }
  });
  return [...groups].sort(byKey).flatMap(([group, masks]) => {
    const names = renderNames(new Map([...masks].map(([name, mask]) => [name, mask.toString(36)])));
    return group === "" ? names : [`0${group}`, ...names];
  });
}

/** Each text that any release has, with the digit that says which of them have it. */
function collect(
  releases: readonly ReleaseFacts[],
  textsOf: (facts: ReleaseFacts) => readonly string[],
): ReadonlyMap<string, string> {
  const masks = new Map<string, number>();
  releases.forEach((facts, bit) => {
    for (const text of textsOf(facts)) masks.set(text, (masks.get(text) ?? 0) | (1 << bit));
  });
  return new Map([...masks].map(([text, mask]) => [text, mask.toString(36)]));
}

function renderNames(digits: ReadonlyMap<string, string>): readonly string[] {
  let previous = "";
  return [...digits].sort(byKey).map(([name, digit]) => {
    let shared = 0;
    while (shared < previous.length && previous[shared] === name[shared]) shared++;
    previous = name;
    return `${digit}${shared.toString(36)} ${name.slice(shared)}`;
  });
}

function renderTable({ name, columns, indexes, uniques, foreignKeys }: TableFact): string {
  return [
    name,
    ...columns.map((column) => {
      const size = column.size === undefined ? "" : `(${column.size})`;
      const marks =
        (column.required ? "!" : "") + (column.primaryKey ? "*" : "") + (column.autoIncrement ? "+" : "");
      const value = column.default === undefined ? "" : ` =${column.default}`;
      return ` ${column.name} ${column.type}${size}${marks}${value}`;
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
  ].join("\t");
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
