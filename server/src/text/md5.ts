/**
 * The MD5 sum of a text or of bytes, as 32 hexadecimal digits in lower case.
 *
 * The frameworks use it where a name is too long for a database and to tell whether a file has been changed, not to
 * keep anything secret. The core has no access to Node's own, which is the better choice for large files.
 *
 * @param content a text counts as its UTF-8 bytes
 */
export function md5(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const sum = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  const wholeBlocks = bytes.length - (bytes.length % blockSize);
  for (let at = 0; at < wholeBlocks; at += blockSize) addBlock(sum, bytes, at);
  const end = endBlocks(bytes.subarray(wholeBlocks), bytes.length);
  for (let at = 0; at < end.length; at += blockSize) addBlock(sum, end, at);
  return [...new Uint8Array(sum.buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const blockSize = 64;

/** The rest of the bytes, a 1 bit, zeros, and the length in bits as a number of 64 bits. */
function endBlocks(rest: Uint8Array, length: number): Uint8Array {
  const end = new Uint8Array(rest.length + 9 > blockSize ? 2 * blockSize : blockSize);
  end.set(rest);
  end[rest.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setUint32(end.length - 8, length << 3, true);
  view.setUint32(end.length - 4, Math.floor(length / 2 ** 29), true);
  return end;
}

/** The constants of RFC 1321, which are made from the sine. */
const sines = Int32Array.from({ length: 64 }, (_, step) =>
  Math.floor(2 ** 32 * Math.abs(Math.sin(step + 1))),
);
const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const words = new Int32Array(16);

function addBlock(sum: Uint32Array, bytes: Uint8Array, start: number): void {
  for (let word = 0; word < 16; word++) {
    const at = start + 4 * word;
    words[word] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }
  let a = sum[0]! | 0;
  let b = sum[1]! | 0;
  let c = sum[2]! | 0;
  let d = sum[3]! | 0;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    let mixed: number;
    let word: number;
    if (round === 0) {
      mixed = (b & c) | (~b & d);
      word = step;
    } else if (round === 1) {
      mixed = (d & b) | (~d & c);
      word = (5 * step + 1) & 15;
    } else if (round === 2) {
      mixed = b ^ c ^ d;
      word = (3 * step + 5) & 15;
    } else {
      mixed = c ^ (b | ~d);
      word = (7 * step) & 15;
    }
    const turned = (a + mixed + sines[step]! + words[word]!) | 0;
    const shift = shifts[4 * round + (step & 3)]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((turned << shift) | (turned >>> (32 - shift)))) | 0;
  }
  sum[0]! += a;
  sum[1]! += b;
  sum[2]! += c;
  sum[3]! += d;
}
