/** The thread that writes archives; see `build-worker.ts`. */
import { parentPort } from "node:worker_threads";
import { PackageError } from "../host/package-error.ts";
import { writeArchive } from "./archive-writer.ts";
import type { WorkerOrder, WorkerReport } from "./build-worker.ts";

let running: AbortController | undefined;

parentPort?.on("message", (order: WorkerOrder) => {
  if (order.kind === "cancel") running?.abort();
  else write(order).catch(giveUp);
});

/** Ends the thread with an error, which tells those who wait for the archive. */
function giveUp(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

async function write(order: Extract<WorkerOrder, { kind: "write" }>): Promise<void> {
  const controller = new AbortController();
  running = controller;
  report(
    await writeArchive(order.parts, order.target, {
      ...order.options,
      signal: controller.signal,
      onProgress: (progress) => report({ kind: "progress", progress }),
    }).then(
      (archive) => ({ kind: "written", archive }),
      (error: unknown) => {
        if (!(error instanceof PackageError)) throw error;
        return { kind: "failed", error: error.toData() };
      },
    ),
  );
}

function report(report: WorkerReport): void {
  parentPort?.postMessage(report);
}
