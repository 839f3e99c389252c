import { once } from "./once.ts";

/*
 * The one place that knows which characters nobody sees or should obey. Texts of packages, file names and what other
 * programs say may move a cursor, change colours, turn the direction of writing, or make two names look alike; wherever
 * we show one, such characters are seen as escapes.
 *
 * They are, by the properties of Unicode: controls (Cc), line and paragraph separators (Zl, Zp), format characters (Cf:
 * bidirectional controls, U+200B, U+FEFF, tags), what fonts leave out by default (Default_Ignorable_Code_Point: U+00AD,
 * Hangul fillers, variation selectors), halves of surrogate pairs (Cs) and what is no character at all. A few format characters of Arabic, Syriac and
 * Kaithi are signs that one sees. Blanks of any width stay: they are seen as blanks.
 */

const seenFormats = "\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}";

/** Made when a text is not plain. Most runs have none, and it is the costliest thing to make before their work. */
const unseen = once(
  () =>
    new RegExp(
      `(?![${seenFormats}])[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}]`,
      "gu",
    ),
);

/**
 * A text of whatever origin on one line: a name, a path, a message. Each character that is not seen is an escape, also
 * joiners and variation selectors: in a name they are more often a disguise than a help.
 */
export function oneLine(text: string): string {
  return isPlain(text) ? text : text.replace(unseen(), escaped);
}

/**
 * The same for a text of several lines, such as an introduction or code, which has to stay readable in every language.
 * Line breaks and tabs are kept, and so are joiners and variation selectors where they shape what is seen: within emoji,
 * behind ideographs, and between letters of scripts that are written with them.
 */
export function severalLines(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(unseen(), (character, offset: number) => {
    if (character === "\n" || character === "\t") return character;
    if (character === "\r" && text[offset + 1] === "\n") return character;
    return isShaping(text, offset, character) ? character : escaped(character);
  });
}

/** JSON or JavaScript text in which the same characters are written as escapes, which mean the same. */
export function escapedJson(json: string): string {
  return json.replace(unseen(), (character) =>
    /[\n\r\t]/.test(character)
      ? character
      : [...Array(character.length).keys()].map((index) => `\\u${hex(character.charCodeAt(index))}`).join(""),
  );
}

/** XML text in which they are written as character references, which mean the same. */
export function escapedXml(xml: string): string {
  return xml.replace(unseen(), (character, offset: number) =>
    /[\n\r\t]/.test(character) || isShaping(xml, offset, character)
      ? character
      : `&#x${character.codePointAt(0)!.toString(16).toUpperCase()};`,
  );
}

/** Cuts what nobody reads to its end. @param length in UTF-16 code units */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** Most texts; looking at them like this is much cheaper than replacing. */
function isPlain(text: string): boolean {
  return /^[ -~äöüßÄÖÜ“”„…–]*$/.test(text);
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  return names[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${hex(code)}`);
}

const names: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function hex(code: number): string {
  return code.toString(16).padStart(4, "0");
}

/** Tells whether a joiner or a variation selector does what it is for, by what stands around it. */
function isShaping(text: string, offset: number, character: string): boolean {
  const kind = shapers().find(({ characters }) => characters.test(character));
  if (!kind) return false;
  // The longest of what stands before: an emoji, its colour and its variation selector.
  const before = text.slice(Math.max(0, offset - 6), offset);
  const behind = text.slice(offset + character.length, offset + character.length + 2);
  return kind.places.some((place) => place.before.test(before) && place.behind.test(behind));
}

const joinedScripts =
  "\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nkoo}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}";
const joinedLetter = `(?=[\\p{L}\\p{M}])[${joinedScripts}]`;

/** Each kind of character with the places where it is at home. */
const shapers = once(
  (): readonly {
    readonly characters: RegExp;
    readonly places: readonly { readonly before: RegExp; readonly behind: RegExp }[];
  }[] => [
    {
      characters: /[\u200c\u200d]/,
      places: [
        { before: new RegExp(`${joinedLetter}$`, "u"), behind: new RegExp(`^${joinedLetter}`, "u") },
        {
          before: /\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?$/u,
          behind: /^\p{Extended_Pictographic}/u,
        },
      ],
    },
    {
      characters: /[\ufe0e\ufe0f]/,
      places: [
        { before: /\p{Extended_Pictographic}$/u, behind: /^/ },
        { before: /[0-9#*]$/, behind: /^\u20e3/ },
      ],
    },
    {
      characters: /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u,
      places: [{ before: /\p{Ideographic}$/u, behind: /^/ }],
    },
  ],
);
