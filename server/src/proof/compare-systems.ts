import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import type { Database } from "../database/database.ts";
import { type Drift, type DriftKind, databaseDrift } from "../database/drift.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import { plainName } from "../database/table.ts";
import { isSameAtOnce } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import { copyEndings } from "../lifecycle/copies.ts";
import type { Step } from "../lifecycle/plan.ts";
import { unlikePaths } from "../system/home.ts";
import { homePath } from "../system/home-path.ts";
import type { SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import { tableOf } from "./database-object.ts";
import { type Parting, partingOf, type Ways } from "./parting.ts";

/** What an upgraded system has otherwise than one with a fresh install. */
export interface Difference extends Omit<Drift, "kind"> {
  readonly kind: DriftKind | "setting" | "file";
  /** Behind which operation it shows first. */
  readonly operation: "upgrade" | "uninstall";
  readonly parting: Parting;
}

/**
 * What cannot be compared:
 *
 * - `code`: code of the package names the table, and may do something to it that nobody follows
 * - `table`: it is not known whether there is the table, and with what in it
 * - `step`: it is not known whether a statement about the table goes well
 * - `start`: the version cannot be brought to this system to begin with
 */
export interface OpenPart {
  readonly kind: "code" | "table" | "step" | "start";
  /** The table, or the version. */
  readonly subject: string;
  readonly reason: Message;
}

export interface Compared {
  readonly differences: readonly Difference[];
  readonly open: readonly OpenPart[];
}

/** A system, and how it came to be. */
export interface Side {
  readonly system: SystemState;
  /** The packages that were there on the way, the present one the last. */
  readonly packages: readonly PackageContents[];
  /** Those of the way that {@link isOpen} tells of. */
  readonly steps: readonly StatementStep[];
}

type StatementStep = Extract<Step, { readonly kind: "statement" }>;

/** Whether it is a statement that does something, with an outcome that nobody knows. */
export function isOpen(step: Step): step is StatementStep {
  return step.kind === "statement" && step.doubt !== undefined && step.statement.change !== undefined;
}

/**
 * Compares what a package made of two systems. Rows of the package table and empty folders do not count, nor do the
 * copies that the framework keeps beside files that were there, for both hold what somebody did and not what the package is.
 */
export function compareSystems(
  fresh: Side,
  other: Side,
  ways: Ways,
  operation: Difference["operation"],
): Compared {
  const differences: Difference[] = [];
  const open: OpenPart[] = [...unlikeDoubts(fresh, other)];
  const closed = new Set(open.map(({ subject }) => plainName(subject)));
  for (const drift of driftBetween(fresh.system.database).and(other.system.database)) {
    if (closed.has(plainName(drift.table))) continue;
    if (codeNames(other, drift.table)) {
      closed.add(plainName(drift.table));
      open.push({ kind: "code", subject: drift.table, reason: codeReason(drift) });
    } else differences.push({ ...drift, operation, parting: partingOf(drift, ways) });
  }
  differences.push(
    ...settingDifferences(fresh, other, operation),
    ...fileDifferences(fresh, other, operation),
  );
  return { differences, open };
}

/** Many ways come to the same database. */
const driftBetween = memo((fresh: Database) => ({
  and: memo((other: Database) => databaseDrift(fresh, other)),
}));

function codeReason({ table }: Drift): Message {
  return {
    text: "Code of the package names the table {table} and may make it the same; no Perl is run here.",
    values: { table },
  };
}

/** Whether code on the way has the name of a table in it. */
export function codeNames(
  { packages, system: { facts } }: Pick<Side, "packages" | "system">,
  table: string,
): boolean {
  const word = plainName(table);
  return packages.some((contents) => {
    if (codeWords(contents).has(word)) return true;
    return setupFiles(contents).some(({ content }) => {
      const bytes = content && facts.bytesOf(content);
      return bytes !== undefined && wordsIn(bytes).has(word);
    });
  });
}

const keptWords = new WeakMap<object, ReadonlySet<string>>();

function kept(key: object, text: () => string): ReadonlySet<string> {
  let words = keptWords.get(key);
  if (!words) {
    words = new Set(text().toLowerCase().match(/\w+/g));
    keptWords.set(key, words);
  }
  return words;
}

function codeWords(contents: PackageContents): ReadonlySet<string> {
  const {
    CodeInstall = [],
    CodeUpgrade = [],
    CodeReinstall = [],
    CodeUninstall = [],
  } = contents.structure?.repeated ?? {};
  return kept(contents, () =>
    [...CodeInstall, ...CodeUpgrade, ...CodeReinstall, ...CodeUninstall]
      .map(({ content = "" }) => content)
      .join("\n"),
  );
}

function wordsIn(bytes: Uint8Array): ReadonlySet<string> {
  return kept(bytes, () => new TextDecoder().decode(bytes));
}

const setupPath = /^(?:Custom\/)?var\/packagesetup\/[^/]*\.pm$/;

const setupFiles = memo(({ files }: PackageContents): PackageContents["files"] =>
  files.filter(({ location = "" }) => setupPath.test(location)),
);

/** Of the statements with an outcome that nobody knows, those that only one of the ways has. */
function* unlikeDoubts(fresh: Side, other: Side): Iterable<OpenPart> {
  const [own, old] = [doubtsOf(fresh.steps), doubtsOf(other.steps)];
  for (const table of new Set([...own.keys(), ...old.keys()])) {
    const [ours, theirs] = [own.get(table), old.get(table)];
    if (ours && theirs && areSameTexts(ours.changes, theirs.changes)) continue;
    const { step, name } = (theirs ?? ours)!;
    const isUnknown = other.system.database.table(name) === "unknown";
    yield { kind: isUnknown ? "table" : "step", subject: name, reason: step.doubt!.reason };
  }
}

interface TableDoubt {
  readonly name: string;
  readonly step: StatementStep;
  readonly changes: string[];
}

function areSameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

/** By the plain names of tables. */
const doubtsOf = memo((steps: Side["steps"]): ReadonlyMap<string, TableDoubt> => {
  const found = new Map<string, TableDoubt>();
  for (const step of steps) {
    const { name, key, text } = aboutOf(step.statement.change!);
    const known = found.get(key);
    if (known) known.changes.push(text);
    else found.set(key, { name, step, changes: [text] });
  }
  return found;
});

/** The table of a change, the same as a key, and all of the change as a text. */
const aboutOf = memo((change: SchemaChange) => {
  const name = tableOf(change) ?? "";
  return { name, key: plainName(name), text: JSON.stringify(change) };
});

/** Settings come of the files of the present version, so that they part where its files do. */
function settingDifferences(
  { system: fresh, packages }: Side,
  { system: other }: Side,
  operation: Difference["operation"],
): readonly Difference[] {
  if (fresh.settings === other.settings) return [];
  const names = new Set([...fresh.settings.keys(), ...other.settings.keys()]);
  return [...names].flatMap((name): Difference[] => {
    const [own, old] = [fresh.settings.get(name), other.settings.get(name)];
    if (own === old) return [];
    const [text, oldText] = [own && JSON.stringify(own.value), old && JSON.stringify(old.value)];
    if (own && old && JSON.stringify(own) === JSON.stringify(old)) return [];
    const file = packages.at(-1)?.files.find(({ location }) => location?.endsWith(`/${own?.file}`));
    const parting: Parting = own
      ? { cause: "not-in-upgrade", tag: file?.tag, other: undefined }
      : { cause: "left", tag: undefined, other: undefined };
    return [{ kind: "setting", table: "", name, fresh: text, other: oldText, operation, parting }];
  });
}

function fileDifferences(
  fresh: Side,
  other: Side,
  operation: Difference["operation"],
): readonly Difference[] {
  const [own, old] = [fresh.system.home, other.system.home];
  if (own === old) return [];
  const present = fresh.packages.at(-1)!;
  const differences: Difference[] = [];
  for (const { path, file } of filesOnTheWay(other.packages, present, unlikePaths(own, old))) {
    const [entry, there] = [own.entry(path), old.entry(path)];
    if (entry === there) continue;
    const [text, oldText] = [entryText(entry), entryText(there)];
    const isSame =
      entry?.kind === "file" &&
      there?.kind === "file" &&
      entry.mode === there.mode &&
      (entry.content === there.content ||
        (typeof entry.content === "object" &&
          typeof there.content === "object" &&
          isSameAtOnce(entry.content, there.content) !== false));
    if (isSame || (entry?.kind === "folder" && there?.kind === "folder")) continue;
    const parting: Parting = {
      cause: entry ? "not-in-upgrade" : "left",
      tag: file?.tag,
      other: undefined,
    };
    differences.push({
      kind: "file",
      table: "",
      name: path,
      fresh: text,
      other: oldText,
      operation,
      parting,
    });
  }
  return differences;
}

interface FileOnTheWay {
  readonly path: string;
  /** Of the present package; undefined where only others have it. */
  readonly file: PackageFile | undefined;
}

/**
 * The files of some packages, in their order, without those that are the framework's copies.
 *
 * @param paths those that are looked for; undefined for all
 */
function filesOnTheWay(
  packages: readonly PackageContents[],
  present: PackageContents,
  paths: readonly string[] | undefined,
): readonly FileOnTheWay[] {
  if (paths?.length === 0) return [];
  const wanted = paths && new Set(paths);
  const found = new Map<string, PackageFile | undefined>();
  for (const contents of packages) {
    for (const [path, file] of filesByPath(contents)) {
      if (!wanted || wanted.has(path)) found.set(path, contents === present ? file : undefined);
    }
  }
  return [...found].map(([path, file]) => ({ path, file }));
}

/** The last of each path. */
const filesByPath = memo(({ files }: PackageContents): ReadonlyMap<string, PackageFile> => {
  const paths = new Map<string, PackageFile>();
  for (const file of files) {
    const path = file.location === undefined ? undefined : homePath(file.location);
    if (path !== undefined && !copyEndings.some((ending) => path.endsWith(ending))) paths.set(path, file);
  }
  return paths;
});

function entryText(entry: ReturnType<SystemState["home"]["entry"]>): string | undefined {
  if (!entry) return undefined;
  if (entry.kind !== "file") return entry.kind;
  const size = typeof entry.content === "object" ? `, ${entry.content.size}` : "";
  return `${entry.mode.toString(8)}${size}`;
}
