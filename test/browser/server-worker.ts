// A language server as an extension in a browser would start it: in a worker of its own, without Node.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { Gate } from "../../server/src/lsp/gate.ts";
import { startServer } from "../../server/src/lsp/server.ts";
import { type WorkerData, worldOfWorker } from "./world-of-worker.ts";

const port = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

/** The first message is the world; all others are those of the protocol. */
port.onmessage = async ({ data }: { readonly data: WorkerData }) => {
  const world = await worldOfWorker(data);
  const gate = new Gate(new BrowserMessageReader(port), new BrowserMessageWriter(port), world);
  startServer(createConnection(gate, gate.writer), world, () => {});
  port.postMessage("started");
};
