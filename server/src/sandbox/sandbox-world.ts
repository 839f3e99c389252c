import type { FileSystem } from "../host/file-system.ts";
import type { World } from "../host/world.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { HomeTables } from "../system/home-schema.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import type { SystemDataContext } from "../system/system-data.ts";
import { readHomeTables } from "./checkout-home.ts";
import type { SandboxServers } from "./served-databases.ts";

/** What a sandbox needs of the world beside its folder. */
export interface SandboxWorld {
  readonly knowledgeFor: (product: string, version: string) => Knowledge;
  /** The local date and time as "YYYY-MM-DD hh:mm:ss". */
  readonly now: () => string;
  readonly files: FileSystem;
  /** Absent where no server is known. */
  readonly servers?: SandboxServers | undefined;
}

/**
 * @param flush whether what is written into sandboxes is forced to the disk
 * @param servers absent for whoever only looks
 */
export function sandboxWorld(
  { knowledge, clock, files }: World,
  flush: boolean,
  servers?: SandboxServers,
): SandboxWorld {
  return { knowledgeFor: knowledge.knowledgeFor, now: clock.now, files: files({ flush }), servers };
}

/** What the data of a sandbox are read with: of a home that is there, with the tables of its own files. */
export async function contextOf(
  { product, version, dialect, databaseKind, origin }: SandboxDescription,
  { knowledgeFor, files }: Pick<SandboxWorld, "knowledgeFor" | "files">,
): Promise<SystemDataContext & Pick<HomeTables, "problem">> {
  const delivered = knowledgeFor(product, version);
  const { knowledge, problem } =
    origin.kind === "checkout"
      ? await readHomeTables(origin.folder, files, delivered)
      : { knowledge: delivered, problem: undefined };
  return { knowledge, problem, databaseKind, release: { dialect, version } };
}
