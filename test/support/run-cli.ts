import { spawn } from "node:child_process";
import { join } from "node:path";

/** The bundled command line, as `npm run build` makes it. */
export const cliBundle = join(import.meta.dirname, "../../dist/cli.js");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sopm` with these words, in English unless the environment given says otherwise. */
export function runCli(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: "C", SOURCE_DATE_EPOCH: "", ...environment };
    const child = spawn(process.execPath, [cliBundle, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
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
