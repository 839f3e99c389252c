import { join } from "node:path";
import type { TestContext } from "node:test";
import { MessageChannel, Worker } from "node:worker_threads";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type InitializeParams,
  type Message,
} from "vscode-languageserver-protocol/node";
import { type TalkingServer, talkTo } from "../support/server-in-process.ts";
import { bundleForBrowser } from "./browser-bundle.ts";
import type { WorkerData } from "./world-of-worker.ts";

const bundle = bundleForBrowser();

export interface ServerInWorker extends TalkingServer {
  /** Puts a file on the disk of the worker. */
  write(path: string, text: string): Promise<void>;
}

/** A server in a worker that has nothing of Node, and the client that it talks to. */
export async function serverInWorker(
  context: TestContext,
  data: Omit<WorkerData, "changes">,
  params: Partial<InitializeParams> = {},
): Promise<ServerInWorker> {
  const { code } = await bundle;
  const worker = new Worker(join(import.meta.dirname, "bare-worker.cjs"), { workerData: { code } });
  context.after(() => worker.terminate());
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  const started = new Promise((resolve) => worker.once("message", resolve));
  worker.postMessage({ ...data, changes: port2 }, [port2]);
  await Promise.race([started, failed]);
  const server = await Promise.race([
    talkTo(context, new WorkerReader(worker), new WorkerWriter(worker), params),
    failed,
  ]);
  return {
    ...server,
    write: async (path, text) => {
      const written = new Promise((resolve) => port1.once("message", resolve));
      port1.postMessage([path, text]);
      await written;
    },
  };
}

class WorkerReader extends AbstractMessageReader {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
  }

  listen(callback: DataCallback): Disposable {
    this.#worker.on("message", callback);
    return { dispose: () => this.#worker.off("message", callback) };
  }
}

class WorkerWriter extends AbstractMessageWriter {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
  }

  async write(message: Message): Promise<void> {
    this.#worker.postMessage(message);
  }

  end(): void {
    // It ends with the test.
  }
}
