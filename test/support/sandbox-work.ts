import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import type { FileSystem } from "../../server/src/host/file-system.ts";
import { nodeFiles } from "../../server/src/node/file-system.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import type { Sandbox, SandboxWorld, SystemWork } from "../../server/src/sandbox/sandbox.ts";
import { SandboxFolder } from "../../server/src/sandbox/sandbox-folder.ts";
import type { HomeChange } from "../../server/src/system/home.ts";
import { changePackageTable, type PackageTableChange } from "../../server/src/system/package-table.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import type { SystemChange, SystemState } from "../../server/src/system/system-state.ts";

/** A world whose clock counts operations. */
export function testWorld(files: FileSystem = nodeFiles): SandboxWorld {
  let second = 0;
  return { knowledgeFor, now: () => `2024-05-02 00:00:${String(second++).padStart(2, "0")}`, files };
}

export const znuny = readProductVersion("Znuny 7.1.3")!;

export function write(path: string, text: string, mode = 0o644): HomeChange {
  return { kind: "write", path, content: contentOf(Buffer.from(text)), mode };
}

export function move(from: string, to: string): HomeChange {
  return { kind: "move", from, to };
}

export function remove(path: string): HomeChange {
  return { kind: "delete", path };
}

export function makeFolder(path: string, mode = 0o755): HomeChange {
  return { kind: "make-folder", path, mode };
}

/** A row for a package that has nothing but a name and a version, and its archive. */
export function addRow(name: string, version: string): PackageTableChange {
  const text = `<?xml version="1.0"?><otrs_package version="1.1"><Name>${name}</Name><Version>${version}</Version></otrs_package>`;
  const bytes = Buffer.from(text);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const contents = contentsOfArchive(bytes, undefined, "znuny-7", digest);
  return {
    kind: "add-row",
    row: { name, version, vendor: "Acme", status: "installed", digest },
    contents,
  };
}

/** Work that makes these changes to files and package table. */
export function workOf(
  before: SystemState,
  files: readonly HomeChange[],
  rows: readonly PackageTableChange[] = [],
  after: Partial<SystemState> = {},
): SystemWork {
  const changes: SystemChange[] = [
    ...files.map((change) => ({ part: "home", change }) as const),
    ...rows.map((change) => ({ part: "packages", change }) as const),
  ];
  return {
    ...{ kind: "install", name: "Acme", version: "1.0.0", previousVersion: undefined, verdict: "success" },
    before,
    after: { ...before, packages: rows.reduce(changePackageTable, before.packages), ...after },
    changes,
  };
}

/** Makes changes to a sandbox as it is now. */
export async function perform(
  sandbox: Sandbox,
  files: readonly HomeChange[],
  rows: readonly PackageTableChange[] = [],
): Promise<number> {
  return (await sandbox.perform(workOf(await sandbox.state(), files, rows))).number;
}

/** Everything below a folder, one line each: path, permission bits and text, sorted by path. */
export function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => {
      const place = join(folder, path);
      const status = lstatSync(place);
      const mode = (status.mode & 0o7777).toString(8);
      if (status.isDirectory()) return `${path}/ ${mode}`;
      if (status.isSymbolicLink()) return `${path} -> ${readlinkSync(place)}`;
      return `${path} ${mode} ${readFileSync(place, "utf8")}`;
    })
    .sort();
}

/** A folder of a disk as a place for a sandbox. */
export function placeOf(folder: string, files: FileSystem = nodeFiles): SandboxFolder {
  return new SandboxFolder(folder, files);
}
