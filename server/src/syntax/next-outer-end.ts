import { nameEnd } from "./characters.ts";

/** What stands between the brackets of a start tag, its name left out. */
const restOfStartTag = /(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/y;

/** More end tags that fit nothing tell nothing; and looking ahead from each of many must not take for ever. */
const oddLimit = 3;

/**
 * The name of the first end tag that closes one of the open elements, past all elements that start and end before it.
 * With it one can tell whom an end tag was meant for that does not fit where it stands.
 *
 * @param start where to begin, between two tags
 * @param open the names of the elements that are open there, the innermost last
 * @param isComplete false when `text` goes on behind its end
 * @returns the empty text when there is none; the name of the innermost where the text is too odd to tell; undefined
 * when it takes more text
 */
export function nextOuterEnd(
  text: string,
  start: number,
  open: readonly string[],
  isComplete: boolean,
): string | undefined {
  const inner: string[] = [];
  let odd = 0;
  const ended = isComplete ? "" : undefined;
  for (let at = text.indexOf("<", start); at >= 0; at = text.indexOf("<", at)) {
    if (at + 9 > text.length && !isComplete) return undefined;
    const section = sections.find(([opening]) => text.startsWith(opening, at));
    if (section) {
      const end = text.indexOf(section[1], at + section[0].length);
      if (end < 0) return ended;
      at = end + section[1].length;
    } else if (text[at + 1] === "/") {
      const endOfName = nameEnd(text, at + 2);
      if (endOfName >= text.length && !isComplete) return undefined;
      const name = text.slice(at + 2, endOfName);
      at = endOfName;
      if (inner.at(-1) === name) {
        inner.pop();
        continue;
      }
      const opened = inner.lastIndexOf(name);
      if (opened < 0 && open.includes(name)) return name;
      if (++odd > oddLimit) return open.at(-1);
      inner.length = opened < 0 ? Math.max(0, inner.length - 1) : opened;
    } else {
      const endOfName = nameEnd(text, at + 1);
      if (endOfName === at + 1) {
        at++;
        continue;
      }
      restOfStartTag.lastIndex = endOfName;
      if (!restOfStartTag.test(text)) {
        if (!isComplete && text.indexOf("<", endOfName) < 0) return undefined;
        at = endOfName;
        continue;
      }
      if (text[restOfStartTag.lastIndex - 2] !== "/") inner.push(text.slice(at + 1, endOfName));
      at = restOfStartTag.lastIndex;
    }
  }
  return ended;
}

/** What is passed over as a whole. */
const sections: readonly (readonly [opening: string, end: string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
];
