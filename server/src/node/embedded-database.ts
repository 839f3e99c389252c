import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseServer } from "../host/database-server.ts";
import { embeddedKind } from "../protocol/databases.ts";
import { ownPackage } from "./data-file.ts";
import type { EngineParts } from "./embedded-engine.ts";
import { userCacheFolder } from "./user-cache-folder.ts";

/**
 * PostgreSQL in a thread, if it was installed beside SOPM, whose part it is not; undefined otherwise.
 *
 * @param others another folder with optional parts, as an absolute path
 */
export function embeddedDatabase(others?: string): DatabaseServer | undefined {
  const parts = engineParts(others);
  return (
    parts && {
      kind: embeddedKind,
      // What few programs need is loaded by those.
      open: async ({ signal }) => (await import("./embedded-run.ts")).openEmbedded(parts, { signal }),
    }
  );
}

/** The parts of an engine, where SOPM has one beside it. */
export function engineParts(others?: string): EngineParts | undefined {
  const folder = ownPackage("@electric-sql/pglite", others);
  if (folder === undefined || !existsSync(join(folder, "dist/pglite.wasm"))) return undefined;
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { folder, version, cache: userCacheFolder() };
}
