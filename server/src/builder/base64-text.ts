import { decodeBase64 } from "../model/base64.ts";
import { assemblyExports } from "../text/assembly.ts";
import { base64TextModule } from "./base64-text-module.ts";

/** Text that was passed over: Base64 and blanks alone. */
export interface PassedText {
  /** The offset in the piece behind it. */
  readonly end: number;
  /** How many of its characters are no blanks. */
  readonly count: number;
  readonly lineFeeds: number;
}

/** Passes over text from an offset of a piece on. It may stop some characters before there is something else. */
export type PassText = (piece: Uint8Array, start: number) => PassedText;

interface TextModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly blanks: { readonly value: number };
  readonly lineFeeds: { readonly value: number };
  pass(length: number): number;
}

/** Bytes that are looked at first. What is short is not worth a copy of much more than itself. */
const firstLength = 1024;

/** Many characters at a time. Undefined where WebAssembly is switched off or has no SIMD instructions. */
export function createPassText(): PassText | undefined {
  const module = assemblyExports(decodeBase64(base64TextModule)) as TextModule | undefined;
  if (!module) return undefined;
  const memory = new Uint8Array(module.memory.buffer);
  return (piece, start) => {
    let end = start;
    let blanks = 0;
    let lineFeeds = 0;
    for (let length = firstLength; ; length = Math.min(length * 2, memory.length)) {
      const text = piece.subarray(end, end + length);
      memory.set(text);
      const passed = module.pass(text.length);
      end += passed;
      blanks += module.blanks.value;
      lineFeeds += module.lineFeeds.value;
      if (passed < length) return { end, count: end - start - blanks, lineFeeds };
    }
  };
}
