import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";
import type { DatabaseSettings } from "../../server/src/host/database-server.ts";
import type { TestServer } from "./database-servers.ts";

export interface DatabaseProxy {
  /** Those of the server, by this way. */
  readonly settings: DatabaseSettings;
  /** Connections that no client has ended. */
  readonly open: () => number;
}

/**
 * Stands between a server and its clients for a test.
 *
 * @param alter what of the server's words the client hears, byte for byte; undefined from where on it hears nothing more
 */
export async function databaseProxy(
  context: Pick<TestContext, "after">,
  { settings }: TestServer,
  alter: (said: string) => string | undefined,
): Promise<DatabaseProxy> {
  const at = settings.at as { readonly host: string; readonly port: number };
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    const behind = connect(at.port, at.host);
    for (const each of [client, behind]) each.on("error", () => {});
    client.on("close", () => {
      clients.delete(client);
      behind.destroy();
    });
    behind.on("close", () => client.destroy());
    client.pipe(behind);
    behind.on("data", (data) => {
      const heard = alter(data.toString("latin1"));
      if (heard === undefined) behind.removeAllListeners("data").resume();
      else client.write(heard, "latin1");
    });
  }).listen(0, "127.0.0.1");
  context.after(() => {
    for (const client of clients) client.destroy();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { settings: { ...settings, at: { host: "127.0.0.1", port } }, open: () => clients.size };
}
