import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { DatabaseServer } from "../../server/src/host/database-server.ts";
import { engineParts } from "../../server/src/node/embedded-database.ts";
import type { EngineParts } from "../../server/src/node/embedded-engine.ts";
import type * as EmbeddedRuns from "../../server/src/node/embedded-run.ts";
import { embeddedKind } from "../../server/src/protocol/databases.ts";

/** The embedded database as it is shipped: a thread starts from a bundle, not from sources. */
export interface EmbeddedDatabase {
  /** Its own, with a cache that nobody else has. */
  readonly folder: string;
  readonly parts: EngineParts;
  readonly openEmbedded: typeof EmbeddedRuns.openEmbedded;
  /** One that waits long enough for any machine. */
  readonly server: DatabaseServer;
  remove(): void;
}

/** Far more than anything takes, even where many tests run at once. */
export const patientLimits: EmbeddedRuns.EngineLimits = { start: 300_000, statement: 300_000 };

/** Undefined, with one line of output, where the optional part is not installed. */
export async function embeddedForTests(): Promise<EmbeddedDatabase | undefined> {
  const installed = engineParts();
  if (!installed) {
    console.log("left out: the embedded database, for which an optional part is not installed");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "sopm-test-"));
  const room = join(import.meta.dirname, "../../server/src/node");
  await build({
    entryPoints: [join(room, "embedded-run.ts"), join(room, "embedded-worker-entry.ts")],
    outdir: join(folder, "bundle"),
    bundle: true,
    platform: "node",
    format: "esm",
  });
  writeFileSync(join(folder, "bundle/package.json"), '{ "type": "module" }');
  const { openEmbedded }: typeof EmbeddedRuns = await import(
    pathToFileURL(join(folder, "bundle/embedded-run.js")).href
  );
  const parts = { ...installed, cache: join(folder, "cache/sopm") };
  return {
    ...{ folder, parts, openEmbedded },
    server: {
      kind: embeddedKind,
      open: ({ signal }) => openEmbedded(parts, { signal, limits: patientLimits }),
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
