/** What views and the extension say to each other, whatever is shown. Types only, since both sides import it. */

export type MessageToAnyView =
  /** The text has changed, or cannot be read just now; what was shown before stays. */
  | { readonly kind: "outdated" }
  | { readonly kind: "busy"; readonly isBusy: boolean }
  /** There is nothing to show now; what was shown before is out of date. */
  | { readonly kind: "problem"; readonly message: string };

export type MessageFromAnyView =
  /** The script runs and can show something. */
  | { readonly kind: "ready" }
  /** Offsets into the text that was looked at. */
  | { readonly kind: "open"; readonly start: number; readonly end: number };

/** What a page keeps over a reload of the window, to be opened again. */
export interface ViewMemory {
  /** Of the package, as the editor writes it. */
  readonly uri: string;
}
