import type { DataReader } from "./data-reader.ts";

/** What changed a system at some time, as its log keeps it. */
export interface OperationRecord {
  readonly kind: RecordKind;
  /** Undefined for what is about no single package. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** The version that was installed before; undefined when there was none. */
  readonly previousVersion: string | undefined;
  readonly verdict: RecordVerdict;
  /** Local time as "YYYY-MM-DD hh:mm:ss". */
  readonly date: string;
  /** Number of files that were written, moved or removed. */
  readonly files: number;
  /** The operation that an undo went back to; undefined for all others. */
  readonly undoneTo: number | undefined;
}

/**
 * `create` begins each log; `change` is what no package operation did, such as a row put into the package table;
 * `lost` stands for an operation of which a repair found nothing but its number.
 */
export const recordKinds = [
  "create",
  "install",
  "upgrade",
  "reinstall",
  "uninstall",
  "change",
  "undo",
  "lost",
] as const;
export type RecordKind = (typeof recordKinds)[number];

const recordVerdicts = ["success", "refused", "died", "unknown"] as const;
export type RecordVerdict = (typeof recordVerdicts)[number];

/** @throws DataProblem */
export function readOperationRecord(data: DataReader): OperationRecord {
  const text = (name: string) => data.field(name).optional((value) => value.text());
  return {
    kind: data.field("kind").oneOf(recordKinds),
    name: text("name"),
    version: text("version"),
    previousVersion: text("previousVersion"),
    verdict: data.field("verdict").oneOf(recordVerdicts),
    date: data.field("date").text(),
    files: data.field("files").count(),
    undoneTo: data.field("undoneTo").optional((value) => value.count()),
  };
}
