/** Character classes of XML 1.0, fifth edition, by UTF-16 code unit. */

const nameStart = 1;
const nameRest = 2;
const blank = 4;

const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_:]/.test(character)) classes[code] = nameStart | nameRest;
  else if (/[0-9.-]/.test(character)) classes[code] = nameRest;
  else if (/[ \t\r\n]/.test(character)) classes[code] = blank;
}

export function isBlank(code: number): boolean {
  return code < 128 && (classes[code]! & blank) !== 0;
}

/** Tells whether the character at `index`, which may be a surrogate pair, can start a name. */
export function isNameStart(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) return (classes[code]! & nameStart) !== 0;
  return (
    (code >= 0xc0 && code <= 0x2ff && code !== 0xd7 && code !== 0xf7) ||
    (code >= 0x370 && code <= 0x1fff && code !== 0x37e) ||
    code === 0x200c ||
    code === 0x200d ||
    (code >= 0x2070 && code <= 0x218f) ||
    (code >= 0x2c00 && code <= 0x2fef) ||
    (code >= 0x3001 && code < 0xd800) ||
    (code >= 0xf900 && code <= 0xfdcf) ||
    (code >= 0xfdf0 && code <= 0xfffd) ||
    isPairInName(text, index, code)
  );
}

export function isNameCharacter(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) return (classes[code]! & nameRest) !== 0;
  return (
    isNameStart(text, index) ||
    code === 0xb7 ||
    (code >= 0x300 && code <= 0x36f) ||
    code === 0x203f ||
    code === 0x2040
  );
}

/** Tells whether a code unit is either half of a surrogate pair. XML allows all planes but the two private ones. */
function isPairInName(text: string, index: number, code: number): boolean {
  if (code >= 0xd800 && code < 0xdb80) return isLowHalf(text.charCodeAt(index + 1));
  const before = isLowHalf(code) ? text.charCodeAt(index - 1) : 0;
  return before >= 0xd800 && before < 0xdb80;
}

function isLowHalf(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/**
 * How many code units starting at `index` are one legal XML character: 1 or 2, or 0 when it is none.
 * At the very end of a text half a pair is illegal.
 */
export function legalCharacterLength(text: string, index: number): 0 | 1 | 2 {
  const code = text.charCodeAt(index);
  if (code >= 0x20 && code < 0xd800) return 1;
  if (code < 0x20) return code === 9 || code === 10 || code === 13 ? 1 : 0;
  if (code >= 0xe000) return code < 0xfffe ? 1 : 0;
  if (code >= 0xdc00) return 0;
  return isLowHalf(text.charCodeAt(index + 1)) ? 2 : 0;
}

/** Tells whether a number is a character that XML allows, as for `&#…;`. */
export function isLegalCodePoint(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code < 0xd800) ||
    (code >= 0xe000 && code < 0xfffe) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** The offset after the name that starts at `index`; `index` itself when none does. */
export function nameEnd(text: string, index: number): number {
  if (!isNameStart(text, index)) return index;
  let end = index + 1;
  while (isNameCharacter(text, end)) end++;
  return end;
}

/** The offset of the first code unit from `index` on that is no blank, tab or line break. */
export function blankEnd(text: string, index: number): number {
  let end = index;
  while (isBlank(text.charCodeAt(end))) end++;
  return end;
}
