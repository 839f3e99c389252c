// Shows what SOPM does: lints, builds and dry-runs a copy of the examples, then opens that copy in a real workbench with
// the extension loaded: desktop VS Code where there is one, else a served workbench, which is fetched once.
// usage: npm start [-- --headless | --port N]
// With --headless there is no workbench. Nothing is ever installed into the system.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { installEditor } from "../test/editor/installation.ts";
import { Profile, remoteUri, startEditor, workbenchUrl } from "../test/editor/served-editor.ts";

const root = join(import.meta.dirname, "..");

const { headless, port } = parseArgs({
  options: { headless: { type: "boolean", default: false }, port: { type: "string", default: "0" } },
}).values;
// A copy, so that whoever tries something out changes no file of the checkout.
const examples = join(mkdtempSync(join(tmpdir(), "sopm-examples-")), "examples");
cpSync(join(root, "examples"), examples, { recursive: true });
const spec = join(examples, "AcmeContracts", "AcmeContracts.sopm");

process.exitCode = showCommandLine();
console.log(`\nThe examples, and the archive, are a copy in ${examples}.`);
if (!headless && process.exitCode === 0) {
  const desktop = findDesktop();
  if (desktop) openDesktop(desktop);
  else await serve(Number(port));
}

/** Runs on the command line what the editor does: on a package with mistakes, and on one without. */
function showCommandLine(): number {
  const broken = join("AcmeBroken", "AcmeBroken.sopm");
  const sound = join("AcmeContracts", "AcmeContracts.sopm");
  const commands: readonly (readonly [status: number, ...words: string[]])[] = [
    [1, "lint", broken],
    [0, "lint", sound],
    [0, "build", sound],
    [0, "dry-run", "install", sound],
  ];
  for (const [expected, ...words] of commands) {
    console.log(`\n> sopm ${words.join(" ")}`);
    const program = [join(root, "dist", "cli.js"), ...words];
    const { status } = spawnSync(process.execPath, program, { cwd: examples, stdio: "inherit" });
    if (status !== expected) return status || 1;
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
  console.log(`They open in ${program}.`);
}

/** Serves the workbench until the process is interrupted. */
async function serve(port: number): Promise<void> {
  console.log("\nThere is no desktop VS Code here, so a workbench is served for your browser.");
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
  console.log(`\nOpen this in a browser on this machine:\n\n  ${url}\n\nCtrl+C ends it.`);
  const end = async () => {
    await editor.stop();
    profile.remove();
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
