/** The thread that lays out diagrams; see `diagram-thread.ts`. */
import { parentPort } from "node:worker_threads";
import type { LayoutGraph } from "../host/diagram-layout.ts";
import { elkLayout } from "./elk-layout.ts";

parentPort?.on("message", (graph: LayoutGraph) => {
  elkLayout(graph).then(
    (placed) => parentPort?.postMessage(placed),
    (error: unknown) => {
      // Ends the thread, which tells the one who waits.
      queueMicrotask(() => {
        throw error;
      });
    },
  );
});
