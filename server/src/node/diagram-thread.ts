import { Worker } from "node:worker_threads";
import type { DiagramLayout, LayoutGraph, PlacedGraph } from "../host/diagram-layout.ts";

/** How long things may take, in milliseconds. */
export interface LayoutLimits {
  /** For one graph, until it is given up. */
  readonly layout: number;
  /** How long an idle thread is kept. */
  readonly idle: number;
}

const usualLimits: LayoutLimits = { layout: 10_000, idle: 30_000 };

/** Its own bundle, which lies beside the one that this is in. */
const entry = "./diagram-worker-entry.js";

/** Lays out one graph after the other in a thread of its own, which can be ended in the middle of one. */
export class DiagramThread implements DiagramLayout {
  readonly #limits: LayoutLimits;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(limits: LayoutLimits = usualLimits) {
    this.#limits = limits;
  }

  layOut(graph: LayoutGraph, signal?: AbortSignal): Promise<PlacedGraph | undefined> {
    const answer = this.#turn.then(() => this.#layOut(graph, signal));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  async #layOut(graph: LayoutGraph, signal: AbortSignal | undefined): Promise<PlacedGraph | undefined> {
    signal?.throwIfAborted();
    clearTimeout(this.#idle);
    this.#worker ??= new Worker(new URL(entry, import.meta.url), {
      // Enough for the largest diagram that is laid out; one that wants more has none.
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
      ...{ stdout: true, stderr: true, env: {} },
    });
    const worker = this.#worker;
    const placed = await answerOf(worker, graph, this.#limits.layout, signal);
    if (placed) this.#keep(worker);
    else this.#end(worker);
    signal?.throwIfAborted();
    return placed;
  }

  #keep(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => this.#end(worker), this.#limits.idle);
    this.#idle.unref();
  }

  #end(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
    worker.terminate().catch(() => {
      // It has ended by itself.
    });
  }
}

/** Undefined when there is none in time, nobody waits for it any more, or the thread has come to its end. */
function answerOf(
  worker: Worker,
  graph: LayoutGraph,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<PlacedGraph | undefined> {
  return new Promise((resolve) => {
    const settle = (placed?: PlacedGraph) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
      for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
      // What comes late is nobody's fault.
      worker.on("error", () => {});
      resolve(placed);
    };
    const giveUp = () => settle();
    const timer = setTimeout(giveUp, limit);
    signal?.addEventListener("abort", giveUp);
    worker.ref();
    worker.once("message", settle);
    worker.once("error", giveUp);
    worker.once("exit", giveUp);
    worker.postMessage(graph);
  });
}
