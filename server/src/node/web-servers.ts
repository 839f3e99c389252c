import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PackageError } from "../host/package-error.ts";
import type { AskedOf, GivenAnswer, RunningServer, WebServers } from "../host/web-servers.ts";

/** The only address that is listened on: what is served here is for this computer. */
const loopback = "127.0.0.1";

/** Servers of Node on the loopback interface. */
export const webServers: WebServers = {
  async listen(port, answer) {
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 });
    server.maxConnections = 64;
    server.on("request", (request, response) => {
      // A body is never read; whoever goes on sending is hung up on.
      request.resume();
      reply(request, response, answer).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", ({ code, message }: NodeJS.ErrnoException) =>
        reject(new PackageError("serve-port", { port, reason: code ?? message })),
      );
      server.listen({ port, host: loopback, exclusive: true }, resolve);
    });
    const running: RunningServer = {
      port: (server.address() as AddressInfo).port,
      stop: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
    return running;
  },
};

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: AskedOf) => Promise<GivenAnswer>,
): Promise<void> {
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
  const { method = "", url: target = "" } = request;
  const { status, headers, body } = await answer({ method, target, header });
  response.writeHead(status, { ...headers });
  if (!body || method === "HEAD") {
    response.end();
    return;
  }
  await pipeline(Readable.from(copies(body)), response);
}

/** A piece may be overwritten when the next one is asked for, while the one before still waits to be sent. */
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
