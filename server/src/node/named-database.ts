import type { DatabaseServer, DatabaseServers } from "../host/database-server.ts";

/** A server that was named in settings. What talks to it is loaded when it is used. */
export function namedDatabase(...named: Parameters<DatabaseServers["named"]>): DatabaseServer {
  const server = async () => (await import("./databases/named-server.ts")).namedServer(...named);
  return {
    kind: named[0].kind,
    open: async (options) => (await server()).open(options),
    keep: async (name, options) => (await server()).keep(name, options),
    check: async (options) => (await server()).check(options),
  };
}
