import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

export interface TestServer {
  /** Such as `http://127.0.0.1:34567`. */
  readonly url: string;
  readonly port: number;
  /** What was asked of it, oldest first. */
  readonly asked: readonly Pick<IncomingMessage, "method" | "url" | "headers">[];
}

/** A server of the test on this computer, which ends with it. Anything that no route is for is not there. */
export async function testServer(
  context: Pick<TestContext, "after">,
  routes: Record<string, RequestListener>,
  certificate?: { readonly key: string; readonly cert: string },
): Promise<TestServer> {
  const asked: IncomingMessage[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    asked.push(request);
    const route = Object.hasOwn(routes, request.url!) ? routes[request.url!] : routes["*"];
    if (route) route(request, response);
    else response.writeHead(404).end();
  };
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${certificate ? "https" : "http"}://127.0.0.1:${port}`, port, asked };
}
