import { Worker } from "node:worker_threads";
import type { PerlVerdict } from "../host/perl-checker.ts";
import { compileAsUsual } from "./compile-once.ts";
import type { PerlParts } from "./perl-interpreter.ts";

/** How long things may take, in milliseconds. */
export interface PerlLimits {
  /** Until a new thread can compile anything. */
  readonly start: number;
  /** For each piece of code. */
  readonly check: number;
  /** How long an idle thread is kept, which has some hundred megabytes. */
  readonly idle: number;
}

const usualLimits: PerlLimits = { start: 30_000, check: 3_000, idle: 30_000 };

/** Threads that may be ended because of code. Where more come to that end, nothing is compiled any more. */
const mostEnded = 8;

/** Pieces of code whose verdicts are kept, and how long one may be for that. Packages repeat theirs. */
const kept = { pieces: 500, characters: 50_000 };

/** Its own bundle, which lies beside the one that this is in. */
const entry = "./perl-worker-entry.js";

/** Compiles Perl in a thread of its own, one piece of code after the other, each with what it may take. */
export class PerlThread {
  readonly #parts: PerlParts;
  readonly #limits: PerlLimits;
  #worker: Worker | undefined;
  #ended = 0;
  #idle: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #known = new Map<string, Promise<PerlVerdict>>();

  constructor(parts: PerlParts, limits: PerlLimits = usualLimits) {
    this.#parts = parts;
    this.#limits = limits;
  }

  /** What Perl says of code. Never throws. */
  check(code: string): Promise<PerlVerdict> {
    const known = this.#known.get(code);
    if (known) return known;
    const answer = this.#turn.then(() => this.#check(code)).catch((): PerlVerdict => ({ kind: "unknown" }));
    this.#turn = answer;
    if (code.length <= kept.characters) this.#known.set(code, answer);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= kept.pieces) break;
      this.#known.delete(oldest);
    }
    return answer;
  }

  async #check(code: string): Promise<PerlVerdict> {
    if (this.#ended >= mostEnded || code.includes("\0")) return { kind: "unknown" };
    clearTimeout(this.#idle);
    const worker = this.#worker ?? (await this.#start());
    const verdict = worker && (await answerOf(worker, code, this.#limits.check));
    if (worker && verdict) this.#keep(worker);
    else if (worker) {
      this.#ended++;
      this.#end(worker);
    }
    return verdict ?? { kind: "unknown" };
  }

  /** Undefined where no thread can compile anything; another one could not either. */
  async #start(): Promise<Worker | undefined> {
    const worker = new Worker(new URL(entry, import.meta.url), {
      workerData: this.#parts,
      // Of the JavaScript in it; the memory of Perl has its own maximum.
      resourceLimits: { maxOldGenerationSizeMb: 256 },
      ...{ stdout: true, stderr: true, env: {} },
    });
    if (await answerOf(worker, "", this.#limits.start)) {
      this.#worker = worker;
      return worker;
    }
    this.#ended = mostEnded;
    this.#end(worker);
    return undefined;
  }

  #keep(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => this.#end(worker), this.#limits.idle);
    this.#idle.unref();
  }

  #end(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
    compileAsUsual();
    worker.terminate().catch(() => {
      // It has ended by itself.
    });
  }
}

/** Undefined when there is none in time, or the thread has come to its end. */
function answerOf(worker: Worker, code: string, limit: number): Promise<PerlVerdict | undefined> {
  return new Promise((resolve) => {
    const settle = (verdict?: PerlVerdict) => {
      clearTimeout(timer);
      for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
      // What comes late is nobody's fault.
      worker.on("error", () => {});
      resolve(verdict);
    };
    const timer = setTimeout(settle, limit);
    worker.ref();
    worker.once("message", settle);
    worker.once("error", () => settle());
    worker.once("exit", () => settle());
    worker.postMessage(code);
  });
}
