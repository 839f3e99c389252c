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

const equalsSign = 61;
const codeOfValue = new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
);
const valueOfCode = new Int8Array(128).fill(-1);
for (const [value, code] of codeOfValue.entries()) valueOfCode[code] = value;

/** The six bits a character stands for; -1 for none. */
function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 128 ? valueOfCode[code]! : -1;
}
