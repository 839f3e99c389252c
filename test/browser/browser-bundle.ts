import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";

export interface BrowserBundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/** What Node has and no browser. */
export const nodeNames = [
  ...["process", "Buffer", "global", "setImmediate", "clearImmediate", "__filename", "__dirname"],
] as const;

/** A name that nobody has, so that looking for it does not fail, and using it does. */
export function absent(name: string): string {
  return `onlyNodeHas_${name}`;
}

const root = join(import.meta.dirname, "../..");

/** Whatever is in these rooms is in the bundle, whether the server needs it or not. */
const rooms = ["workspace", "engine", "features", "lsp"];

/** Makes one file of the language server in a worker, and of all that it needs. */
export async function bundleForBrowser(): Promise<BrowserBundle> {
  const modules = [...rooms.flatMap(modulesOf), "./test/browser/server-worker.ts"];
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: modules.map((path) => `import ${JSON.stringify(path)};`).join("\n"),
      resolveDir: root,
    },
    absWorkingDir: root,
    ...{ bundle: true, write: false, metafile: true, logLevel: "error" },
    ...{ platform: "browser", format: "iife", target: "es2022" },
    // What nobody uses today is looked at, too.
    treeShaking: false,
    // The disk in memory belongs to the tests, and reckons by Node where there is one.
    alias: { "node:crypto": join(import.meta.dirname, "sha256.ts") },
    define: Object.fromEntries(nodeNames.map((name) => [name, absent(name)])),
  });
  return { code: outputFiles[0]!.text, metafile };
}

function modulesOf(room: string): readonly string[] {
  const names = readdirSync(join(root, "server/src", room), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `./server/src/${room}/${name.replaceAll("\\", "/")}`);
}
