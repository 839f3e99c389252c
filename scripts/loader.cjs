// Runs the program that this file is named after, with what V8 compiled at an earlier start where that may be used. The
// bundler puts this and what it needs into one file, so that few are read.
const { readFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { basename, join } = require("node:path");
const { Script } = require("node:vm");
const { cacheFile, readCache, writeCache } = require("./code-cache.cjs");

const program = basename(__filename, ".js");
// What is compiled depends on what is done.
const [, , command = ""] = program === "cli" ? process.argv : [];
const cache = cacheFile(__dirname, [program, command]);
const stored = cache ? readCache(cache) : [];
/** What was run, in the order in which its code is stored. */
const scripts = [];
let engine;

/** Runs a file of this folder as `require` would. */
function load(name) {
  const filename = join(__dirname, `${name}.js`);
  // The bundler writes ASCII only, and this is the quickest way to read that.
  const source = wrap(readFileSync(filename, "latin1"));
  const script = new Script(source, { filename, cachedData: stored[scripts.length] });
  scripts.push(script);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireHere, module, filename, __dirname);
  return module.exports;
}

function requireHere(name) {
  if (name !== "./engine.js") return require(name);
  engine ??= load("engine");
  return engine;
}

/** Whether all that was run had been compiled at an earlier start. */
const wasCompiled = () => engine !== undefined && scripts.every((each) => each.cachedDataRejected === false);

/** Keeps what was compiled, for the next start. */
function storeWhen(isWarm) {
  const { cachedDataVersionTag } = require("node:v8");
  const flags = cachedDataVersionTag();
  let isDone = false;
  const store = () => {
    // What is stored while V8 has other flags for a moment, no later start takes.
    if (isDone || cachedDataVersionTag() !== flags) return;
    isDone = true;
    if (!wasCompiled()) writeCache(cache, scripts);
  };
  // Some of what follows is wanted at each start too, and nobody waits any more.
  const storeSoon = () => {
    setTimeout(() => {
      store();
      if (!isDone) storeSoon();
    }, 1_000).unref();
  };
  isWarm.then((wants) => {
    if (!wants) return;
    storeSoon();
    process.once("exit", store);
  });
}

try {
  const { isWarm } = load(`${program}-bundle`);
  if (cache && !wasCompiled()) storeWhen(isWarm);
} catch (error) {
  if (process.env.SOPM_DEBUG) throw error;
  // What could say it in another language is not there.
  process.stderr.write(
    `sopm: SOPM cannot start, because a part of it cannot be used: ${error.path ?? error.message}. Install it again.\n`,
  );
  process.exitCode = 1;
}
