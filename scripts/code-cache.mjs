// Compiles a bundle ahead of time. usage: node scripts/code-cache.mjs BUNDLE CACHE [WORDS [--then WORDS]...], with a
// session of the bundle's own on standard input.
//
// The bundle runs until its session ends, once for each list of words; what V8 has compiled by then is written to CACHE.
// The loader hands it back to
// V8, which checks it and ignores what another version made.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { Script } from "node:vm";

const [bundle, cache] = process.argv.splice(2, 2).map((path) => resolve(path));
const script = new Script(Module.wrap(readFileSync(bundle, "latin1")), { filename: bundle });
process.on("exit", () => {
  writeFileSync(`${cache}.tmp`, script.createCachedData());
  renameSync(`${cache}.tmp`, cache);
});
const sessions = [[]];
for (const word of process.argv.splice(2)) {
  if (word === "--then") sessions.push([]);
  else sessions.at(-1).push(word);
}
runNext();
process.on("beforeExit", runNext);

function runNext() {
  const words = sessions.shift();
  if (!words) return;
  process.argv.splice(2, process.argv.length, ...words);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
}
