import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PerlChecker } from "../host/perl-checker.ts";
import { ownPackage } from "./data-file.ts";
import type { PerlParts } from "./perl-interpreter.ts";
import type { PerlThread } from "./perl-thread.ts";

let thread: Promise<PerlThread> | undefined;

/**
 * Perl, if it was installed beside SOPM, whose part it is not; undefined otherwise.
 *
 * @param others another folder with optional parts, as an absolute path
 */
export function perlChecker(others?: string): PerlChecker | undefined {
  const parts = perlParts(others);
  return (
    parts && {
      async check(code) {
        // What few programs need is loaded by those.
        thread ??= import("./perl-thread.ts").then(({ PerlThread }) => new PerlThread(parts));
        return (await thread).check(code);
      },
    }
  );
}

/** The parts of an interpreter, where SOPM has one beside it. */
export function perlParts(others?: string): PerlParts | undefined {
  const folder = ownPackage("@6over3/zeroperl-ts", others);
  if (folder === undefined) return undefined;
  const [program, module] = [join(folder, "dist/esm/index.js"), join(folder, "dist/esm/zeroperl.wasm")];
  return existsSync(program) && existsSync(module)
    ? { program: pathToFileURL(program).href, module }
    : undefined;
}
