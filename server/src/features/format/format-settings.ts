import type { SyntaxTree } from "../../syntax/tree.ts";
import type { EditorConfig } from "../../text/editor-config.ts";
import { indentationUnit } from "../layout.ts";

export const attributeLayouts = ["preserve", "align", "wrap"] as const;
export type AttributeLayout = (typeof attributeLayouts)[number];

export const quoteStyles = ["preserve", "double", "single"] as const;
export type QuoteStyle = (typeof quoteStyles)[number];

/** One level of nesting: what is said elsewhere, a tab, or so many blanks. */
export const indentations = ["auto", "tab", "2", "3", "4", "8"] as const;
export type Indentation = (typeof indentations)[number];

/** How a text is laid out. */
export interface FormatSettings {
  /** What one level of nesting adds: blanks or a tab. */
  readonly unit: string;
  /** How many columns a tab takes. */
  readonly tabWidth: number;
  /**
   * `preserve` leaves attributes in the lines they are in; `align` puts those that begin a line below the first one;
   * `wrap` gives each a line of its own in start tags that are too long or have several lines already.
   */
  readonly attributes: AttributeLayout;
  /** What values stand in. One that holds the other kind of quote keeps its own. */
  readonly quotes: QuoteStyle;
  /** Columns; a start tag that is longer is too long for `wrap`. */
  readonly lineLength: number;
}

export const defaultLineLength = 120;
const defaultTabWidth = 4;

/** What somebody has chosen for all texts. */
export interface FormatWishes {
  readonly indentation: Indentation;
  readonly attributes: AttributeLayout;
  readonly quotes: QuoteStyle;
}

/** What an editor has chosen for the text before it. */
export interface EditorIndentation {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/**
 * How a text is laid out, of all that have a say in it: wishes come first, then the `.editorconfig`, then the editor, and
 * where there is none the text itself.
 */
export function formatSettings(
  { indentation, attributes, quotes }: FormatWishes,
  config: EditorConfig,
  editor: EditorIndentation | undefined,
  { source, root }: Pick<SyntaxTree, "source" | "root">,
): FormatSettings {
  const tabWidth = config.tabWidth ?? editor?.tabSize ?? defaultTabWidth;
  return { unit: unit(), tabWidth, attributes, quotes, lineLength: config.lineLength ?? defaultLineLength };

  function unit(): string {
    if (indentation !== "auto") return indentation === "tab" ? "\t" : " ".repeat(Number(indentation));
    const style = config.indentStyle ?? (editor && (editor.insertSpaces ? "space" : "tab"));
    if (style === "tab") return "\t";
    const size = config.indentSize ?? editor?.tabSize;
    if (size !== undefined) return " ".repeat(size);
    return indentationUnit(source, root);
  }
}
