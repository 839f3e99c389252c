// Opens the examples in a real workbench with the extension loaded: desktop VS Code where there is one, else a served
// workbench. usage: npm start [-- --headless | --port N]
// With --headless the example is checked and built on the command line instead.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { installEditor } from "../test/editor/installation.ts";
import { Profile, remoteUri, startEditor, workbenchUrl } from "../test/editor/served-editor.ts";

const root = join(import.meta.dirname, "..");
const examples = join(root, "examples");
const spec = join(examples, "AcmeContracts", "AcmeContracts.sopm");

const { headless, port } = parseArgs({
  options: { headless: { type: "boolean", default: false }, port: { type: "string", default: "0" } },
}).values;
const desktop = headless ? undefined : findDesktop();
if (headless) process.exitCode = runHeadless();
else if (desktop) openDesktop(desktop);
else await serve(Number(port));

/** Checks and builds the example as one would on the command line. */
function runHeadless(): number {
  const output = join(root, "dist", "example");
  mkdirSync(output, { recursive: true });
  for (const words of [
    ["lint", spec],
    ["build", spec, "--output", output],
  ]) {
    const shown = words.map((word) => (word.startsWith(root) ? relative(root, word) : word));
    console.log(`\n> sopm ${shown.join(" ")}`);
    const { status } = spawnSync(process.execPath, [join(root, "dist", "cli.js"), ...words], {
      stdio: "inherit",
    });
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

/** The program of a desktop VS Code; none on a machine without a screen. */
function findDesktop(): string | undefined {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const name = process.platform === "win32" ? "code.cmd" : "code";
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function openDesktop(program: string): void {
  const words = ["--new-window", `--extensionDevelopmentPath=${root}`, examples, spec];
  // A .cmd file is run by the shell, which takes the words apart at blanks.
  const isScript = program.endsWith(".cmd");
  const quoted = (word: string) => (isScript ? `"${word}"` : word);
  spawn(quoted(program), words.map(quoted), { stdio: "ignore", detached: true, shell: isScript }).unref();
  console.log(`The examples open in ${program}.`);
}

/** Serves the workbench until the process is interrupted. */
async function serve(port: number): Promise<void> {
  const installation = await installEditor("latest", "serve");
  if (typeof installation === "string") {
    console.error(`There is no workbench: ${installation}.`);
    console.error("Set VSCODE_EXECUTABLE to a desktop VS Code, or try: npm start -- --headless");
    process.exitCode = 1;
    return;
  }
  const profile = new Profile();
  profile.link(root);
  const editor = await startEditor(installation, profile, { port });
  const url = workbenchUrl(editor.host, examples, [
    ["skipWelcome", "true"],
    ["openFile", remoteUri(editor.host, spec)],
  ]);
  console.log(`The examples are open in a workbench on this machine:\n\n  ${url}\n\nCtrl+C ends it.`);
  const end = async () => {
    await editor.stop();
    profile.remove();
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
