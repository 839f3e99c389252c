import type { UserRecords } from "../../server/src/host/test-system.ts";

/** What is kept for a user who is there for one test. */
export function memoryRecords(): UserRecords {
  const kept = new Map<string, string>();
  return {
    read: async (name) => kept.get(name),
    names: async () => [...kept.keys()],
    write: async (name, text) => {
      kept.set(name, text);
    },
    remove: async (name) => {
      kept.delete(name);
    },
  };
}
