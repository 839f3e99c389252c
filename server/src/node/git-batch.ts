import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { type GitObject, HistoryError } from "../host/commit-history.ts";

/** How Git is started, and how long somebody waits for it. */
export interface GitStart {
  /** Absolute. */
  readonly program: string;
  /** In front of the command. */
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute. */
  readonly cwd: string;
  /** Milliseconds for each answer. */
  readonly timeLimit: number;
  readonly signal: AbortSignal | undefined;
}

interface Question {
  readonly name: string;
  /** Bytes up to which the content is kept. */
  readonly largest: number;
  readonly answer: (object: GitObject | undefined) => void;
  readonly fail: (error: HistoryError) => void;
}

/** Those that run, which do not outlive this process. */
const running = new Set<ChildProcessByStdio<Writable, Readable, Readable>>();

process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Milliseconds after which a process that nobody asks any more is ended. */
const idleTime = 1000;

const newLine = 10;

/**
 * How often a process is started anew that has ended over an object which only some server has: a Git of 2024 does so where
 * it must not fetch. After that nothing more is asked for.
 */
const mostDeaths = 50;

/**
 * Asks a `git cat-file` for objects: many at once, in one process that is started when it is needed and ended when it is
 * not. It keeps nobody from ending.
 */
export class GitBatch {
  readonly #start: GitStart;
  readonly #withContent: boolean;
  #running: BatchProcess | undefined;
  #deaths = 0;

  /** @param withContent false for those who want to know what there is, and how large */
  constructor(start: GitStart, withContent: boolean) {
    this.#start = start;
    this.#withContent = withContent;
  }

  /** @param name an object name. @throws HistoryError */
  ask(name: string, largest: number): Promise<GitObject | undefined> {
    if (this.#start.signal?.aborted) return Promise.reject(new HistoryError("cancelled"));
    return new Promise((answer, fail) => this.#ask({ name, largest, answer, fail }));
  }

  #ask(question: Question): void {
    if (this.#deaths > mostDeaths) {
      question.answer(undefined);
      return;
    }
    if (!this.#running || this.#running.isOver) {
      this.#running = new BatchProcess(this.#start, this.#withContent, ([missing, ...others]) => {
        this.#deaths++;
        missing?.answer(undefined);
        for (const each of others) this.#ask(each);
      });
    }
    this.#running.ask(question);
  }
}

class BatchProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #withContent: boolean;
  readonly #timeLimit: number;
  readonly #waiting: Question[] = [];
  readonly #onMissing: (waiting: readonly Question[]) => void;
  readonly #tidy: () => void;
  #rest: Buffer = Buffer.alloc(0);
  /** The object whose content is being read, with what is still to come of it. */
  #reading: { readonly object: GitObject; readonly pieces: Buffer[]; left: number } | undefined;
  #complaint = "";
  #timer: NodeJS.Timeout | undefined;
  isOver = false;

  /** @param onMissing takes all questions when the process has ended because the object of the first one is elsewhere */
  constructor(
    { program, words, environment, cwd, timeLimit, signal }: GitStart,
    withContent: boolean,
    onMissing: (waiting: readonly Question[]) => void,
  ) {
    this.#onMissing = onMissing;
    this.#withContent = withContent;
    this.#timeLimit = timeLimit;
    this.#child = spawn(program, [...words, "cat-file", withContent ? "--batch" : "--batch-check"], {
      cwd,
      env: environment,
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const cancel = () => this.#end(new HistoryError("cancelled"));
    signal?.addEventListener("abort", cancel);
    running.add(this.#child);
    this.#tidy = () => {
      signal?.removeEventListener("abort", cancel);
      running.delete(this.#child);
    };
    this.#child.stdout.on("data", (piece: Buffer) => this.#take(piece));
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(0, 1000);
    });
    // It has ended before it was asked; what it said is told then.
    this.#child.stdin.on("error", () => {});
    this.#child.once("error", (error: NodeJS.ErrnoException) =>
      this.#end(new HistoryError("failed", error.code ?? error.message)),
    );
    this.#child.once("close", (code) =>
      this.#end(new HistoryError("failed", this.#complaint.trim() || `exit code ${code}`)),
    );
  }

  ask(question: Question): void {
    if (this.#waiting.length === 0) this.#keepAlive(true);
    this.#waiting.push(question);
    this.#child.stdin.write(`${question.name}\n`);
  }

  #keepAlive(isAsked: boolean): void {
    clearTimeout(this.#timer);
    const streams = [this.#child.stdin, this.#child.stdout, this.#child.stderr] as readonly unknown[];
    for (const each of [this.#child, ...(streams as readonly Partial<NodeJS.Timeout>[])]) {
      if (isAsked) each.ref?.();
      else each.unref?.();
    }
    this.#timer = setTimeout(
      () => this.#end(new HistoryError("too-slow")),
      isAsked ? this.#timeLimit : idleTime,
    );
    if (!isAsked) this.#timer.unref();
  }

  #take(piece: Buffer): void {
    this.#timer?.refresh();
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    while (!this.isOver && this.#takeOne());
  }

  /** False when the rest has to wait for more. */
  #takeOne(): boolean {
    const reading = this.#reading;
    if (reading) {
      if (this.#rest.length === 0) return false;
      const piece = this.#rest.subarray(0, reading.left);
      if (reading.object.size <= this.#waiting[0]!.largest) reading.pieces.push(piece);
      reading.left -= piece.length;
      this.#rest = this.#rest.subarray(piece.length);
      if (reading.left > 0) return false;
      this.#reading = undefined;
      const { object, pieces } = reading;
      const isKept = object.size <= this.#waiting[0]!.largest;
      // A line break follows.
      const bytes = isKept ? new Uint8Array(Buffer.concat(pieces).subarray(0, object.size)) : undefined;
      this.#answer({ ...object, bytes });
      return true;
    }
    const end = this.#rest.indexOf(newLine);
    if (end < 0) return false;
    const line = this.#rest.toString("latin1", 0, end);
    this.#rest = this.#rest.subarray(end + 1);
    const [, name, type, size] = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/.exec(line) ?? [];
    if (name === undefined) {
      // It says of one that is not there that it is missing.
      this.#answer(undefined);
      return true;
    }
    const object = { name, type: type as GitObject["type"], size: Number(size), bytes: undefined };
    if (this.#withContent) this.#reading = { object, pieces: [], left: object.size + 1 };
    else this.#answer(object);
    return true;
  }

  #answer(object: GitObject | undefined): void {
    this.#waiting.shift()?.answer(object);
    if (this.#waiting.length === 0) this.#keepAlive(false);
  }

  #end(error: HistoryError): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.#timer);
    this.#tidy();
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    this.#child.kill("SIGKILL");
    const waiting = this.#waiting.splice(0);
    if (error.message.includes("promisor remote")) this.#onMissing(waiting);
    else for (const { fail } of waiting) fail(error);
  }
}
