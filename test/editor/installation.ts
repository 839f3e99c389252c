import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What install-editor.sh has put on this machine; paths are absolute. */
export interface Installation {
  /** The Node that code-server wants; not the one that runs the tests. */
  readonly node: string;
  readonly codeServer: string;
  /** The browser; empty when only a served workbench was asked for. */
  readonly chromium: string;
  /** Arguments that make this version run tests inside its extension host. */
  readonly automationFlags: readonly string[];
}

/** `latest` is the newest VS Code we test with, `min` the oldest that the manifest allows. */
export type Flavor = "latest" | "min";

/**
 * Installs the served editor if it is not there yet, which takes minutes the first time and no time later.
 *
 * @param purpose `test` brings a browser along, `serve` does not
 * @returns the installation, or in one line why there is none on this machine
 */
export async function installEditor(
  flavor: Flavor,
  purpose: "test" | "serve",
): Promise<Installation | string> {
  const file = join(cacheFolder(), `${flavor}.json`);
  const usable = () => {
    if (!existsSync(file)) return undefined;
    const installation: Installation = JSON.parse(readFileSync(file, "utf8"));
    const programs = [
      installation.node,
      installation.codeServer,
      ...(purpose === "test" ? [installation.chromium] : []),
    ];
    return programs.every((program) => program !== "" && existsSync(program)) ? installation : undefined;
  };
  const present = usable();
  if (present) return present;
  if (process.platform !== "linux") return "the served workbench is prepared for Linux only";
  const { code, lastLine } = await runScript([flavor, purpose]);
  return (code === 0 && usable()) || `the editor could not be installed: ${lastLine}`;
}

function cacheFolder(): string {
  return process.env.SOPM_EDITOR_CACHE || join(homedir(), ".cache", "sopm-editor");
}

/** Runs the script to its end and shows its own lines, not those of the package managers it calls. */
function runScript(words: readonly string[]): Promise<{ code: number | null; lastLine: string }> {
  const script = join(import.meta.dirname, "install-editor.sh");
  return new Promise((resolve) => {
    const child = spawn("bash", [script, ...words], { stdio: ["ignore", "ignore", "pipe"] });
    let lastLine = "";
    let rest = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines.filter((each) => each.trim() !== "")) {
        lastLine = line.replace(/^\[editor\] /, "");
        if (line.startsWith("[editor]")) console.error(line);
      }
    });
    child.on("error", (error) => resolve({ code: null, lastLine: error.message }));
    child.on("close", (code) => resolve({ code, lastLine }));
  });
}
