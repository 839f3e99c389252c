// What V8 compiled at an earlier start, kept in a file. V8 runs what it is given there without a look at the source, so
// only files are used that nobody but the user can have written; and nothing that goes wrong here stops a start.
const {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { dirname, isAbsolute, join } = require("node:path");
const { crc32 } = require("node:zlib");
const {
  checkOwnFolder,
  isOwn,
  makeOwnFolder,
  userCacheFolder,
} = require("../server/src/node/user-cache-folder.ts");

/** Of the bundles; put in by the build, and empty where they may change behind it. */
const digest = process.env.SOPM_BUNDLES;

/** How many files of a folder are kept: the newest. There is one for each command. */
const limit = 24;

/** Behind a checksum and the length of each part come the parts, each where V8 need not move it. */
const partCount = 2;
const headerLength = 4 + 4 * partCount;
const aligned = (length) => Math.ceil(length / 8) * 8;

/**
 * The file in which the code of a program is kept; undefined when there is no place for it. V8 does not read what another
 * version of it or one with other options made; such have other names.
 *
 * @param home the folder of the program
 * @param names the program and what it is asked to do; "" for nothing in particular
 */
function cacheFile(home, names) {
  if (!digest || !names.every((name) => /^[a-z-]*$/.test(name))) return undefined;
  const options = crc32(JSON.stringify([process.execArgv, process.env.NODE_OPTIONS])).toString(16);
  const node = `${process.version}-${process.platform}-${process.arch}-${options}`;
  const name = `${names.filter(Boolean).join("-")}-${digest}-${node}.cache`;
  const { SOPM_CODE_CACHE = inCheckout(home) ?? userCacheFolder() ?? "" } = process.env;
  return isAbsolute(SOPM_CODE_CACHE) ? join(SOPM_CODE_CACHE, name) : undefined;
}

/** The folder that a build makes in a checkout, and that is not packed. */
function inCheckout(home) {
  const folder = join(home, "code-cache");
  return existsSync(folder) ? folder : undefined;
}

/** The parts in a file; none when it is not there or may not be used. */
function readCache(file) {
  try {
    return partsOf(readOwn(file));
  } catch {
    return [];
  }
}

/** @throws when it is not there, or somebody else may have written it */
function readOwn(file) {
  checkOwnFolder(dirname(file));
  // Windows has no such flag; only users themselves may make links there.
  const descriptor = openSync(
    file,
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  );
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.nlink !== 1 || !isOwn(stats)) throw new Error("not ours");
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** @throws when it is damaged */
function partsOf(content) {
  if (content.readUInt32LE(0) !== crc32(content.subarray(4))) throw new Error("damaged");
  let at = aligned(headerLength);
  return Array.from({ length: partCount }, (_, index) => {
    const part = content.subarray(at, at + content.readUInt32LE(4 + 4 * index));
    at = aligned(at + part.length);
    return part.length > 0 ? part : undefined;
  });
}

/** Stores what scripts have compiled, and removes the oldest of the folder. Where nothing can be written nothing happens. */
function writeCache(file, scripts) {
  const folder = dirname(file);
  try {
    makeOwnFolder(folder);
    replace(file, contentOf(scripts.map((script) => script.createCachedData())));
    removeOldest(folder);
  } catch {
    // The next start is no quicker then.
  }
}

function replace(file, content) {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, content, { flag: "wx", mode: 0o600 });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function contentOf(parts) {
  const content = Buffer.alloc(
    parts.reduce((end, part) => aligned(end + part.length), aligned(headerLength)),
  );
  let at = aligned(headerLength);
  for (const [index, part] of parts.entries()) {
    content.writeUInt32LE(part.length, 4 + 4 * index);
    part.copy(content, at);
    at = aligned(at + part.length);
  }
  content.writeUInt32LE(crc32(content.subarray(4)), 0);
  return content;
}

function removeOldest(folder) {
  const files = readdirSync(folder)
    .filter((name) => /^(?:cli|server)-.+\.cache(?:\.\d+\.tmp)?$/.test(name))
    .map((name) => join(folder, name))
    .map((path) => ({ path, time: lstatSync(path).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of files.slice(limit)) rmSync(path, { force: true });
}

module.exports = { cacheFile, readCache, writeCache };
