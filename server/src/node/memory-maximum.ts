/** What is wrong with the bytes of a module. */
const notWhatItWas = "this is no WebAssembly module with a memory of its own and without a maximum";

/** Bytes that a maximum takes at most. */
export const roomForMaximum = 8;

/**
 * Gives the memory of a WebAssembly module a maximum. What stands in front of the memory is moved for that, which is little,
 * and not what stands behind it, which may be very much.
 *
 * @param bytes the module behind so many free bytes as a maximum may take; they are changed
 * @param pages of 64 KiB
 * @returns the module, in the same bytes
 * @throws Error for anything but a module that has one memory of its own, which may grow without end
 */
export function withMemoryMaximum(bytes: Uint8Array<ArrayBuffer>, pages: number): Uint8Array<ArrayBuffer> {
  const module = bytes.subarray(roomForMaximum);
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
      const section = [memorySection, ...numberBytes(content.length), ...content];
      const start = roomForMaximum + end - section.length - at;
      if (start < 0) break;
      bytes.copyWithin(start, roomForMaximum, roomForMaximum + at);
      bytes.set(section, start + at);
      return bytes.subarray(start);
    }
    at = end;
  }
  throw new Error(notWhatItWas);
}

const memorySection = 5;

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
