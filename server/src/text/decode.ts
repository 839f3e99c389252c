/** Why bytes are not what a framework would read. */
export interface EncodingProblem {
  /** Bytes that are no UTF-8, or a text that is UTF-16 as a whole. */
  readonly code: "encoding-invalid" | "encoding-utf-16";
  /** The first byte that is wrong, counted from 0. */
  readonly byteOffset: number;
  /** Where that byte's replacement stands in the text, in UTF-16 code units. */
  readonly offset: number;
}

export interface DecodedText {
  readonly text: string;
  /** Empty when the bytes are UTF-8, with or without byte order mark; else what is wrong first. */
  readonly problems: readonly EncodingProblem[];
}

/**
 * Reads bytes as UTF-8, the only encoding in which frameworks read specs, whatever the declaration says.
 *
 * A byte order mark stays in the text: the tree has a place for it. Bytes that are no UTF-8 become U+FFFD. UTF-16 is
 * told by its byte order mark or its first characters and is read as what it is, so that the rest can be looked at,
 * but it remains a problem.
 *
 * @source Znuny 7.1 and OTOBO 11, the package build command reads the spec as UTF-8 text
 */
export function decode(bytes: Uint8Array): DecodedText {
  const wide = utf16In(bytes);
  if (wide) {
    const text = new TextDecoder(wide, { ignoreBOM: true }).decode(bytes);
    return { text, problems: [{ code: "encoding-utf-16", byteOffset: 0, offset: 0 }] };
  }
  const text = utf8.decode(bytes);
  // A replacement character that was written as such is the only reason to look twice at what is right.
  const byteOffset = text.includes("\ufffd") ? firstInvalidByte(bytes) : -1;
  if (byteOffset < 0) return { text, problems: [] };
  const offset = utf8.decode(bytes.subarray(0, byteOffset)).length;
  return { text, problems: [{ code: "encoding-invalid", byteOffset, offset }] };
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function utf16In(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0x3c && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
  if (first === 0 && second === 0x3c && third === 0 && fourth !== 0) return "utf-16be";
  return undefined;
}

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
