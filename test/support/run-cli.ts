import { spawn } from "node:child_process";
import { join } from "node:path";

/** The bundled command line, as `npm run build` makes it. */
export const cliBundle = join(import.meta.dirname, "../../dist/cli.js");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** The folder it runs in; absent for that of the tests. */
  readonly cwd?: string;
  /** Somebody else to run as, which only root may ask for. */
  readonly uid?: number;
  /** What is run; absent for the bundle of the checkout. */
  readonly bundle?: string;
}

/** Runs `sopm` with these words, in English unless the environment given says otherwise. */
export function runCli(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  { bundle = cliBundle, ...options }: CliOptions = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, ...words], {
      ...options,
      env: cliEnvironment(environment),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The environment that tests run it in. */
export function cliEnvironment(environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: "C", SOURCE_DATE_EPOCH: "", FORCE_COLOR: "", ...environment };
}
