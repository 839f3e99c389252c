import { Worker } from "node:worker_threads";
import {
  type CatalogueTable,
  type DatabaseMark,
  DatabaseUnavailable,
  type ExecutedStatement,
  type RunDatabase,
} from "../host/database-server.ts";
import type { Message } from "../l10n/translate.ts";
import { embeddedKind } from "../protocol/databases.ts";
import { compileAsUsual } from "./compile-once.ts";
import type { EngineParts } from "./embedded-engine.ts";
import type { EngineAnswer, EngineQuestion } from "./embedded-worker-entry.ts";

/** How long things may take, in milliseconds. */
export interface EngineLimits {
  /** Until a new database takes statements. */
  readonly start: number;
  readonly statement: number;
}

const usualLimits: EngineLimits = { start: 60_000, statement: 30_000 };

/** Its own bundle, which lies beside the one that this is in. */
const entry = "./embedded-worker-entry.js";

/**
 * A new database in a thread of its own, which gives back its memory when the run ends.
 *
 * @throws DatabaseUnavailable
 */
export async function openEmbedded(
  parts: EngineParts,
  {
    signal,
    limits = usualLimits,
  }: { readonly signal?: AbortSignal | undefined; readonly limits?: EngineLimits },
): Promise<RunDatabase> {
  const thread = new EngineThread(parts, signal);
  try {
    const version = await thread.ask<string>({ ask: "version" }, limits.start);
    return new EmbeddedRun(thread, version, limits);
  } catch (error) {
    await thread.end();
    throw error;
  }
}

class EmbeddedRun implements RunDatabase {
  readonly kind = embeddedKind;
  readonly version: string;
  readonly #thread: EngineThread;
  readonly #limits: EngineLimits;

  constructor(thread: EngineThread, version: string, limits: EngineLimits) {
    this.#thread = thread;
    this.version = version;
    this.#limits = limits;
  }

  execute(sql: string): Promise<ExecutedStatement> {
    return this.#thread.ask({ ask: "execute", sql }, this.#limits.statement);
  }

  async mark(): Promise<DatabaseMark> {
    return { number: await this.#thread.ask<number>({ ask: "mark" }, this.#limits.statement) };
  }

  restore({ number }: DatabaseMark): Promise<void> {
    return this.#thread.ask({ ask: "restore", mark: number }, this.#limits.statement);
  }

  catalogue(): Promise<readonly CatalogueTable[]> {
    return this.#thread.ask({ ask: "catalogue" }, this.#limits.statement);
  }

  async close(): Promise<void> {
    await this.#thread.end();
  }
}

/** A thread with a database, of which one thing after the other is asked. */
class EngineThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Why nothing can be asked any more. */
  #ended: Message | undefined;

  constructor(parts: EngineParts, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#worker = new Worker(new URL(entry, import.meta.url), {
      workerData: parts,
      // Of the JavaScript in it; the memory of the database has its own maximum.
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      ...{ stdout: true, stderr: true, env: {} },
    });
    // What comes late is nobody's fault.
    this.#worker.on("error", () => {});
  }

  /** @throws DatabaseUnavailable */
  ask<Value>(question: EngineQuestion, limit: number): Promise<Value> {
    const answer = this.#turn.then(() => this.#ask<Value>(question, limit));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  #ask<Value>(question: EngineQuestion, limit: number): Promise<Value> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        this.#signal?.removeEventListener("abort", cancel);
        this.#worker.off("message", hear).off("error", fail).off("exit", exit);
        end();
      };
      const stop = (reason: Message, cause?: unknown) =>
        settle(() => {
          this.#ended ??= reason;
          this.end().catch(() => {});
          reject(new DatabaseUnavailable(this.#ended, { cause }));
        });
      const hear = (answer: EngineAnswer<Value>) => {
        if ("error" in answer) stop(brokenDown(answer.error));
        else settle(() => resolve(answer.value));
      };
      const fail = (error: Error) => stop(brokenDown(error.message), error);
      const exit = () => stop(brokenDown("the thread has ended"));
      const cancel = () => stop(cancelled);
      const timer = setTimeout(() => stop(tooLong(limit)), limit);
      if (this.#ended) return stop(this.#ended);
      if (this.#signal?.aborted) return cancel();
      this.#signal?.addEventListener("abort", cancel);
      this.#worker.on("message", hear).on("error", fail).on("exit", exit);
      this.#worker.postMessage(question);
    });
  }

  async end(): Promise<void> {
    this.#ended ??= closed;
    compileAsUsual();
    // It may have ended by itself.
    await this.#worker.terminate().catch(() => {});
  }
}

const cancelled: Message = { text: "The run was cancelled." };
const closed: Message = { text: "The database of the run has been closed." };

function tooLong(limit: number): Message {
  return {
    text: "The embedded database was ended, because a statement took longer than {seconds} seconds.",
    values: { seconds: Math.round(limit / 1000) },
  };
}

function brokenDown(detail: string): Message {
  return {
    text: "The embedded database cannot go on: {detail}. Choose a server that the settings name, which may have more room.",
    values: { detail },
  };
}
