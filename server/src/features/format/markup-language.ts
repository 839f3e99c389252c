import type { Element } from "../../syntax/element.ts";

/**
 * What may change in the content of an element: all `blanks` between tags, those `behind-first` child only because
 * somebody reads the others as a text, or `nothing`.
 */
export type Freedom = "blanks" | "behind-first" | "nothing";

/** What a formatter has to know of a language that is written in XML. */
export interface MarkupLanguage {
  /**
   * Of elements in which there is text nothing changes anyway.
   *
   * @param level nesting depth, the root element being 1
   */
  freedomIn(element: Element, level: number): Freedom;
  /** Whether text in an element is a slip, so that the elements beside it are what they would be without it. */
  takesNoText(element: Element): boolean;
  /** Whether a comment speaks for the line that it is in or the next one, so that no line may be broken there. */
  speaksForLine(comment: string): boolean;
}
