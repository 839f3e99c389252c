// Runs the program that this file is named after, with the code that V8 compiled when it was built, where that fits.
const { existsSync, readFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { basename, join } = require("node:path");
const { Script } = require("node:vm");

const program = basename(__filename, ".js");
let engine;

/** Runs a file of this folder as `require` would. */
function load(name) {
  const filename = join(__dirname, `${name}.js`);
  const cache = join(__dirname, `${program}-${name}.cache`);
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  // The bundler writes ASCII only, and this is the quickest way to read that.
  const script = new Script(wrap(readFileSync(filename, "latin1")), { filename, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireHere, module, filename, __dirname);
  return module.exports;
}

function requireHere(name) {
  if (name !== "./engine.js") return require(name);
  engine ??= load("engine");
  return engine;
}

try {
  load(`${program}-bundle`);
} catch (error) {
  if (process.env.SOPM_DEBUG) throw error;
  // What could say it in another language is not there.
  process.stderr.write(
    `sopm: SOPM cannot start, because a part of it cannot be used: ${error.path ?? error.message}. Install it again.\n`,
  );
  process.exitCode = 1;
}
