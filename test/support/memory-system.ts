import { createHash } from "node:crypto";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { Database } from "../../server/src/database/database.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import type { Release } from "../../server/src/dialect/switches.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { ChangedHome, Home, HomeEntry } from "../../server/src/system/home.ts";
import { parentPath } from "../../server/src/system/home-path.ts";
import { SystemFacts } from "../../server/src/system/system-facts.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";

/**
 * A home with nothing but what a test names, folders above included.
 *
 * @param files texts, or entries of any kind; paths of folders end with a slash
 * @param frameworkFiles undefined for a home without a list of them
 */
export function memoryHome(
  files: Readonly<Record<string, string | HomeEntry>> = {},
  frameworkFiles: readonly string[] | undefined = [],
): Home {
  const entries = new Map<string, HomeEntry>();
  const makeFolders = (path: string) => {
    const folder = parentPath(path);
    if (folder === "" || entries.has(folder)) return;
    entries.set(folder, { kind: "folder", mode: 0o755 });
    makeFolders(folder);
  };
  for (const [path, entry] of Object.entries(files)) {
    const plain = path.replace(/\/$/, "");
    makeFolders(plain);
    if (path.endsWith("/")) entries.set(plain, { kind: "folder", mode: 0o755 });
    else entries.set(plain, typeof entry === "string" ? textFile(entry) : entry);
  }
  return {
    entry: (path) => entries.get(path),
    isFrameworkFile: (path) => frameworkFiles?.includes(path),
    list: (folder) =>
      [...entries.keys()]
        .filter((path) => parentPath(path) === folder)
        .map((path) => path.slice(folder.length + 1)),
  };
}

export function textFile(text: string, mode = 0o644): HomeEntry {
  return { kind: "file", mode, content: contentOf(new TextEncoder().encode(text)) };
}

/** Writes a file by hand, folders above included. A file that is there keeps its mode. */
export function writeByHand(home: ChangedHome, path: string, text: string): void {
  const folder = parentPath(path);
  for (let slash = folder.indexOf("/"); folder !== ""; slash = folder.indexOf("/", slash + 1)) {
    const above = slash < 0 ? folder : folder.slice(0, slash);
    if (!home.entry(above)) home.apply({ kind: "make-folder", path: above, mode: 0o755 });
    if (slash < 0) break;
  }
  const before = home.entry(path);
  const mode = before?.kind === "file" ? before.mode : 0o644;
  home.apply({ kind: "write", path, content: contentOf(new TextEncoder().encode(text)), mode });
}

export interface MemorySystemFacts {
  readonly dialect?: DialectId;
  readonly version?: string;
  readonly home?: Home;
  readonly database?: Database;
  readonly knowledge?: Knowledge;
  readonly perlModules?: Readonly<Record<string, string>>;
}

/** A system on which nothing is installed. */
export function memorySystem({
  dialect = "znuny-7",
  version = "7.1.7",
  home = memoryHome({}),
  knowledge = noKnowledge,
  database = new Database("mysql", knowledge),
  perlModules,
}: MemorySystemFacts = {}): SystemState {
  return {
    framework: {
      product: "Test",
      version,
      dialect,
      operatingSystem: "linux",
      perlModules: new Map(Object.entries(perlModules ?? {})),
      assumeModules: false,
      knowledge,
    },
    packages: [],
    archives: {
      contents(digest) {
        throw new Error(`no archive ${digest}`);
      },
    },
    home,
    database,
    settings: new Map(),
    facts: new SystemFacts(),
  };
}

/** Reads an archive that stands in a test or in a file. */
export function archiveContents(archive: string | Uint8Array, dialect: Release): PackageContents {
  const bytes = typeof archive === "string" ? new TextEncoder().encode(archive) : archive;
  const digest = createHash("sha256").update(bytes).digest("hex");
  return contentsOfArchive(bytes, undefined, dialect, digest);
}
