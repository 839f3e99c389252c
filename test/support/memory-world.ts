import { makeClock } from "../../server/src/host/clock.ts";
import type { World } from "../../server/src/host/world.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { makeTexts } from "../../server/src/l10n/texts.ts";
import { timers } from "../../server/src/node/timers.ts";
import { MemoryWorkspace } from "./memory-workspace.ts";
import { posixPaths } from "./posix-paths.ts";

/** A world in which nothing is but what a test names. It is noon of the same day each time. */
export function memoryWorld(members: Partial<World> = {}): World {
  return {
    texts: makeTexts(() => ({})),
    clock: makeClock(() => new Date("2026-01-02T12:00:00Z")),
    timers,
    paths: posixPaths,
    disk: new MemoryWorkspace(),
    packageDisk: (folder) => new MemoryWorkspace().packageDisk(folder),
    rulePage: (rule) => `https://example.org/${rule}`,
    machine: { name: () => "test-host", variable: () => undefined },
    knowledge: { knowledgeFor: () => noKnowledge, knowledgeOf: () => noKnowledge },
    ...members,
  };
}
