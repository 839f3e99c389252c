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

/** Somebody who waits for an answer. */
interface Waiting {
  /** Milliseconds that it may take, once all before it is answered. */
  readonly limit: number;
  readonly resolve: (value: never) => void;
  readonly reject: (error: DatabaseUnavailable) => void;
}

/** A thread with a database, which answers one question after the other. */
class EngineThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal | undefined;
  /** In the order of the questions. */
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Whether anything has been answered. */
  #isStarted = false;
  /** Why nothing can be asked any more. */
  #ended: Message | undefined;
  #ending: Promise<void> | undefined;

  constructor(parts: EngineParts, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#worker = new Worker(new URL(entry, import.meta.url), {
      workerData: parts,
      // Of the JavaScript in it; the memory of the database has its own maximum.
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      ...{ stdout: true, stderr: true, env: {} },
    });
    this.#worker
      .on("message", (answer: EngineAnswer<never>) => this.#hear(answer))
      .on("error", (error) => this.#stop(this.#brokenDown(error.message), error))
      .on("exit", () => this.#stop(this.#brokenDown("the thread has ended")));
    if (signal?.aborted) this.#cancel();
    else signal?.addEventListener("abort", this.#cancel);
  }

  /** @throws DatabaseUnavailable */
  ask<Value>(question: EngineQuestion, limit: number): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(new DatabaseUnavailable(this.#ended));
      this.#waiting.push({ limit, resolve, reject });
      if (this.#waiting.length === 1) this.#startClock();
      this.#worker.postMessage(question);
    });
  }

  #hear(answer: EngineAnswer<never>): void {
    if ("value" in answer) {
      clearTimeout(this.#timer);
      this.#isStarted = true;
      this.#waiting.shift()?.resolve(answer.value);
      this.#startClock();
    } else if (typeof answer.error === "string") this.#stop(this.#brokenDown(answer.error));
    else this.#stop(answer.error);
  }

  #startClock(): void {
    const [first] = this.#waiting;
    if (first) this.#timer = setTimeout(() => this.#stop(this.#tooLong(first.limit)), first.limit);
  }

  #tooLong(limit: number): Message {
    const text = this.#isStarted ? statementTooLong : startTooLong;
    return { text, values: { seconds: Math.ceil(limit / 1000) } };
  }

  #brokenDown(detail: string): Message {
    return { text: this.#isStarted ? cannotGoOn : cannotStart, values: { detail } };
  }

  readonly #cancel = () => this.#stop(cancelled);

  /** Whoever still waits hears why in vain. */
  #stop(reason: Message, cause?: unknown): void {
    this.#ended ??= reason;
    this.end().catch(() => {});
    for (const { reject } of this.#waiting.splice(0)) reject(new DatabaseUnavailable(this.#ended, { cause }));
  }

  /** Never throws. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    this.#ended ??= closed;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#cancel);
    compileAsUsual();
    // It may have ended by itself.
    await this.#worker.terminate().catch(() => {});
  }
}

const cancelled: Message = { text: "The run was cancelled." };
const closed: Message = { text: "The database of the run has been closed." };
const statementTooLong =
  "The embedded database was ended, because a statement took longer than {seconds} seconds. On a server that the settings name, a statement has longer.";
const startTooLong =
  "The embedded database was ended, because it was not ready after {seconds} seconds. Try again when this computer has less to do.";
const cannotGoOn =
  "The embedded database cannot go on: {detail}. Choose a server that the settings name, which may have more room.";
const cannotStart =
  "The embedded database cannot start: {detail}. Install its part anew, or choose a server that the settings name.";
