import type { DataReader, PlainData } from "../system/data-reader.ts";
import { homePath } from "../system/home-path.ts";
import { type RecordKind, recordKinds } from "../system/operation-record.ts";
import { isArchiveDigest, readMode } from "../system/system-data.ts";
import type { FileActions, FolderAction, PutAction } from "./file-actions.ts";

/**
 * What an operation does to the files, written down before the first of them is touched. When the operation is done
 * it is kept: it tells what to reverse.
 */
export interface Journal {
  /** The number of the state that the operation leads to. */
  readonly number: number;
  readonly kind: RecordKind;
  /** Such as "Acme 1.0.0"; empty for what is about no package. */
  readonly subject: string;
  /** The database on a server that the operation makes; absent where it makes none. */
  readonly database?: string;
  readonly takes: readonly string[];
  /** SHA-256 of what is in the slots, in hexadecimal; null where nobody could tell. Absent from older journals. */
  readonly digests?: readonly (string | null)[];
  readonly folders: readonly FolderAction[];
  readonly puts: readonly PutAction[];
  /** Paths of new files. */
  readonly news: readonly string[];
  readonly removedFolders: readonly FolderAction[];
  /** Digests of the archives that were not there before. */
  readonly archives: readonly string[];
  /** Operations that are undone, the last one first; empty for one that is no undo. */
  readonly undone: readonly number[];
}

export function journalOf(
  actions: FileActions,
  rest: Pick<Journal, "number" | "kind" | "subject" | "archives" | "undone" | "digests" | "database">,
): Journal {
  const { takes, folders, puts, removedFolders } = actions;
  return { ...rest, takes, folders, puts, news: actions.news.map(({ path }) => path), removedFolders };
}

/** How many changes to files there are. */
export function sizeOfJournal({ takes, folders, puts, news, removedFolders }: Journal): number {
  return takes.length + folders.length + puts.length + news.length + removedFolders.length;
}

export function journalData(journal: Journal): PlainData {
  return journal;
}

/** @throws DataProblem */
export function readJournal(data: DataReader): Journal {
  const digests = data
    .field("digests")
    .optional((list) => list.items().map((item) => item.optional(readDigest) ?? null));
  const database = data.field("database").optional((name) => name.text());
  return {
    ...(digests && { digests }),
    ...(database !== undefined && { database }),
    number: data.field("number").count(),
    kind: data.field("kind").oneOf(recordKinds),
    subject: data.field("subject").text(),
    takes: data.field("takes").items().map(readPath),
    folders: data.field("folders").items().map(readFolder),
    puts: data.field("puts").items().map(readPut),
    news: data.field("news").items().map(readPath),
    removedFolders: data.field("removedFolders").items().map(readFolder),
    archives: data.field("archives").items().map(readDigest),
    undone: data
      .field("undone")
      .items()
      .map((item) => item.count()),
  };
}

/** A journal decides on what is removed, so that nobody may smuggle in a path outside the home. */
function readPath(data: DataReader): string {
  const path = data.text();
  return homePath(path) === path ? path : data.fail("a path below the home");
}

function readFolder(data: DataReader): FolderAction {
  return { path: readPath(data.field("path")), mode: readMode(data.field("mode")) };
}

function readPut(data: DataReader): PutAction {
  const [operation, slot] = [data.field("operation").count(), data.field("slot").count()];
  return { operation, slot, path: readPath(data.field("path")) };
}

function readDigest(data: DataReader): string {
  return isArchiveDigest(data.text()) ? data.text() : data.fail("a digest");
}
