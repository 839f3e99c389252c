import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import { createConnection, type InitializeParams } from "vscode-languageserver/node";
import {
  createMessageConnection,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { World } from "../../server/src/host/world.ts";
import { startServer } from "../../server/src/lsp/server.ts";
import { fullClient, type PublishedDiagnostics } from "./language-client.ts";

/** A server that a test talks to as its client. */
export interface TalkingServer {
  readonly client: MessageConnection;
  /** What it has answered to `initialize`. */
  readonly initialized: unknown;
  /** What was last published for an address; undefined before there was anything. */
  last(uri: string): PublishedDiagnostics | undefined;
  /** The rules of these findings. */
  published(uri: string): readonly string[] | undefined;
  /** Ends when something is true after findings were published. */
  until(isDone: () => boolean): Promise<void>;
  open(uri: string, text: string): Promise<void>;
}

/** A server in this process, in a world of a test's own. @param settings as in {@link talkTo} */
export async function serverInProcess(
  context: TestContext,
  world: World,
  params: Partial<InitializeParams> = {},
  settings: unknown = null,
): Promise<TalkingServer> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(connection, world, () => {});
  context.after(() => connection.dispose());
  return talkTo(context, new StreamMessageReader(down), new StreamMessageWriter(up), params, settings);
}

/** @param settings what the client answers when it is asked for the settings of anything */
export async function talkTo(
  context: TestContext,
  reader: MessageReader,
  writer: MessageWriter,
  params: Partial<InitializeParams> = {},
  settings: unknown = null,
): Promise<TalkingServer> {
  const client = createMessageConnection(reader, writer);
  context.after(() => client.dispose());
  client.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) =>
    items.map(() => settings),
  );
  client.onRequest("client/registerCapability", () => null);
  const published = new Map<string, PublishedDiagnostics>();
  let tell = () => {};
  client.onNotification("textDocument/publishDiagnostics", (each: PublishedDiagnostics) => {
    published.set(each.uri, each);
    tell();
  });
  client.listen();
  const initialized: unknown = await client.sendRequest("initialize", {
    ...{ processId: null, rootUri: null, ...fullClient, ...params },
  });
  await client.sendNotification("initialized", {});
  return {
    ...{ client, initialized },
    last: (uri) => published.get(uri),
    published: (uri) => published.get(uri)?.diagnostics.map(({ code }) => String(code)),
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
