/** What is wrong with the bytes of a module. */
const notWhatItWas = "this is no WebAssembly module with a memory of its own and without a maximum";

/**
 * Gives the memory of a WebAssembly module a maximum.
 *
 * @param pages of 64 KiB
 * @throws Error for anything but a module that has one memory of its own, which may grow without end
 */
export function withMemoryMaximum(module: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  let at = 8;
  while (at < module.length) {
    const id = module[at];
    const size = readNumber(module, at + 1);
    const end = size.end + size.value;
    if (id === memorySection) {
      const count = readNumber(module, size.end);
      const isWithoutMaximum = count.value === 1 && module[count.end] === 0;
      if (!isWithoutMaximum) break;
      const minimum = readNumber(module, count.end + 1);
      const content = [1, 1, ...numberBytes(minimum.value), ...numberBytes(pages)];
      const parts = [module.subarray(0, at), [memorySection, ...numberBytes(content.length), ...content]];
      return joined([...parts, module.subarray(end)]);
    }
    at = end;
  }
  throw new Error(notWhatItWas);
}

const memorySection = 5;

function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A number as the format has it, seven bits a byte, the low ones first. */
function readNumber(module: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let at = start;
  for (let shift = 1; ; shift *= 128) {
    const byte = module[at++];
    if (byte === undefined || at - start > 5) throw new Error(notWhatItWas);
    value += (byte & 0x7f) * shift;
    if (byte < 0x80) return { value, end: at };
  }
}

function numberBytes(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...numberBytes(Math.floor(value / 128))];
}
