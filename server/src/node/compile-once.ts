import { setFlagsFromString } from "node:v8";

/**
 * Flags of V8 with which WebAssembly is compiled function by function, when each is called first, quickly and once. As a
 * rule it would be compiled again, which takes several times as long as all that Perl does for a few sections.
 */
const once = ["--wasm-lazy-validation", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];
const usual = ["--no-wasm-lazy-validation", "--wasm-tier-up", "--wasm-dynamic-tiering"];

/**
 * Does work with modules that are not worth it to be compiled well. The flags are those of the process: they hold for all
 * its threads as long as this takes. Work that does not end needs `compileAsUsual`.
 */
export async function compilingOnce<T>(work: () => Promise<T>): Promise<T> {
  compileOnce();
  try {
    return await work();
  } finally {
    compileAsUsual();
  }
}

/** The same for work that goes on until its thread is ended, which then needs `compileAsUsual`. */
export function compileOnce(): void {
  once.forEach(setFlagsFromString);
}

/** Takes back what work has left that was ended with its thread. */
export function compileAsUsual(): void {
  usual.forEach(setFlagsFromString);
}
