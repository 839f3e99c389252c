// Compiles a program ahead of time. usage: node scripts/code-cache.mjs LOADER [WORDS [--then WORDS]...], with a session of
// the program's own on standard input.
//
// The program runs until its session ends, once for each list of words; what V8 has compiled by then is written beside
// it, a file for each script. The loader hands that back to V8, which checks it and ignores what another version made.
import { renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import vm from "node:vm";

const [loader] = process.argv.splice(2, 1).map((path) => resolve(path));
const program = basename(loader, ".js");

/** The scripts that the loader has made, by their files. Who asks for one again gets the same, with what it compiled. */
const scripts = new Map();
const { Script } = vm;
vm.Script = function scriptOnce(source, options) {
  const { filename } = options;
  if (!scripts.has(filename)) scripts.set(filename, new Script(source, options));
  return scripts.get(filename);
};

process.on("exit", () => {
  for (const [file, script] of scripts) {
    const cache = join(dirname(loader), `${program}-${basename(file, ".js")}.cache`);
    writeFileSync(`${cache}.tmp`, script.createCachedData());
    renameSync(`${cache}.tmp`, cache);
  }
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
  const require = createRequire(loader);
  delete require.cache[loader];
  require(loader);
}
