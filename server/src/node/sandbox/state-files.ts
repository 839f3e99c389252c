import { basename } from "node:path";
import { PackageError } from "../../host/package-error.ts";
import { DataReader, type PlainData } from "../../system/data-reader.ts";
import { type OperationRecord, readOperationRecord } from "../../system/operation-record.ts";
import {
  readSystemData,
  type SystemData,
  type SystemDataContext,
  type SystemPart,
  systemPartData,
  systemParts,
} from "../../system/system-data.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import type { SandboxFolder, StateName } from "./sandbox-folder.ts";

/** A state as its file has it: what an operation has not changed stands in the file of an earlier one. */
export interface StateFile {
  /** Absent from files of older versions. */
  readonly number?: number;
  readonly record: OperationRecord;
  readonly parts: Readonly<Record<SystemPart, StoredPart>>;
}

type StoredPart = { readonly value: PlainData } | { readonly sameAs: number };

/** The data of a state, and where each part of it is stored. */
export interface LoadedState {
  readonly number: number;
  readonly system: SystemData;
  readonly places: Readonly<Record<SystemPart, number>>;
}

/** @throws PackageError when there is no such state or its file is damaged */
export function loadState(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
  context: SystemDataContext,
): LoadedState {
  const own = readStateFile(sandbox, names, number);
  const places = {} as Record<SystemPart, number>;
  const others = new Map<number, StateFile>([[number, own]]);
  const partOf = (part: SystemPart): DataReader => {
    const place = own.parts[part];
    places[part] = "sameAs" in place ? place.sameAs : number;
    let file = others.get(places[part]);
    if (!file) {
      file = readStateFile(sandbox, names, places[part]);
      others.set(places[part], file);
    }
    const stored = file.parts[part];
    if ("value" in stored) return new DataReader(stored.value, part);
    return new DataReader(undefined, part).fail("where it should be");
  };
  const system = inFile(sandbox, number, () => readSystemData(partOf, context));
  return { number, system, places };
}

/** @throws PackageError when there is no such state or its file is damaged */
export function readRecord(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): OperationRecord {
  return readStateFile(sandbox, names, number).record;
}

/** Writes the state that comes after another one. When this returns it is the sandbox's present. */
export function writeState(
  sandbox: SandboxFolder,
  name: StateName,
  record: OperationRecord,
  system: SystemData,
  before: LoadedState | undefined,
): void {
  const parts = {} as Record<SystemPart, StoredPart>;
  for (const part of systemParts) {
    const isSame = before !== undefined && isSamePart(part, system, before.system);
    parts[part] = isSame ? { sameAs: before.places[part] } : { value: systemPartData(part, system) };
  }
  writeDataFile(sandbox.state(name), { number: name.number, record, parts } satisfies StateFile);
}

/** Writes a state that is as an earlier one. */
export function writeRestoredState(
  sandbox: SandboxFolder,
  name: StateName,
  record: OperationRecord,
  places: LoadedState["places"],
): void {
  const parts = Object.fromEntries(systemParts.map((part) => [part, { sameAs: places[part] }]));
  writeDataFile(sandbox.state(name), { number: name.number, record, parts });
}

/** Where the parts of a state are stored, without reading them. */
export function placesOf(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): LoadedState["places"] {
  const { parts } = readStateFile(sandbox, names, number);
  const placeOf = (part: SystemPart) => {
    const stored = parts[part];
    return "sameAs" in stored ? stored.sameAs : number;
  };
  return Object.fromEntries(systemParts.map((part) => [part, placeOf(part)])) as LoadedState["places"];
}

function isSamePart(part: SystemPart, a: SystemData, b: SystemData): boolean {
  if (a[part] === b[part]) return true;
  return (
    part === "files" &&
    a.files.ledger.size + a.files.modes.size + b.files.ledger.size + b.files.modes.size === 0
  );
}

function readStateFile(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): StateFile {
  const name = names.get(number);
  const file = name && readState(sandbox, name);
  if (!file) throw missing(sandbox, number);
  return file;
}

/**
 * One state as its file has it.
 *
 * @returns undefined when there is no such file
 * @throws PackageError when it is damaged, or the file of another state
 */
export function readState(sandbox: SandboxFolder, name: StateName): StateFile | undefined {
  const { folder } = sandbox;
  const file = readDataFile(sandbox.state(name), folder, (data) => readStateData(data, name.number));
  const isOther = file && file.number !== undefined && file.number !== name.number;
  if (!file || !(isOther || file.record.undoneTo !== name.undoneTo)) return file;
  const values = { folder, file: `states/${basename(sandbox.state(name))}`, reason: "number" };
  throw new PackageError("sandbox-damaged", values);
}

function readStateData(data: DataReader, number: number): StateFile {
  const parts = {} as Record<SystemPart, StoredPart>;
  for (const part of systemParts) {
    const stored = data.field("parts").field(part);
    const sameAs = stored.field("sameAs").optional((value) => value.count());
    if (sameAs !== undefined && sameAs >= number) stored.fail("an earlier state");
    parts[part] = sameAs === undefined ? { value: stored.field("value").value } : { sameAs };
  }
  const own = data.field("number").optional((value) => value.count());
  const record = readOperationRecord(data.field("record"));
  return own === undefined ? { record, parts } : { number: own, record, parts };
}

function missing({ folder }: SandboxFolder, number: number): PackageError {
  return new PackageError("sandbox-damaged", { folder, file: `states/${number}.data`, reason: "missing" });
}

/** The checks of the parts happen after their file was read. */
function inFile<T>({ folder }: SandboxFolder, number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "DataProblem") throw error;
    const values = { folder, file: `states/${number}.data`, reason: error.message };
    throw new PackageError("sandbox-damaged", values, { cause: error });
  }
}
