import { isFoundIn } from "./linear-pattern.ts";

/** What an `.editorconfig` says about lines, as far as somebody lays them out. Absent is what it is silent about. */
export interface EditorConfig {
  readonly indentStyle?: "tab" | "space";
  /** Blanks. */
  readonly indentSize?: number;
  readonly tabWidth?: number;
  /** Columns. */
  readonly lineLength?: number;
}

/** One such file, and the path from its folder to the file that is asked about, with `/`. */
export interface EditorConfigFile {
  readonly text: string;
  readonly path: string;
}

/**
 * What some files of this name say together: of several that speak of a path the innermost, and in one file the last
 * section. Sections whose pattern is larger than any that somebody writes are passed over.
 *
 * @param files from the outermost folder to the innermost
 * @source EditorConfig 0.17
 */
export function readEditorConfig(files: readonly EditorConfigFile[]): EditorConfig {
  const values = new Map<string, string>();
  for (const { text, path } of files) {
    for (const [key, value] of pairsFor(path, text)) values.set(key, value);
  }
  const style = values.get("indent_style");
  const tabWidth = size(values.get("tab_width"));
  const indentSize = values.get("indent_size") === "tab" ? tabWidth : size(values.get("indent_size"));
  const lineLength = size(values.get("max_line_length"), 10_000);
  return {
    ...((style === "tab" || style === "space") && { indentStyle: style }),
    ...(indentSize !== undefined && { indentSize }),
    ...((tabWidth ?? indentSize) !== undefined && { tabWidth: (tabWidth ?? indentSize)! }),
    ...(lineLength !== undefined && { lineLength }),
  };
}

/** Whether a file says that those in the folders around it do not count. */
export function isOutermostConfig(text: string): boolean {
  for (const { section, key, value } of linesOf(text)) {
    if (section !== undefined) return false;
    if (key === "root") return value === "true";
  }
  return false;
}

function size(value: string | undefined, most = 100): number | undefined {
  const number = value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : 0;
  return number >= 1 && number <= most ? number : undefined;
}

function* pairsFor(path: string, text: string): Iterable<readonly [key: string, value: string]> {
  let isMeant = false;
  for (const { section, key, value } of linesOf(text)) {
    if (section !== undefined) isMeant = fits(section, path);
    else if (isMeant) yield [key, value];
  }
}

interface ConfigLine {
  /** The pattern of the section that begins here; undefined for a line of one. */
  readonly section?: string;
  readonly key: string;
  readonly value: string;
}

/** Keys and values are the same in any letter case. */
function* linesOf(text: string): Iterable<ConfigLine> {
  for (const line of text.split(/\r\n?|\n/)) {
    const trimmed = line.replace("\ufeff", "").trim();
    if (/^\[.+\]$/.test(trimmed)) yield { section: trimmed.slice(1, -1), key: "", value: "" };
    const equals = trimmed.indexOf("=");
    if (equals <= 0 || /^[#;[]/.test(trimmed)) continue;
    const key = trimmed.slice(0, equals).trim().toLowerCase();
    yield {
      key,
      value: trimmed
        .slice(equals + 1)
        .trim()
        .toLowerCase(),
    };
  }
}

/** Characters; no pattern of a person is longer. */
const longestPattern = 500;

function fits(glob: string, path: string): boolean {
  if (glob.length > longestPattern) return false;
  const pattern = patternOf(glob.startsWith("/") ? glob.slice(1) : glob);
  const start = glob.includes("/") ? "^" : "^(.*/)?";
  return isFoundIn(`${start}(${pattern})$`, inAscii(path)) === true;
}

/** No name of a file that somebody lays out tells two letters beyond these apart. */
function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "_");
}

/** Braces without a comma stand for themselves, and so does what is not closed. */
function patternOf(glob: string): string {
  const pieces =
    /\\(?<escaped>.)|(?<deep>\*\*)|(?<star>\*)|(?<one>\?)|\[(?<not>!?)(?<set>[^\]/]+)\]|\{(?<numbers>-?\d+\.\.-?\d+)\}|\{(?<list>[^{}]*,[^{}]*)\}|(?<sign>.)/g;
  return inAscii(glob).replace(pieces, (...found) => {
    const { escaped, deep, star, one, not, set, numbers, list, sign } = found.at(-1) as Record<
      string,
      string
    >;
    if (deep !== undefined) return ".*";
    if (star !== undefined) return "[^/]*";
    if (one !== undefined) return "[^/]";
    if (set !== undefined) return `[${not ? "^" : ""}${set.replace(/[\\^\]]/g, "\\$&")}]`;
    if (numbers !== undefined) return "[-+]?[0-9]+";
    if (list !== undefined) return `(${list.split(",").map(patternOf).join("|")})`;
    return (escaped ?? sign)!.replace(/[^A-Za-z0-9_/ -]/, "\\$&");
  });
}
