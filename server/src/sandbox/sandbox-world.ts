import type { FileSystem } from "../host/file-system.ts";
import type { World } from "../host/world.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";

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
