import { inUtc } from "../../host/clock.ts";

/** A commit, as far as it tells about files. */
export interface Commit {
  /** Object name. */
  readonly tree: string;
  /** Object name of the first; undefined for a commit without, as the first one of all. */
  readonly parent: string | undefined;
  /** The day it was committed on, as "YYYY-MM-DD" in UTC; undefined where that cannot be told. */
  readonly date: string | undefined;
}

/** Undefined for bytes that are no commit. */
export function readCommit(bytes: Uint8Array): Commit | undefined {
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf("\n\n");
  const lines = (end < 0 ? text : text.slice(0, end)).split("\n");
  const tree = /^tree ([0-9a-f]{40,64})$/.exec(lines[0] ?? "")?.[1];
  if (tree === undefined) return undefined;
  const parent = /^parent ([0-9a-f]{40,64})$/.exec(lines[1] ?? "")?.[1];
  const committer = lines.find((line) => line.startsWith("committer "));
  const seconds = /> (-?\d{1,12}) [-+]\d{4}$/.exec(committer ?? "")?.[1];
  return { tree, parent, date: seconds === undefined ? undefined : dayOf(Number(seconds)) };
}

/** @param seconds since 1970 */
export function dayOf(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : inUtc(date).slice(0, 10);
}

export interface TreeEntry {
  /** What it is: others, such as links and submodules, are nothing that a package takes. */
  readonly kind: "file" | "folder" | "other";
  /** Object name. */
  readonly object: string;
}

/** What is in a folder, by name. Empty for bytes that are no tree. @param nameLength bytes of an object name */
export function readTree(bytes: Uint8Array, nameLength: number): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, blank);
    if (blank < 0 || end < 0 || end + 1 + nameLength > bytes.length) break;
    const mode = decoder.decode(bytes.subarray(at, blank));
    const name = decoder.decode(bytes.subarray(blank + 1, end));
    const object = hexOf(bytes.subarray(end + 1, end + 1 + nameLength));
    entries.set(name, { kind: kindOfMode(mode), object });
    at = end + 1 + nameLength;
  }
  return entries;
}

function kindOfMode(mode: string): TreeEntry["kind"] {
  if (mode === "40000") return "folder";
  return mode.startsWith("100") ? "file" : "other";
}

function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}
