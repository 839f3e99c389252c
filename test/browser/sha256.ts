type EightWords = [number, number, number, number, number, number, number, number];

/** SHA-256 (FIPS 180-4) of bytes that come piece by piece, for disks in memory where there is no Node. */
export class Sha256 {
  readonly #state = Uint32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));
  readonly #block = new Uint8Array(64);
  readonly #words = new DataView(this.#block.buffer);
  readonly #schedule = new Uint32Array(64);
  #length = 0;

  update(bytes: Uint8Array): this {
    for (let done = 0; done < bytes.length; ) {
      const place = this.#length % 64;
      const count = Math.min(64 - place, bytes.length - done);
      this.#block.set(bytes.subarray(done, done + count), place);
      done += count;
      this.#length += count;
      if (this.#length % 64 === 0) this.#digestBlock();
    }
    return this;
  }

  /** In hexadecimal. Nothing can be added afterwards. */
  digest(): string {
    const bits = this.#length * 8;
    const padding = new Uint8Array(64 - ((this.#length + 8) % 64) + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, bits / 2 ** 32);
    view.setUint32(padding.length - 4, bits >>> 0);
    this.update(padding);
    return [...this.#state].map((word) => word.toString(16).padStart(8, "0")).join("");
  }

  #digestBlock(): void {
    const w = this.#schedule;
    for (let i = 0; i < 16; i++) w[i] = this.#words.getUint32(4 * i);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      const small = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
      const large = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
      w[i] = w[i - 16]! + small + w[i - 7]! + large;
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as EightWords;
    for (let i = 0; i < 64; i++) {
      const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const first = (h + high + ((e & f) ^ (~e & g)) + constants[i]! + w[i]!) | 0;
      const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => {
      this.#state[index]! += word;
    });
  }
}

/** What the disk in memory uses of Node's module for digests. */
export function createHash(_algorithm: "sha256"): Sha256 {
  return new Sha256();
}

const constants = Uint32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let each = 2; primes.length < count; each++) {
    if (primes.every((prime) => each % prime !== 0)) primes.push(each);
  }
  return primes;
}

/** The first 32 bits behind the point. */
function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
