import { tmpdir } from "node:os";
import { Worker } from "node:worker_threads";
import type { ArchivePart, WriteOptions, WriteProgress, WrittenArchive } from "../host/archive-writer.ts";
import { PackageError, type PackageErrorData } from "../host/package-error.ts";

/** What the thread is told. */
export type WorkerOrder =
  | {
      readonly kind: "write";
      readonly parts: readonly ArchivePart[];
      readonly target: string;
      readonly options: OrderOptions;
    }
  | { readonly kind: "cancel" };

/** Without what cannot be sent. */
export type OrderOptions = Omit<WriteOptions, "signal" | "onProgress">;

/** What it tells in return: any number of reports, then one of the others. */
export type WorkerReport =
  | { readonly kind: "progress"; readonly progress: WriteProgress }
  | { readonly kind: "written"; readonly archive: WrittenArchive }
  | { readonly kind: "failed"; readonly error: PackageErrorData };

/** Starting a thread takes longer than a small build, so one is kept for a while. In milliseconds. */
const idleTime = 60_000;

/** Its own bundle, which lies beside the one that this is in. */
const entry = "./build-worker-entry.js";

let idleWorker: Worker | undefined;
let idleTimer: NodeJS.Timeout | undefined;

/**
 * Does what `writeArchive` does, in a thread of its own, so that a slow disk keeps nobody waiting.
 *
 * @throws PackageError
 */
export async function writeInWorker(
  parts: readonly ArchivePart[],
  target: string,
  { signal, onProgress, ...options }: WriteOptions,
): Promise<WrittenArchive> {
  if (signal?.aborted) throw new PackageError("cancelled");
  const worker = takeWorker();
  const send = (order: WorkerOrder) => worker.postMessage(order);
  const cancel = () => send({ kind: "cancel" });
  signal?.addEventListener("abort", cancel);
  try {
    const report = await new Promise<Exclude<WorkerReport, { kind: "progress" }>>((resolve, reject) => {
      worker.on("message", (message: WorkerReport) => {
        if (message.kind === "progress") onProgress?.(message.progress);
        else resolve(message);
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`the thread that builds has ended with code ${code}`)));
      send({ kind: "write", parts, target, options });
    });
    keepWorker(worker);
    if (report.kind === "failed") throw PackageError.fromData(report.error);
    return report.archive;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

function takeWorker(): Worker {
  clearTimeout(idleTimer);
  const worker = idleWorker ?? startWorker();
  idleWorker = undefined;
  worker.ref();
  return worker;
}

function startWorker(): Worker {
  try {
    process.cwd();
  } catch {
    // No thread starts in a folder that is gone. All our paths are absolute, so any other will do.
    process.chdir(tmpdir());
  }
  return new Worker(new URL(entry, import.meta.url));
}

/** An idle thread does not keep the process alive. */
function keepWorker(worker: Worker): void {
  // Not those of other events: by them Node notices that somebody listens for messages.
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
  if (idleWorker) {
    end(worker);
    return;
  }
  idleWorker = worker;
  const forget = () => {
    if (idleWorker === worker) idleWorker = undefined;
  };
  worker.once("error", forget);
  worker.once("exit", forget);
  worker.unref();
  idleTimer = setTimeout(() => {
    forget();
    end(worker);
  }, idleTime);
  idleTimer.unref();
}

function end(worker: Worker): void {
  worker.terminate().catch(() => {
    // It has ended by itself.
  });
}
