import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, resolve, sep } from "node:path";
import type { Installation } from "./installation.ts";

/** Settings that keep an editor under test quiet and its files as they are. */
const quietSettings = {
  "files.autoSave": "off", // the web workbench's own default is afterDelay
  "files.hotExit": "off",
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "security.workspace.trust.enabled": false,
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "git.enabled": false,
  "npm.autoDetect": "off",
  "typescript.disableAutomaticTypeAcquisition": true,
  "editor.minimap.enabled": false,
};

/** A throw-away profile: settings, extensions, logs, and copies of the folders that tests edit. Its path is short, because it holds a socket. */
export class Profile {
  readonly folder = mkdtempSync(join(tmpdir(), "sopm-"));

  constructor(settings: Readonly<Record<string, unknown>> = {}) {
    mkdirSync(join(this.folder, "data", "User"), { recursive: true });
    mkdirSync(join(this.folder, "extensions"));
    writeFileSync(join(this.folder, "config.yaml"), "auth: none\ncert: false\n");
    const all = JSON.stringify({ ...quietSettings, ...settings }, null, 2);
    writeFileSync(join(this.folder, "data", "User", "settings.json"), all);
  }

  /** Has settings hold that belong to the machine, which a served editor takes from no user. */
  setOnMachine(settings: Readonly<Record<string, unknown>>): void {
    const folder = join(this.folder, "data", "Machine");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
  }

  /** A copy of a fixture folder, since tests edit and save. */
  copy(folder: string): string {
    const target = join(this.folder, "ws", basename(resolve(folder)));
    cpSync(folder, target, { recursive: true });
    return target;
  }

  /** Makes a built, unpacked extension look installed. To be called before the server starts. */
  link(extensionFolder: string): void {
    const { publisher, name, version } = JSON.parse(
      readFileSync(join(extensionFolder, "package.json"), "utf8"),
    );
    const target = join(this.folder, "extensions", `${publisher}.${name}-${version}`.toLowerCase());
    symlinkSync(resolve(extensionFolder), target, "dir");
  }

  /** Installs a .vsix as a user would. To be called before the server starts. */
  async install(installation: Installation, vsix: string): Promise<void> {
    const child = spawnCodeServer(installation, this, ["--install-extension", resolve(vsix)], {});
    const { code, text } = await ended(child);
    if (code !== 0 || !/successfully installed/.test(text)) {
      throw new Error(`${vsix} was not installed (exit code ${code}):\n${text}`);
    }
  }

  /**
   * Lets the editor speak a language to whoever asks for it. Its own texts stay English, since that takes a language
   * pack of its maker, but extensions are told the language and show theirs.
   */
  addLanguage(id: string): void {
    const translations = join(this.folder, `${id}.json`);
    writeFileSync(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
    const owner = { extensionIdentifier: { id: `test.language-pack-${id}` }, version: "1.0.0" };
    const pack = { hash: id, label: id, extensions: [owner], translations: { vscode: translations } };
    writeFileSync(join(this.folder, "data", "languagepacks.json"), JSON.stringify({ [id]: pack }));
    // Without this file the server takes English for everybody and does not look at what the browser asks for.
    writeFileSync(join(this.folder, "data", "User", "argv.json"), "{}");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

export interface ServedEditor {
  /** Host and port on this machine. */
  readonly host: string;
  /** What the server has printed. */
  log(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Variables that the extension host inherits. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Allows tests inside the extension host. The newest VS Code honours them only then, but suppresses notifications,
   * so a test that drives the browser leaves it off.
   */
  readonly automation?: boolean;
  /** 0 takes a free one. */
  readonly port?: number;
  readonly timeoutMilliseconds?: number;
}

/** Starts the server of the workbench, reachable from this machine only. */
export async function startEditor(
  installation: Installation,
  profile: Profile,
  { environment = {}, automation = false, port = 0, timeoutMilliseconds = 60_000 }: ServerOptions = {},
): Promise<ServedEditor> {
  const logFile = join(profile.folder, "server.log");
  const flags = [
    ...[
      "--bind-addr",
      `127.0.0.1:${port}`,
      "--auth",
      "none",
      "--disable-telemetry",
      "--disable-update-check",
    ],
    ...["--disable-workspace-trust", "--disable-getting-started-override", "--ignore-last-opened"],
    ...(automation ? installation.automationFlags : []),
  ];
  const child = spawnCodeServer(installation, profile, flags, environment);
  // Its own process group, so that extension hosts and language servers end with it.
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, signal);
    } catch {
      // It has ended already.
    }
  };
  const killAtExit = () => kill("SIGKILL");
  process.on("exit", killAtExit);
  const closed = new Promise<number | null>((done) => child.on("close", done));
  const stop = async () => {
    process.off("exit", killAtExit);
    kill("SIGTERM");
    const impatience = setTimeout(() => kill("SIGKILL"), 5_000);
    await closed;
    clearTimeout(impatience);
    kill("SIGKILL");
  };

  let text = "";
  try {
    const host = await new Promise<string>((found, failed) => {
      const impatience = setTimeout(
        () => failed(new Error(`the editor did not start:\n${text}`)),
        timeoutMilliseconds,
      );
      const read = (data: Buffer) => {
        appendFileSync(logFile, data);
        text = `${text}${data}`.slice(-20_000);
        const address = /HTTP server listening on http:\/\/([^/\s]+)/.exec(text)?.[1];
        if (!address) return;
        clearTimeout(impatience);
        found(address);
      };
      child.stdout!.on("data", read);
      child.stderr!.on("data", read);
      child.on("error", failed);
      void closed.then((code) => {
        clearTimeout(impatience);
        failed(new Error(`the editor ended (exit code ${code}):\n${text}`));
      });
    });
    return { host, log: () => text, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address of a file for the workbench; it lives on the server's side. */
export function remoteUri(host: string, file: string): string {
  return `vscode-remote://${host}${resolve(file).split(sep).map(encodeURIComponent).join("/")}`;
}

/** The address to open in a browser. The payload is what VS Code's own command line would pass. */
export function workbenchUrl(
  host: string,
  folder: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const query = new URLSearchParams({ folder: resolve(folder) });
  if (payload.length > 0) query.set("payload", JSON.stringify(payload));
  return `http://${host}/?${query}`;
}

function spawnCodeServer(
  { node, codeServer }: Installation,
  { folder }: Profile,
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const places = [
    ...["--config", join(folder, "config.yaml"), "--user-data-dir", join(folder, "data")],
    ...["--extensions-dir", join(folder, "extensions"), "--session-socket", join(folder, "s.sock")],
  ];
  // Variables of an outer editor or of `npm run` must not reach the editor under test.
  const foreign = /^(VSCODE_|ELECTRON_|CODE_SERVER_|npm_|PORT$|PASSWORD$|NODE_OPTIONS$)/;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  return spawn(node, [codeServer, ...places, ...flags], {
    env: {
      ...inherited,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_RUNTIME_DIR: folder,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

function ended(child: ChildProcess): Promise<{ code: number | null; text: string }> {
  return new Promise((done, failed) => {
    let text = "";
    child.stdout!.on("data", (data) => {
      text += data;
    });
    child.stderr!.on("data", (data) => {
      text += data;
    });
    child.on("error", failed);
    child.on("close", (code) => done({ code, text }));
  });
}
