import { isLegalCodePoint, nameEnd } from "./characters.ts";
import type { Problem } from "./problem.ts";

const predefined: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** A reference as it stands in the text. `value` is undefined when it stands for nothing that is known here. */
export interface Reference {
  readonly end: number;
  readonly value: string | undefined;
  readonly code: "entity-undefined" | "character-reference-invalid" | undefined;
}

/** Reads the reference that starts with the `&` at `index`; undefined when it is a bare `&`. */
export function readReference(text: string, index: number): Reference | undefined {
  if (text.charCodeAt(index + 1) === 35) return readCharacterReference(text, index);
  const end = nameEnd(text, index + 1);
  if (end === index + 1 || text.charCodeAt(end) !== 59) return undefined;
  const name = text.slice(index + 1, end);
  const value = Object.hasOwn(predefined, name) ? predefined[name] : undefined;
  return { end: end + 1, value, code: value === undefined ? "entity-undefined" : undefined };
}

function readCharacterReference(text: string, index: number): Reference | undefined {
  const hexadecimal = text.charCodeAt(index + 2) === 120;
  const radix = hexadecimal ? 16 : 10;
  const start = index + (hexadecimal ? 3 : 2);
  let code = 0;
  let end = start;
  for (; ; end++) {
    const digit = digitOf(text.charCodeAt(end));
    if (digit >= radix) break;
    // What is too large stays so; there may be any number of leading zeros.
    code = Math.min(code * radix + digit, 0x110000);
  }
  if (end === start || text.charCodeAt(end) !== 59) return undefined;
  return isLegalCodePoint(code)
    ? { end: end + 1, value: String.fromCodePoint(code), code: undefined }
    : { end: end + 1, value: undefined, code: "character-reference-invalid" };
}

/** The value of a hexadecimal digit; 16 for anything else. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : 16;
}

/**
 * What readers get for a raw attribute value: references replaced, and every tab and line break turned into a blank.
 * What cannot be replaced stays as it is written.
 */
export function attributeValue(raw: string): string {
  if (!/[&\t\n\r]/.test(raw)) return raw;
  const plain = raw.replace(/\r\n|[\t\n\r]/g, " ");
  let result = "";
  let position = 0;
  for (let index = plain.indexOf("&"); index >= 0; index = plain.indexOf("&", position)) {
    const reference = readReference(plain, index);
    const end = reference?.end ?? index + 1;
    result += plain.slice(position, index) + (reference?.value ?? plain.slice(index, end));
    position = end;
  }
  return result + plain.slice(position);
}

/** What is wrong with the references in a raw attribute value that starts at `offset`. */
export function* referenceProblems(raw: string, offset: number): Iterable<Problem> {
  for (let index = raw.indexOf("&"); index >= 0; ) {
    const reference = readReference(raw, index);
    const end = reference?.end ?? index + 1;
    const span = { start: offset + index, end: offset + end };
    if (!reference) yield { code: "bare-ampersand", span };
    else if (reference.code) yield { code: reference.code, span, subject: raw.slice(index, end) };
    index = raw.indexOf("&", end);
  }
}
