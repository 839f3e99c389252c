// Runs the bundle beside it with the code that V8 compiled when it was built, where that fits.
const { existsSync, readFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { Script } = require("node:vm");

const filename = __filename.replace(/\.js$/, "-bundle.js");
const cache = __filename.replace(/\.js$/, ".cache");
const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
// The bundler writes ASCII only, and this is the quickest way to read that.
const script = new Script(wrap(readFileSync(filename, "latin1")), { filename, cachedData });
script.runInThisContext()(exports, require, module, filename, __dirname);
