/**
 * The MD5 checksum of bytes, in hexadecimal. The frameworks tell files and archives apart by it.
 *
 * @source RFC 1321
 */
export function md5(bytes: Uint8Array): string {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const whole = bytes.length - (bytes.length % 64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const block = new Uint32Array(16);
  for (let start = 0; start < whole; start += 64) addBlock(state, block, view, start);
  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  const tailView = new DataView(tail.buffer);
  tailView.setBigUint64(tail.length - 8, BigInt(bytes.length) * 8n, true);
  for (let start = 0; start < tail.length; start += 64) addBlock(state, block, tailView, start);
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, index) => {
    digest.setUint32(index * 4, word, true);
  });
  return [...new Uint8Array(digest.buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Uint32Array.from({ length: 64 }, (_, index) => Math.abs(Math.sin(index + 1)) * 2 ** 32);

function addBlock(state: Uint32Array, block: Uint32Array, view: DataView, start: number): void {
  for (let index = 0; index < 16; index++) block[index] = view.getUint32(start + index * 4, true);
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let index = 0; index < 64; index++) {
    const round = index >> 4;
    let mixed: number;
    let word: number;
    if (round === 0) {
      mixed = (b & c) | (~b & d);
      word = index;
    } else if (round === 1) {
      mixed = (d & b) | (~d & c);
      word = (5 * index + 1) & 15;
    } else if (round === 2) {
      mixed = b ^ c ^ d;
      word = (3 * index + 5) & 15;
    } else {
      mixed = c ^ (b | ~d);
      word = (7 * index) & 15;
    }
    const sum = (a + mixed + sines[index]! + block[word]!) | 0;
    const shift = shifts[round * 4 + (index & 3)]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
}
