import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** One line of the report: our figure against a yardstick measured in turn with it. */
export interface Comparison {
  readonly name: string;
  readonly yardstick: string;
  /** Medians of ours and the yardstick's, in `unit`. */
  readonly ours: number;
  readonly theirs: number;
  readonly unit: "ms" | "MB";
  /** Absent when the ratio is not what matters. */
  readonly ratio: number;
  /** How the goal is written, such as "2 %" or "1.1 x". */
  readonly reach: string;
  readonly stretch: string;
  readonly reachValue: number;
  readonly stretchValue: number;
  /** Shown in place of the ratio. */
  readonly shown?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Runs two pieces of work in turn, after one round that is not counted, and gives the median milliseconds of each.
 *
 * @param before done before each, and not counted
 */
export async function inTurn(
  rounds: number,
  ours: () => unknown,
  theirs: () => unknown,
  before: () => unknown = () => {},
): Promise<{ ours: number; theirs: number }> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    await before();
    const own = await timed(ours);
    await before();
    const other = await timed(theirs);
    if (round === 0) continue;
    times.ours.push(own);
    times.theirs.push(other);
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

/** Runs a process to its end and throws when it fails in a way the caller does not expect. */
export function runProcess(
  command: string,
  words: readonly string[],
  allowed: readonly number[] = [0],
): void {
  const { status, error, stderr } = spawnSync(command, words, { stdio: ["ignore", "ignore", "pipe"] });
  if (error) throw error;
  if (!allowed.includes(status ?? -1)) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

/** Peak memory of a process in MB, as the kernel counted it for the finished process. */
export function peakMemory(command: string, words: readonly string[]): number {
  const script =
    "import resource,subprocess,sys;r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;" +
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss);sys.exit(r)";
  const { stdout, status, stderr } = spawnSync("python3", ["-c", script, command, ...words], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return Number(stdout.trim()) / 1024;
}

export function hasCommand(command: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}

export function loadAverage(): string {
  try {
    return readFileSync("/proc/loadavg", "utf8").split(" ")[0]!;
  } catch {
    return "unknown";
  }
}

export function percent(value: number): string {
  return `${(value * 100).toFixed(2)} %`;
}

export function times(value: number): string {
  return `${value.toFixed(2)} x`;
}
