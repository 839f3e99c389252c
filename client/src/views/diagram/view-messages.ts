/** What the view of a diagram and the extension say to each other. Types only, since both sides import it. */

export type MessageToView =
  | {
      readonly kind: "diagram";
      readonly svg: string;
      readonly list: string;
      readonly style: string;
      /** What is shown, and what has to be known of it. Read aloud when it has changed. */
      readonly notes: readonly string[];
      readonly versions: readonly string[];
      readonly shown: number;
    }
  /** The text cannot be read just now; what was shown before stays. */
  | { readonly kind: "outdated" }
  | { readonly kind: "problem"; readonly message: string }
  /** A picture is to be made of points. @see MessageFromView */
  | { readonly kind: "draw"; readonly svg: string };

export type MessageFromView =
  /** The script runs and can show something. */
  | { readonly kind: "ready" }
  /** Offsets into the text that was looked at. */
  | { readonly kind: "open"; readonly start: number; readonly end: number }
  /** @param index of one of the versions; the last one is the text of the editor */
  | { readonly kind: "version"; readonly index: number }
  | { readonly kind: "export" }
  /** @param data PNG in Base64; undefined where it could not be made */
  | { readonly kind: "drawn"; readonly data: string | undefined };

/** Texts that the script puts into the page, in the reader's language. They stand in it as data. */
export interface ViewTexts {
  /** Behind the last version. */
  readonly now: string;
}
