/** Why a text could not be read as it was meant. `offset` is that of the first byte that does not fit. */
export type DecodingProblem =
  | { readonly id: "not-utf-8"; readonly offset: number }
  | { readonly id: "utf-16" }
  | { readonly id: "unknown-encoding"; readonly encoding: string };

export interface DecodedText {
  /** Bytes that do not fit have become U+FFFD. A byte order mark is kept. */
  readonly text: string;
  /** Absent when everything could be read. */
  readonly problem?: DecodingProblem;
}

/**
 * Makes text of a file the way the frameworks do: it is UTF-8 unless the first tag names another encoding.
 *
 * They look at the first `<…>` of the file, which need not be an XML declaration, and read the bytes in the encoding
 * it names (Znuny 7.1 and OTOBO 11, XMLParse). What is no valid UTF-8 they refuse.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = (bytes[0]! << 8) | bytes[1]!;
  if (mark === 0xfffe || mark === 0xfeff) {
    const decoder = new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be");
    return { text: decoder.decode(bytes), problem: { id: "utf-16" } };
  }
  const encoding = declaredEncoding(bytes);
  if (encoding === undefined) return decodeUtf8(bytes);
  // The web standard takes Latin-1 for Windows-1252, which has other characters from 0x80 to 0x9F.
  if (/^(iso-?8859-?1|latin-?1|(us-)?ascii)$/i.test(encoding)) return { text: decodeLatin1(bytes) };
  try {
    return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ...decodeUtf8(bytes), problem: { id: "unknown-encoding", encoding } };
  }
}

/** Undefined for UTF-8. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const [firstTag] = /<.+?>/.exec(decodeLatin1(bytes.subarray(0, 1024))) ?? [];
  if (firstTag === undefined || /utf-?8/i.test(firstTag)) return undefined;
  return /encoding=(["'])(.+?)\1/i.exec(firstTag)?.[2];
}

function decodeUtf8(bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { text, problem: { id: "not-utf-8", offset: firstInvalidByte(bytes, text) } };
  }
}

/** The place of the first replacement character that the bytes do not spell out themselves. */
function firstInvalidByte(bytes: Uint8Array, text: string): number {
  const encoder = new TextEncoder();
  for (let index = text.indexOf("\uFFFD"); index >= 0; index = text.indexOf("\uFFFD", index + 1)) {
    const offset = encoder.encode(text.slice(0, index)).length;
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
  }
  return 0;
}

function decodeLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}
