import { closeSync, fstatSync, openSync, promises, readSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { PerlVerdict } from "../host/perl-checker.ts";
import { compilingOnce } from "./compile-once.ts";
import { roomForMaximum, withMemoryMaximum } from "./memory-maximum.ts";
import { perlPrelude } from "./perl-prelude.ts";

/** The parts of the interpreter. */
export interface PerlParts {
  /** The address of what is imported. */
  readonly program: string;
  /** The path of the WebAssembly. */
  readonly module: string;
}

/** What is used of it. */
interface Perl {
  eval(code: string): Promise<{ readonly success: boolean }>;
  createString(text: string): Value;
  setVariable(name: string, value: Value): void;
  getVariable(name: string): Value | null;
  readonly exports: { readonly memory: { readonly buffer: ArrayBuffer } };
}

interface Value {
  toString(): string;
  dispose(): void;
}

interface Files {
  root: object;
}

/** As far as it is used here. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
};

/** Pages of 64 KiB that an interpreter may have, 256 MiB. It begins with less than a tenth of that. */
const mostPages = 4096;

/** Pages behind which it is not used again, because clearing what it had would take longer than another one. */
const reusedPages = 1024;

/**
 * An interpreter of Perl without files, processes and network, which compiles and runs nothing but what is to run while
 * it compiles. Each piece of code finds it as it was in the beginning. It is to live in a thread of its own, which is
 * ended when it takes too long.
 */
export class PerlInterpreter {
  readonly #make: (files: Files) => Promise<Perl>;
  readonly #filesOf: () => Files;
  #fresh: Fresh | undefined;

  private constructor(make: (files: Files) => Promise<Perl>, filesOf: () => Files) {
    this.#make = make;
    this.#filesOf = filesOf;
  }

  /** @throws Error when the parts are others than they should be */
  static async load({ program, module }: PerlParts): Promise<PerlInterpreter> {
    const { ZeroPerl, MemoryFileSystem } = await import(program);
    const bytes = withMemoryMaximum(bytesOf(module), mostPages);
    const compiled = await compilingOnce(() => WebAssembly.compile(bytes));
    const instantiate = WebAssembly.instantiate.bind(WebAssembly);
    // The program would read and compile the module as it lies on the disk, and once more for each interpreter.
    promises.readFile = (async () => new Uint8Array()) as unknown as typeof promises.readFile;
    syncBuiltinESMExports();
    WebAssembly.instantiate = async (_bytes, imports) => ({
      module: compiled,
      instance: await instantiate(compiled, imports),
    });
    return new PerlInterpreter(
      (fileSystem) => ZeroPerl.create({ fileSystem }),
      () => new MemoryFileSystem({ "/": "" }),
    );
  }

  check(code: string): Promise<PerlVerdict> {
    return compilingOnce(() => this.#check(code));
  }

  async #check(code: string): Promise<PerlVerdict> {
    const fresh = this.#fresh ?? (await this.#start());
    // What has failed in the middle is left to the collector.
    this.#fresh = undefined;
    let error: string;
    let isGuessed: boolean;
    try {
      const { perl } = fresh;
      perl.setVariable("Sopm::code", perl.createString(code));
      if (!(await perl.eval("Sopm::check()")).success) return { kind: "unknown" };
      error = perl.getVariable("Sopm::error")?.toString() ?? "";
      isGuessed = perl.getVariable("Sopm::guessed")?.toString() === "1";
    } catch {
      // Memory or stack has come to its end, or the code has ended the interpreter.
      return { kind: "unknown" };
    }
    if (fresh.restore()) this.#fresh = fresh;
    return verdictOf(error, isGuessed);
  }

  async #start(): Promise<Fresh> {
    const files = this.#filesOf();
    const perl = await this.#make(files);
    await perl.eval(perlPrelude);
    return new Fresh(perl, files, this.#filesOf);
  }
}

/** A file with room in front of it for the maximum. */
function bytesOf(module: string): Uint8Array<ArrayBuffer> {
  const file = openSync(module, "r");
  try {
    const bytes = new Uint8Array(roomForMaximum + fstatSync(file).size);
    for (let at = roomForMaximum; at < bytes.length; ) {
      const count = readSync(file, bytes, at, bytes.length - at, null);
      if (count === 0) throw new Error(`${module} has become shorter`);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** An interpreter, and what it was in the beginning. */
class Fresh {
  readonly perl: Perl;
  readonly #files: Files;
  readonly #filesOf: () => Files;
  readonly #memory: Uint8Array;

  constructor(perl: Perl, files: Files, filesOf: () => Files) {
    this.perl = perl;
    this.#files = files;
    this.#filesOf = filesOf;
    this.#memory = this.#bytes().slice();
  }

  /** Makes it what it was; false when it has grown too much for that. */
  restore(): boolean {
    const bytes = this.#bytes();
    if (bytes.length > reusedPages * 65_536) return false;
    bytes.set(this.#memory);
    bytes.fill(0, this.#memory.length);
    this.#files.root = this.#filesOf().root;
    return true;
  }

  /** Another array each time that the memory has grown. */
  #bytes(): Uint8Array {
    return new Uint8Array(this.perl.exports.memory.buffer);
  }
}

/** What ends a text or a block in a way that no module could mend. */
const hard =
  /^(?:Can't find string terminator|Missing right|Unmatched right|(?:Search|Subst|Transl)\w* .*not terminated)/;

/** @param error what Perl has printed @param isGuessed whether there may be other functions than it knows of */
function verdictOf(error: string, isGuessed: boolean): PerlVerdict {
  if (error === "") return { kind: "compiles" };
  const found =
    /^([^\n]*?)(?: at code line | line )(\d+)(?:, (?:near "([\s\S]*?)"(?=\n|$)|at EOF|within \w+))?/.exec(
      error,
    );
  if (!found) return { kind: "unknown" };
  const [, message = "", line, near = ""] = found;
  // What runs while code is compiled may miss what only a framework has.
  if (/BEGIN failed|^Can't locate|version .* required/.test(error.slice(0, 2000))) return { kind: "unknown" };
  if (isGuessed && !hard.test(message)) return { kind: "unknown" };
  // A function of a module that is called by its whole name.
  if (/^Bareword "\w+::/.test(message)) return { kind: "unknown" };
  // It may name our own line in front of the code.
  return { kind: "refused", message, line: Number(line), near: near.startsWith("#line ") ? "" : near.trim() };
}
