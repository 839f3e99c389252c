import type { EventFact, Knowledge, SettingSource, TableFact } from "./knowledge.ts";
import { blocksOf, type NameBlock, readNames } from "./name-block.ts";
import { readTable } from "./read-table.ts";
import type { Release } from "./releases.ts";

/** The parts of the data; each is a text of its own, so that nobody reads what nobody asks for. */
export const sections = ["files", "settings", "tables", "events", "value-types"] as const;
export type Section = (typeof sections)[number];

/**
 * What the data says about one release. A section is loaded when something of it is first asked for, and as little
 * of it is read as the question needs.
 *
 * Every text holds all releases, because they have most in common. Its first line names them; each line after it
 * begins with one digit of base 36 whose bit `n` says that the line holds for release `n`. Lists of names go on as
 * `name-block.ts` says, files standing under their folders and settings under their files; tables as
 * `read-table.ts` says.
 *
 * @param load gives the text of a section; it is asked at most once for each
 */
export function readKnowledge(release: Release, load: (section: Section) => string): Knowledge {
  const files = once(() => new FileNames(load("files"), release.id));
  const settings = once(() => readSettings(load("settings"), release.id));
  const tables = once(() => new Tables(load("tables"), release.id));
  const doubtful = (listed: boolean) => (listed && release.extraFiles ? undefined : listed);
  return {
    release: release.label,
    isFrameworkFile: (path) => doubtful(files().has(path)),
    isFrameworkModule(name) {
      const path = `${name.replaceAll("::", "/")}.pm`;
      return doubtful(isModulePath(path) && files().has(path));
    },
    isFrameworkSetting: (name) => settings().has(name),
    table: (name) => tables().table(name),
    settingSources: (name) => settings().get(name) ?? [],
    fileNames: once(() => files().all().sort()),
    moduleNames: once(() => files().all().filter(isModulePath).map(moduleName).sort()),
    settingNames: once(() => [...settings().keys()].sort()),
    tableNames: once(() => tables().names().sort()),
    events: once(() => readPlainNames(load("events"), release.id).map(readEvent)),
    valueTypes: once(() => readPlainNames(load("value-types"), release.id)),
  };
}

/** The paths of a release. Folders are read one by one, because a package asks for few of them. */
class FileNames {
  readonly #blocks: ReadonlyMap<string, NameBlock>;
  readonly #names = new Map<string, ReadonlySet<string>>();

  constructor(text: string, releaseId: string) {
    this.#blocks = blocksOf(text, releaseId);
  }

  has(path: string): boolean {
    const slash = path.lastIndexOf("/");
    return this.#namesIn(path.slice(0, Math.max(slash, 0))).has(path.slice(slash + 1));
  }

  all(): string[] {
    return [...this.#blocks.keys()].flatMap((folder) =>
      [...this.#namesIn(folder)].map((name) => (folder === "" ? name : `${folder}/${name}`)),
    );
  }

  #namesIn(folder: string): ReadonlySet<string> {
    const known = this.#names.get(folder);
    if (known) return known;
    const block = this.#blocks.get(folder);
    if (!block) return noNames;
    const names = new Set(readNames(block));
    this.#names.set(folder, names);
    return names;
  }
}

const noNames: ReadonlySet<string> = new Set();

/** The tables of a release. Hundreds are listed and few are asked for. */
class Tables {
  readonly #lines = new Map<string, string>();
  readonly #tables = new Map<string, TableFact>();

  constructor(text: string, releaseId: string) {
    const [releases = "", ...lines] = text.split("\n");
    const bit = releases.split(" ").indexOf(releaseId);
    for (const line of lines) {
      const holds = bit >= 0 && (Number.parseInt(line.slice(0, 1), 36) >> bit) & 1;
      if (holds) this.#lines.set(line.slice(1, line.indexOf("\t")), line.slice(1));
    }
  }

  table(name: string): TableFact | null {
    const line = this.#lines.get(name);
    if (line === undefined) return null;
    const table = this.#tables.get(name) ?? readTable(line);
    this.#tables.set(name, table);
    return table;
  }

  names(): string[] {
    return [...this.#lines.keys()];
  }
}

/** The headings are "init file". */
function readSettings(text: string, releaseId: string): ReadonlyMap<string, readonly SettingSource[]> {
  const settings = new Map<string, readonly SettingSource[]>();
  for (const [heading, block] of blocksOf(text, releaseId)) {
    const [init = "", file = ""] = heading.split(" ");
    const source = [{ init, file }];
    for (const name of readNames(block)) {
      const sources = settings.get(name);
      settings.set(name, sources ? [...sources, ...source] : source);
    }
  }
  return settings;
}

function readPlainNames(text: string, releaseId: string): readonly string[] {
  return [...blocksOf(text, releaseId).values()].flatMap(readNames);
}

/** An event is written as its name and its sources, with tabs between them. */
function readEvent(line: string): EventFact {
  const [name = "", ...sources] = line.split("\t");
  return { name, sources };
}

/** Tells the framework's own Perl modules from bundled ones of others and from configuration files. */
function isModulePath(path: string): boolean {
  return /^Kernel\/.*\.pm$/.test(path) && !/^Kernel\/(cpan-lib|Config\/Files)\//.test(path);
}

function moduleName(path: string): string {
  return path.slice(0, -".pm".length).replaceAll("/", "::");
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
