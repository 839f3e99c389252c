import { makeClock } from "../../server/src/host/clock.ts";
import type { World } from "../../server/src/host/world.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { makeTexts } from "../../server/src/l10n/texts.ts";
import { archiveText } from "./archive-text.ts";
import { MemoryDisk, MemoryFileSystem } from "./memory-file-system.ts";
import { MemoryWorkspace } from "./memory-workspace.ts";
import { posixPaths } from "./posix-paths.ts";

/** A world in which nothing is, and which needs nothing of Node. It is noon of the same day each time. */
export function bareWorld(): Omit<World, "timers" | "ruleTexts"> {
  const disk = new MemoryDisk();
  return {
    texts: makeTexts(() => ({})),
    clock: makeClock(() => new Date("2026-01-02T12:00:00Z")),
    paths: posixPaths,
    ...filesOf(new MemoryWorkspace()),
    schemaValidator: { ask: async () => ({ kind: "not-asked", reason: "no-java" }) },
    files: ({ flush }) => new MemoryFileSystem(disk, 1, flush),
    rulePage: (rule) => `https://example.org/${rule}`,
    machine: { name: () => "test-host", variable: () => undefined },
    knowledge: { knowledgeFor: () => noKnowledge, knowledgeOf: () => noKnowledge },
  };
}

/** What a world has of files, out of a disk in memory. */
export function filesOf(
  disk: MemoryWorkspace,
): Pick<World, "disk" | "packageDisk" | "named" | "output" | "packages" | "archives"> {
  return {
    disk,
    packageDisk: (folder) => disk.packageDisk(folder),
    named: disk.named,
    output: disk.output,
    packages: disk.packages,
    archives: {
      async write(parts, path, { baseFolder }) {
        const contentOf = (location: string) =>
          new TextEncoder().encode(disk.files.get(posixPaths.join(baseFolder, location)));
        const text = archiveText(parts, contentOf);
        disk.files.set(path, text);
        const files = parts.filter(({ kind }) => kind === "file").length;
        return { path, size: text.length, files };
      },
    },
  };
}
