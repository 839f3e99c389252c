// Packs the extension as a .vsix and fails when it has grown too large. usage: node scripts/package.mjs [--out FILE]
// `npm run package` builds first.
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";

const limit = 3_000_000;
const aim = 1_000_000;

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const { out } = parseArgs({
  options: { out: { type: "string", default: `${name}-${version}.vsix` } },
}).values;

// Everything is bundled, so the package carries no node_modules. Links of the README stay as they are: there is no
// repository whose address they could be given.
await createVSIX({
  packagePath: out,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});

const { size } = statSync(out);
console.log(`${out}: ${(size / 1000).toFixed(0)} KB (aim ${aim / 1000} KB, limit ${limit / 1000} KB)`);
if (size > limit) process.exitCode = 1;
