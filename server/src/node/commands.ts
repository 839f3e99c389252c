import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, isAbsolute, join } from "node:path";
import type { Commands } from "../host/test-system.ts";
import { findProgram, untrustedFolders } from "./find-program.ts";
import { programEnvironment } from "./program-environment.ts";
import { runProgram } from "./run-program.ts";

/** Programs of this computer, which are started with their words as they are. */
export const commands: Commands = {
  async run([program, ...words], { untrustedFolders: named, timeLimit, signal, onOutput }) {
    const untrusted = untrustedFolders(named);
    const [names, folders] = isAbsolute(program)
      ? [[basename(program)], [dirname(program)]]
      : [namesOf(program), (process.env.PATH ?? "").split(delimiter)];
    const found = findProgram(names, folders, untrusted);
    if (found.kind !== "found")
      return { kind: "not-started", reason: found.kind === "none" ? "missing" : "untrusted" };
    const written = { output: "", errors: "" };
    const outcome = await runProgram(found.path, words, {
      // Nothing is looked for in a folder that somebody else has filled.
      cwd: dirname(found.path),
      environment: programEnvironment(reachingVariables, untrusted),
      name: program,
      ...{ timeLimit, signal },
      onOutput(text, stream) {
        written[stream] += text;
        onOutput?.(text);
      },
    });
    return outcome.kind === "ended" ? { kind: "ended", code: outcome.code, ...written } : outcome;
  },
  makeFolder: () => mkdtemp(join(tmpdir(), "sopm-")),
};

/** As a shell finds them; a program with a folder before it that is no absolute path is found nowhere. */
function namesOf(program: string): readonly string[] {
  if (/[\\/]/.test(program)) return [];
  return process.platform === "win32" ? [`${program}.exe`, program] : [program];
}

/** What programs that reach other systems go by: where their servers, agents, keys and contexts are. */
const reachingVariables = [
  "SSH_AUTH_SOCK",
  "DOCKER_HOST",
  "DOCKER_CONFIG",
  "DOCKER_CONTEXT",
  "DOCKER_CERT_PATH",
  "DOCKER_TLS_VERIFY",
  "CONTAINER_HOST",
  "XDG_RUNTIME_DIR",
  "XDG_CONFIG_HOME",
  "KUBECONFIG",
  "USER",
  "LOGNAME",
  "LANG",
];
