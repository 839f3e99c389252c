// Packs the extension as a .vsix, as `vsce package` does, and fails when it has grown too large. usage: node
// scripts/package.mjs [--out FILE]
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { placeholder } from "./extension-page.mjs";

/** In bytes. The libraries for diagrams, database servers and HTML are the half of it. */
const limit = 2_700_000;

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
const { name, version, repository } = JSON.parse(readFileSync("package.json", "utf8"));
const { out } = parseArgs({
  options: { out: { type: "string", default: `${name}-${version}.vsix` } },
}).values;

await createVSIX({ packagePath: out });

const { size } = statSync(out);
console.log(`${out}: ${(size / 1000).toFixed(0)} KB of at most ${limit / 1000} KB`);
if (repository.url.includes(placeholder)) {
  console.log(
    `package.json says “${placeholder}” for where the repository is: the extension's page has no pictures and links.`,
  );
}
if (size > limit) process.exitCode = 1;
