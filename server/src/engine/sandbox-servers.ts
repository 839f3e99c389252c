import { engineFor } from "../database/engines.ts";
import { type DatabaseServer, DatabaseUnavailable } from "../host/database-server.ts";
import type { SandboxServers } from "../sandbox/served-databases.ts";

/**
 * The servers that sandboxes may have databases on.
 *
 * @param named one by what the settings call it; undefined when they name none of that name
 */
export function sandboxServers(named: (name: string) => Promise<DatabaseServer | undefined>): SandboxServers {
  return {
    async connect(name, database, release, signal) {
      const server = await named(name);
      if (!server) return undefined;
      if (!server.keep) throw new DatabaseUnavailable(nothingStays);
      const { characterBytes } = engineFor(server.kind, release);
      const kept = await server.keep(database, { characterBytes, ...(signal && { signal }) });
      // Few sandboxes have databases.
      const { DatabasesOfSandbox } = await import("./databases-of-sandbox.ts");
      return new DatabasesOfSandbox(kept, name);
    },
  };
}

const nothingStays = { text: "It keeps no databases. Name a server of the settings." };
