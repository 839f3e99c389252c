import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/**
 * Makes one file of a program in TypeScript. Started from its sources a program would take longer to start than to
 * work, and could not be started by a user who may not read them.
 *
 * @param program an absolute path
 * @returns the path of the bundle
 */
export async function bundleProgram(program: string, folder: string): Promise<string> {
  const outfile = join(folder, "program.cjs");
  const server = join(import.meta.dirname, "../../server/src/node/knowledge.ts");
  await build({
    entryPoints: [program],
    ...{ outfile, bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "error" },
    // The data of the frameworks is found from where the sources are.
    define: { "import.meta.url": JSON.stringify(pathToFileURL(server).href) },
  });
  return outfile;
}
