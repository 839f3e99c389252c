import { withoutContents } from "../builder/cut-contents.ts";
import { type FileContent, isSameContent } from "../host/file-content.ts";
import { writtenType } from "../model/column-type.ts";
import type { ColumnDefinition } from "../model/database-statement.ts";
import { type PackageSpec, specOf } from "../model/package-spec.ts";
import { settingsFile } from "../rules/shared/settings-files.ts";
import type { SchemaTable } from "../symbols/database-schema.ts";
import { settingsFileSymbols } from "../symbols/file-symbols.ts";
import { databaseOf } from "../symbols/package-database.ts";
import { shapeOf } from "../symbols/shape-of-package.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { memo } from "../text/memo.ts";
import type { ReadPackage } from "./system-world.ts";

/** What of a package is told apart, in the order in which changes are told. */
const changedParts = [
  "framework",
  "requirement",
  "file",
  "table",
  "column",
  "key",
  "setting",
  "database-upgrade",
  "code-upgrade",
] as const;

export type ChangedPart = (typeof changedParts)[number];

/** Something that a version has otherwise than another one. */
export interface VersionChange {
  readonly part: ChangedPart;
  /** Of a file its location, of a column "table.column", of an upgrade the version that it is bound to. */
  readonly name: string;
  /** What it was, such as a type or a version, empty where there is nothing more to say; undefined where it was not there. */
  readonly before: string | undefined;
  /** The same of what it is; undefined where it is not there any more. */
  readonly after: string | undefined;
}

/** What a version of a package comes to, as far as versions are compared. */
export interface VersionFacts {
  /** By location; undefined for a file that is empty or missing. */
  readonly files: ReadonlyMap<string, FileContent | undefined>;
  /** What is said of each name, by part. */
  readonly parts: ReadonlyMap<Exclude<ChangedPart, "file">, ReadonlyMap<string, string>>;
}

/** Settings files beyond this size are compared as files alone. */
const largestSettings = 1_000_000;

/** @throws PackageError when something cannot be read */
export async function versionFacts(read: ReadPackage): Promise<VersionFacts> {
  const { contents } = read;
  const spec = specOf(SyntaxTree.parse(await specTextOf(read)));
  const files = new Map<string, FileContent | undefined>();
  for (const { location, content } of contents.files) if (location) files.set(location, content);
  const { gates } = shapeOf(spec);
  const { installed } = databaseOf(spec);
  const named = (names: Iterable<string>) => new Map([...names].map((name) => [name, ""]));
  return {
    files,
    parts: new Map([
      ["framework", named(frameworksOf(spec))],
      ["requirement", requirementsOf(spec)],
      ["table", named(installed.tables.map(({ name }) => name))],
      ["column", new Map(installed.tables.flatMap(columnsOf))],
      ["key", new Map(installed.tables.flatMap(keysOf))],
      ["setting", await settingsOf(files)],
      ["database-upgrade", named(gates.database)],
      ["code-upgrade", named(gates.code)],
    ]),
  };
}

/** The spec of a version, of an archive without the contents of its files. @throws PackageError */
export async function specTextOf({ contents, specText }: ReadPackage): Promise<string> {
  return specText ?? decodeText(withoutContents(await contents.archive.read())).text;
}

/** What differs between two versions, in the order of {@link changedParts} and of names. @throws PackageError */
export async function changesBetween(
  before: VersionFacts,
  after: VersionFacts,
): Promise<readonly VersionChange[]> {
  const changes: VersionChange[] = [];
  for (const part of changedParts) {
    const found = part === "file" ? await changedFiles(before, after) : changedNames(part, before, after);
    changes.push(...found.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }
  return changes;
}

async function changedFiles(before: VersionFacts, after: VersionFacts): Promise<VersionChange[]> {
  const changes: VersionChange[] = [];
  for (const name of new Set([...before.files.keys(), ...after.files.keys()])) {
    const [old, now] = [before.files.get(name), after.files.get(name)];
    const [wasThere, isThere] = [before.files.has(name), after.files.has(name)];
    const isSame = wasThere && isThere && (old && now ? await isSameContent(old, now) : old === now);
    if (isSame) continue;
    changes.push({
      ...{ part: "file", name },
      before: wasThere ? "" : undefined,
      after: isThere ? "" : undefined,
    });
  }
  return changes;
}

function changedNames(
  part: Exclude<ChangedPart, "file">,
  before: VersionFacts,
  after: VersionFacts,
): VersionChange[] {
  const [old, now] = [before.parts.get(part)!, after.parts.get(part)!];
  const isWithTable = (name: string, { parts }: VersionFacts) =>
    (part === "column" || part === "key") && !parts.get("table")!.has(name.slice(0, name.indexOf(".")));
  const changes: VersionChange[] = [];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    // What comes and goes with its table need not be told.
    if (old.get(name) === now.get(name) || isWithTable(name, before) || isWithTable(name, after)) continue;
    changes.push({ part, name, before: old.get(name), after: now.get(name) });
  }
  // What is said of a setting is all of it, which is too long to be told.
  return part === "setting"
    ? changes.map((each) => ({
        ...each,
        before: each.before === undefined ? undefined : "",
        after: each.after === undefined ? undefined : "",
      }))
    : changes;
}

function frameworksOf(spec: PackageSpec): readonly string[] {
  return spec.all("Framework").map((element) => {
    const limits = ["Minimum", "Maximum"].flatMap((name) => {
      const value = element.value(name);
      return value === undefined ? [] : [`${name} ${value}`];
    });
    return [element.text.value.trim(), ...limits].join(", ");
  });
}

/** Versions by name. */
function requirementsOf(spec: PackageSpec): ReadonlyMap<string, string> {
  return new Map(
    [...spec.all("PackageRequired"), ...spec.all("ModuleRequired")].map((element) => [
      element.text.value.trim(),
      element.value("Version") ?? "",
    ]),
  );
}

function columnsOf({ name: table, columns }: SchemaTable): readonly (readonly [string, string])[] {
  return [...columns.values()].map((column) => [`${table}.${column.name}`, columnText(column)]);
}

function columnText(column: ColumnDefinition): string {
  return [
    writtenType(column),
    ...(column.required ? ["Required"] : []),
    ...(column.primaryKey ? ["PrimaryKey"] : []),
    ...(column.autoIncrement ? ["AutoIncrement"] : []),
    ...(column.default === undefined ? [] : [`Default “${column.default}”`]),
  ].join(" ");
}

function keysOf({ name, indexes, foreignKeys }: SchemaTable): readonly (readonly [string, string])[] {
  return [
    ...[...indexes.values()].map((index): [string, string] => [
      `${name}.${index.name}`,
      `${index.unique ? "Unique" : "Index"} (${index.columns.map((column) => column.name).join(", ")})`,
    ]),
    ...[...foreignKeys.values()].map(({ local, foreignTable, foreign }): [string, string] => [
      `${name}.${local}`,
      `ForeignKey ${foreignTable}.${foreign}`,
    ]),
  ];
}

async function settingsOf(
  files: ReadonlyMap<string, FileContent | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const settings = new Map<string, string>();
  for (const [location, content] of files) {
    if (!content || content.size > largestSettings || !settingsFile.test(location)) continue;
    for (const [name, text] of await settingsIn(content)) settings.set(name, text);
  }
  return settings;
}

/** By name the text of each setting. Files of versions that are the same are the same object. */
const settingsIn = memo(async (content: FileContent): Promise<ReadonlyMap<string, string>> => {
  const tree = SyntaxTree.parse(decodeText(await content.read()).text);
  const text = tree.source.toString();
  const settings = new Map<string, string>();
  for (const { role, name, span } of settingsFileSymbols(tree)) {
    if (role !== "defined") continue;
    const element = tree.elementAt(span.start);
    if (element) settings.set(name, text.slice(element.span.start, element.span.end));
  }
  return settings;
});
