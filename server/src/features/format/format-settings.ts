export const attributeLayouts = ["preserve", "align", "wrap"] as const;
export type AttributeLayout = (typeof attributeLayouts)[number];

export const quoteStyles = ["preserve", "double", "single"] as const;
export type QuoteStyle = (typeof quoteStyles)[number];

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
