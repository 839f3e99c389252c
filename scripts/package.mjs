// Packs the extension as a .vsix, as `vsce package` does, and beside it the second one, which has the optional parts. Fails
// when one has grown too large. usage: node scripts/package.mjs [--out FILE]
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { stageEngines } from "./engines.mjs";
import { placeholder } from "./extension-page.mjs";

/** In bytes. The libraries for diagrams, database servers and HTML are the half of it. */
const limit = 2_950_000;
/** Nearly all of it are the two programs in WebAssembly. */
const enginesLimit = 14_000_000;

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
const { name, version, repository } = JSON.parse(readFileSync("package.json", "utf8"));
const { out } = parseArgs({
  options: { out: { type: "string", default: `${name}-${version}.vsix` } },
}).values;

await createVSIX({ packagePath: out });
tellSize(out, limit);
await packEngines(join(dirname(out), `${name}-engines-${version}.vsix`));

if (repository.url.includes(placeholder)) {
  console.log(
    `package.json says “${placeholder}” for where the repository is: the extension's page has no pictures and links.`,
  );
}

async function packEngines(packagePath) {
  const folder = mkdtempSync(join(tmpdir(), "sopm-engines-"));
  try {
    if (await stageEngines(folder)) {
      await createVSIX({ cwd: folder, packagePath: resolve(packagePath) });
      tellSize(packagePath, enginesLimit);
    } else console.log(`left out: ${packagePath}, for which the optional packages are not installed`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tellSize(path, most) {
  const { size } = statSync(path);
  console.log(`${path}: ${(size / 1000).toFixed(0)} KB of at most ${most / 1000} KB`);
  if (size > most) process.exitCode = 1;
}
