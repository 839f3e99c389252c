// Runs all tests but those in the workbench with each Node that is supported. usage: npm run test:nodes [-- 20 22 24]
// Each is fetched from the npm registry once, about 50 MB, into .cache/nodes: in the home of root nobody else, whom some
// tests are, could start it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const cache = join(root, ".cache", "nodes");
const asked = process.argv.slice(2);

const results = (asked.length > 0 ? asked : ["20", "22", "24"]).map((major) => {
  const node = nodeOf(major);
  if (!node) return { line: `Node ${major}: left out, because it could not be fetched`, failed: false };
  console.log(`\nNode ${major}`);
  const { status, stdout } = spawnSync(node, ["--import", "tsx", "test/run.ts", "--core"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
  console.log(stdout.replace(/^ +\d+ passed .*\n/gm, ""));
  return { line: `Node ${major}: ${stdout.trim().split("\n").at(-1)}`, failed: status !== 0 };
});
console.log(`\n${results.map(({ line }) => line).join("\n")}`);
if (results.some(({ failed }) => failed)) process.exitCode = 1;

/** The program of the newest Node of a major version; undefined where there is none for this machine. */
function nodeOf(major: string): string | undefined {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(cache, major);
  const program = join(folder, "node_modules", name, "bin", platform === "win" ? "node.exe" : "node");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    // As a command for a shell, since npm is a script on Windows.
    spawnSync(`npm install --ignore-scripts --no-audit --no-fund ${name}@${major}`, {
      cwd: folder,
      shell: true,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  return existsSync(program) ? program : undefined;
}
