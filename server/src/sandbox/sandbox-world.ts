import type { FileSystem } from "../host/file-system.ts";
import type { World } from "../host/world.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import type { SystemDataContext } from "../system/system-data.ts";

/** What a sandbox needs of the world beside its folder. */
export interface SandboxWorld {
  readonly knowledgeFor: (product: string, version: string) => Knowledge;
  /** The local date and time as "YYYY-MM-DD hh:mm:ss". */
  readonly now: () => string;
  readonly files: FileSystem;
}

/** @param flush whether what is written into sandboxes is forced to the disk */
export function sandboxWorld({ knowledge, clock, files }: World, flush: boolean): SandboxWorld {
  return { knowledgeFor: knowledge.knowledgeFor, now: clock.now, files: files({ flush }) };
}

/** What the data of a sandbox are read with. */
export function contextOf(
  { product, version, dialect, databaseKind }: SandboxDescription,
  { knowledgeFor }: Pick<SandboxWorld, "knowledgeFor">,
): SystemDataContext {
  return { knowledge: knowledgeFor(product, version), databaseKind, release: { dialect, version } };
}
