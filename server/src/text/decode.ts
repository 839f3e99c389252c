/** Why bytes could not be read as they were meant. */
export type DecodingProblem =
  | {
      readonly id: "not-utf-8";
      /** The first byte that belongs to no character, counted from 0. */
      readonly offset: number;
      /** Where its replacement stands in the text, in UTF-16 code units. */
      readonly textOffset: number;
    }
  | { readonly id: "utf-16" }
  | { readonly id: "unknown-encoding"; readonly encoding: string };

export interface DecodedText {
  /** Bytes that do not fit have become U+FFFD. A byte order mark is kept: the tree has a place for it. */
  readonly text: string;
  /** Absent when everything could be read. */
  readonly problem?: DecodingProblem;
}

/**
 * Makes text of a file the way the frameworks do: it is UTF-8 unless the first tag names another encoding.
 *
 * They look at the first `<…>` of the file, which need not be an XML declaration, and read the bytes in the encoding
 * it names (Znuny 7.1 and OTOBO 11, XMLParse). What is no valid UTF-8 they refuse. UTF-16 they refuse as well; here
 * it is read as what it is, so that something can be shown, but remains a problem.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = utf16In(bytes);
  if (wide) {
    const text = new TextDecoder(wide, { ignoreBOM: true }).decode(bytes);
    return { text, problem: { id: "utf-16" } };
  }
  const encoding = declaredEncoding(bytes);
  if (encoding === undefined) return decodeUtf8(bytes);
  // The web standard takes Latin-1 for Windows-1252, which has other characters from 0x80 to 0x9F.
  if (/^(iso-?8859-?1|latin-?1|(us-)?ascii)$/i.test(encoding)) return { text: decodeLatin1(bytes) };
  const decoder = decoderFor(encoding);
  if (decoder) return { text: decoder.decode(bytes) };
  return { ...decodeUtf8(bytes), problem: { id: "unknown-encoding", encoding } };
}

/** UTF-16 is told by its byte order mark, or by every second byte of its first two characters. */
function utf16In(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0x3c && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
  if (first === 0 && second === 0x3c && third === 0 && fourth !== 0) return "utf-16be";
  return undefined;
}

/** Undefined for UTF-8. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const firstTag = firstTagIn(bytes.subarray(0, 128)) ?? firstTagIn(bytes.subarray(0, 1024));
  if (firstTag === undefined || /utf-?8/i.test(firstTag)) return undefined;
  return /encoding=(["'])(.+?)\1/i.exec(firstTag)?.[2];
}

function firstTagIn(bytes: Uint8Array): string | undefined {
  return /<.+?>/.exec(decodeLatin1(bytes))?.[0];
}

/** Undefined for names nobody knows, and for UTF-16, which has been seen to be a lie. */
function decoderFor(encoding: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    return decoder.encoding.startsWith("utf-16") ? undefined : decoder;
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): DecodedText {
  const text = utf8.decode(bytes);
  // A replacement character that was written as such is the only reason to look twice at what is right.
  const offset = text.includes("\uFFFD") ? firstInvalidByte(bytes) : -1;
  if (offset < 0) return { text };
  const textOffset = utf8.decode(bytes.subarray(0, offset)).length;
  return { text, problem: { id: "not-utf-8", offset, textOffset } };
}

/**
 * The text that editors show of a file: they take it for UTF-8, whatever it says of itself, and do not count a byte order
 * mark. Undefined for bytes that are no UTF-8, and that editors spoil when they write them.
 */
export function editorText(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** The offset of the first byte that belongs to no well-formed UTF-8 sequence; -1 when all do. */
function firstInvalidByte(bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index);
    if (length === 0) return index;
    index += length;
  }
  return -1;
}

/** How many bytes from `index` on are one character; 0 when they are none. Overlong forms and surrogates are none. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index]!;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const second = bytes[index + 1] ?? 0;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  for (let rest = 1; rest < length; rest++) {
    if (((bytes[index + rest] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** Each byte as the character of the same number. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}

/** The bytes that {@link decodeLatin1} made a text of. */
export function encodeLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
