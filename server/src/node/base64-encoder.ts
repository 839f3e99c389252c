import { assemblyExports } from "../text/assembly.ts";
import { base64EncoderModule } from "./base64-encoder-module.ts";

/** Encodes from one fixed buffer into another, so that the size of a file does not matter. */
export interface Base64Encoder {
  /** Where the bytes to encode are put. The last two bytes are not for them. */
  readonly input: Uint8Array;
  /** Where the characters come out. Others may write into it too. */
  readonly output: Uint8Array;
  /**
   * Encodes the first `length` bytes of the input.
   *
   * @param length if it is no multiple of {@link bytesPerLine}, the encoding ends with it
   * @param at where in the output the characters begin; behind them 16 bytes may be overwritten
   * @param wrapped whether every 76 characters and the last ones are followed by a line break
   * @returns the offset in the output behind the last character
   */
  encode(length: number, at: number, wrapped: boolean): number;
}

/** What 76 characters stand for. A multiple of three, so that parts can be put together. */
export const bytesPerLine = 57;

/** About 128 KiB: chunks of this size keep the system calls few and the buffers in the processor's cache. */
export const chunkLength = bytesPerLine * 2299;

const inputLength = chunkLength + 64;
const outputLength = 384 * 1024;

/** The most characters that encoding may write, the 16 bytes behind them included. */
export function encodedLength(length: number): number {
  return Math.ceil(length / 3) * 4 + Math.ceil(length / bytesPerLine) + 16;
}

/** The fastest encoder there is on this machine. */
export function createBase64Encoder(): Base64Encoder {
  return createSimdEncoder() ?? createPlainEncoder();
}

interface EncoderModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  encode(source: number, end: number, target: number, line: number, lineBreak: number): number;
}

/** Undefined where WebAssembly is switched off or has no SIMD instructions. */
export function createSimdEncoder(): Base64Encoder | undefined {
  const module = assemblyExports(Buffer.from(base64EncoderModule, "base64")) as EncoderModule | undefined;
  if (!module) return undefined;
  try {
    module.memory.grow(Math.ceil((inputLength + outputLength) / 65_536) - 1);
  } catch {
    return undefined;
  }
  const input = new Uint8Array(module.memory.buffer, 0, inputLength);
  const output = new Uint8Array(module.memory.buffer, inputLength, outputLength);
  return {
    input: input.subarray(0, chunkLength + 2),
    output,
    encode(length, at, wrapped) {
      input.fill(0, length, length + 2);
      const line = wrapped ? bytesPerLine : inputLength;
      const end = module.encode(0, length, inputLength + at, line, wrapped ? 10 : 0) - inputLength;
      const padding = (3 - (length % 3)) % 3;
      const textEnd = end - (wrapped && length > 0 ? 1 : 0);
      output.fill(61, textEnd - padding, textEnd);
      return end;
    },
  };
}

/** Two thirds of the speed, by the means of Node alone. */
export function createPlainEncoder(): Base64Encoder {
  const input = Buffer.allocUnsafeSlow(chunkLength + 2);
  const output = Buffer.allocUnsafeSlow(outputLength);
  return {
    input,
    output,
    encode(length, at, wrapped) {
      if (!wrapped) return at + output.write(input.toString("base64", 0, length), at, "latin1");
      let end = at;
      for (let start = 0; start < length; start += bytesPerLine) {
        end += output.write(
          input.toString("base64", start, Math.min(start + bytesPerLine, length)),
          end,
          "latin1",
        );
        output[end++] = 10;
      }
      return end;
    },
  };
}
