import { fork } from "node:child_process";

/** A program of ours that runs. */
export interface RunningProgram {
  /** Its exit code; 1 when it was ended from outside or could not be started. Never rejects. */
  readonly ended: Promise<number>;
  stop(): void;
}

export interface ProgramOptions {
  /** The folder that it starts in; absolute. */
  readonly folder: string;
  /** Variables beside those of this process. */
  readonly variables: Readonly<Record<string, string>>;
  /** Hears what it prints, to both outputs, as it comes. */
  readonly write: (text: string) => void;
}

/**
 * Runs a script with the Node of this process. It gets nothing from standard input, and no shell is between.
 *
 * @param script absolute path
 */
export function runProgram(
  script: string,
  words: readonly string[],
  options: ProgramOptions,
): RunningProgram {
  const { folder, variables, write } = options;
  const child = fork(script, words, {
    cwd: folder,
    env: { ...process.env, ...variables },
    // Those of this process are for this process: two cannot be debugged at one port.
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", write);
  const ended = new Promise<number>((resolve) => {
    child.once("error", (error) => {
      write(`${error.message}\n`);
      resolve(1);
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
  return { ended, stop: () => void child.kill() };
}
