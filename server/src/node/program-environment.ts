import { trustedSearchPath } from "./find-program.ts";

/**
 * The variables that a program is started with: the path without untrusted folders, and of the others those that are
 * named. Not the rest: there are variables that name classes, libraries and scripts to load, and programs are to be found
 * where this one was.
 *
 * @param untrusted as `untrustedFolders` gives them
 */
export function programEnvironment(
  names: readonly string[],
  untrusted: readonly string[],
): NodeJS.ProcessEnv {
  const { PATH = "" } = process.env;
  const environment: NodeJS.ProcessEnv = { PATH: trustedSearchPath(PATH, untrusted) };
  for (const name of [...usualVariables, ...names]) {
    if (process.env[name] !== undefined) environment[name] = process.env[name];
  }
  return environment;
}

/** Where the user and the system have their things. */
const usualVariables = ["HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE", "SystemRoot"];
