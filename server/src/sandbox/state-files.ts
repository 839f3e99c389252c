import { DataProblem, DataReader, type PlainData } from "../system/data-reader.ts";
import { type OperationRecord, readOperationRecord } from "../system/operation-record.ts";
import {
  readSystemData,
  type SystemData,
  type SystemDataContext,
  type SystemPart,
  systemPartData,
  systemParts,
} from "../system/system-data.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import type { SandboxFolder, StateName } from "./sandbox-folder.ts";

/** A state as its file has it: what an operation has not changed stands in the file of an earlier one. */
export interface StateFile {
  /** Absent from files of older versions. */
  readonly number?: number;
  readonly record: OperationRecord;
  readonly parts: Readonly<Record<SystemPart, StoredPart>>;
  /** The number of the database on a server that belongs to it; absent for that of the first state. */
  readonly served?: number;
}

type StoredPart = { readonly value: PlainData } | { readonly sameAs: number };

/** The data of a state, and where each part of it is stored. */
export interface LoadedState {
  readonly number: number;
  readonly system: SystemData;
  readonly places: Readonly<Record<SystemPart, number>>;
  /** @see StateFile.served */
  readonly served: number | undefined;
}

/** @throws PackageError when there is no such state or its file is damaged */
export async function loadState(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
  context: SystemDataContext,
): Promise<LoadedState> {
  const own = await readStateFile(sandbox, names, number);
  const places = placesIn(own, number);
  const others = new Map<number, StateFile>([[number, own]]);
  for (const place of Object.values(places)) {
    if (!others.has(place)) others.set(place, await readStateFile(sandbox, names, place));
  }
  const partOf = (part: SystemPart): DataReader => {
    const stored = others.get(places[part])!.parts[part];
    if ("value" in stored) return new DataReader(stored.value, part);
    return new DataReader(undefined, part).fail("where it should be");
  };
  const system = inFile(sandbox, number, () => readSystemData(partOf, context));
  return { number, system, places, served: own.served };
}

/** The number of the database on a server that belongs to a state, of a sandbox that has any. */
export function servedBy({ served = 0 }: Partial<Pick<LoadedState, "served">>): number {
  return served;
}

/** @throws PackageError when there is no such state or its file is damaged */
export async function readRecord(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): Promise<OperationRecord> {
  return (await readStateFile(sandbox, names, number)).record;
}

/**
 * The digests of the archives that packages of a state have, when all its files can be read. What else they say is not
 * looked at.
 *
 * @throws PackageError when there is no such state or a file of it is damaged
 */
export async function archivesOf(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): Promise<readonly string[]> {
  const places = placesIn(await readStateFile(sandbox, names, number), number);
  let digests: readonly string[] = [];
  for (const place of new Set(Object.values(places))) {
    const { packages } = (await readStateFile(sandbox, names, place)).parts;
    if (place !== places.packages) continue;
    const rows = new DataReader("value" in packages ? packages.value : undefined, "packages");
    digests = inFile(sandbox, place, () => rows.items().map((row) => row.field("digest").text()));
  }
  return digests;
}

/** Writes the state that comes after another one. When this returns it is the sandbox's present. */
export async function writeState(
  sandbox: SandboxFolder,
  name: StateName,
  record: OperationRecord,
  system: SystemData,
  before: LoadedState | undefined,
  served = before?.served,
): Promise<void> {
  const parts = {} as Record<SystemPart, StoredPart>;
  for (const part of systemParts) {
    const isSame = before !== undefined && isSamePart(part, system, before.system);
    parts[part] = isSame ? { sameAs: before.places[part] } : { value: systemPartData(part, system) };
  }
  await writeDataFile(sandbox, sandbox.state(name), {
    number: name.number,
    record,
    parts,
    ...(served !== undefined && { served }),
  } satisfies StateFile);
}

/** Writes a state that is as an earlier one, with the parts where that one has them. */
export async function writeRestoredState(
  sandbox: SandboxFolder,
  name: StateName,
  record: OperationRecord,
  { places, served }: Pick<LoadedState, "places" | "served">,
): Promise<void> {
  const parts = Object.fromEntries(systemParts.map((part) => [part, { sameAs: places[part] }]));
  await writeDataFile(sandbox, sandbox.state(name), {
    ...{ number: name.number, record, parts },
    ...(served !== undefined && { served }),
  });
}

/** Where the parts of a state are stored, without reading them. */
export async function placesOf(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): Promise<Pick<LoadedState, "places" | "served">> {
  const file = await readStateFile(sandbox, names, number);
  return { places: placesIn(file, number), served: file.served };
}

function placesIn({ parts }: StateFile, number: number): LoadedState["places"] {
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

async function readStateFile(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): Promise<StateFile> {
  const name = names.get(number);
  const file = name && (await readState(sandbox, name));
  if (!file) throw sandbox.damaged(`states/${number}.data`, "missing");
  return file;
}

/**
 * One state as its file has it.
 *
 * @returns undefined when there is no such file
 * @throws PackageError when it is damaged, or the file of another state
 */
export async function readState(sandbox: SandboxFolder, name: StateName): Promise<StateFile | undefined> {
  const path = sandbox.state(name);
  const file = await readDataFile(sandbox, path, (data) => readStateData(data, name.number));
  const isOther = file && file.number !== undefined && file.number !== name.number;
  if (!file || !(isOther || file.record.undoneTo !== name.undoneTo)) return file;
  throw sandbox.damaged(sandbox.locationOf(path), "number");
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
  const served = data.field("served").optional((value) => value.count());
  if (served !== undefined && served > number) data.field("served").fail("an earlier state");
  return {
    ...(own !== undefined && { number: own }),
    ...{ record, parts },
    ...(served !== undefined && { served }),
  };
}

/** The checks of the parts happen after their file was read. */
function inFile<T>(sandbox: SandboxFolder, number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DataProblem)) throw error;
    throw sandbox.damaged(`states/${number}.data`, error.message, error);
  }
}
