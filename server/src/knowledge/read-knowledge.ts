import { once } from "../text/once.ts";
import type { EventFact, Knowledge, SettingSource, TableFact } from "./knowledge.ts";
import { hasBit, type NameLists } from "./name-lists.ts";
import { readTable } from "./read-table.ts";
import type { Release } from "./releases.ts";

/** The parts of the data; each is a text of its own, so that nobody reads what nobody asks for. */
export const sections = ["files", "settings", "tables", "events", "value-types"] as const;
export type Section = (typeof sections)[number];

/** Folders of bundled software and texts, which are new in every release. Of paths below them nothing is known. */
export const foldersLeftOut = ["doc/", "i18n/", "var/httpd/htdocs/js/thirdparty/"] as const;

/**
 * What the data says about one release. A section is loaded when something of it is first asked for, and as little
 * of it is read as the question needs.
 *
 * Each section is a text as {@link NameLists} reads it. Files stand under their folders, settings under their files
 * ("init file"), the parts of tables under the tables as `read-table.ts` says, events and value types under nothing.
 *
 * @param load gives a section; it is asked at most once for each
 */
export function readKnowledge(release: Release, load: (section: Section) => NameLists): Knowledge {
  const section = (name: Section) =>
    once(() => {
      const lists = load(name);
      const bit = lists.bitOf(release.id);
      return bit === undefined ? undefined : { lists, bit };
    });
  const files = section("files");
  const tables = section("tables");
  const tablesRead = new Map<string, TableFact | null>();
  const settings = perRelease(section("settings"), readSettings);
  const fileNames = perRelease(files, (part) => allFiles(part).sort());
  const isFile = (path: string) => {
    const part = files();
    if (!part || foldersLeftOut.some((folder) => path.startsWith(folder))) return undefined;
    const isListed = hasBit(part.lists.maskOfPath(path), part.bit);
    return isListed && release.extraFiles ? undefined : isListed;
  };
  return {
    release: `${release.product} ${release.version}`,
    isFrameworkFile: isFile,
    isFrameworkModule(name) {
      const path = `${name.replaceAll("::", "/")}.pm`;
      if (!files()) return undefined;
      return isModulePath(path) && isFile(path);
    },
    isFrameworkSetting: (name) => settings()?.has(name),
    table(name) {
      const part = tables();
      if (!part) return undefined;
      let table = tablesRead.get(name);
      if (table === undefined) {
        const parts = part.lists.namesUnder(name, part.bit);
        if (parts.length === 0) return null;
        table = readTable(name, parts);
        tablesRead.set(name, table);
      }
      return table;
    },
    settingSources: (name) => {
      const known = settings();
      return known && (known.get(name) ?? []);
    },
    fileNames,
    moduleNames: once(() => fileNames()?.filter(isModulePath).map(moduleName).sort()),
    settingNames: once(() => {
      const known = settings();
      return known && [...known.keys()].sort();
    }),
    tableNames: perRelease(tables, ({ lists, bit }) =>
      [...lists.headings()].filter((name) => lists.under(name).some(({ mask }) => hasBit(mask, bit))).sort(),
    ),
    events: perRelease(section("events"), (part) => plainNames(part).map(readEvent)),
    valueTypes: perRelease(section("value-types"), plainNames),
  };
}

/** A section, and the bit of the release that is read out of it. */
interface Part {
  readonly lists: NameLists;
  readonly bit: number;
}

function allFiles({ lists, bit }: Part): string[] {
  return [...lists.headings()].flatMap((folder) =>
    lists.namesUnder(folder, bit).map((name) => (folder === "" ? name : `${folder}/${name}`)),
  );
}

function readSettings({ lists, bit }: Part): ReadonlyMap<string, readonly SettingSource[]> {
  const settings = new Map<string, readonly SettingSource[]>();
  for (const heading of lists.headings()) {
    const [init = "", file = ""] = heading.split(" ");
    const source = [{ init, file }];
    for (const name of lists.namesUnder(heading, bit)) {
      const sources = settings.get(name);
      settings.set(name, sources ? [...sources, ...source] : source);
    }
  }
  return settings;
}

function plainNames({ lists, bit }: Part): readonly string[] {
  return lists.namesUnder("", bit);
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

/** What is made of a section for a release; undefined when the section says nothing about the release. */
function perRelease<T>(section: () => Part | undefined, make: (part: Part) => T): () => T | undefined {
  return once(() => {
    const part = section();
    return part && make(part);
  });
}
