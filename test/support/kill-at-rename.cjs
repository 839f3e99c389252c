// Loaded before a program: has it killed, as by a power cut, when it has renamed a file so often. What it writes takes its name
// by that. SOPM_KILL_AT is the number of the rename, SOPM_KILL_MOMENT "before" or "after" it, SOPM_KILL_NAME what the name must
// have in it to count.
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");

const { SOPM_KILL_AT, SOPM_KILL_MOMENT, SOPM_KILL_NAME = "" } = process.env;
const { renameSync } = fs;
let seen = 0;

fs.renameSync = (from, to) => {
  const isIt = String(to).includes(SOPM_KILL_NAME) && ++seen === Number(SOPM_KILL_AT);
  const die = () => process.kill(process.pid, "SIGKILL");
  if (isIt && SOPM_KILL_MOMENT === "before") die();
  renameSync(from, to);
  if (isIt) die();
};
syncBuiltinESMExports();
