import type { Database } from "../database/database.ts";
import type { DatabaseKind } from "../database/engines.ts";
import type { FrameworkRelease } from "../dialect/switches.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Setting, SettingStore, SettingValue } from "../sysconfig/setting.ts";
import type { DataReader, PlainData } from "./data-reader.ts";
import { databaseToData, readDatabase } from "./database-data.ts";
import type { HomeLedger, LedgerEntry } from "./home-ledger.ts";
import { homePath } from "./home-path.ts";
import type { PackageRow, PackageTable } from "./package-table.ts";

/** The part of a system that is kept as plain data beside its files and archives. */
export interface SystemData {
  readonly packages: PackageTable;
  readonly database: Database;
  readonly settings: SettingStore;
  readonly files: FileData;
}

/** What the disk cannot keep about the files. */
export interface FileData {
  readonly ledger: HomeLedger;
  /** Permission bits of files whose real ones are not allowed to be, or cannot be, those of the system. */
  readonly modes: ReadonlyMap<string, number>;
}

export const noFileData: FileData = { ledger: new Map(), modes: new Map() };

/** The parts, each of which is kept on its own: most operations change only some of them. */
export const systemParts = ["packages", "database", "settings", "files"] as const;
export type SystemPart = (typeof systemParts)[number];

/** A part as `JSON.stringify` takes it. */
export function systemPartData(part: SystemPart, system: SystemData): PlainData {
  switch (part) {
    case "packages":
      return system.packages;
    case "database":
      return databaseToData(system.database);
    case "settings":
      return [...system.settings.values()];
    case "files":
      return { ledger: [...system.files.ledger], modes: [...system.files.modes] };
  }
}

/** What is needed to read a system's data, and is no part of it. */
export interface SystemDataContext {
  readonly knowledge: Knowledge;
  readonly databaseKind: DatabaseKind;
  readonly release: FrameworkRelease;
}

/** @throws DataProblem when anything in it is not as {@link systemPartData} writes it */
export function readSystemData(
  part: (part: SystemPart) => DataReader,
  context: SystemDataContext,
): SystemData {
  return {
    packages: part("packages").items().map(readPackageRow),
    database: readDatabase(part("database"), context.databaseKind, context.knowledge, context.release),
    settings: new Map(
      part("settings")
        .items()
        .map(readSetting)
        .map((setting) => [setting.name, setting]),
    ),
    files: readFileData(part("files")),
  };
}

const statuses = ["installed", "not installed"] as const;

function readPackageRow(data: DataReader): PackageRow {
  const digest = data.field("digest").text();
  // It becomes the name of a file.
  if (!isArchiveDigest(digest)) data.field("digest").fail("a digest");
  return {
    name: data.field("name").text(),
    version: data.field("version").text(),
    vendor: data.field("vendor").text(),
    status: data.field("status").oneOf(statuses),
    digest,
  };
}

/** Whether a text is a SHA-256 in hexadecimal. */
export function isArchiveDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function readSetting(data: DataReader): Setting {
  const text = (name: string) => data.field(name).text();
  const flag = (name: string) => data.field(name).flag();
  return {
    name: text("name"),
    file: text("file"),
    description: text("description"),
    navigation: text("navigation"),
    required: flag("required"),
    valid: flag("valid"),
    readOnly: flag("readOnly"),
    invisible: flag("invisible"),
    configLevel: text("configLevel"),
    userModificationPossible: flag("userModificationPossible"),
    userModificationActive: flag("userModificationActive"),
    value: readSettingValue(data.field("value"), 0),
  };
}

/** Deeper than any setting, and no danger for the stack. */
const deepestValue = 500;

function readSettingValue(data: DataReader, depth: number): SettingValue {
  if (depth > deepestValue) data.fail("a value of sensible depth");
  if (typeof data.value === "string") return data.value;
  if (Array.isArray(data.value)) return data.items().map((item) => readSettingValue(item, depth + 1));
  return Object.fromEntries(
    Object.keys(data.record()).map((key) => [key, readSettingValue(data.field(key), depth + 1)]),
  );
}

function readFileData(data: DataReader): FileData {
  const ledger = data.field("ledger").map(readLedgerEntry);
  for (const path of ledger.keys()) if (homePath(path) !== path) data.field("ledger").fail(pathBelowHome);
  return { ledger, modes: data.field("modes").map(readMode) };
}

function readLedgerEntry(data: DataReader): LedgerEntry {
  if (data.field("kind").oneOf(["gone", "file"]) === "gone") return { kind: "gone" };
  const origin = data.field("origin").text();
  if (homePath(origin) !== origin) data.field("origin").fail(pathBelowHome);
  return { kind: "file", origin, mode: readMode(data.field("mode")) };
}

const pathBelowHome = "a path below the home";

/** Permission bits. @throws DataProblem */
export function readMode(data: DataReader): number {
  return data.count() <= 0o7777 ? data.count() : data.fail("a number of permissions");
}
