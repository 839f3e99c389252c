import { type ChildProcess, spawn } from "node:child_process";

export interface RunOptions {
  /** Absolute. */
  readonly cwd: string;
  /** All of it; nothing is taken over from our own. */
  readonly environment: NodeJS.ProcessEnv;
  /** The name it is called by; absent for that of the file. */
  readonly name?: string | undefined;
  /** Milliseconds after which it is ended. */
  readonly timeLimit: number;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Told what it writes as soon as it does. */
  readonly onOutput?: ((text: string, stream: "output" | "errors") => void) | undefined;
}

export type RunOutcome =
  /** `code` is null when something else than us has ended it. */
  | { readonly kind: "ended"; readonly code: number | null; readonly output: string }
  | { readonly kind: "too-slow" }
  | { readonly kind: "too-much-output" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "not-started"; readonly reason: string };

/** Characters of output that are kept. A program that says more is ended. */
const longestOutput = 1_000_000;

/**
 * Runs a program until it ends or has to be ended, together with whatever it has started. It does not outlive this
 * process. Never throws.
 *
 * @param program absolute path
 */
export function runProgram(
  program: string,
  words: readonly string[],
  { cwd, environment, name, timeLimit, signal, onOutput }: RunOptions,
): Promise<RunOutcome> {
  if (signal?.aborted) return Promise.resolve({ kind: "cancelled" });
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program, words, {
        cwd,
        env: environment,
        argv0: name ?? program,
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own, so that what it starts can be ended with it.
        detached: process.platform !== "win32",
        windowsHide: true,
      });
    } catch (error) {
      // Some reasons are told as an event, and others, such as words that are too long, at once.
      resolve(notStarted(error));
      return;
    }
    let output = "";
    const finish = (outcome: RunOutcome) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      process.removeListener("exit", endWithUs);
      resolve(outcome);
    };
    const end = (outcome: RunOutcome) => {
      endGroup(child);
      finish(outcome);
    };
    const cancel = () => end({ kind: "cancelled" });
    const endWithUs = () => endGroup(child);
    const timer = setTimeout(() => end({ kind: "too-slow" }), timeLimit);
    signal?.addEventListener("abort", cancel);
    process.once("exit", endWithUs);
    for (const [name, stream] of [
      ["output", child.stdout],
      ["errors", child.stderr],
    ] as const) {
      // Without room for more open files there are none.
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        onOutput?.(text, name);
        if (output.length > longestOutput) end({ kind: "too-much-output" });
      });
    }
    child.once("error", (error) => finish(notStarted(error)));
    child.once("close", (code) => finish({ kind: "ended", code, output }));
  });
}

function notStarted(error: unknown): RunOutcome {
  const { code, message } = error as NodeJS.ErrnoException;
  return { kind: "not-started", reason: code ?? message };
}

function endGroup(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  try {
    if (process.platform === "win32" || child.pid === undefined) child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
