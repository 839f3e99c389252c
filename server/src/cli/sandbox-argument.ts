import { resolve } from "node:path";
import { now } from "../host/node/clock.ts";
import { knowledgeFor } from "../host/node/knowledge.ts";
import { openSandbox, type Sandbox, type SandboxWorld } from "../host/node/sandbox/sandbox.ts";

/** What sandboxes need of the world, as Node has it. */
export const sandboxWorld: SandboxWorld = { knowledgeFor, now };

/** Opens the sandbox in a folder that somebody named. @throws PackageError when there is none that can be read */
export function openSandboxArgument(folder: string): Promise<Sandbox> {
  return openSandbox(resolve(folder), sandboxWorld);
}
