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

const valueOfCode = new Int8Array(128).fill(-1);
for (const [value, character] of [
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
].entries()) {
  valueOfCode[character.charCodeAt(0)] = value;
}

/** The six bits a character stands for; -1 for none. */
function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 128 ? valueOfCode[code]! : -1;
}
