import { decodeText, encodeLatin1 } from "./decode.ts";

/**
 * The bytes of a text in place of those of another one, in the encoding that the frameworks read them in.
 *
 * @param before the bytes that the other text was read from
 * @returns undefined where nobody would read the text out of the bytes that there can be
 */
export function encodeLike(before: Uint8Array, text: string): Uint8Array | undefined {
  const encodings = [(each: string) => new TextEncoder().encode(each), encodeLatin1];
  const was = decodeText(before).text;
  const isLike = (encode: (each: string) => Uint8Array) => isSame(encode(was), before);
  // What the other one was in comes first; the text may name another encoding, though.
  const ordered = encodings.sort((a, b) => Number(isLike(b)) - Number(isLike(a)));
  for (const encode of ordered) {
    const bytes = encode(text);
    const read = decodeText(bytes);
    if (!read.problem && read.text === text) return bytes;
  }
  return undefined;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
