/**
 * Decodes Base64 as the frameworks do: characters outside the alphabet are passed over, the first `=` is the end.
 *
 * @source Perl's MIME::Base64, which every framework uses
 */
export function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(base64Length(text));
  let length = 0;
  let bits = 0;
  let bitCount = 0;
  for (let index = 0; length < bytes.length; index++) {
    const value = valueAt(text, index);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[length++] = bits >> bitCount;
  }
  return bytes;
}

/** How many bytes {@link decodeBase64} gives. */
export function base64Length(text: string): number {
  let count = 0;
  const end = text.indexOf("=");
  for (let index = 0; index < (end < 0 ? text.length : end); index++) {
    if (valueAt(text, index) >= 0) count++;
  }
  return Math.floor((count * 3) / 4);
}

/**
 * Whether {@link decodeBase64} loses something: characters that are none, those behind the end, or one that is too few for
 * a byte. That an end is missing is not seen.
 */
export function isDamagedBase64(text: string): boolean {
  const end = text.indexOf("=");
  const characters = text.slice(0, end < 0 ? text.length : end).replace(/[ \t\r\n]/g, "");
  return (
    /[^A-Za-z0-9+/]/.test(characters) ||
    characters.length % 4 === 1 ||
    (end >= 0 && /[^= \t\r\n]/.test(text.slice(end)))
  );
}

/** Decodes Base64 that comes in pieces of ASCII, as {@link decodeBase64} does. */
export class Base64Decoder {
  #bits = 0;
  #bitCount = 0;
  #isEnd = false;

  /**
   * Decodes the next piece.
   *
   * @param target has room for {@link mostDecoded} bytes from `offset` on, or for all that come
   * @returns the offset behind what was written
   */
  decode(piece: Uint8Array, target: Uint8Array, offset: number): number {
    const values = valueOfByte;
    let length = offset;
    for (let index = 0; index < piece.length && !this.#isEnd; ) {
      if (this.#bitCount === 0) {
        // Almost always groups of four stand together, which is several times as fast as one by one.
        for (; index + 4 <= piece.length; index += 4) {
          const [a, b] = [values[piece[index]!]!, values[piece[index + 1]!]!];
          const [c, d] = [values[piece[index + 2]!]!, values[piece[index + 3]!]!];
          if ((a | b | c | d) < 0) break;
          target[length++] = (a << 2) | (b >> 4);
          target[length++] = (b << 4) | (c >> 2);
          target[length++] = (c << 6) | d;
        }
        if (index === piece.length) break;
      }
      const byte = piece[index++]!;
      const value = values[byte]!;
      if (byte === equalsSign) this.#isEnd = true;
      if (value < 0) continue;
      this.#bits = ((this.#bits << 6) | value) & 0xffff;
      this.#bitCount += 6;
      if (this.#bitCount < 8) continue;
      this.#bitCount -= 8;
      target[length++] = this.#bits >> this.#bitCount;
    }
    return length;
  }
}

/** The most bytes that come of a piece of so many characters: what was left of the piece before it counts as one. */
export function mostDecoded(characters: number): number {
  return Math.floor(((characters + 1) * 3) / 4);
}

/**
 * Writes bytes as Base64, in ASCII and without line breaks.
 *
 * @param target has room for four bytes per three that are begun, from `offset` on
 * @returns the offset behind what was written
 */
export function encodeBase64(bytes: Uint8Array, target: Uint8Array, offset: number): number {
  let position = offset;
  for (let index = 0; index < bytes.length; index += 3) {
    const second = bytes[index + 1] ?? 0;
    const third = bytes[index + 2] ?? 0;
    const bits = (bytes[index]! << 16) | (second << 8) | third;
    target[position++] = codeOfValue[bits >> 18]!;
    target[position++] = codeOfValue[(bits >> 12) & 63]!;
    target[position++] = index + 1 < bytes.length ? codeOfValue[(bits >> 6) & 63]! : equalsSign;
    target[position++] = index + 2 < bytes.length ? codeOfValue[bits & 63]! : equalsSign;
  }
  return position;
}

/** Bytes in Base64, without line breaks. */
export function base64Of(bytes: Uint8Array): string {
  const encoded = new Uint8Array(encodedSize(bytes.length));
  encodeBase64(bytes, encoded, 0);
  return new TextDecoder().decode(encoded);
}

/** How many characters {@link encodeBase64} writes for so many bytes. */
export function encodedSize(size: number): number {
  return 4 * Math.ceil(size / 3);
}

const equalsSign = 61;
const codeOfValue = new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
);

/** The six bits that a byte stands for; -1 for none. */
export const valueOfByte = new Int8Array(256).fill(-1);
for (const [value, code] of codeOfValue.entries()) valueOfByte[code] = value;

/** The six bits a character stands for; -1 for none. */
function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 256 ? valueOfByte[code]! : -1;
}
