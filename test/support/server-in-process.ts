import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import { createConnection, type InitializeParams } from "vscode-languageserver/node";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { World } from "../../server/src/host/world.ts";
import { startServer } from "../../server/src/lsp/server.ts";
import { fullClient, type PublishedDiagnostics } from "./language-client.ts";

/** A server in this process, in a world of a test's own, and the client that it talks to. */
export interface ServerInProcess {
  readonly client: MessageConnection;
  /** The rules of the findings that were last published for an address; undefined before there were any. */
  published(uri: string): readonly string[] | undefined;
  /** Ends when something is true after findings were published. */
  until(isDone: () => boolean): Promise<void>;
  open(uri: string, text: string): Promise<void>;
}

export async function serverInProcess(
  context: TestContext,
  world: World,
  params: Partial<InitializeParams> = {},
): Promise<ServerInProcess> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(connection, world, () => {});
  const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  context.after(() => {
    client.dispose();
    connection.dispose();
  });
  client.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) =>
    items.map(() => null),
  );
  client.onRequest("client/registerCapability", () => null);
  const published = new Map<string, readonly string[]>();
  let tell = () => {};
  client.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }: PublishedDiagnostics) => {
    published.set(
      uri,
      diagnostics.map(({ code }) => String(code)),
    );
    tell();
  });
  client.listen();
  await client.sendRequest("initialize", { processId: null, rootUri: null, ...fullClient, ...params });
  await client.sendNotification("initialized", {});
  return {
    client,
    published: (uri) => published.get(uri),
    until: (isDone) =>
      new Promise((resolve) => {
        tell = () => {
          if (isDone()) resolve();
        };
        tell();
      }),
    open: (uri, text) =>
      client.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "sopm", version: 1, text },
      }),
  };
}
